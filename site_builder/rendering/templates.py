"""The page's own blocks: our templates in a small environment, without Material around them.

Templates are those that MkDocs uses. Two things are done differently, which change no byte:
layout.html extends nothing here, and imported macros are set up once and not for each page. (In
MkDocs' environment they need the page's context, but for nothing except the `url` filter.)
"""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    Template,
    nodes,
    pass_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from site_builder.pages.views import Chrome
from site_builder.rendering.urls import Here


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


class _MadeOnce(CodeGenerator):
    """Compiles imports as if they did not say `with context`."""

    def visit_Import(self, node: nodes.Import, frame: Frame) -> None:
        node.with_context = False
        super().visit_Import(node, frame)


class _Template(Template):
    """Asks not, at each import, whether the importing template was given globals of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class _Environment(Environment):
    code_generator_class = _MadeOnce
    template_class = _Template
