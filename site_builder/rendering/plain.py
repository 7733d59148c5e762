"""HTML of plain bodies without Markdown: what it would print for them, in a twentieth of the time.

Most bodies are paragraphs, headings, tables and lists of single lines, with a link, a picture or
bold words here and there. Where anything else stands, or anything that Markdown might read in
another way, there is no answer, and Markdown itself has to be asked.
"""

import re
from collections.abc import Callable, Iterator

from site_builder.text import heading_slug

_MARK = re.compile(r"[`\\\[\]<&*_]")
"""Begins whatever can be more than text."""
_START = r"(?:[^\W\d_]|[\"“‘(]|!?\[[^\^]|\*\*[^\W\d_])"
"""Begins no list, table, quotation, heading, code or note: only a line of a paragraph."""
_PROSE = re.compile(rf"{_START}.*(?:\n{_START}.*)*")
_HEADING = re.compile(r"(#{1,6}) (\w[^#\n]*)")
_LIST = re.compile(r"- [^\W\d_].*(?:\n- [^\W\d_].*)*")
_ROW = re.compile(r"\|(.+)\|")
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")
_ALIGNED = {(True, True): "center", (True, False): "left", (False, True): "right"}
"""By whether a colon stands before and behind the dashes."""
_SPAN = re.compile(
    r"(?P<image>!?)\[(?P<text>[^`\\\[\]<&*_\n\"^]+)\]\((?P<target>[\w./#:?=-]+)\)"
    r"|\*\*(?P<bold>[^\W\d_](?:[^`\\\[\]<&*_\n]*[^\W_])?)\*\*"
)

Url = Callable[[str], str]
"""Makes the address for the page of a target as written."""


class _NotPlain(Exception):
    """Something stands here that Markdown has to read."""


def plain_html(body: str, url: Url) -> str | None:
    """The HTML of a plain body, not yet sanitised; None where it is not plain."""
    # No tabs, no other blanks than one kind, no lines that are indented or end in blanks.
    if " \n" in f"{body}\n" or "\n " in body or not body.replace("\n", "").isprintable():
        return None
    try:
        return "\n".join(_blocks(body.split("\n\n"), url))
    except _NotPlain:
        return None


def _blocks(blocks: list[str], url: Url) -> Iterator[str]:
    used: set[str] = set()
    was_list = False
    for block in blocks:
        is_list = _LIST.fullmatch(block) is not None
        if is_list and not was_list:
            items = "".join(f"<li>{_spans(line[2:], url)}</li>\n" for line in block.split("\n"))
            yield f"<ul>\n{items}</ul>"
        elif heading := _HEADING.fullmatch(block):
            yield _heading(len(heading[1]), heading[2], used)
        elif _PROSE.fullmatch(block):
            yield f"<p>{_spans(block, url)}</p>"
        elif block.startswith("|"):
            yield _table(block.split("\n"), url)
        else:  # also a second list: it would be one with the first, its items paragraphs
            raise _NotPlain
        was_list = is_list


def _heading(level: int, text: str, used: set[str]) -> str:
    anchor = heading_slug(text)
    if _MARK.search(text) or anchor in used:
        raise _NotPlain
    used.add(anchor)
    return f'<h{level} id="{anchor}">{text}</h{level}>'


def _table(lines: list[str], url: Url) -> str:
    if len(lines) < 3 or not _RULE.fullmatch(lines[1]):
        raise _NotPlain
    head, rules, *rows = map(_cells, lines)
    if len(head) < 2 or any(len(row) != len(head) for row in (rules, *rows)):
        raise _NotPlain
    ends = [_ALIGNED.get((rule[0] == ":", rule[-1] == ":")) for rule in rules]
    aligns = [f' align="{end}"' if end else "" for end in ends]

    def row_of(tag: str, cells: list[str]) -> str:
        shown = "".join(
            f"<{tag}{align}>{_spans(cell, url)}</{tag}>\n"
            for align, cell in zip(aligns, cells, strict=True)
        )
        return f"<tr>\n{shown}</tr>\n"

    body = "".join(row_of("td", row) for row in rows)
    return f"<table>\n<thead>\n{row_of('th', head)}</thead>\n<tbody>\n{body}</tbody>\n</table>"


def _cells(line: str) -> list[str]:
    if not (row := _ROW.fullmatch(line)):
        raise _NotPlain
    return [cell.strip() for cell in row[1].split("|")]


def _spans(text: str, url: Url) -> str:
    """Text with its links, pictures and bold words."""
    if not _MARK.search(text):
        return text
    rest = _SPAN.sub("", text)
    if _MARK.search(rest):
        raise _NotPlain
    return _SPAN.sub(lambda span: _span(span, url), text)


def _span(span: re.Match[str], url: Url) -> str:
    if span["bold"]:
        return f"<strong>{span['bold']}</strong>"
    if span["image"]:
        return f'<img alt="{span["text"]}" src="{url(span["target"])}" />'
    return f'<a href="{url(span["target"])}">{span["text"]}</a>'
