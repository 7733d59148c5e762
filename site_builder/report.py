"""Diagnostics for people and programs: text with source lines, JSON, GitHub annotations."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from site_builder.diagnostics import Diagnostic, Severity, Span
from site_builder.text import nfc, vietnamese_number, width

_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_RESET = "\x1b[0m"
_LINE_LIMIT = 100
"""Columns of a source line that are shown around the place."""
_BYTES_AT_FAULT = ("MH001", "MH002", "MH003", "MH008", "MH009", "MH012", "MH401")
"""Faults whose file has no line worth showing."""


@dataclass(frozen=True)
class Summary:
    """Counts for the last line."""

    files: int
    errors: int
    warnings: int

    @property
    def text(self) -> str:
        """One Vietnamese sentence."""
        errors = f"{vietnamese_number(self.errors)} lỗi" if self.errors else "không có lỗi"
        warnings = (
            f"{vietnamese_number(self.warnings)} cảnh báo" if self.warnings else "không có cảnh báo"
        )
        return f"Đã kiểm tra {vietnamese_number(self.files)} tệp: {errors}, {warnings}."


def summarise(diagnostics: Iterable[Diagnostic], files: int) -> Summary:
    """Count `diagnostics` found in `files` files."""
    found = [item.severity for item in diagnostics]
    return Summary(files, found.count(Severity.ERROR), found.count(Severity.WARNING))


def as_text(
    diagnostics: Iterable[Diagnostic], root: Path, summary: Summary, *, colour: bool = False
) -> str:
    """Every fault with its source line and a caret under the place, then the summary line."""
    shown = blocks(diagnostics, root, colour=colour)
    return "\n\n".join(filter(None, [shown, summary.text])) + "\n"


def blocks(diagnostics: Iterable[Diagnostic], root: Path, *, colour: bool = False) -> str:
    """Every fault with its source line and a caret under the place."""
    _lines_of.cache_clear()  # a preview lives on while files are edited
    return "\n\n".join(_block(item, root, colour=colour) for item in diagnostics)


def _block(item: Diagnostic, root: Path, *, colour: bool) -> str:
    span = item.span
    label = f"{item.severity.label} {item.code}:"
    if colour:
        label = f"{_COLOURS[item.severity]}{label}{_RESET}"
    # A file name may hold anything, also what moves a terminal's cursor.
    path = "".join(c if c.isprintable() else "␣" for c in span.path)
    head = f"{path}:{span.line}:{span.column}: {label} {item.message}"
    hint = f"  = gợi ý: {item.hint}"
    shown = () if item.code in _BYTES_AT_FAULT else _source_lines(root, span)
    return "\n".join([head, *shown, hint])


def _source_lines(root: Path, span: Span) -> tuple[str, ...]:
    lines = _lines_of(root / span.path)
    if not 1 <= span.line <= len(lines):
        return ()
    line = lines[span.line - 1]
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    left = max(0, start - _LINE_LIMIT // 2)
    shown = line[left : left + _LINE_LIMIT]
    before, marked = line[left:start], line[start : min(end, left + _LINE_LIMIT)]
    gutter = f"{span.line} │ "
    carets = "^" * max(1, width(marked))
    return gutter + shown, " " * (len(str(span.line))) + " │ " + " " * width(before) + carets


@lru_cache(maxsize=64)
def _lines_of(place: Path) -> tuple[str, ...]:
    """The file's lines as spans count them, hidden characters made visible."""
    try:
        data = _as_on_disk(place).read_bytes()
    except OSError:
        return ()
    text = nfc(data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"))
    visible = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return tuple(visible.split("\n"))


def _as_on_disk(place: Path) -> Path:
    """Spans have names in NFC; a disk may spell the same name with its marks apart."""
    if place.exists() or not place.name:
        return place
    folder = _as_on_disk(place.parent)
    names = folder.iterdir() if folder.is_dir() else ()
    return next((name for name in names if nfc(name.name) == place.name), place)


def as_json(diagnostics: Iterable[Diagnostic], summary: Summary) -> str:
    """One JSON object: counts and all faults."""
    counts = {"files": summary.files, "errors": summary.errors, "warnings": summary.warnings}
    return json_text(counts | {"diagnostics": rows(diagnostics)})


def json_text(value: object) -> str:
    """JSON that people can read, too."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def rows(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """The faults as JSON has them; lines and columns 1-based, ends exclusive."""
    return [
        {
            "path": item.span.path,
            "line": item.span.line,
            "column": item.span.column,
            "end_line": item.span.end_line,
            "end_column": item.span.end_column,
            "code": item.code,
            "severity": item.severity.value,
            "message": item.message,
            "hint": item.hint,
        }
        for item in diagnostics
    ]


def as_github(diagnostics: Iterable[Diagnostic], summary: Summary) -> str:
    """Workflow commands of GitHub Actions, one line a fault; the summary as a notice."""
    lines = []
    for item in diagnostics:
        span = item.span
        properties: Mapping[str, object] = {
            "file": span.path,
            "line": span.line,
            "col": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
            "title": item.code,
        }
        shown = ",".join(f"{name}={_escape_property(str(v))}" for name, v in properties.items())
        message = _escape(f"{item.message} Gợi ý: {item.hint}")
        lines.append(f"::{item.severity.value} {shown}::{message}")
    return "\n".join([*lines, f"::notice::{_escape(summary.text)}"]) + "\n"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
