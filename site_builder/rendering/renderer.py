"""A planned page in, its finished file out: the bytes that `mkdocs build` would write."""

from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from site_builder.pages.views import Chrome, Page
from site_builder.rendering.bodies import Bodies, with_pictures
from site_builder.rendering.engine import Engine
from site_builder.rendering.frames import PAGE_BLOCKS, Keys, splice
from site_builder.rendering.shown import meta_of
from site_builder.rendering.templates import Templates
from site_builder.rendering.urls import Here


class Renderer:
    """Renders pages, one after the other; one for each process or thread.

    Compiled templates are kept in the folder `cache`, which must belong to this `engine_key`.
    """

    def __init__(self, engine: Engine, chrome: Chrome, *, cache: Path | None = None) -> None:
        self._engine = engine
        self._keys = Keys(chrome)
        self._bodies = Bodies()
        self._templates = Templates(engine.template_dirs, chrome, cache)

    def render(self, page: Page) -> bytes:
        """The file of `page`. Raises `KeyError` where the engine lacks the frame of its key."""
        frame = self._engine.frames[self._keys.of(page.address)]
        url = quote(page.address)
        here = Here(url)
        shown = _Shown(page, url, self._engine.site_url)
        html = self._bodies.html(page.body, page.source, here)
        shown.content = Markup(with_pictures(html, page))
        blocks = self._templates.blocks(page.template, shown, here, PAGE_BLOCKS)
        return splice(frame, blocks).encode(errors="xmlcharrefreplace")


class _Shown:
    """A page as templates see it: the parts that MkDocs' own page has, and ours ask for."""

    def __init__(self, page: Page, url: str, site_url: str) -> None:
        self.url = url
        self.canonical_url = site_url + url if site_url else None
        self.is_homepage = not url
        self.meta = meta_of(page, self.canonical_url)
        self.title = self.meta["title"]
        self.content = Markup()
        self.toc = ()
