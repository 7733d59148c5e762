"""YAML as text with places; everything that could expand or construct is refused."""

import pytest

from site_builder.diagnostics import Span
from site_builder.reading.yaml_tree import Node, read_tree


def tree(text: str) -> Node:
    node, faults = read_tree("a.md", text, 1)
    assert node is not None
    assert not faults
    return node


def codes(text: str) -> list[str]:
    return [item.code for item in read_tree("a.md", text, 1)[1]]


@pytest.mark.parametrize(
    "typed",
    ["no", "on", "012", "1e3", "0x1F", "2024-13-40", "12:30:00", ".inf", "1_000", "=", "<<"],
)
def test_scalars_stay_as_typed(typed: str) -> None:
    assert tree(f"a: {typed}").plain() == {"a": typed}


@pytest.mark.parametrize("typed", ["", "~", "null"])
def test_empty_values_are_as_if_not_written(typed: str) -> None:
    assert tree(f"a: {typed}\nb: 1").plain() == {"b": "1"}


@pytest.mark.parametrize("typed", ['"~"', "'null'", '""'])
def test_quoted_values_are_text(typed: str) -> None:
    assert tree(f"a: {typed}").plain() == {"a": typed[1:-1]}


def test_blocks_and_lists() -> None:
    text = "a: |\n  một\n  hai\nb: >-\n  ba\n  bốn\nc:\n  - 1\n  -\n  - {d: e}\n"
    assert tree(text).plain() == {"a": "một\nhai\n", "b": "ba bốn", "c": ["1", {"d": "e"}]}


def test_places_count_characters() -> None:
    node = tree("tên: Tiếng kẻng\nb:\n  - 🔔 c: x\n")
    assert node.span_of(("tên",)) == Span("a.md", 1, 6, 1, 16)
    assert node.span_of(("b", 0, "🔔 c")) == Span("a.md", 3, 10, 3, 11)
    assert node.key_span(("b",)) == Span("a.md", 2, 1, 2, 2)


def test_a_place_that_is_not_written_is_that_of_the_nearest() -> None:
    node = tree("a:\n  b: 1\nc: [x]")
    assert node.span_of(("a", "none")) == node.span_of(("a",))
    assert node.span_of(("none",)) == node.span
    assert node.span_of(("c", 5)) == node.span_of(("c",))
    assert node.key_span(("a", "none")) == node.span_of(("a",))
    assert node.find(("c", "x", "y")) is None
    assert node.find(("none", "x")) is None


def test_list_places_pass_over_empty_items() -> None:
    node = tree("a:\n  -\n  - x\n")
    assert node.span_of(("a", 0)).line == 3


def test_scalars_come_with_their_places() -> None:
    node = tree("a: 1\nb: [2, {c: 3}]\nd:\n")
    assert [(text, span.line) for text, span in node.scalars()] == [("1", 1), ("2", 2), ("3", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b: c", ["MH052"]),
        ("a: [1", ["MH052"]),
        ('a: "\\z"', ["MH052"]),
        ("a: @b", ["MH052"]),
        ("a: 1\n---\nb: 2", ["MH052"]),
        ("[a]: b", ["MH052"]),
        (": b", ["MH052"]),
        ("a:\n\tb: 1", ["MH053"]),
        ("a: 1\na: [2]\na: {b: 3}", ["MH054", "MH054"]),
        ("a: {b: 1, b: 2}", ["MH054"]),
        ("a: &x 1\nb: *x", ["MH055", "MH055"]),
        ("a: *x", ["MH055"]),
        ("a: !!str b", ["MH056"]),
        ("!x a: b", ["MH056"]),
        ("a: !<tag:yaml.org,2002:str> b", ["MH056"]),
        ("[" * 11 + "]" * 11, ["MH058"]),
    ],
)
def test_refused(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_ten_levels_are_read() -> None:
    assert not codes("[" * 10 + "]" * 10)


def test_only_the_first_faults_are_listed() -> None:
    assert len(codes("\n".join(f"a{n}: !x b" for n in range(100)))) == 20
    assert len(codes("\t- a\n" * 100)) == 20
    assert len(codes("\n".join(f"a{n}: !x b" for n in range(19)) + "\n]")) == 20


def test_nothing_but_comments_is_no_tree() -> None:
    assert read_tree("a.md", "# ghi chú\n", 1) == (None, [])
