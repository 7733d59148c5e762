"""Nothing moves while a page comes: what one reads, or is about to press, stays where it is."""

import pytest
from site_pages import EVERYWHERE, PAGES

pytestmark = pytest.mark.browser

MOST = 0.005
"""Of the layout shift score: a quarter of what is promised, as other phones are a little wider."""
SHIFTED = """() => new Promise(done => {
    let sum = 0;
    const watch = new PerformanceObserver(list => {
        for (const {value, hadRecentInput} of list.getEntries()) sum += hadRecentInput ? 0 : value;
    });
    watch.observe({type: "layout-shift", buffered: true});
    // After two frames everything so far has been told.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
})"""


PAINTED = "performance.getEntriesByName('first-contentful-paint').length"


def _opened(watched, path):
    page = watched.open(path)
    if path == PAGES["search"]:
        page.wait_for_selector("[data-part=found][aria-busy=false]", state="attached")
        page.wait_for_selector(".facet summary", state="attached")
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_moves_while_it_comes(open_at, width):
    watched = open_at(width)
    moved = {name: _opened(watched, path).evaluate(SHIFTED) for name, path in EVERYWHERE.items()}
    assert {name: score for name, score in moved.items() if score > MOST} == {}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["model", "article", "document"])
def test_letters_that_come_late_move_nothing(open_at, width, name):
    watched = open_at(width)
    page, held = watched.page, []

    def hold(route):
        held.append(route)

    page.route("**/*.woff2", hold)
    page.goto(watched.address + PAGES[name], wait_until="commit")
    while not page.evaluate(PAINTED):
        page.wait_for_timeout(20)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => {})")
    assert page.evaluate(SHIFTED) < MOST


def test_what_moves_is_noticed(open_at):
    page = open_at(360).open(PAGES["model"])
    page.evaluate("document.querySelector('main').style.paddingTop = '40px'")
    assert page.evaluate(SHIFTED) > MOST
