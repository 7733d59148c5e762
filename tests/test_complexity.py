"""Bodies that the engine would choke on are refused; honest ones, however long, are not."""

import time

import markdown
import pytest

from site_builder.config import MARKDOWN_EXTENSIONS
from site_builder.reading import complexity
from site_builder.reading.complexity import find_overgrowth

WORDS = "Bà con cùng nhau giữ gìn an ninh xóm làng, mỗi tổ một chiếc kẻng báo động. " * 36
TABLE = "| Tổ | Hộ | Ghi chú |\n|---|---:|---|\n" + "| **Tổ 1** | 120 | [a](b.md) |\n" * 200

HONEST = {
    "article": f"{WORDS}\n\n## Kết quả\n\n{TABLE}\n\n{WORDS}",
    "long": (WORDS + "\n\n") * 40,
    "list": "- Một **việc** *tốt*\n" * 290,
    "nested": "- a\n    - b\n        - c\n            - d\n" * 20,
    "rules": "* * * * * * * * * * * * * * *\n\n" + "-" * 500 + "\n\n" + "*" * 500,
    "notes": "".join(f"Câu {n}.[^{n}]\n\n[^{n}]: Ghi chú.\n\n" for n in range(60)),
    "quotation": "> > Lời của bác.\n",
    "rule-at-the-end": "a\n\n- - - - - - - - - - - -",
}

HOSTILE = {
    "brackets": "[" * 12,
    "quotations": ">" * 11,
    "spaced-quotations": "> " * 11 + "a",
    "lists-on-one-line": "- " * 1_000 + "x",
    "numbers-on-one-line": "1. " * 1_000 + "x",
    "mixed-rule": "- * " * 500,
    "mixed-nesting": "> - " * 10 + "a",
    "indented": " " * 48 + "- a",
    "emphasis": "*a_b" * 250,
    "mixed-stars": "*_" * 500,
    "code": "`a" * 401,
    "tags": "<a " * 401,
    "parentheses": "(" * 401,
    "entities": "&a" * 401,
    "escapes": "\\" * 401,
    "headings": "a\n=\n" * 40_000,
    "hashes": "# a\n" * 40_000,
    "footnotes": "[^1]: a\n\n" + "[^1] b\n\n" * 20_000,
    "open-tags": "<a b='\n\n" * 20_000,
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_bodies_pass(name: str) -> None:
    assert find_overgrowth("a.md", HONEST[name], 1) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # These go on for minutes; a second is enough to see it.
    monkeypatch.setattr(complexity, "TIME_LIMIT", 1.0)
    faults = find_overgrowth("a.md", HOSTILE[name], 7)
    assert [item.code for item in faults] == ["MH306"]
    assert faults[0].span.line >= 7


UNTRIED = {
    "open-tags": "<a b='\n\n" * 1_900,
    "open-links": ("<http://a " * 390 + "\n\n") * 5,
    "divisions": "<div " * 390,
    "lists": "- a\n\n" * 4_000,
    "paragraphs": "a\n\n" * 6_600,
    "headings": "a\n=\n" * 149,
    "footnotes": "[^1]: a\n\n" + "[^1] b\n\n" * 198,
    "spaces": "a" + " " * 19_000 + "b",
    "definitions": "[a]: b 'c\n\n" * 1_800,
}


@pytest.mark.parametrize("name", UNTRIED)
def test_what_is_not_tried_renders_soon(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial costs a process; below its thresholds nothing may be slow."""
    monkeypatch.setattr(complexity, "TIME_LIMIT", 0.0)  # a trial would now refuse
    assert find_overgrowth("a.md", UNTRIED[name], 1) == []
    begun = time.perf_counter()
    markdown.markdown(UNTRIED[name], extensions=list(MARKDOWN_EXTENSIONS))
    assert time.perf_counter() - begun < 5
