"""The page's own blocks: our templates in a small environment, without Material around them.

Templates are those that MkDocs uses. What is done differently changes no byte: layout.html extends
nothing here, imported macros are set up once and not for each page (in MkDocs' environment they
need the page's context, but for nothing except the `url` filter), most calls of macros are replaced
by what these print (see `inlining`), and the code that Jinja writes for outputs is shorter.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    TemplateNotFound,
    nodes,
    pass_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from site_builder.pages.views import Chrome
from site_builder.rendering.inlining import Inliner, Macros
from site_builder.rendering.urls import Here

JSON_AS_READ = {"ensure_ascii": False}
"""How templates write JSON: Vietnamese letters as they are take half the bytes."""


class Templates:
    """Prints blocks of pages, one page after the other."""

    def __init__(self, folders: Iterable[str], chrome: Chrome, cache: Path | None = None) -> None:
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
        self._here = Here("")
        self._environment = environment = _Environment(
            loader=FileSystemLoader(list(folders)),
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
        )
        environment.policies["json.dumps_kwargs"] = JSON_AS_READ
        environment.filters["url"] = self._url
        environment.globals["chrome"] = chrome
        environment.globals["surroundings"] = environment.from_string("")

    def blocks(self, name: str, page: object, here: Here, wanted: Iterable[str]) -> list[str]:
        """The `wanted` blocks of the template `name` for a page that is shown at `here`."""
        self._here = here
        template = self._environment.get_template(name)
        context = template.new_context({"page": page})
        # Prints nothing: layout.html has nothing around its blocks, which this gathers.
        for _ in template.root_render_func(context):
            pass
        return ["".join(context.blocks[block][0](context)) for block in wanted]

    # What comes out differs from page to page; a filter without context is worked out but once.
    @pass_context
    def _url(self, context: Context, address: object) -> str:
        return self._here.shown(str(address))


class _Generator(CodeGenerator):
    """Compiles imports as if they did not say `with context`, and to be looked up but once."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        # What `escape` calls; there is no public way to it but through a `Markup` for each text.
        self.writeline("from markupsafe import _escape_inner as plain_escape")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Spare plain strings the `Markup` around them, which is only to be joined."""
        if _escapes(frame):
            self.write("(plain_escape(text) if (text := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write(").__class__ is str else escape(text))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(")")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """Join what a block prints, rather than hand each piece up through all blocks around."""
        if frame.toplevel or node.scoped or node.required:
            super().visit_Block(node, frame)
        else:
            self.simple_write(f"concat(context.blocks[{node.name!r}][0](context))", frame, node)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Print what has no variables, such as icons, without setting up a template for it."""
        self.writeline("text = environment.plain_text(")
        self.visit(node.template, frame)
        self.write(")")
        self.writeline("if text is not None:")
        self.indent()
        self.simple_write("text", frame)
        self.outdent()
        self.writeline("else:")
        self.indent()
        super().visit_Include(node, frame)
        self.outdent()


def _escapes(frame: Frame) -> bool:
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile


class _Environment(Environment):
    code_generator_class = _Generator

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.module = cache(self._module)
        self.plain_text = cache(self._plain_text)
        self._macros = cache(self._read_macros)

    def _module(self, name: str) -> TemplateModule:
        return self.get_template(name).module

    def _plain_text(self, name: str) -> str | None:
        """What the template says, where that is always the same."""
        try:
            body = self.parse(self._source(name)).body
        except TemplateNotFound:
            return None
        parts = [part for node in body for part in getattr(node, "nodes", [None])]
        texts = [part.data for part in parts if isinstance(part, nodes.TemplateData)]
        return "".join(texts) if len(texts) == len(parts) else None

    def _source(self, name: str) -> str:
        assert self.loader
        return self.loader.get_source(self, name)[0]

    def _read_macros(self, name: str) -> Macros:
        inliner = Inliner(self, self._macros)
        try:
            inliner.work(super()._parse(self._source(name), name, None))
        except TemplateNotFound:  # it will be said when the template is used, if it is
            return {}
        return inliner.macros

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return Inliner(self, self._macros).work(super()._parse(source, name, filename))
