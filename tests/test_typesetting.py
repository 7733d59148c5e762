"""Titles on share cards: broken evenly between words, as large as they can be, without holes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.outputs.typesetting import (
    Size,
    broken,
    settable,
    shortened,
    title_lines,
)


def ten_each(text: str) -> float:
    """Every letter is ten wide."""
    return 10.0 * len(text)


def test_lines_break_between_words_and_are_about_equally_long():
    lines = broken("Bà con cùng nhau giữ làng giữ xóm", 200, ten_each)
    assert lines == ["Bà con cùng nhau", "giữ làng giữ xóm"]
    # Each line as full as can be would leave one word alone.
    greedy = broken("Tiếng kẻng an ninh làng", 190, ten_each, is_even=False)
    assert greedy == ["Tiếng kẻng an ninh", "làng"]
    assert broken("Tiếng kẻng an ninh làng", 190, ten_each) == ["Tiếng kẻng", "an ninh làng"]


def test_names_stay_together():
    text = "bộ đội ở hải dương khơi kênh làng"
    assert broken(text, 160, ten_each) == ["bộ đội ở hải", "dương khơi", "kênh làng"]
    text = "Bộ đội ở Hải Dương khơi kênh làng"
    assert broken(text, 160, ten_each) == ["Bộ đội ở", "Hải Dương", "khơi kênh làng"]


def test_one_word_is_one_line_and_nothing_is_none():
    assert broken("Kẻng", 200, ten_each) == ["Kẻng"]
    assert broken("", 200, ten_each) == []


def test_a_word_wider_than_the_line_is_broken():
    assert broken("a " + "x" * 25 + " b", 100, ten_each, is_even=False) == [
        "a",
        "x" * 10,
        "x" * 10,
        "xxxxx b",
    ]


WORDS = st.lists(st.text("abcđêộ", min_size=1, max_size=30), min_size=1, max_size=40)


@given(WORDS, st.integers(50, 400), st.booleans())
def test_no_line_is_too_wide_and_no_letter_is_lost(words, width, is_even):
    lines = broken(" ".join(words), width, ten_each, is_even=is_even)
    assert max(map(ten_each, lines)) <= width
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert len(lines) == len(broken(" ".join(words), width, ten_each, is_even=False))


SIZES = (Size(20, 2), Size(10, 3))


def by_size(pixels: int):
    return lambda text: float(pixels * len(text))


def test_a_title_is_as_large_as_it_can_be():
    assert title_lines("Kẻng làng", SIZES, 200, by_size) == (SIZES[0], ["Kẻng làng"])
    size, lines = title_lines("Kẻng an ninh của làng Đông", SIZES, 200, by_size)
    assert (size, lines) == (SIZES[1], ["Kẻng an ninh", "của làng Đông"])


def test_a_title_that_finds_no_room_ends_behind_a_word():
    size, lines = title_lines("bà con " * 40, SIZES, 200, by_size)
    assert size == SIZES[1]
    assert lines == ["bà con bà con bà con"] * 2 + ["bà con bà con bà…"]


@pytest.mark.parametrize(
    ("last", "shown"),
    [("giữ làng, giữ xóm", "giữ làng…"), ("x" * 20, "x" * 12 + "…"), ("ra", "ra…")],
)
def test_what_is_cut_off_leaves_an_ellipsis_and_no_loose_marks(last, shown):
    assert shortened(["một", last, "nữa"], 2, 130, ten_each) == ["một", shown]


def test_the_smallest_size_breaks_words_and_larger_ones_do_not():
    size, lines = title_lines("x" * 15, SIZES, 200, by_size)
    assert (size, lines) == (SIZES[1], ["x" * 15])
    size, lines = title_lines("x" * 100, SIZES, 200, by_size)
    assert lines == ["x" * 20, "x" * 20, "x" * 19 + "…"]


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("Kẻng\u200b 🎉  làng 村", "Kẻng làng"),
        ("Ke\u0309ng", "Kẻng"),
        ("ﬁ Ａ ş", "fi A s"),
        ("a\u00a0b\nc\x07d", "a b c d"),
        ("村 🎉", ""),
    ],
)
def test_letters_that_the_font_lacks_leave_no_hole(written, set_as):
    has = "abcdfgilnKkẻàAs ".__contains__
    assert settable(written, has) == set_as
