"""The sample site as citizens use it, at the width of a phone and of a desk."""

import itertools
import json

import pytest
from site_pages import EVERYWHERE, PAGES

pytestmark = pytest.mark.browser


WIDER = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways_whatever_the_size_of_letters(open_at, width):
    watched = open_at(width)
    for name, path in EVERYWHERE.items():
        page = watched.open(path)
        assert page.evaluate(WIDER) <= 0, name
        if width > 320:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate(WIDER) <= 0, f"{name}, letters of twice the size"


def test_every_page_has_one_heading_and_no_skipped_level(open_at):
    watched = open_at(1280)
    for name, path in EVERYWHERE.items():
        levels = watched.open(path).eval_on_selector_all(
            "main h1, main h2, main h3, main h4", "all => all.map(one => +one.tagName[1])"
        )
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), name


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_walk_from_home_to_article(open_at, width, scripts):
    """home → field → model → unit, then document → article, by following links only."""
    page = open_at(width, java_script_enabled=scripts).open("/")
    page.click("main a[href*='linh-vuc/kinh-te/'] >> nth=0")
    assert page.url.endswith("/linh-vuc/kinh-te/")
    page.click("main article a >> nth=0")
    assert "/mo-hinh/kinh-te/" in page.url
    page.click("main a[href*='don-vi/'] >> nth=-1")
    assert "/don-vi/" in page.url
    page.goto(page.url.split("/don-vi/")[0] + "/van-ban/25-nq-tw-trung-uong-2013/")
    page.click("main a[href*='tin-tuc/'] >> nth=0")
    assert "/tin-tuc/" in page.url
    assert page.inner_text("main h1")


def test_the_pager_leads_to_the_oldest_and_back(open_at):
    page = open_at(360, java_script_enabled=False).open("/mo-hinh/")
    shown = []
    while page.locator(".pager a[rel=next]").count():
        page.click(".pager >> text=Cũ hơn")
        shown.append(page.inner_text(".pager [aria-current=page]").split()[-1])
    assert page.url.endswith("/mo-hinh/trang/1/")
    assert shown == [str(number) for number in range(len(shown), 0, -1)]
    for _ in shown:
        page.click(".pager >> text=Mới hơn")
    assert page.url.endswith("/mo-hinh/")
    page.click(".pager li:last-child >> nth=-1 >> a")
    page.click(".pager >> text=Mới nhất")
    assert page.url.endswith("/mo-hinh/")


def test_the_keyboard_reaches_the_menu_and_shows_where_it_is(open_at):
    page = open_at(1280).open("/")
    reached = []
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "() => { const one = document.activeElement, style = getComputedStyle(one);"
                " return [one.textContent.trim(), one.getBoundingClientRect().width > 0,"
                " style.outlineStyle !== 'none' || style.boxShadow !== 'none'] }"
            )
        )
    names = [text for text, _, _ in reached]
    assert "Bỏ qua tới nội dung" in names[0]
    assert {"Mô hình", "Tin tức", "Thống kê"} <= set(names)
    menu = [row for row in reached if row[0] in ("Mô hình", "Tin tức", "Thống kê")]
    assert all(visible and outlined for _, visible, outlined in menu)


def test_a_missing_page_says_so_in_vietnamese_wherever_it_is(open_at):
    watched = open_at(360)
    page = watched.open("/khong/co/trang/nay/")
    # That it is missing is all that is told on the console: what it needs is found from there.
    assert [told.split(" ", 1)[0] for told in watched.problems] == ["404", "Failed"]
    watched.problems.clear()
    assert "Không tìm thấy" in page.inner_text("h1")
    assert page.get_attribute("html", "lang") == "vi"
    page.click("main >> text=Trang chủ")
    assert page.url == f"{watched.address}/"


def test_the_manifest_and_its_icon_may_be_loaded(open_at):
    """Browsers ask for it only when somebody puts the site on the first screen."""
    page = open_at(360).open("/")
    found = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    assert json.loads(found["data"])["lang"] == "vi"


def test_without_scripts_one_reads_and_browses(open_at):
    watched = open_at(360, java_script_enabled=False)
    page = watched.open("/")
    for way in ("linh-vuc/", "don-vi/", "nam/"):
        page = watched.open(f"/{way}")
        page.click("main a[href]:not([href^='#']):not([href^='../']) >> nth=0")
        assert page.url.removeprefix(f"{watched.address}/{way}").strip("/"), way
        page.click("main article a[href*='/'] >> nth=0")
        assert page.locator("article.entry .prose").inner_text(), way
    page = watched.open(PAGES["search"])
    assert "Tìm kiếm cần trình duyệt bật JavaScript" in page.inner_text("main")
    assert not page.is_visible("main form")
    assert page.locator(".section .links a:visible").count() > 5
    page = watched.open(PAGES["models"])
    assert not page.is_visible(".filters")
    assert page.locator(".cards .card:visible").count() > 20


def test_vietnamese_order_is_that_of_icu(browser):
    """Chromium carries ICU: its `vi` collation is the oracle for ours."""
    from site_builder.text import collation_key

    listed = (
        "Phường 2|Phường 10|Phường 1|phường 2|Đà Nẵng|Dương|Đương|An|Ăn|Ấn|Ân|ạ|á|à|ả|ã|a|â|ầ|ă|H"
        "òa|Hoà|Hỏa|Hoa|hoa|Ơn|Ôn|On|Ưu|Uu|Y|Ý|Nghĩa|Nghỉ|Xã A|Xã Ă|Xã Â|Xã B|Tổ 9|Tổ 11|Cư M'gar"
        "|Cư Huê|Ea Kar|Quảng Nam|Quảng Ninh|Quảng Ngãi|Thành phố Hồ Chí Minh|Thanh Hóa|Mường Lát"
        "|Mường Chanh|Nậm Nhùn|Nam Định|Năm|nấm|Trà Ka|Tra|Trạ|Trã|1|02|2|10|3"
    )
    words = listed.split("|")
    page = browser.new_page()
    expected = page.evaluate(
        "words => words.sort(new Intl.Collator('vi', {numeric: true}).compare)", words
    )
    assert sorted(words, key=collation_key) == expected


def test_what_programs_read_runs_nothing_and_is_whole(open_at):
    """The policy has no 'unsafe-inline': a block of data is no script to it."""
    watched = open_at(360)
    for path in PAGES.values():
        page = watched.open(path)
        (block,) = page.eval_on_selector_all(
            "script:not([src])", "all => all.map(one => [one.type, one.textContent])"
        )
        assert block[0] == "application/ld+json"
        assert json.loads(block[1])["@graph"]
