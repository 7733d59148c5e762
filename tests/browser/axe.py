"""axe-core over pages, at both widths, by day and by night."""

from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "scripts" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (360, 1280)
_RUN = """rules => axe.run(document, {
    resultTypes: ["violations"],
    rules: {"target-size": {enabled: true}},
    ...rules && {runOnly: rules},
}).then(({violations}) => violations.map(({id, nodes}) =>
    [id, ...nodes.map(({target, failureSummary}) => `${target} ${failureSummary}`)]))"""
_COLOURS = ["color-contrast", "link-in-text-block"]
# Everything in sight, and where it stands.
_LAYOUT = """() => [...document.body.querySelectorAll("*")]
    .filter(one => one.checkVisibility({visibilityProperty: true}))
    .map(one => Object.values(one.getBoundingClientRect().toJSON()).join()).join(" ")"""


class Axe:
    """Judges pages in one tab; the policy that keeps strangers out would keep axe out, too."""

    def __init__(self, browser) -> None:
        self._context = browser.new_context(
            viewport={"width": WIDTHS[0], "height": 800}, locale="vi-VN", bypass_csp=True
        )
        self._page = self._context.new_page()

    def open(self, url: str):
        """Open a page, wait until its search, if any, is done, and return it."""
        page = self._page
        self._look(WIDTHS[0], "light")
        page.goto(url)
        if page.locator("[data-search-page]:not([data-only])").count():
            page.wait_for_selector("[data-part=found][aria-busy=false]", state="attached")
        page.add_script_tag(path=SCRIPT)
        return page

    def faults(self, url: str) -> list:
        """What is wrong with the page at `url`; see `faults_here`."""
        self.open(url)
        return self.faults_here()

    def faults_here(self) -> list:
        """Width, scheme and fault of whatever is wrong with the page as it is now.

        By night the rules about colours are enough, since nothing but colours is different then:
        that is held here, too.
        """
        found = []
        for width in WIDTHS:
            self._look(width, "light")
            by_day = self._page.evaluate(_LAYOUT)
            found += [(width, "light", fault) for fault in self._page.evaluate(_RUN)]
            self._look(width, "dark")
            assert self._page.evaluate(_LAYOUT) == by_day
            found += [(width, "dark", fault) for fault in self._page.evaluate(_RUN, _COLOURS)]
        return found

    def close(self) -> None:
        """Close the tab."""
        self._context.close()

    def _look(self, width: int, scheme: str) -> None:
        self._page.set_viewport_size({"width": width, "height": 800})
        self._page.emulate_media(color_scheme=scheme)
