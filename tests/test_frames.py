"""A page is its frame with its own blocks between, whatever it says."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mkdocs_pages import MkDocsPages
from project import a_model, plan_of, write_project

from site_builder.pages.views import Badge, EntryView, Fact, Link, ModelView, Page, SectionsView
from site_builder.rendering.frames import (
    FRAME_TEMPLATE,
    PAGE_BLOCKS,
    Frame,
    cut,
    frame_key,
    splice,
)
from site_builder.rendering.mkdocs_bridge import prepare
from site_builder.rendering.renderer import Renderer

ADDRESSES = (
    "",
    "mo-hinh/",
    "mo-hinh/an-ninh/",
    "mo-hinh/an-ninh/keng/",
    "nam/2024/",
    "gioi-thieu/",
)
OTHERS = ("mo-hinh/an-ninh/khac.md", "tep/anh.jpg")


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    root = write_project(tmp_path_factory.mktemp("du-an"), {"models/an-ninh/keng.md": a_model()})
    return root, plan_of(root)


@pytest.fixture(scope="module")
def both(plan):
    """MkDocs and our renderer, for pages at the addresses above."""
    root, planned = plan
    chrome = planned.chrome
    pages = [_page(address) for address in ADDRESSES]
    keys = {frame_key(page, chrome) for page in pages}
    engine = prepare(root / "mkdocs.yml", chrome, keys)
    sources = [page.source for page in pages] + [*OTHERS]
    menu = [f"{link.address.strip('/')}.md" for link in chrome.menu]
    reference = MkDocsPages(root / "mkdocs.yml", chrome, [*menu, *sources])
    return reference, Renderer(engine, chrome)


def _page(address: str, view: object = None, **parts: str) -> Page:
    own = {"title": "T", "description": "D", "template": "sections.html"} | parts
    return Page(address=address, view=view or SectionsView("T"), **own)


def test_pages_of_one_key_see_the_chrome_alike(plan):
    chrome = plan[1].chrome
    first, second = _page("mo-hinh/an-ninh/a/"), _page("mo-hinh/kinh-te/b/")
    assert frame_key(first, chrome) == frame_key(second, chrome) == (3, "mo-hinh/")
    assert frame_key(_page("tin-tuc/2024/a/"), chrome) == (3, "tin-tuc/")
    # The list itself is the current item of the menu; pages below it are only inside.
    assert frame_key(_page("mo-hinh/"), chrome) == (1, "mo-hinh/")
    assert frame_key(_page(""), chrome) == (0, "")


def test_a_sample_has_the_key_it_is_a_sample_of(plan):
    chrome = plan[1].chrome
    for address in ADDRESSES:
        key = frame_key(_page(address), chrome)
        assert frame_key(_page(key.sample("_")), chrome) == key


def test_a_frame_is_what_stands_around_the_blocks():
    printed = FRAME_TEMPLATE.replace('{% extends "layout.html" %}', "")
    for block in PAGE_BLOCKS:
        printed = printed.replace(f"{{% block {block} %}}", f"<{block}>")
    printed = printed.replace("{% endblock %}", "!")
    frame = cut(printed)
    assert frame == Frame(("<site_meta>", "!<htmltitle>", "!<container>", "!"))
    assert splice(frame, ["1", "2", "3"]) == "<site_meta>1!<htmltitle>2!<container>3!"


@pytest.mark.parametrize("printed", ["no mark at all", FRAME_TEMPLATE * 2])
def test_another_theme_has_no_frame(printed):
    with pytest.raises(ValueError, match="unpack"):
        cut(printed)


SIGNS = """ " ' < > & &amp; {{ }} {{chrome}} {%endblock%} {# </title> </script> %s """
NASTY = st.sampled_from(
    [*SIGNS.split(), "", "\n", "\x02", "\0site_meta\0", "\0container\0", "a\u0323\u0302", "Đường"]
)
TEXT = st.lists(NASTY | st.text(max_size=8), max_size=4).map("".join)
LINK = st.builds(Link, TEXT, st.none() | st.sampled_from(ADDRESSES), st.none() | TEXT, TEXT)
LINKS = st.lists(LINK, max_size=3).map(tuple)
BADGE = st.builds(Badge, TEXT, TEXT, st.sampled_from(ADDRESSES), TEXT, st.just("material/leaf"))
FACTS = st.lists(st.builds(Fact, TEXT, LINKS), max_size=2).map(tuple)
NOTES = st.lists(TEXT, max_size=2).map(tuple)
VIEWS = st.builds(
    ModelView,
    TEXT,
    LINKS,
    TEXT,
    st.none() | BADGE,
    NOTES,
    FACTS,
    status=TEXT,
    sources=LINKS,
    verified=TEXT,
) | st.builds(EntryView, TEXT, LINKS, TEXT, NOTES, FACTS)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(ADDRESSES), VIEWS, TEXT, TEXT)
def test_any_metadata_gives_the_page_that_mkdocs_gives(both, address, view, title, description):
    reference, renderer = both
    template = "model.html" if isinstance(view, ModelView) else "article.html"
    page = _page(address, view, title=title, description=description, template=template)
    assert renderer.render(page) == reference.html(page)


WORDS = r"""
    Bà con đ Kết_quả # ## ### === --- - * ** _ 1. > ` ``` ~~~ \ ! & &lt; < [x] [^1] [TOC] {:#a}
    <b> </b> <div> </div> <a/id="x"> <h2>Tay</h2> http://a.b/c <a@b.vn> [x](https://a.vn/?b=c)
    [x](khac.md) [x](khac.md#muc) [x](#muc) [x](keng.md) [x](../../index.md) ![x](../../tep/anh.jpg)
"""
SPACES = (" ", "    ", "  \n", "\n", "\n\n", "\n- ", "\n1. ", "\n\n## ", "\n> ")
BLOCKS = ("[TOC]", "[^1]: ghi chú", "[x]: khac.md", "| a | b |\n| --- | ---: |\n| 1 | 2 |")
MARKDOWN = st.sampled_from([*WORDS.split(), *SPACES, *(f"\n\n{block}\n\n" for block in BLOCKS)])


@settings(deadline=None, max_examples=200)
@given(st.lists(MARKDOWN, max_size=24).map("".join))
def test_any_body_gives_the_page_that_mkdocs_gives(both, body):
    assume("<![" not in body)  # MkDocs itself falls over it, collecting anchors.
    reference, renderer = both
    page = _page("mo-hinh/an-ninh/keng/", EntryView("T"), body=body, template="text.html")
    assert renderer.render(page) == reference.html(page)
