"""For everyone: axe finds nothing, keyboards reach all, large text fits, choices are kept."""

import re

import pytest
from site_pages import EVERYWHERE, PAGES

pytestmark = pytest.mark.browser

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
DAY, NIGHT = "rgb(255, 255, 255)", "rgb(21, 24, 28)"


@pytest.mark.parametrize("name", EVERYWHERE)
def test_axe_finds_nothing(axe, address, name):
    assert axe.faults(address + EVERYWHERE[name]) == []


def test_axe_finds_nothing_in_what_opens(axe, address):
    page = axe.open(f"{address}/")
    page.click(".display summary")
    assert axe.faults_here() == []
    page.fill("#tim", "hiến đất")
    page.wait_for_selector(".find .suggest__option")
    assert axe.faults_here() == []
    page = axe.open(f"{address}{PAGES['search']}?q=duong&linh-vuc=kinh-te")
    page.wait_for_selector(".facet summary", state="attached")
    page.click(".filters > summary")
    page.evaluate("document.querySelectorAll('.facet').forEach(one => one.open = true)")
    assert axe.faults_here() == []


def test_axe_would_find_something(axe, address):
    page = axe.open(f"{address}/")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    page.evaluate("document.querySelector('.find input').removeAttribute('id')")
    found = [(width, scheme, rule) for width, scheme, (rule, *_) in axe.faults_here()]
    assert [one for one in found if one[2] == "color-contrast"] == [
        (width, "light", "color-contrast") for width in (360, 1280)
    ]
    assert {rule for _, _, rule in found} == {"color-contrast", "label"}


# What is hit is the label where there is one, and the whole card whose link is stretched over it.
# A link in a sentence is as high as its line (WCAG 2.5.8, "Inline").
SMALL = """() => {
    const size = one => {
        const over = getComputedStyle(one, "::after");
        if (over.content !== "none" && over.position === "absolute") return Infinity;
        const boxes = [one, ...(one.labels ?? [])].map(it => it.getBoundingClientRect());
        return Math.min(
            Math.max(...boxes.map(box => box.width)), Math.max(...boxes.map(box => box.height)));
    };
    const isInSentence = one => getComputedStyle(one).display === "inline" &&
        [...one.parentElement.childNodes].some(it => it !== one && it.textContent.trim());
    return [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
        .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.matches(".skip"))
        .filter(one => !isInSentence(one) && size(one) < 24)
        .map(one => one.outerHTML);
}"""


def test_everything_can_be_hit(open_at):
    watched = open_at(360)
    for name, path in EVERYWHERE.items():
        assert watched.open(path).evaluate(SMALL) == [], name
    page = watched.open(PAGES["contact"])
    page.evaluate("document.querySelector('td a').style = 'padding: 0; font-size: 12px'")
    assert len(page.evaluate(SMALL)) == 1


FILL = """text => {
    for (const one of document.querySelectorAll("h1, h2, h3, dt, dd, .notes, main a"))
        if (!one.querySelector("svg")) one.textContent = text;
    return document.documentElement.scrollWidth - innerWidth;
}"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("text", ["x" * 300, "Mô hình rất dài " * 19, "9.999.999.999.999"])
def test_texts_of_any_length_fit(open_at, width, text):
    watched = open_at(width)
    for name in ("home", "field", "model", "article", "unit"):
        assert watched.open(PAGES[name]).evaluate(FILL, text) <= 0, name


CONTROLS = """() => {
    const all = [...document.querySelectorAll(
        "a[href], button, input, select, summary, [tabindex='0']")];
    const reached = all.filter(one =>
        one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0 && !one.disabled &&
        (one.type !== "radio" || one.checked));
    reached.forEach((one, index) => one.dataset.turn = index);
    return reached.length;
}"""
HERE = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const isSeen =
        box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth;
    return [Number(one.dataset.turn ?? -1), isSeen && style.outlineStyle !== "none"];
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["home", "model", "models", "search", "figures", "contact"])
def test_tab_reaches_every_control_in_order_and_shows_where_it_is(open_at, name, width):
    # What glides into sight is not there yet when one looks.
    watched = open_at(width, reduced_motion="reduce")
    page = watched.open(PAGES[name])
    watched.settle()
    count = page.evaluate(CONTROLS)
    walked = []
    for _ in range(count):
        page.keyboard.press("Tab")
        walked.append(page.evaluate(HERE))
    assert [turn for turn, _ in walked] == list(range(count))
    assert [turn for turn, is_seen in walked if not is_seen] == []


def test_text_size_and_scheme_are_kept_only_once_chosen(open_at):
    page = open_at(360, color_scheme="light").open("/")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate(BACKGROUND) == DAY
    before = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.click(".display summary")
    page.click(".display label:has-text('Tối')")
    page.click(".display label:has-text('A++')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.goto(page.url + "tin-tuc/")
    assert page.evaluate(BACKGROUND) == NIGHT
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") != before
    assert page.is_checked(".display input[name=nen][value=toi]")
    page.click(".display summary")
    page.click(".display label:has-text('Theo máy')")
    page.click(".display .choices--sizes label >> nth=1")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate(BACKGROUND) == DAY


def test_the_shortcut_of_the_search_can_be_switched_off(open_at):
    page = open_at(1280).open("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.click(".display summary")
    page.click(".for-keys label:has-text('Tắt')")
    for path in ("tin-tuc/", ""):
        page.goto(page.url.removesuffix("tin-tuc/") + path)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_the_scheme_is_that_of_the_device_and_there_before_the_first_line(open_at):
    assert open_at(360, color_scheme="dark").open("/").evaluate(BACKGROUND) == NIGHT
    page = open_at(360).open("/")
    page.evaluate("localStorage.setItem('nen', 'toi')")
    page.add_init_script(
        "new MutationObserver((_, me) => { if (!document.body) return; me.disconnect();"
        " globalThis.early = document.documentElement.dataset.nen })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.reload()
    assert page.evaluate("early") == "toi"


def test_without_scripts_nothing_is_offered_that_needs_them(open_at):
    page = open_at(360, java_script_enabled=False).open(PAGES["model"])
    assert not page.is_visible(".display")
    assert not page.locator("[data-tool]").filter(visible=True).count()
    assert page.is_visible(".tools a >> text=Facebook")


VOICES = """lang => {
    const voices = [{lang: "en-US"}, {lang}];
    globalThis.said = [];
    Object.defineProperty(globalThis, "speechSynthesis", {value: {
        getVoices: () => voices, cancel: () => {}, addEventListener: () => {},
        speak: one => said.push(one.text),
    }});
    globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
}"""


@pytest.mark.parametrize(("lang", "can"), [("vi_VN", True), ("fr-FR", False)])
def test_a_story_is_read_aloud_where_there_is_a_vietnamese_voice(open_at, lang, can):
    watched = open_at(360)
    watched.page.add_init_script(f"({VOICES})('{lang}')")
    page = watched.open(PAGES["model"])
    assert page.is_visible("[data-tool=listen]") == can
    if not can:
        return
    page.click("[data-tool=listen]")
    said = page.evaluate("said")
    assert said[0] == page.inner_text("h1")
    assert page.inner_text(".prose p >> nth=-1") in " ".join(said)
    assert max(map(len, said)) <= 180
    page.click("[data-tool=listen]")
    assert page.get_attribute("[data-tool=listen]", "aria-pressed") == "false"
    assert page.inner_text("[data-tool=listen]") == "Nghe đọc bài"


def test_the_address_that_is_copied_and_shared_is_the_public_one(open_at):
    watched = open_at(360, permissions=["clipboard-read", "clipboard-write"])
    watched.page.add_init_script("navigator.share = async what => { globalThis.shared = what.url }")
    page = watched.open(PAGES["model"])
    public = page.get_attribute("link[rel=canonical]", "href")
    page.click("[data-tool=copy]")
    page.wait_for_selector("text=Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == public
    page.click("[data-tool=share]")
    assert page.evaluate("shared") == public
    assert page.get_attribute(".tools a", "href").endswith(public.replace(":", "%3A"))


def test_a_model_is_one_or_two_pages_of_paper_by_day(open_at, sample):
    stories = [
        one for one in sample.glob("mo-hinh/*/*/index.html") if one.parent.parent.name != "trang"
    ]
    stories.sort(key=lambda one: -one.stat().st_size)
    watched = open_at(1280, color_scheme="dark")
    for story in stories[:4]:
        page = watched.open(f"/{story.parent.relative_to(sample).as_posix()}/")
        paper = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) in (1, 2), story
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(BACKGROUND) == DAY
        assert page.is_visible(".on-paper")
        assert not page.is_visible(".tools")
        page.emulate_media(media="null")


@pytest.mark.parametrize(("name", "most"), [("article", 150), ("model", 150), ("home", 220)])
def test_a_first_visit_is_light(open_at, name, most):
    """Nothing is packed here; servers that pack send a third of it."""
    watched = open_at(360)
    sizes = []
    watched.page.on("response", lambda response: sizes.append(len(response.body())))
    watched.open(PAGES[name]).wait_for_load_state("networkidle")
    assert sum(sizes) / 1024 < most
