"""Chromium over the built sample site, served on loopback as a plain web server would."""

import functools
import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe import SCRIPT, Axe

from site_builder.serving.policy import FOREVER, HEADERS, POLICY

# Without these, Chromium calls its maker's servers at every start.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Files that are named for their content, as docs/search-index.md says.
_NAMED = re.compile(r"/search/\w+-[0-9a-f]{12}\.bin$")


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args, asked: list[str], **options):
        self.asked = asked
        super().__init__(*args, **options)

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()

    def end_headers(self):
        # As a server of the site is told to; what it forbids is told on the console.
        self.send_header("Content-Security-Policy", POLICY)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        if _NAMED.search(self.path):
            self.send_header("Cache-Control", FOREVER)
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        """Where nothing is, servers show the site's own page for that."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def log_message(self, format, *args):
        pass


@contextmanager
def served(folder: Path, asked: list[str] | None = None) -> Iterator[str]:
    """The address at which a built site is served; `asked` gets the path of every request."""
    asked = [] if asked is None else asked
    handler = functools.partial(_Handler, asked=asked, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


@pytest.fixture(scope="session")
def address(sample: Path) -> Iterator[str]:
    """The address of the served sample site."""
    with served(sample) as where:
        yield where


# Not for the whole session: its event loop would keep those of other tests from running.
@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium; without one these tests are skipped, but never on CI."""
    executable = shutil.which("chromium")
    if executable is None:
        assert os.environ.get("CI") != "true", "chromium is missing"
        pytest.skip("chromium is missing")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=executable, args=_QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def axe(browser) -> Iterator[Axe]:
    """Judges pages; without axe-core these tests are skipped, but never on CI."""
    if not SCRIPT.exists():
        assert os.environ.get("CI") != "true", "run scripts/install-test-tools.sh"
        pytest.skip("axe-core is missing")
    judge = Axe(browser)
    yield judge
    judge.close()


class Watched:
    """A page that keeps what it asked for and what went wrong."""

    def __init__(self, browser, address: str, width: int, **options) -> None:
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="vi-VN", **options
        )
        self.page = self.context.new_page()
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("response", self._response)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def _response(self, response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status} {response.url}")

    def open(self, path: str):
        """Open a page of the site and return the browser's page."""
        self.page.goto(self.address + path)
        return self.page

    def settle(self) -> None:
        """Wait for what comes late: nothing but the search, whose worker begins after the page."""
        if self.page.workers or any("/search/" in url for url in self.requests):
            self.page.wait_for_load_state("networkidle")

    def check(self) -> None:
        """Nothing went wrong and nobody else was asked for anything."""
        assert self.problems == []
        foreign = [url for url in self.requests if not url.startswith((self.address, "data:"))]
        assert foreign == []


@pytest.fixture
def watch(browser):
    """Opens a watched page of a site and a width; closes and checks all of them at the end."""
    opened: list[Watched] = []

    def make(address: str, width: int = 360, **options) -> Watched:
        opened.append(Watched(browser, address, width, **options))
        return opened[-1]

    yield make
    for watched in opened:
        watched.settle()
        watched.context.close()
        watched.check()


@pytest.fixture
def open_at(watch, address: str):
    """The same for the sample site."""
    return functools.partial(watch, address)
