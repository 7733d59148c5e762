"""What stands in a Markdown body, found without rendering it: links, images, raw tags.

Places are offsets into the body, so that checks can point at them and pages can replace link
targets by splicing. Code is left alone. All scans are linear in the body's length, given the
limits of `complexity.py`.
"""

import re
from bisect import bisect_left
from collections import defaultdict
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
# As Python-Markdown has them: never indented, closed by the very same fence or no code at all.
_FENCE = re.compile(
    r"^(`{3,}|~{3,})[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=[^\n]*)?)$", re.MULTILINE
)
_FENCE_END = re.compile(r"^(`{3,}|~{3,})[ ]*$", re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_NOT_NEWLINE = re.compile(r"[^\n]")
_BRACKET = re.compile(r"\\.|!?\[|\]", re.DOTALL)
_LONGEST_TARGET = 1_000
"""Characters of a link target that are read; what it is shows long before."""
_ANGLE_TARGET = re.compile(r"\s*<([^<>]*)>(?:\s*(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_TARGET_PART = re.compile(r"\\.|[()]|(?<=\s)(?:\"[^\"]*\"|'[^']*')(?=\s*\))", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
_QUOTE = re.compile(r"[\"']")
_TITLE_BEGINS = re.compile(r"\s[\"']")
# In quotations and lists too; what follows can only be a title.
_DEFINITION = re.compile(
    r"^[ >\t*+-]*(?:(?:\d+\.|\[\^[^\[\]\n]*\]:)[ \t]*)?\[(?!\^)[^\[\]]*\]:"
    r"[ \t]*(?:\n[ >\t]*)?<*([^\s<>]\S*)"
    r"(?=[ \t]*(?:$|[ \t][\"'(]))",
    re.MULTILINE,
)
# A `>` between quotation marks does not end a tag. Bounded, as every `<` looks ahead.
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])"
    r"(?=((?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,1000}>?|[^<>]{0,2000}))"
    r"|<(!--|[!?])"
)
_ATTRIBUTE = re.compile(r"""\b(href|src)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_ATTRIBUTE_NAME = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?""")
_ALT = re.compile(r"""\balt\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:(?://[^<>]*|[^\s<>]*)>|https?://[^\s<>)\]]+")


_MARKUP = ("[", "<", "`", "~~~", "http", "\n    ", "\n\t")
"""Most stories have none of these: nothing in them can be a link, a tag or code."""


def scan_body(body: str) -> BodyScan:
    """Scan a body that `complexity.py` has let pass."""
    if not any(mark in body for mark in _MARKUP):
        return BodyScan((), (), ())
    code = _merge(list(_code_ranges(body)))
    text = _without(body, code)
    links: list[Link] = []
    tags: list[Tag] = []
    protected = list(code)
    for block in _BLOCKS.finditer(text):
        if block.group().startswith(("    ", "\t")):
            # Code, unless a list goes on here: left as typed either way.
            protected.append(block.span())
        protected.extend(_bracketed(body, text, block.span(), links))
        for match in _DEFINITION.finditer(text, *block.span()):
            target = match[1].rstrip(">")
            links.append(Link(target, match.start(1), match.start(1) + len(target)))
            protected.append(match.span())
        for match in _AUTOLINK.finditer(text, *block.span()):
            protected.append(match.span())
            if match.group().startswith("<"):
                links.append(Link(match.group()[1:-1], match.start() + 1, match.end() - 1))
    angled = _merge([(link.start - 1, link.end + 1) for link in links if _is_angled(text, link)])
    for match in _TAG.finditer(text):
        if is_inside(match.start(), angled):
            continue
        tags.append(_tag(match))
        links.extend(_tag_links(match))
        protected.append((match.start(), max(match.end(), match.end(3))))
    return BodyScan(tuple(links), tuple(tags), _merge(protected))


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


def _without(body: str, ranges: tuple[Range, ...]) -> str:
    """`body` with blanks in place of `ranges`: what stands there is no markup, lengths stay."""
    pieces, done = [], 0
    for start, end in ranges:
        pieces += [body[done:start], _NOT_NEWLINE.sub(" ", body[start:end])]
        done = end
    return "".join([*pieces, body[done:]])


def _bracketed(body: str, text: str, block: Range, links: list[Link]) -> Iterator[Range]:
    """Pairs of brackets, however nested, with the targets behind them; links go to `links`."""
    opened: list[re.Match[str]] = []
    for mark in _BRACKET.finditer(text, *block):
        if mark.group() in ("[", "!["):
            opened.append(mark)
        elif mark.group() == "]" and opened:
            opening = opened.pop()
            end = mark.end()
            if text.startswith("(", end) and (target := _target(text, end + 1, block[1])):
                start, stop, end = target
                is_image, label = opening.group() == "![", body[opening.end() : mark.start()]
                written = _ESCAPED.sub(r"\1", text[start:stop])
                links.append(Link(written, start, stop, is_image, label))
            yield opening.start(), end


def _target(text: str, start: int, limit: int) -> tuple[int, int, int] | None:
    """Start and end of the target that begins at `start`, and where its bracket is closed."""
    limit = min(limit, start + _LONGEST_TARGET)
    if angle := _ANGLE_TARGET.match(text, start, limit):
        return *_stripped(text, *angle.span(1)), angle.end()
    depth = 1
    for part in _TARGET_PART.finditer(text, start, limit):
        depth += {"(": 1, ")": -1}.get(part.group(), 0)
        if depth == 0:
            return *_without_title(text, start, part.start()), part.end()
    # The engine forgives brackets that are open inside quotation marks.
    is_link = limit == start + _LONGEST_TARGET or _QUOTE.search(text, start, limit)
    return (*_stripped(text, start, limit), limit) if is_link else None


def _without_title(text: str, start: int, end: int) -> Range:
    start, end = _stripped(text, start, end)
    title = _TITLE_BEGINS.search(text, start, end)
    if title and title.end() < end and text[end - 1] == title.group()[-1]:
        end = title.start()
    return _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Range:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, start + len(inner.strip())


def _is_angled(text: str, link: Link) -> bool:
    """Whether the target stands between < and >, where blanks are allowed: no tag is meant."""
    return text[link.start - 1 : link.start] == "<" and text[link.end : link.end + 1] == ">"


def _tag(match: re.Match[str]) -> Tag:
    names = tuple(found[1].lower() for found in _ATTRIBUTE_NAME.finditer(match[3] or ""))
    return Tag((match[2] or match[4]).lower(), match.start(), max(match.end(), match.end(3)), names)


def _tag_links(match: re.Match[str]) -> Iterator[Link]:
    if not match[3]:
        return
    alt = _ALT.search(match[3])
    is_image = (match[2] or "").lower() == "img"
    for attribute in _ATTRIBUTE.finditer(match[3]):
        is_quoted = attribute[2][0] in "\"'" and attribute[2][-1] == attribute[2][0]
        value = attribute[2][1:-1] if is_quoted and len(attribute[2]) > 1 else attribute[2]
        start = match.start(3) + attribute.start(2) + (attribute[2] != value)
        text = alt[1].strip("\"'") if alt else ""
        yield Link(value, start, start + len(value), is_image, text)


def _code_ranges(body: str) -> Iterator[Range]:
    """Fenced blocks and code spans."""
    ends: dict[str, list[re.Match[str]]] = defaultdict(list)
    for found in _FENCE_END.finditer(body):
        ends[found[1]].append(found)
    done = 0
    for opening in _FENCE.finditer(body):
        closings = ends[opening[1]]
        place = bisect_left(closings, opening.end(), key=lambda found: found.start())
        if opening.start() < done or place == len(closings):
            continue
        yield from _code_spans(body, done, opening.start())
        done = closings[place].end()
        yield opening.start(), done
    yield from _code_spans(body, done, len(body))


def _code_spans(body: str, start: int, end: int) -> Iterator[Range]:
    for block in _BLOCKS.finditer(body, start, end):
        for match in _CODE_SPAN.finditer(body, *block.span()):
            yield match.span()


def _merge(ranges: list[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
