"""HTML of plain bodies without Markdown: what it would print for them, in a twentieth of the time.

Most bodies are paragraphs, headings and lists of single lines, with a link, a picture or bold
words here and there. Where anything else stands, or anything that Markdown might read in another
way, there is no answer, and Markdown itself has to be asked.
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
        else:  # also a second list: it would be one with the first, its items paragraphs
            raise _NotPlain
        was_list = is_list


def _heading(level: int, text: str, used: set[str]) -> str:
    anchor = heading_slug(text)
    if _MARK.search(text) or anchor in used:
        raise _NotPlain
    used.add(anchor)
    return f'<h{level} id="{anchor}">{text}</h{level}>'


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
