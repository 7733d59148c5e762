"""Bodies of entries: Markdown to HTML as MkDocs makes it.

MkDocs finds each link's file among all of the site's. Here links are known to be good: they were
checked, and planning made them point at staged files.
"""

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from site_builder.pages.views import Page, plain
from site_builder.rendering.pictures import dressed
from site_builder.rendering.plain import plain_html
from site_builder.rendering.sanitise import sanitise
from site_builder.rendering.urls import Here

if TYPE_CHECKING:
    from site_builder.rendering.converter import Converter


class Bodies:
    """Makes HTML of bodies, one after the other."""

    def html(self, body: str, source: str, here: Here) -> str:
        """The sanitised HTML of `body`, staged as the file `source` and shown at `here`."""
        if not body:
            return ""
        links = _Links(source, here)
        html = plain_html(body, links.url)
        return sanitise(self._converter.html(body, links.url) if html is None else html)

    @cached_property
    def _converter(self) -> "Converter":
        from site_builder.rendering.converter import Converter  # noqa: PLC0415 - takes long to load

        return Converter()


def with_pictures(html: str, page: Page) -> str:
    """The sanitised HTML of the body of `page`, with its pictures as we show them."""
    is_first = not getattr(page.view, "pictures", ())
    return dressed(html, plain(page.pictures), is_first_eager=is_first)


class _Links(NamedTuple):
    """Links of the body that is staged as `source` and shown at `here`."""

    source: str
    here: Here

    def url(self, written: str) -> str:
        """A target as written, made an address that counts from the page."""
        scheme, host, path, query, fragment = urlsplit(written)
        is_elsewhere = scheme or host or written.startswith(("/", "\\"))
        if is_elsewhere or not path:
            return written
        staged = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), unquote(path)))
        return urlunsplit(("", "", self.here.relative(_built(staged)), query, fragment))


def _built(staged: str) -> str:
    """The address of what is built of a staged file: a page, or the file itself."""
    page = staged.removesuffix(".md")
    if page == staged:
        return quote(staged)
    return "./" if page == "index" else quote(f"{page}/")
