"""The search as citizens use it, over the sample site's own index."""

import re
from unicodedata import normalize
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from conftest import served

from site_builder.text import fold

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

WRITTEN = "thắp sáng đường quê"
TITLE = "Thắp sáng đường quê"
MODEL = "/mo-hinh/van-hoa-xa-hoi/thap-sang-duong-que-dien-luc-gia-lai/"
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
STATUS = ".finder [role=status]"
SHOWN = ".found li"
RETRY = "button:text-is('Thử lại')"


def search(watched, query="", more=""):
    """The page of the search with what an address asks for, once all of it is shown."""
    page = watched.open(f"/tim-kiem/?q={quote(query)}{more}")
    settle(page)
    return page


def settle(page):
    """Wait until what is in the address bar has been searched for."""
    page.wait_for_selector(f"{STATUS}:text-matches('kết quả')")
    page.wait_for_selector("[data-part=found][aria-busy=false]", state="attached")
    page.wait_for_selector(".facet summary", state="attached")


def total(page) -> int:
    text = page.inner_text(STATUS)
    found = re.match(r"Có ([\d.]+) kết quả", text)
    return int(found[1].replace(".", "")) if found else 0


def titles(page) -> list[str]:
    return page.locator(f"{SHOWN} h3").all_inner_texts()


def title_begins(page, text):
    """Wait until the page is called so: then its results are those of the text."""
    # Playwright's own way to wait for a condition is `eval`, which the policy forbids.
    playwright.expect(page).to_have_title(re.compile(f"^{text}"))


def asked(page) -> dict[str, list[str]]:
    """What the address bar says."""
    return parse_qs(urlsplit(page.url).query)


def ticked(page) -> list[str]:
    """The values that are chosen, by their boxes."""
    rows = page.locator(".facet li:has(:checked)").all_text_contents()
    return [row.rpartition(" (")[0] for row in rows]


def choose(page, facet: str, value: str) -> int:
    """Tick a value; the number that stood beside it."""
    group = page.locator(f".facet:has(> summary:text-is('{facet}'))")
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    row = group.locator("li").filter(has_text=re.compile(rf"^{value} \("))
    count = int(row.locator(".note").inner_text().strip("()"))
    row.locator("input").check()
    page.wait_for_selector(f".chip:has-text('{facet}: {value}')")
    settle(page)
    return count


# --- what is found ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        WRITTEN,
        "thap sang duong que",
        normalize("NFD", WRITTEN),
        WRITTEN.upper(),
        "thắp sáng đường qu",
    ],
    ids=["written", "bare", "NFD", "capitals", "unfinished"],
)
def test_however_it_is_typed_the_model_is_found_and_marked_in_its_own_letters(open_at, query):
    page = search(open_at(360), query)
    assert any(TITLE in title for title in titles(page)[:3])
    marks = page.locator(f"{SHOWN}:has-text('{TITLE}') h3 mark").all_inner_texts()
    assert TITLE in marks
    assert page.locator("[data-part=repaired]").is_hidden()


def test_a_typo_is_mended_and_one_may_search_for_what_was_meant(open_at):
    page = search(open_at(360), "thap sangg duong que")
    assert any(TITLE in title for title in titles(page)[:3])
    page.click("text=Có phải bạn muốn tìm >> a")
    page.wait_for_selector("[data-part=repaired]", state="hidden")
    assert asked(page)["q"] == ["thắp sáng đường quê"]
    assert page.input_value("#__tim") == "thắp sáng đường quê"
    assert page.evaluate("document.activeElement.textContent") == "Kết quả"


def test_without_a_query_everything_is_there(open_at):
    page = search(open_at(1280))
    everything = total(page)
    assert everything > 150
    counts = page.locator(".facet:has(> summary:text-is('Lĩnh vực')) .note").all_inner_texts()
    assert 0 < sum(int(count.strip("()")) for count in counts) <= everything


def test_nothing_found_says_what_to_try(open_at):
    page = search(open_at(360), "zzqxw", "&nam=2024")
    assert page.inner_text(STATUS) == "Không tìm thấy kết quả nào."
    hints = page.locator(".nothing")
    assert {"Gõ ít từ hơn", "Kiểm tra chính tả"} <= set(
        re.findall("Gõ ít từ hơn|Kiểm tra chính tả", hints.inner_text())
    )
    assert hints.locator("a[href$='linh-vuc/'], a[href$='nam/'], a[href$='don-vi/']").count() == 3
    hints.locator("text=Bỏ tất cả bộ lọc").click()
    page.wait_for_selector(".chip", state="detached")
    assert "nam" not in asked(page)


# --- filters, pages, the address bar ------------------------------------------------------


def test_a_filter_finds_as_many_as_it_says_and_goes_with_its_chip(open_at):
    page = search(open_at(1280), "đường")
    before = total(page)
    count = choose(page, "Lĩnh vực", "Kinh tế")
    assert total(page) == count < before
    assert asked(page)["linh-vuc"] == ["kinh-te"]

    other = choose(page, "Lĩnh vực", "An ninh")  # of one facet either will do
    assert total(page) == count + other
    narrowed = choose(page, "Loại", "Mô hình")  # of two facets both must hold
    assert total(page) == narrowed <= count + other

    page.click(".chip:has-text('Loại: Mô hình')")
    page.wait_for_selector(".chip:has-text('Loại: Mô hình')", state="detached")
    assert page.evaluate("document.activeElement.className") == "chip"
    settle(page)
    assert ticked(page) == ["Kinh tế", "An ninh"]
    page.click(".chips >> text=Bỏ tất cả bộ lọc")
    page.wait_for_selector(".chip", state="detached")
    settle(page)
    assert total(page) == before


def test_back_and_forward_restore_what_was_there(open_at):
    page = search(open_at(1280), "đường")
    first = titles(page)
    choose(page, "Lĩnh vực", "Kinh tế")
    narrowed = titles(page)
    page.fill("#__tim", WRITTEN)
    page.press("#__tim", "Enter")
    title_begins(page, WRITTEN)

    page.go_back()
    title_begins(page, "đường -")
    settle(page)
    assert (titles(page), page.input_value("#__tim")) == (narrowed, "đường")
    page.go_back()
    page.wait_for_selector(".chip", state="detached")
    settle(page)
    assert titles(page) == first
    page.go_forward()
    page.wait_for_selector(".chip:has-text('Kinh tế')")
    settle(page)
    assert titles(page) == narrowed


def test_typing_changes_the_address_but_is_one_step_back(open_at):
    watched = open_at(1280)
    page = search(watched, "đường")
    steps = page.evaluate("history.length")
    page.fill("#__tim", "")
    page.type("#__tim", "kẻng an ninh", delay=20)
    title_begins(page, "kẻng an ninh")
    assert asked(page)["q"] == ["kẻng an ninh"]
    assert page.evaluate("history.length") == steps
    page.click(f"{SHOWN} a >> nth=0")
    page.wait_for_selector("article.entry")
    page.go_back()
    settle(page)
    assert asked(page)["q"] == ["kẻng an ninh"]
    page.go_back()
    title_begins(page, "đường")
    assert page.input_value("#__tim") == "đường"


def test_a_link_to_a_page_of_filtered_results_is_all_that_is_needed(open_at):
    page = search(open_at(360), "dân vận", "&loai=mo-hinh&sap-xep=moi-nhat&trang=2")
    assert "trang 2 trên" in page.inner_text(STATUS)
    assert page.is_checked("text=Mới nhất")
    assert page.inner_text(".filters > summary") == "Bộ lọc (1)"
    assert ticked(page) == ["Mô hình"]
    second = titles(page)
    page.click(".pager >> text=Trang trước")
    page.wait_for_selector(f"{STATUS}:text-matches('trang 1 trên')")
    assert "trang" not in asked(page)
    assert page.evaluate("document.activeElement.textContent") == "Kết quả"
    assert not set(titles(page)) & set(second)


def test_whoever_comes_back_from_a_model_is_where_they_were(open_at):
    page = search(open_at(360), "dân vận")
    page.locator(f"{SHOWN} a").nth(7).click()
    page.wait_for_selector("article.entry")
    page.go_back()
    settle(page)
    page.wait_for_timeout(100)
    assert (
        page.locator(f"{SHOWN} a")
        .nth(7)
        .evaluate(
            "one => { const {top, bottom} = one.getBoundingClientRect();"
            " return top > 0 && bottom < innerHeight }"
        )
    )


def test_old_and_foreign_links_do_no_harm(open_at):
    page = search(open_at(360), "đường", "&don-vi=khong-con&trang=99&fbclid=x&sap-xep=la")
    assert total(page) == 0
    page.click(".chip:has-text('khong-con')")
    page.wait_for_selector(SHOWN)
    page = search(open_at(360), "đường", "&trang=99")
    last = re.search(r"trang (\d+) trên (\d+)", page.inner_text(STATUS))
    assert last and last[1] == last[2]


def test_a_long_list_of_units_is_short_at_first_and_can_be_searched(open_at):
    page = search(open_at(1280))
    group = page.locator(".facet:has(> summary:text-is('Đơn vị'))")
    group.locator("summary").click()
    assert group.locator("li:visible").count() == 10
    group.locator("text=Xem thêm").click()
    everyone = group.locator("li:visible").count()
    assert everyone > 30
    last = group.locator("li:visible").last.inner_text()
    name = last.rpartition(" (")[0]
    group.locator("input[type=search]").fill(fold(name))
    assert 0 < group.locator("li:visible").count() < everyone
    assert last in group.locator("li:visible").all_inner_texts()


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways_and_everything_can_be_hit(open_at, width):
    watched = open_at(width)
    searches = ["dân vận", "zzqxw", ""]
    for query in searches:
        page = search(watched, query, "&linh-vuc=kinh-te&linh-vuc=van-hoa-xa-hoi")
        page.click(".filters > summary")
        page.evaluate("document.querySelectorAll('.facet').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, query
        targets = page.locator(
            ".finder :is(button, summary, label:has(input), .pager a, input[type=search]):visible"
        )
        heights = targets.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert heights and min(heights) >= 44, query


def test_on_a_phone_filters_are_one_line_until_they_are_wanted(open_at):
    page = search(open_at(360), "đường")
    assert page.locator(".facet:visible").count() == 0
    page.click(".filters > summary")
    choose(page, "Lĩnh vực", "Kinh tế")
    found = total(page)
    page.click(f"text=Xem {found} kết quả")
    assert page.locator(".facet:visible").count() == 0
    assert page.inner_text(".filters > summary") == "Bộ lọc (1)"
    assert page.evaluate("document.activeElement.textContent") == "Kết quả"


# --- the list of all models ---------------------------------------------------------------


def test_all_models_stay_until_one_filters(open_at):
    page = open_at(360).open("/mo-hinh/")
    cards = page.locator(".cards .card")
    everything = cards.count()
    assert everything > 24 and cards.first.is_visible()
    page.click(".filters > summary")
    page.wait_for_selector(".facet summary")
    assert page.locator(".facet > summary:text-is('Loại')").count() == 0
    count = choose(page, "Lĩnh vực", "An ninh")
    assert total(page) == count
    assert asked(page) == {"linh-vuc": ["an-ninh"]}
    assert cards.first.is_hidden()
    assert set(page.locator(".found__kind").all_inner_texts()) == {"Mô hình"}

    page.go_back()
    cards.first.wait_for(state="visible")
    assert page.locator(SHOWN).first.is_hidden()
    page.go_forward()
    page.wait_for_selector(f"{SHOWN}:visible")
    page.reload()
    page.wait_for_selector(f"{SHOWN}:visible")
    assert total(page) == count


# --- suggestions --------------------------------------------------------------------------

LIST = "[role=listbox]:visible"


def typed_in_header(page, text):
    page.click(".search__input")
    page.keyboard.type(text, delay=20)
    page.wait_for_selector(LIST)


@pytest.mark.parametrize("width", [360, 1280])
def test_by_keyboard_alone_from_the_slash_to_a_model(open_at, width):
    page = open_at(width).open("/gioi-thieu/")
    page.keyboard.press("/")
    page.keyboard.type("thap sang duong", delay=20)
    # What was found for the letters before the last has the model, too.
    page.wait_for_selector(f"{LIST} >> text=kết quả cho “thap sang duong”")
    box = page.locator("[role=combobox]").first
    assert box.input_value() == "thap sang duong"
    assert box.get_attribute("aria-expanded") == "true"
    options = page.locator(f"{LIST} [role=option]")
    assert 2 <= options.count() <= 7
    assert options.last.inner_text() == "Xem tất cả kết quả cho “thap sang duong”"
    assert re.match(r"Có \d gợi ý", page.inner_text(".search [role=status]"))

    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    wanted = chosen.locator(".suggest__title").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h1:text-is('{wanted}')")


def test_escape_closes_then_clears_and_tab_leaves(open_at):
    page = open_at(1280).open("/gioi-thieu/")
    typed_in_header(page, "đường")
    page.keyboard.press("Escape")
    assert page.locator(LIST).count() == 0
    assert page.input_value(".search__input") == "đường"
    page.keyboard.press("Escape")
    assert page.input_value(".search__input") == ""
    typed_in_header(page, "đường")
    page.keyboard.press("Tab")
    assert page.locator(LIST).count() == 0
    assert page.evaluate("document.activeElement.closest('[role=listbox]')") is None


def test_enter_without_a_choice_leads_to_all_results(open_at):
    page = open_at(360).open("/gioi-thieu/")
    typed_in_header(page, WRITTEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    settle(page)
    assert page.input_value("#__tim") == WRITTEN
    assert any(TITLE in title for title in titles(page)[:3])


def test_keys_that_an_input_method_uses_are_its_own(open_at):
    page = open_at(1280).open("/gioi-thieu/")
    typed_in_header(page, "đường")
    for key in ("ArrowDown", "Enter", "Escape"):
        for how in ("isComposing: true", "keyCode: 229"):
            page.evaluate(
                f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                f" {{key: '{key}', bubbles: true, cancelable: true, {how}}}))"
            )
    assert page.locator(LIST).count() == 1
    assert page.locator("[role=option][aria-selected=true]").count() == 0
    assert page.url.endswith("/gioi-thieu/")


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(open_at):
    watched = open_at(1280)
    page = watched.open("/gioi-thieu/")
    # Answers to the first question are held back until the second has been answered.
    page.evaluate(
        """() => {
          const send = Worker.prototype.postMessage;
          Worker.prototype.postMessage = function (question) {
            const isLate = question.query === "bản";
            setTimeout(() => send.call(this, question), isLate ? 1500 : 0);
          };
        }"""
    )
    page.click(".search__input")
    page.keyboard.type("bản")
    page.wait_for_timeout(300)
    page.fill(".search__input", "kẻng")
    page.wait_for_selector(f"{LIST} >> text=kẻng an ninh")
    page.wait_for_timeout(1800)
    assert "“kẻng”" in page.locator(f"{LIST} [role=option]").last.inner_text()


# --- bad days -----------------------------------------------------------------------------


def test_offline_the_page_says_so_keeps_what_it_has_and_tries_again(open_at):
    watched = open_at(360)
    page = search(watched, "đường")
    before = titles(page)
    watched.context.set_offline(True)
    page.fill("#__tim", "kẻng an ninh")
    page.wait_for_selector("[role=alert] >> text=Hãy kiểm tra kết nối mạng rồi thử lại.")
    assert titles(page) == before
    assert page.locator(f"{SHOWN}").first.is_visible()
    page.click(RETRY)  # still offline
    page.wait_for_timeout(300)
    assert page.locator("[role=alert]").is_visible()

    watched.context.set_offline(False)
    page.click(RETRY)
    page.wait_for_selector("[role=alert]", state="hidden")
    assert "ẻng" in titles(page)[0]
    assert page.evaluate("document.activeElement.textContent") == "Kết quả"
    assert all(OFFLINE in problem for problem in watched.problems)
    watched.problems.clear()


def test_suggestions_tell_that_there_is_no_network(open_at):
    watched = open_at(360)
    page = watched.open("/gioi-thieu/")
    watched.context.set_offline(True)
    page.click(".search__input")
    page.keyboard.type("đường", delay=20)
    page.wait_for_selector(".search [role=status]:visible >> text=kết nối mạng")
    watched.context.set_offline(False)
    page.keyboard.type(" ")
    page.wait_for_selector(LIST)
    watched.problems.clear()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"status": 404}, "Máy chủ thiếu dữ liệu tìm kiếm."),
        ({"status": 200, "body": "<html>"}, "bị hỏng"),
        ({"status": 200, "body": '{"format": 99}'}, "đã cũ"),
    ],
    ids=["missing", "damaged", "newer"],
)
def test_what_is_wrong_with_the_index_is_said(open_at, answer, message):
    watched = open_at(360)
    watched.context.route("**/search/start.json", lambda route: route.fulfill(**answer))
    page = watched.open("/tim-kiem/?q=a")
    page.wait_for_selector(f"[role=alert] >> text={message}")
    assert page.locator("main .links a[href$='linh-vuc/']").is_visible()
    watched.context.unroute("**/search/start.json")
    page.click(RETRY)
    settle(page)
    watched.problems.clear()


def test_on_a_slow_network_one_sees_that_something_happens(open_at):
    watched = open_at(360)
    page = watched.open("/gioi-thieu/")
    network = watched.context.new_cdp_session(page)
    slow = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    page.goto(f"{watched.address}/tim-kiem/?q={quote(WRITTEN)}", wait_until="commit")
    page.wait_for_selector(f"{STATUS}:text-is('Đang tìm…')")
    page.wait_for_selector(f"{SHOWN} >> text={TITLE}")
    settle(page)


@pytest.mark.parametrize("workers", [True, False], ids=["worker", "no worker"])
def test_the_page_does_the_work_where_there_are_no_workers(open_at, workers):
    watched = open_at(360)
    if not workers:
        watched.context.add_init_script("delete globalThis.Worker")
    page = search(watched, WRITTEN)
    assert any(TITLE in title for title in titles(page)[:3])
    assert len(page.workers) == workers


def test_without_scripts_the_page_leads_on(open_at):
    page = open_at(360, java_script_enabled=False).open("/tim-kiem/?q=a")
    assert "cần trình duyệt bật JavaScript" in page.inner_text("main")
    assert page.locator("#__tim").is_hidden()
    for folder in ("mo-hinh", "linh-vuc", "nam", "don-vi", "tin-tuc", "van-ban"):
        assert page.locator(f"main .links a[href$='{folder}/']").is_visible(), folder
    page = open_at(360, java_script_enabled=False).open("/mo-hinh/")
    assert page.locator(".filters").is_hidden()
    assert page.locator(".cards .card").first.is_visible()


def test_until_somebody_searches_nothing_of_the_index_is_loaded(open_at):
    watched = open_at(360)
    page = watched.open("/")
    page.wait_for_load_state("networkidle")
    page = watched.open("/mo-hinh/")
    page.wait_for_load_state("networkidle")
    asked_for = [urlsplit(url).path for url in watched.requests]
    assert not [path for path in asked_for if path.startswith("/search/") or "reader" in path]
    page.click(".search__input")
    with page.expect_request("**/search/start.json"):
        pass


def test_whoever_comes_back_downloads_nothing_to_search_again(sample, watch):
    asked = []
    with served(sample, asked) as address:
        watched = watch(address, 360)
        for visit in ("first", "second"):
            page = watched.open("/gioi-thieu/")
            page.keyboard.press("/")
            page.wait_for_load_state("networkidle")
            before = len(asked)
            page.keyboard.type("keng an ninh")
            page.wait_for_selector("[role=option]:has-text('Tiếng kẻng an ninh')")
            page.wait_for_load_state("networkidle")
            if visit == "first":
                assert len(asked) > before
            else:
                assert asked[before:] == []
