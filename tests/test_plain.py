"""Plain bodies become the HTML that Markdown makes of them, byte for byte, or are left to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.rendering import bodies
from site_builder.rendering.bodies import Bodies
from site_builder.rendering.urls import Here

HERE = Here("mo-hinh/an-ninh/keng/")
SOURCE = "mo-hinh/an-ninh/keng.md"
BODIES = Bodies()


def _by_markdown(body: str) -> str:
    kept, bodies.plain_html = bodies.plain_html, lambda body, url: None
    try:
        return BODIES.html(body, SOURCE, HERE)
    finally:
        bodies.plain_html = kept


def _is_plain(body: str) -> bool:
    return bodies.plain_html(body, str) is not None


PLAIN = (
    "Bà con góp đất.",
    "Dòng một\ndòng hai, \"có dấu\" > 5 'x' (y) ! : ~ {z} | 100%",
    "“Khéo” là gì?\n\n(Theo báo.)",
    "## Cách làm\n\nMột.\n\n- Hai\n- Ba\n\nBốn.\n\n### 1. Kết quả?\n\n- Năm",
    "Xem [văn bản](../../van-ban/a_b.md#muc), ![Ảnh họp](../../tep/anh_1.jpg).",
    "[Trang](https://a.vn/?b=c)(d)\n[khác](khac.md): hết",
    "| a | b |\n| --- | ---: |\n| 1. [x](y.md) | |\n|2|:-|\n\nSau.",
    "| a | b | c |\n|:---|:-:|---|\n| - 1 | # 2 | > 3 |",
    "**Đậm** và **rất đậm**, chữ**đậm**liền; [a](b_c.md) và [d](e_f.md).",
)
OTHERS = (
    *("A\n- b", "- a\n\n- b", "- a\n\n  b", "- a\n  b", "- 1. a", "1. a", "A\n---", "A\n==="),
    *("## A\nb", "## A #", "## **A**", "## A\n\n## A", "##A", "A | b\n--- | ---\n1 | 2"),
    *(
        "A  \nb",
        "A \nb",
        "A\n b",
        "A\n\n\nb",
        " A",
        "A ",
        "A\n",
        "    a",
        "\ta",
        "> a",
        "~~~\na\n~~~",
    ),
    *("| a |\n| --- |\n| 1 |", "| a | b |\n| --- | --- |", "| a | b |\n| --- | --- |\n| 1 |"),
    *("| a | b |\n| 1 | 2 |\n| 3 | 4 |", "| a | b\n| --- | ---\n| 1 | 2", "| a | b |"),
    *("`a`", "a\\", "a_b_c", "*a*", "***a***", "**a*", "** a**", "**a **", "**a", "&lt;", "<b>"),
    *("[a]", "[a][b]", "[a]: b", "[^1]", "[^a](b)", "[a](<b>)", '[a](b "c")', "[**a**](b)"),
    *('![a"b](c)', "![](c)", "[![a](b)](c)", "[a](b c)", "A\u2028b", "A\x02b", "A\u00a0b", ""),
)


@pytest.mark.parametrize("body", PLAIN)
def test_plain_bodies_need_no_markdown(body):
    assert _is_plain(body)
    assert BODIES.html(body, SOURCE, HERE) == _by_markdown(body)


@pytest.mark.parametrize("body", OTHERS)
def test_others_are_left_to_markdown(body):
    assert not _is_plain(body)


PIECES = """
    Bà con đ, a. 1 2. # ## ### - + = | : > " ' “ ( ) ! ? ~ { } [ ] ^ * ** _ ` < & x](y) [x](y.md)
    [x](khac.md#muc) ![x](../../tep/a_b.jpg) [x](https://a.vn/?b=c) [x](/y) [x](javascript:y)
    **đậm** **a b** **1** [TOC] [^1] [x][y] http://a.vn a@b.vn --- === -- 1) a\\ --> | --- |
"""
ROWS = ("\n\n| a | b |\n| --- | ---: |", "\n| 1 | x |", "\n| [x](y.md) | |", "\n| 1 | 2 | 3 |")
SPACES = (" ", " ", "  ", "\n", "\n\n", "\n\n", "\n- ", "\n\n- ", "\n\n## ", "\n\n### ", "")
MARKDOWN = st.lists(
    st.sampled_from([*PIECES.split(), *SPACES, "\n\n- một\n- hai\n\n", *ROWS]), max_size=14
)
ANY = st.lists(st.sampled_from([*"aĐ1 -#\n\n[]()!*_|:=>\"'^"]), max_size=24)


@settings(deadline=None, max_examples=1000)
@given((MARKDOWN | ANY).map("".join))
def test_any_body_gives_what_markdown_gives(body):
    assert BODIES.html(body, SOURCE, HERE) == _by_markdown(body)
