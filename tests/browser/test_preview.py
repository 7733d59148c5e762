"""The preview in a browser: pages load again by themselves, faults come and go."""

import pytest
from previewed import PATIENCE, previewing

pytestmark = pytest.mark.browser

FAULT = """\
lỗi ở models/an-ninh/tieng-keng.md:4:10: lỗi MH103: ngày “2024-13-40” không có thật.
4 │ started: 2024-13-40 <img src=x onerror="document.title='hỏng'">
  │          ^^^^^^^^^^
  = gợi ý: viết năm-tháng-ngày, ví dụ 2024-03-12."""
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"


@pytest.fixture
def shown(tmp_path):
    with previewing(tmp_path) as project:
        yield project


@pytest.fixture
def page(browser, shown):
    """A page of the preview under the strictest policy that it has to work with."""
    context = browser.new_context(viewport={"width": 360, "height": 700}, locale="vi-VN")
    context.set_default_timeout(PATIENCE * 1000)

    def with_policy(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": STRICT})

    context.route(lambda url: url.endswith("/"), with_policy)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{shown.port}/")
    yield page
    context.close()


def panel(page):
    """The panel of faults."""
    return page.locator("details.loi")


def test_a_page_loads_again_by_itself(page, shown):
    for text in ("Kẻng làng", "Kẻng xóm"):
        shown.write(text)
        page.wait_for_selector(f"h1:text-is('{text}')")


def test_only_a_page_that_is_concerned_loads_again(page, shown):
    page.evaluate("document.body.id = 'same'")
    shown.write("Trang khác @ khac/index.html")
    shown.wait(lambda: shown.builds >= 2, "the rebuild")
    shown.write("lỗi sau đó")
    panel(page).wait_for()
    assert page.locator("#same").count() == 1

    shown.write("h1 {} @ kieu.css")
    page.wait_for_selector("body:not(#same)")


def test_faults_are_shown_as_text_until_they_are_mended(page, shown):
    shown.write(FAULT)
    panel(page).wait_for()
    assert panel(page).locator("pre").inner_text().rstrip() == FAULT
    assert panel(page).locator("img").count() == 0
    assert panel(page).evaluate("it => getComputedStyle(it).position") == "fixed"
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0

    page.reload()
    panel(page).wait_for()
    shown.write("Chào bà con")
    panel(page).wait_for(state="detached")
    assert page.inner_text("h1") == "Chào bà con"


def test_without_a_site_the_page_comes_when_there_is_one(browser, tmp_path):
    with previewing(tmp_path, FAULT) as project:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{project.port}/")
        assert page.inner_text("h1") == "Chưa có trang để xem"
        assert page.inner_text("pre") == FAULT
        assert panel(page).count() == 0
        project.write("lỗi khác")
        page.wait_for_selector("pre >> text='lỗi khác'")
        project.write("Có rồi")
        page.wait_for_selector("h1:text-is('Có rồi')")
        page.close()


def test_a_page_in_the_background_catches_up_when_it_is_looked_at(page, shown):
    hidden = "Object.defineProperty(document, 'visibilityState', {{value: '{}', writable: true}})"
    event = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(f"{hidden.format('hidden')}; {event}")
    shown.write("Kẻng làng")
    shown.wait(lambda: shown.builds >= 2, "the rebuild")
    page.evaluate(f"document.visibilityState = 'visible'; {event}")
    page.wait_for_selector("h1:text-is('Kẻng làng')")
