"""Bodies of entries: Markdown to HTML as MkDocs makes it, with one converter for all of them.

MkDocs sets up a new converter for each page, and finds each link's file among all of the site's.
Here links are known to be good: they were checked, and planning made them point at staged files.
"""

import posixpath
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from site_builder.config import MARKDOWN_EXTENSIONS
from site_builder.rendering.plain import plain_html
from site_builder.rendering.sanitise import sanitise
from site_builder.rendering.shortcuts import AnchorExtension, add_shortcuts
from site_builder.rendering.urls import Here
from site_builder.text import heading_slug

EXTENSION_SETTINGS: dict[str, dict[str, Any]] = {
    "toc": {"slugify": heading_slug, "toc_depth": "2-3"},
    "tables": {"use_align_attribute": True},
}
"""What the Markdown extensions are told; MkDocs is told the same."""

_EXTENSIONS: dict[str, type[Extension]] = {
    "fenced_code": FencedCodeExtension,
    "footnotes": FootnoteExtension,
    "sane_lists": SaneListExtension,
    "tables": TableExtension,
    "toc": AnchorExtension,
}
"""By the names that MkDocs is told: looking them up among all installed packages takes long."""


class Bodies:
    """Makes HTML of bodies, one after the other."""

    def __init__(self) -> None:
        extensions = [
            _EXTENSIONS[name](**EXTENSION_SETTINGS.get(name, {})) for name in MARKDOWN_EXTENSIONS
        ]
        self._markdown = Markdown(extensions=extensions)
        add_shortcuts(self._markdown)
        self._links = _Links(self._markdown)
        # Last, where MkDocs has its own.
        self._markdown.treeprocessors.register(self._links, "links", 0)

    def html(self, body: str, source: str, here: Here) -> str:
        """The sanitised HTML of `body`, staged as the file `source` and shown at `here`."""
        if not body:
            return ""
        self._links.source, self._links.here = source, here
        html = plain_html(body, self._links.url)
        if html is None:
            html = self._markdown.reset().convert(body.lstrip("\n"))
        return sanitise(html)


class _Links(Treeprocessor):
    """Links to staged files become links to what is built of them."""

    source = ""
    here = Here("")

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a":
                element.set("href", self.url(element.get("href", "")))
            elif element.tag == "img":
                element.set("src", self.url(element.get("src", "")))

    def url(self, written: str) -> str:
        """A target as written, made an address that counts from the page."""
        scheme, host, path, query, fragment = urlsplit(written)
        is_elsewhere = scheme or host or written.startswith(("/", "\\"))
        # Markdown hides the letters of mail addresses behind this mark.
        if is_elsewhere or not path or AMP_SUBSTITUTE in written:
            return written
        staged = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), unquote(path)))
        return urlunsplit(("", "", self.here.relative(_built(staged)), query, fragment))


def _built(staged: str) -> str:
    """The address of what is built of a staged file: a page, or the file itself."""
    page = staged.removesuffix(".md")
    if page == staged:
        return quote(staged)
    return "./" if page == "index" else quote(f"{page}/")
