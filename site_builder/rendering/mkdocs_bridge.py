"""The only module that knows MkDocs: hands planned pages to it, and drives it.

MkDocs and Material both have an announced end, so what crosses this bridge is plain: Markdown,
metadata, Jinja templates. No validation and no grouping happens in the hooks.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Documented by Material: without it each start prints a banner about MkDocs 2.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as EnginePage

from site_builder.addresses import source_of
from site_builder.config import MARKDOWN_EXTENSIONS
from site_builder.diagnostics import ContentFaults, EngineFailed
from site_builder.loading import Loaded, load_site
from site_builder.pages.plan import plan_site
from site_builder.pages.views import Chrome, Link, Page, Plan
from site_builder.rendering import THEME
from site_builder.rendering.bodies import with_pictures
from site_builder.rendering.converter import EXTENSION_SETTINGS
from site_builder.rendering.engine import Engine, refuse_foreign
from site_builder.rendering.frames import FRAME_TEMPLATE, Frame, FrameKey, cut
from site_builder.rendering.sanitise import sanitise
from site_builder.rendering.shown import meta_of
from site_builder.rendering.sitemap import EARLIEST
from site_builder.rendering.templates import JSON_AS_READ
from site_builder.scripts import published_script
from site_builder.styles import STYLESHEET, published_style
from site_builder.workers import Progress

PLUGIN_NAME = "dan-van-kheo"
_NO_PLUGIN = f"Tệp {{}} thiếu dòng “- {PLUGIN_NAME}” trong mục plugins. Chưa ghi gì."
_STATIC_PAGES = {"404.html", "sitemap.xml"}
_NO_META = "---\n{}\n---\n\n"
"""Stands before each body, or MkDocs would take its first lines for metadata."""


class DanVanKheoPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Replaces the files of docs_dir by the pages that were planned from the catalogue."""

    def __init__(self) -> None:
        self.loaded: Loaded | None = None
        self.progress: Progress | None = None
        self._done = 0
        self._plan: Plan | None = None
        self._pages: dict[str, Page] = {}

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load, check and plan before MkDocs touches the output folder."""
        try:
            refuse_foreign(Path(config.site_dir))
            # `mkdocs serve` makes a new plugin for each rebuild, so nothing stale is kept here.
            self.loaded = self.loaded or load_site(Path(config.config_file_path).parent)
            self._plan = plan_site(self.loaded.require_catalogue())
        except ContentFaults as faults:
            lines = "\n".join(map(str, faults.errors))
            raise PluginError(f"{lines}\n{faults}") from None
        except EngineFailed as refusal:
            raise PluginError(str(refusal)) from None
        self._pages = {page.source: page for page in self._plan.pages}
        configure(config, self._plan.chrome)
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Planned pages, redirects and used pictures instead of what lies in docs_dir."""
        plan = self._require_plan()
        theme = (f for f in files if f.src_dir != config.docs_dir and not _is_unused(f))
        published = [
            File.generated(config, file.src_uri, content=_content(file, plan.chrome))
            if _is_ours(file)
            else file
            for file in theme
        ]
        pages = [
            File.generated(config, page.source, content=_NO_META + page.body) for page in plan.pages
        ]
        others = [
            # MkDocs would leave out .well-known/.
            File.generated(config, address, content=data, inclusion=InclusionLevel.INCLUDED)
            for address, data in self.other_files(plan, self._assets(), config.site_url or "/")
        ]
        return Files([*published, *pages, *others])

    def other_files(
        self, plan: Plan, places: Mapping[str, Path], site_url: str
    ) -> Iterable[tuple[str, bytes]]:
        """Files of the site beside its pages; none here (see `site_builder.mkdocs_plugin`)."""
        return ()

    def on_page_markdown(
        self, markdown: str, /, *, page: EnginePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Give the page its metadata: from the plan, never from text that a writer typed."""
        page.meta = meta_of(self._pages[page.file.src_uri], page.canonical_url)
        return markdown

    def on_page_content(
        self, html: str, /, *, page: EnginePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Sanitise after Markdown, and show pictures as we do."""
        # No page shows its contents, and `site-builder build` works none out.
        page.toc.items.clear()
        return Markup(with_pictures(sanitise(html), self._pages[page.file.src_uri]))

    def on_post_page(self, output: str, /, *, page: EnginePage, config: MkDocsConfig) -> str:
        """Tell how far we are."""
        self._done += 1
        if self.progress:
            self.progress(self._done, len(self._pages))
        return output

    def on_env(
        self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Make templates safe, and give them what surrounds pages."""
        return _furnished(env, self._require_plan().chrome)

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """The date of the packed sitemap comes from the content, so that builds can be repeated."""
        newest = self._newest()
        for file in files.documentation_pages():
            page = file.page or EnginePage(None, file, config)
            page.update_date = newest
        return nav

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Rebuild on changes of content, models and templates; faults leave the old site up."""
        for folder in (self._root() / "content", self._root() / "models", THEME):
            if folder.is_dir():
                server.watch(str(folder))
        server.builder = lambda: _build_or_keep(builder)
        return server

    @property
    def page_count(self) -> int:
        """How many pages are planned."""
        return len(self._pages)

    def _newest(self) -> str:
        days = [page.updated for page in self._require_plan().pages if page.updated]
        return max(days, default=EARLIEST)

    def _require_loaded(self) -> Loaded:
        if self.loaded is None:
            raise PluginError("Chưa đọc nội dung.")
        return self.loaded

    def _root(self) -> Path:
        return self._require_loaded().project.root

    def _assets(self) -> Mapping[str, Path]:
        files = self._require_loaded().library.assets
        return {path: Path(file.place) for path, file in files.items()}

    def _require_plan(self) -> Plan:
        if self._plan is None:
            raise PluginError("Chưa đọc nội dung.")
        return self._plan


def _build_or_keep(builder: Any) -> None:
    """Rebuild; MkDocs would answer no request at all until the content is mended."""
    try:
        builder()
    except MkDocsException:
        note = "Nội dung còn lỗi: bản xem trước giữ trang cũ cho tới khi sửa xong."
        logging.getLogger("mkdocs").error(note)


def _is_unused(file: File) -> bool:
    """Of Material: source maps, scripts and styles, which our layout does without."""
    is_style = file.src_uri.startswith("assets/stylesheets/") and not _is_ours(file)
    is_script = file.src_uri.startswith("assets/javascripts/")
    return is_style or is_script or file.src_uri.endswith((".map", "images/favicon.png"))


def _is_ours(file: File) -> bool:
    return file.src_dir == str(THEME)


def _content(file: File, chrome: Chrome) -> bytes:
    """What is published of a file of the theme."""
    if _is_ours(file) and file.src_uri.endswith(".js"):
        return published_script(file.content_string)
    if _is_ours(file) and file.src_uri == STYLESHEET:
        return published_style(file.content_string, chrome.colours).encode()
    return file.content_bytes


def _furnished(env: jinja2.Environment, chrome: Chrome) -> jinja2.Environment:
    """Escape every value in every template, Material's included."""
    env.autoescape = True
    env.policies["json.dumps_kwargs"] = JSON_AS_READ
    env.globals["chrome"] = chrome
    return env


def configure(config: MkDocsConfig, chrome: Chrome) -> None:
    """Set what is ours to decide, so that mkdocs.yml stays short and cannot weaken it."""
    config.theme.dirs.insert(0, str(THEME))
    config.theme["font"] = False
    config.site_name = config.site_name or chrome.name
    home = Link("Trang chủ", "")
    config.nav = [{link.text: source_of(link.address or "")} for link in (home, *chrome.menu)]
    config.validation.nav.omitted_files = logging.DEBUG
    config.markdown_extensions = list(MARKDOWN_EXTENSIONS)
    config.mdx_configs = dict(EXTENSION_SETTINGS)


def public_address(config_file: Path) -> str:
    """The public address of the home page; "" where none is set."""
    return _settings(config_file, {}).site_url or ""


def plain_settings(config_file: Path, plan: Plan) -> dict[str, Any]:
    """The mkdocs.yml of the staged tree: what `configure` sets, spelled out, without our plugin."""
    config = _settings(config_file, {})
    configure(config, plan.chrome)
    return {
        "site_name": config.site_name,
        "site_url": config.site_url or "/",
        "docs_dir": "docs",
        "theme": {
            "name": "material",
            "custom_dir": "theme",
            "language": config.theme["language"],
            "font": False,
        },
        "hooks": ["hooks.py"],
        "plugins": [],
        "markdown_extensions": list(MARKDOWN_EXTENSIONS),
        "nav": config.nav,
        "validation": {"omitted_files": "ignore"},
    }


def prepare(
    config_file: Path,
    chrome: Chrome,
    keys: Iterable[FrameKey],
    *,
    site_dir: Path | None = None,
) -> Engine:
    """Everything that rendering needs of MkDocs and its theme, for pages with one of `keys`.

    Raises `EngineFailed`, also where `config_file` asks for what only `mkdocs build` does.
    """
    config = _settings(config_file, {"site_dir": str(site_dir)} if site_dir else {})
    _refuse_ignored(config, config_file.name)
    try:
        configure(config, chrome)
        theme = _Theme(config, chrome)
        return Engine(
            site_dir=Path(config.site_dir),
            site_url=config.site_url or "",
            frames={key: theme.frame(key) for key in keys},
            files=(*theme.static_files(), *theme.static_pages()),
            template_dirs=tuple(config.theme.dirs),
        )
    except (MkDocsException, Abort, OSError, jinja2.TemplateError) as error:
        raise EngineFailed(f"Không dựng được khung trang: {error}. Chưa ghi gì.") from error


def _refuse_ignored(config: MkDocsConfig, name: str) -> None:
    """Settings that our own driver would silently pass over: there, `mkdocs build` has to do."""
    if PLUGIN_NAME not in config.plugins:
        raise EngineFailed(_NO_PLUGIN.format(name))
    known = (PLUGIN_NAME, *config.hooks)
    foreign = (plugin for plugin in config.plugins if plugin not in known)
    ignored = [f"plugin “{plugin.removeprefix('material/')}”" for plugin in foreign]
    ignored += [f"hook “{hook}”" for hook in config.hooks]
    ignored += [f"mục {key}" for key in ("exclude_docs", "draft_docs") if config[key]]
    ignored += [f"trang “{page}”" for page in config.theme.static_templates - _STATIC_PAGES]
    if not config.use_directory_urls:
        ignored.append("mục use_directory_urls: false")
    if ignored:
        raise EngineFailed(
            f"Tệp {name} có {', '.join(sorted(ignored))} mà site-builder build không chạy được. "
            "Bỏ đi rồi dựng lại, hoặc dựng bằng lệnh mkdocs build. Chưa ghi gì."
        )


class _Theme:
    """The theme as MkDocs prints it, without the pages of the project."""

    def __init__(self, config: MkDocsConfig, chrome: Chrome) -> None:
        self._config, self._chrome = config, chrome
        self._env = _furnished(config.theme.get_env(), chrome)
        sources = [source_of(link.address or "") for link in chrome.menu]
        self._files = Files(self._file(source) for source in ("index.md", *sources))
        self._nav = get_navigation(self._files, config)

    def frame(self, key: FrameKey) -> Frame:
        """What stands around pages with this key."""
        first, second = (self._around(key.sample(part), part) for part in ("_", "__"))
        if first != second:
            raise EngineFailed(
                "Giao diện trong custom_dir in tiêu đề hay phần riêng khác của từng trang ra ngoài "
                "phần nội dung, site-builder build không làm được như vậy. Bỏ phần đó, hoặc dựng "
                "bằng lệnh mkdocs build. Chưa ghi gì."
            )
        return first

    def static_files(self) -> Iterator[tuple[str, bytes]]:
        """Scripts, styles and pictures."""
        files = Files([])
        files.add_files_from_theme(self._env, self._config)
        set_exclusions(files, self._config)
        for file in files:
            if file.inclusion is not InclusionLevel.EXCLUDED and not _is_unused(file):
                yield file.dest_uri, _content(file, self._chrome)

    def static_pages(self) -> Iterator[tuple[str, bytes]]:
        """The page for addresses that lead nowhere: it may be shown at any of them."""
        context = get_context(
            self._nav,
            self._files,
            self._config,
            base_url=urlsplit(self._config.site_url or "/").path,
        )
        yield "404.html", self._env.get_template("404.html").render(context).encode()

    def _file(self, source: str) -> File:
        return File(source, None, self._config.site_dir, use_directory_urls=True)

    def _around(self, address: str, text: str) -> Frame:
        """The frame of the page at `address`, all of whose parts are `text`."""
        source = source_of(address)
        file = self._files.get_file_from_path(source) or self._file(source)
        page = file.page or EnginePage(None, file, self._config)
        page.markdown = page.content = text
        page.meta = dict.fromkeys(("title", "description", "updated", "template"), text)
        page.active = True
        context = get_context(self._nav, self._files, self._config, page)
        try:
            return cut(self._env.from_string(FRAME_TEMPLATE).render(context))
        except ValueError:
            raise self._refusal() from None
        except jinja2.TemplateNotFound as missing:
            # Templates of the project may name files that are not there; icons are the theme's.
            if not str(missing.name).startswith(".icons/"):
                raise
            raise self._refusal() from None
        finally:
            page.active = False

    def _refusal(self) -> EngineFailed:
        return EngineFailed(
            f"Giao diện “{self._config.theme.name}” không có chỗ cho trang của ta. Đặt lại "
            "theme: material trong mkdocs.yml. Chưa ghi gì."
        )


def _settings(config_file: Path, options: dict[str, str]) -> MkDocsConfig:
    try:
        return load_config(str(config_file), **options)
    except (MkDocsException, Abort) as error:
        raise EngineFailed(f"Tệp {config_file.name} có lỗi: {error}. Chưa ghi gì.") from error
