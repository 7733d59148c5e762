"""What stands in a Markdown body, found without rendering it: links, images, raw tags.

Places are offsets into the body, so that checks can point at them and pages can replace link
targets by splicing. Code is left alone. All scans are linear in the body's length, given the
limits of `complexity.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image: where its target is written and where it goes."""

    target: str
    start: int
    end: int
    is_image: bool = False
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A raw HTML tag; names in lower case."""

    name: str
    start: int
    end: int
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyScan:
    """Everything of a body that checks and pages need to know."""

    links: tuple[Link, ...]
    tags: tuple[Tag, ...]
    protected: tuple[Range, ...]
    """Code, links, tags and addresses: nothing may be inserted there. Sorted, disjoint."""


_BLOCKS = re.compile(r"(?:[^\n]+\n?)+")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LABEL = r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_INLINE_LINK = re.compile(rf"(!?){_LABEL}\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_REFERENCE_USE = re.compile(rf"!?{_LABEL}(?:\[[^\[\]]*\])?")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*<?([^\s<>]+)>?", re.MULTILINE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])([^<>]*)>?|<(!--|[!?])")
_ATTRIBUTE = re.compile(r"""\b(href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_ATTRIBUTE_NAME = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?""")
_ALT = re.compile(r"""\balt\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|https?://[^\s<>)\]]+")
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")


def scan_body(body: str) -> BodyScan:
    """Scan a body that `complexity.py` has let pass."""
    code = list(_code_ranges(body))
    links: list[Link] = []
    tags: list[Tag] = []
    protected = list(code)
    for block in _blocks_outside(body, code):
        for match in _DEFINITION.finditer(body, *block):
            links.append(Link(match[1], *match.span(1)))
            protected.append(match.span())
        for match in _INLINE_LINK.finditer(body, *block):
            links.append(_inline_link(match))
            protected.append(match.span())
        protected.extend(match.span() for match in _REFERENCE_USE.finditer(body, *block))
        for match in _AUTOLINK.finditer(body, *block):
            protected.append(match.span())
            if match.group().startswith("<"):
                links.append(Link(match.group()[1:-1], match.start() + 1, match.end() - 1))
        for match in _TAG.finditer(body, *block):
            tags.append(_tag(match))
            links.extend(_tag_links(match))
            protected.append(match.span())
    inside = _merge(code)
    return BodyScan(
        tuple(link for link in links if not is_inside(link.start, inside)),
        tuple(tag for tag in tags if not is_inside(tag.start, inside)),
        _merge(protected),
    )


def is_inside(offset: int, ranges: tuple[Range, ...]) -> bool:
    """Whether `offset` falls into one of `ranges` (sorted, disjoint)."""
    low, high = 0, len(ranges)
    while low < high:
        middle = (low + high) // 2
        if ranges[middle][1] <= offset:
            low = middle + 1
        else:
            high = middle
    return low < len(ranges) and ranges[low][0] <= offset


def _inline_link(match: re.Match[str]) -> Link:
    inner = match[3]
    without_title = _TITLE.sub("", inner).strip()
    bare = without_title.strip("<>") if without_title.startswith("<") else without_title
    start = match.start(3) + (inner.find(bare) if bare else 0)
    return Link(bare, start, start + len(bare), bool(match[1]), match[2])


def _tag(match: re.Match[str]) -> Tag:
    names = tuple(found[1].lower() for found in _ATTRIBUTE_NAME.finditer(match[3] or ""))
    return Tag((match[2] or match[4]).lower(), *match.span(), names)


def _tag_links(match: re.Match[str]) -> Iterator[Link]:
    if not match[3]:
        return
    alt = _ALT.search(match[3])
    is_image = (match[2] or "").lower() == "img"
    for attribute in _ATTRIBUTE.finditer(match[3]):
        value = attribute[2].strip("\"'")
        start = match.start(3) + attribute.start(2) + (attribute[2] != value)
        text = alt[1].strip("\"'") if alt else ""
        yield Link(value, start, start + len(value), is_image, text)


def _code_ranges(body: str) -> Iterator[Range]:
    """Fenced blocks and code spans."""
    fence, opened, position = "", 0, 0
    text_start = 0
    for line in body.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                yield opened, position + len(line)
                fence, text_start = "", position + len(line)
        elif mark:
            yield from _code_spans(body, text_start, position)
            fence, opened = mark[1], position
        position += len(line)
    if fence:
        yield opened, len(body)
    else:
        yield from _code_spans(body, text_start, len(body))


def _code_spans(body: str, start: int, end: int) -> Iterator[Range]:
    for block in _BLOCKS.finditer(body, start, end):
        for match in _CODE_SPAN.finditer(body, *block.span()):
            yield match.span()


def _blocks_outside(body: str, code: list[Range]) -> Iterator[Range]:
    """Paragraphs; those inside code are skipped, those with a code span are whole."""
    fenced = _merge(code)
    for block in _BLOCKS.finditer(body):
        if not is_inside(block.start(), fenced) or not is_inside(block.end() - 1, fenced):
            yield block.span()


def _merge(ranges: list[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
