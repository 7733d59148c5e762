"""Chromium through nginx as `server-config` has it: encrypted, packed, under the whole policy."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from releases import make_project, make_release
from servers import Served, open_folder, started
from test_walk import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["/", "/dan-van-kheo/"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    with open_folder() as folder:
        project = make_project(folder / "project", request.param)
        root = make_release(project, folder)
        with started("nginx", project, root, base=request.param) as found:
            yield found


@pytest.fixture
def open_page(watch, served: Served):
    return watch(served.origin, 1280, ignore_https_errors=True)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_kind_of_page_is_silent(open_page, served: Served, path: str):
    page = open_page.open(served.base + path[1:])
    assert page.inner_text("h1")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.size") > 0
    assert {url.split("/")[2] for url in open_page.requests} == {f"localhost:{served.https}"}


def test_the_search_finds_and_keeps_its_files(open_page, served: Served):
    page = open_page.open(f"{served.base}tim-kiem/?q=tiếng+kẻng")
    page.wait_for_selector(".found li")
    files = [url for url in open_page.requests if url.endswith(".bin")]
    assert files
    page.reload()
    page.wait_for_selector(".found li")
    kept = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.name.endsWith('.bin'))"
        ".map(one => one.transferSize)"
    )
    assert set(kept) <= {0}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """A page of somebody else, without any policy."""
    (tmp_path / "index.html").write_text("<title>Trang khác</title>")
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


def test_open_data_and_pictures_can_be_used_by_other_pages(browser, served: Served, elsewhere: str):
    """From another origin: data is read, a picture is shown, a page or script is not."""
    page = browser.new_context(ignore_https_errors=True).new_page()
    page.goto(elsewhere)
    home = served.origin + served.base
    read = "address => fetch(address).then(one => one.ok, () => false)"
    assert page.evaluate(read, f"{home}du-lieu/mo-hinh.csv")
    assert page.evaluate(read, f"{home}feed.json")
    assert not page.evaluate(read, home)
    shown = (
        "address => new Promise(done => { const one = new Image(); one.onload = () => done(true);"
        " one.onerror = () => done(false); one.src = address })"
    )
    assert page.evaluate(shown, f"{home}assets/images/favicon.svg")
    script = shown.replace("new Image()", "document.createElement('script')")
    script = script.replace("one.src = address", "one.src = address; document.head.append(one)")
    assert not page.evaluate(script, f"{home}assets/site/first.js")
    page.context.close()


def test_the_page_for_lost_readers_looks_as_it_should(browser, served: Served):
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
    lost = f"{served.origin}{served.base}khong/co/trang/nay"
    answer = page.goto(lost)
    page.wait_for_load_state("networkidle")
    assert answer.status == 404
    assert "Không tìm thấy" in page.inner_text("h1")
    assert failed == [lost]
    page.click("main a >> nth=0")
    assert page.url.startswith(served.origin + served.base)
    context.close()
