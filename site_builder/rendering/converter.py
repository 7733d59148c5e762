"""Markdown to HTML as MkDocs makes it, with one converter for all bodies.

Takes long to load; most builds of one edited story get by without it (`plain.py`).
"""

from collections.abc import Callable
from typing import Any
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
from site_builder.rendering.shortcuts import AnchorExtension, add_shortcuts
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


class Converter:
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

    def html(self, body: str, url: Callable[[str], str]) -> str:
        """The HTML of `body`, not yet sanitised; `url` makes addresses of targets as written."""
        self._links.url = url
        return self._markdown.reset().convert(body.lstrip("\n"))


class _Links(Treeprocessor):
    """Links to staged files become links to what is built of them."""

    url: Callable[[str], str] = str

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a":
                element.set("href", self._shown(element.get("href", "")))
            elif element.tag == "img":
                element.set("src", self._shown(element.get("src", "")))

    def _shown(self, written: str) -> str:
        # Markdown hides the letters of mail addresses behind this mark.
        return written if AMP_SUBSTITUTE in written else self.url(written)
