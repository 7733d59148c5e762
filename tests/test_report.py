"""What a writer sees: the whole text, the caret under the place, and the forms for programs.

The project and the three outputs are files of tests/golden/report/.
"""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from golden_project import GOLDEN, read_golden, write_project

from site_builder import Loaded, load_site
from site_builder.diagnostics import Diagnostic, Severity, Span
from site_builder.report import Summary, as_github, as_json, as_text, summarise
from site_builder.text import width

REPORT = GOLDEN / "report"


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    write_project(tmp_path, read_golden(REPORT / "project.yml"))
    return load_site(tmp_path, date(2026, 11, 21))


@pytest.fixture
def summary(loaded: Loaded) -> Summary:
    return summarise(loaded.diagnostics, 9)


def test_text(loaded: Loaded, summary: Summary) -> None:
    assert as_text(loaded.diagnostics, loaded.project.root, summary) == golden("check.txt")


def test_json(loaded: Loaded, summary: Summary) -> None:
    printed = as_json(loaded.diagnostics, summary)
    assert printed == golden("check.json")
    assert json.loads(printed)["errors"] == summary.errors


def test_github(loaded: Loaded, summary: Summary) -> None:
    assert as_github(loaded.diagnostics, summary) == golden("check.github")


def test_carets_stand_under_the_place(loaded: Loaded, summary: Summary) -> None:
    """The text above the carets is the text that the span means, however wide its letters."""
    printed = as_text(loaded.diagnostics, loaded.project.root, summary).split("\n")
    pointed_at = [_under(printed[row - 1], line) for row, line in enumerate(printed) if "^" in line]
    assert pointed_at == [
        "bao-cao.docx",
        "0912 345 678",
        "java",
        '<b style="x">',
        "danh-sách.md",
        "-",
    ]


def test_lines_are_no_longer_than_the_window(loaded: Loaded, summary: Summary) -> None:
    printed = as_text(loaded.diagnostics, loaded.project.root, summary).split("\n")
    shown = [line for line in printed if re.match(r"\d+ │ ", line)]
    assert max(len(line.partition("│ ")[2]) for line in shown) == 100


def test_colour_marks_only_the_label(loaded: Loaded, summary: Summary) -> None:
    plain = as_text(loaded.diagnostics, loaded.project.root, summary)
    coloured = as_text(loaded.diagnostics, loaded.project.root, summary, colour=True)
    assert "\x1b[1;31mlỗi MH003:\x1b[0m" in coloured
    assert "\x1b[1;33mcảnh báo MH235:\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((3, 0, 0), "Đã kiểm tra 3 tệp: không có lỗi, không có cảnh báo."),
        ((3, 2, 1), "Đã kiểm tra 3 tệp: 2 lỗi, 1 cảnh báo."),
    ],
)
def test_summary(counts: tuple[int, int, int], sentence: str) -> None:
    assert Summary(*counts).text == sentence
    assert as_text([], Path(), Summary(*counts)) == sentence + "\n"


def test_a_place_that_is_gone_is_reported_without_its_line(tmp_path: Path) -> None:
    """The file may be changed or deleted between check and report."""
    (tmp_path / "a.md").write_text("một dòng\n", encoding="utf-8")
    for span in (Span("a.md", 9, 1, 9, 2), Span("b.md")):
        item = Diagnostic(span, "MH104", Severity.ERROR, "Không hiểu.", "Viết lại.")
        text = as_text([item], tmp_path, Summary(1, 1, 0))
        head = f"{span.path}:{span.line}:1: lỗi MH104: Không hiểu.\n  = gợi ý: Viết lại.\n"
        assert text.startswith(head)


def test_annotations_keep_to_one_line() -> None:
    span = Span("a,b:c%.md")
    item = Diagnostic(span, "MH104", Severity.ERROR, "100%\nhai dòng", "a\rb")
    first, last = as_github([item], Summary(1, 1, 0)).splitlines()
    assert first == (
        "::error file=a%2Cb%3Ac%25.md,line=1,col=1,endLine=1,endColumn=1,title=MH104"
        "::100%25%0Ahai dòng Gợi ý: a%0Db"
    )
    assert last.startswith("::notice::")


def golden(name: str) -> str:
    return (REPORT / name).read_text("utf-8")


def _under(source: str, carets: str) -> str:
    start = width(carets[: carets.index("^")])
    end = start + carets.count("^")
    column, found = 0, ""
    for character in source:
        if start <= column < end:
            found += character
        column += width(character)
    return found
