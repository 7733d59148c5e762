"""Content that does its worst harms no page: too long, too much, in other scripts, with markup."""

import re

import pytest
from conftest import served
from hostile import HARD_PAGES, MANY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hard(hostile):
    """The address of the served site."""
    with served(hostile) as where:
        yield where


@pytest.mark.parametrize("name", HARD_PAGES)
def test_axe_finds_nothing(axe, hard, name):
    assert axe.faults(hard + HARD_PAGES[name]) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_reaches_out_of_the_page_and_nothing_runs(watch, hard, width):
    watched = watch(hard, width)
    for name, path in HARD_PAGES.items():
        page = watched.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        # In a box that slides, or within the page: nothing is cut off.
        cut = page.eval_on_selector_all(
            "main :is(h1, h2, h3, p, li, dt, dd, a, figcaption)",
            "all => all.filter(one => !one.closest('.scroller, .hidden'))"
            ".filter(one => one.getBoundingClientRect().right > innerWidth + 1)"
            ".map(one => one.outerHTML)",
        )
        assert cut == [], name


def test_many_results_are_found_narrowed_and_paged(watch, hard):
    page = watch(hard, 320).open("/tim-kiem/?q=m%C3%B4%20h%C3%ACnh")
    page.wait_for_selector(".found li")
    page.wait_for_selector(".facet summary", state="attached")
    said = re.search(r"Có ([\d.]+) kết quả", page.inner_text(".finder [role=status]"))
    total = int(said[1].replace(".", ""))
    assert total >= MANY
    assert page.locator(".found li").count() == 10
    page.click(".filters > summary")
    page.evaluate("document.querySelectorAll('.facet').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_list_of_many_has_few_on_each_page_and_all_are_reached(watch, hard):
    page = watch(hard, 360).open(HARD_PAGES["a field of many"])
    shown = page.locator("main article")
    assert 24 <= shown.count() < 48
    before = shown.count()
    page.click(".pager >> text=Cũ hơn")
    page.wait_for_url("**/trang/207/")
    assert (shown.count(), page.url.split("/")[-3:-1]) == (24, ["trang", "207"])
    assert before + 207 * 24 == MANY
    page.click(".pager li:has(> a:not([rel])) >> nth=-1 >> a")
    assert page.url.endswith("/trang/1/")
