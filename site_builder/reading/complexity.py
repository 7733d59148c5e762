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
_TRIAL_SIZE = 100_000
_TRIAL_MARKS = 4_000

_PARAGRAPH = re.compile(r"(?:[^\n]+\n?)+")
_QUOTES = re.compile(rf"^[ \t]*(?:>[ \t]*){{{_QUOTE_DEPTH + 1},}}", re.MULTILINE)
_INDENTED_MARK = re.compile(rf"^[ \t]{{{_INDENT},}}(?:[-*+>]|\d+[.)])[ \t]", re.MULTILINE)
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
_RULE = re.compile(r"[*_\-\s]+")
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
    if quotes := _QUOTES.search(body):
        return *quotes.span(), "dấu >"
    if indented := _INDENTED_MARK.search(body):
        return *indented.span(), "bậc thụt vào"
    for paragraph in _PARAGRAPH.finditer(body):
        text = paragraph.group()
        if "[" in text and (place := _deep_bracket(text)) is not None:
            return paragraph.start() + place, paragraph.start() + place + 1, "dấu ["
        for what, pattern in _KINDS.items():
            if text.count(what[-1]) + text.count("*") > _limit_for(text):
                marks = list(pattern.finditer(text))
                if len(marks) > _limit_for(text) and not _RULE.fullmatch(text):
                    start = paragraph.start() + marks[_MARKS_IN_PARAGRAPH].start()
                    return start, start + 1, what
    return None


def _limit_for(text: str) -> int:
    """Tables are one paragraph to us but many cells to the engine: each row has its own limit."""
    rows = text.count("\n") if "|" in text and _TABLE_ROW.search(text) else 0
    return _MARKS_IN_PARAGRAPH + 20 * min(rows, 500)


def _deep_bracket(text: str) -> int | None:
    depth = 0
    for mark in _BRACKETS.finditer(text):
        depth = max(0, depth + {"[": 1, "]": -1}.get(mark.group(), 0))
        if depth > _BRACKET_DEPTH:
            return mark.start()
    return None


def _is_suspect(body: str) -> bool:
    if len(body) > _TRIAL_SIZE:
        return True
    return sum(map(body.count, "[*_`<(&>\\|")) > _TRIAL_MARKS


def _renders_in_time(body: str) -> bool:
    command = [sys.executable, "-m", "site_builder.reading.trial"]
    try:
        done = subprocess.run(
            command, input=body.encode(), capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
