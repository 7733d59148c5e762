"""Frames: what the theme prints around pages, rendered once for each class of pages.

Of all that Material and our layout print, only three blocks know more of a page than where it
stands. A frame is the text around these blocks; a page is its frame with its own blocks between.
No text of a page ever goes through a frame, so nothing that it says can be taken for a mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.pages.views import Chrome, Page

PAGE_BLOCKS = ("site_meta", "htmltitle", "container")
"""The blocks of layout.html that are a page's own, in the order in which they are printed."""

_MARKS = tuple(f"\0{block}\0" for block in PAGE_BLOCKS)

FRAME_TEMPLATE = '{% extends "layout.html" %}' + "".join(
    f"{{% block {block} %}}{mark}{{% endblock %}}"
    for block, mark in zip(PAGE_BLOCKS, _MARKS, strict=True)
)
"""Prints the theme with a mark where each block of a page goes."""


class FrameKey(NamedTuple):
    """Pages of one key have the same frame: from all of them, its links look the same."""

    depth: int
    """How many folders below the root."""
    trail: str
    """The beginning of the address that links of the frame may share: "mo-hinh/"."""

    def sample(self, part: str) -> str:
        """The address of a page with this key; `part` stands where such addresses differ."""
        return self.trail + f"{part}/" * (self.depth - self.trail.count("/"))


@dataclass(frozen=True, slots=True)
class Frame:
    """The theme around pages of one key."""

    texts: tuple[str, ...]
    """Before, between and after the blocks of a page."""


class Keys:
    """Tells keys of pages within one chrome; made once, asked for each page."""

    def __init__(self, chrome: Chrome) -> None:
        links = (*chrome.menu, *chrome.footer, *chrome.social, chrome.licence)
        self._trails = frozenset(
            trail for link in links if link.address for trail in _trails(link.address)
        )

    def of(self, address: str) -> FrameKey:
        """The key of the page at `address` (no leading slash)."""
        trails = tuple(_trails(address))
        # The first part always counts: templates link to lists by name.
        shared = [trail for trail in trails[1:] if trail in self._trails]
        return FrameKey(len(trails), "".join([*trails[:1], *shared][-1:]))


def frame_key(page: Page, chrome: Chrome) -> FrameKey:
    """The key of the frame that `page` needs."""
    return Keys(chrome).of(page.address)


def _trails(address: str) -> Iterator[str]:
    """Each folder on the way: a/b/ → a/, a/b/."""
    trail = ""
    for part in filter(None, address.split("/")):
        trail += f"{part}/"
        yield trail


def cut(html: str) -> Frame:
    """The frame in what `FRAME_TEMPLATE` printed. Raises `ValueError` where a mark is missing."""
    texts = []
    for mark in _MARKS:
        before, html = html.split(mark)
        texts.append(before)
    return Frame((*texts, html))


def splice(frame: Frame, blocks: Sequence[str]) -> str:
    """The page with these blocks, in the order of `PAGE_BLOCKS`."""
    first, *rest = frame.texts
    return first + "".join(block + text for block, text in zip(blocks, rest, strict=True))
