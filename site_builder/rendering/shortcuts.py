"""Plain prose, which most bodies are, spared what Markdown would try on it in vain.

Python-Markdown tries fourteen inline patterns on every text and a dozen kinds of block on every
paragraph. A text without any mark, and a paragraph that begins with a letter, match none of them.
"""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

_MARK = re.compile(r"[`\\\[<&*_]|  \n")
"""All patterns named here begin with one of these; images with ![ and footnotes with [^."""
_PATTERNS = """
    backtick escape reference link image_link image_reference short_reference short_image_ref
    autolink automail linebreak html entity not_strong em_strong em_strong2 footnote
"""

_PROSE = re.compile(r"(?:[^\W\d_].*(?:\n|\Z))+\Z")
"""Lines that all begin with a letter: only a paragraph, of all blocks named here, has such lines.

(A table or an underlined heading may begin so, but its second line is one of dashes.)
"""
_BLOCKS = """
    empty indent code hashheader setextheader hr olist ulist quote reference table footnote
    paragraph
"""


def add_shortcuts(markdown: Markdown) -> None:
    """Let prose through; not where another version or extension reads more than is known here."""
    if _are_all(markdown.inlinePatterns, _PATTERNS.split()):
        # Just before the patterns are tried.
        markdown.treeprocessors.register(_PlainTexts(markdown), "plain_texts", 20.5)
    if _are_all(markdown.parser.blockprocessors, _BLOCKS.split()):
        markdown.parser.blockprocessors.register(_Prose(markdown.parser), "prose", 1000)


def _are_all(registry: Registry[Any], names: Iterable[str]) -> bool:
    return sum(name in registry for name in names) == len(registry)


class _PlainTexts(Treeprocessor):
    """Marks texts as having nothing to be read in them."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _MARK.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _MARK.search(element.tail):
                element.tail = AtomicString(element.tail)


class _Prose(BlockProcessor):
    """Makes a paragraph of prose without asking whether it is anything else."""

    def test(self, parent: Element, block: str) -> bool:
        return _PROSE.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self.parser.blockprocessors["paragraph"].run(parent, blocks)


class _Anchors(TocTreeprocessor):
    """Gives headings their ids; makes a list of them only where the body has a place for it."""

    def __init__(self, md: Markdown, config: dict[str, object]) -> None:
        super().__init__(md, config)
        self._top = self.toc_top

    def run(self, doc: Element) -> None:
        lines: list[str] = self.md.lines  # type: ignore[attr-defined]
        is_wanted = any(self.marker in line for line in lines)
        self.toc_top = self._top if is_wanted else 7
        super().run(doc)


class AnchorExtension(TocExtension):
    """The `toc` extension, for pages that show no contents."""

    TreeProcessorClass = _Anchors
