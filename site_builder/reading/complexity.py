"""Bodies that a Markdown engine would choke on are refused before one sees them.

Python-Markdown is quadratic, and recursive, in nested marks: 5,000 `[` take minutes, 1,000 `>`
end in a stack overflow. Two fences:

1. marks in one paragraph are counted: no honest text comes near the limits;
2. a body that is long or rich in marks, yet within the limits, is rendered once for trial in
   a process of its own under a time limit.
"""

import re
import subprocess
import sys

from site_builder.diagnostics import Diagnostic, fault
from site_builder.reading.decode import span_at

TIME_LIMIT = 5.0
"""Seconds for the trial rendering of one body."""
_QUOTE_DEPTH = 10
_BRACKET_DEPTH = 10
_INDENT = 48
_MARKS_IN_PARAGRAPH = 400
_TRIAL_SIZE = 20_000
_TRIAL_MARKS = 2_000
_TRIAL_LINES = 300
"""Lines of one paragraph: headings among them are cubic, without any mark that is counted."""
_TRIAL_FOOTNOTES = 200

_PARAGRAPH = re.compile(r"(?:[^\n]+\n?)+")
_QUOTES = re.compile(rf"^[ \t]*(?:>[ \t]*){{{_QUOTE_DEPTH + 1},}}", re.MULTILINE)
_INDENTED_MARK = re.compile(rf"^[ \t]{{{_INDENT},}}(?:[-*+>]|\d+[.)])[ \t]", re.MULTILINE)
# "- - - - …" opens a list in a list in a list on one line.
_NESTED_MARKS = re.compile(
    rf"^[ \t]*(?:>[ \t]*|(?:[-*+]|\d{{1,9}}[.)])[ \t]+){{{_QUOTE_DEPTH + 1},}}", re.MULTILINE
)
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)
_KINDS = {
    "dấu * hay _": re.compile(r"[*_]"),
    "dấu `": re.compile(r"`"),
    "dấu <": re.compile(r"<"),
    "dấu [": re.compile(r"\["),
    "dấu (": re.compile(r"\("),
    "dấu &": re.compile(r"&"),
    "dấu \\": re.compile(r"\\"),
}
_COUNTED = "*_`<[(&\\"
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ ]{0,2}\1)*[ ]*")
"""A line across the page, however long."""
_LIST_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)
_TABLE_ROW = re.compile(r"^[ ]{0,3}\|?.*\|", re.MULTILINE)


def find_overgrowth(path: str, body: str, first_line: int) -> list[Diagnostic]:
    """The first place where `body` is too tangled to be rendered, or nothing."""
    found = _tangled_place(body)
    if found is None and _is_suspect(body) and not _renders_in_time(body):
        found = (0, min(len(body), 40), "dấu Markdown")
    if found is None:
        return []
    start, end, what = found
    return [fault("MH306", span_at(path, body, start, end, first_line), what=what)]


def _tangled_place(body: str) -> tuple[int, int, str] | None:
    # Most stories have no mark that these could begin with: a glance spares the search.
    if ">" in body and (quotes := _QUOTES.search(body)):
        return *quotes.span(), "dấu >"
    is_deep = " " * _INDENT in body or "\t" in body
    if is_deep and (indented := _INDENTED_MARK.search(body)):
        return *indented.span(), "bậc thụt vào"
    for nested in _NESTED_MARKS.finditer(body):
        if not _RULE.fullmatch(_line_at(body, nested.start())):
            return *nested.span(), "bậc thụt vào"
    return _crowded_place(body)


def _crowded_place(body: str) -> tuple[int, int, str] | None:
    """Where a paragraph has more marks than any honest one."""
    if all(body.count(mark) <= _BRACKET_DEPTH for mark in _COUNTED):
        return None  # most stories: nothing to count by paragraph
    for paragraph in _PARAGRAPH.finditer(body):
        text = paragraph.group()
        if "[" in text and (place := _deep_bracket(text)) is not None:
            return paragraph.start() + place, paragraph.start() + place + 1, "dấu ["
        for what, pattern in _KINDS.items():
            if text.count(what[-1]) + text.count("*") <= _MARKS_IN_PARAGRAPH:
                continue
            marks = list(pattern.finditer(text))
            is_rule = all(map(_RULE.fullmatch, text.splitlines()))
            if len(marks) > _limit_for(text) and not is_rule:
                start = paragraph.start() + marks[_MARKS_IN_PARAGRAPH].start()
                return start, start + 1, what
    return None


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _limit_for(text: str) -> int:
    """To the engine each row of a table, and each item of a list, is a paragraph of its own."""
    is_table = "|" in text and _TABLE_ROW.search(text)
    rows = text.count("\n") if is_table else len(_LIST_ITEM.findall(text))
    return _MARKS_IN_PARAGRAPH + 20 * min(rows, 500)


def _deep_bracket(text: str) -> int | None:
    depth = 0
    for mark in _BRACKETS.finditer(text):
        depth = max(0, depth + {"[": 1, "]": -1}.get(mark.group(), 0))
        if depth > _BRACKET_DEPTH:
            return mark.start()
    return None


def _is_suspect(body: str) -> bool:
    return (
        len(body) > _TRIAL_SIZE
        or sum(map(body.count, "[*_`<(&>\\|")) > _TRIAL_MARKS
        or body.count("[^") > _TRIAL_FOOTNOTES
        or (body.count("\n") > _TRIAL_LINES and _longest_paragraph(body) > _TRIAL_LINES)
    )


def _longest_paragraph(body: str) -> int:
    return max(paragraph.group().count("\n") for paragraph in _PARAGRAPH.finditer(body))


def _renders_in_time(body: str) -> bool:
    command = [sys.executable, "-m", "site_builder.reading.trial"]
    try:
        done = subprocess.run(
            command, input=body.encode(), capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
