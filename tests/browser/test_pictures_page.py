"""Pictures of a story in a browser: their room is kept, and each opens in full size."""

import random
from io import BytesIO

import pytest
from conftest import served
from PIL import Image
from project import a_model, write_project

from site_builder.pipeline import build_site

pytestmark = pytest.mark.browser

PAGE = "/mo-hinh/an-ninh/a/"
WIDTHS = (360, 1280)
MOVED = """() => new Promise((tell) => new PerformanceObserver((list) => tell(
  list.getEntries().reduce((sum, { value }) => sum + value, 0)
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => tell(0), 500))"""


def _photo(seed: int, size: tuple[int, int]) -> bytes:
    """Not so plain that it loads before anything is drawn."""
    chance, out = random.Random(seed), BytesIO()
    small = Image.frombytes("RGB", (160, 120), chance.randbytes(160 * 120 * 3))
    small.resize(size).save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.fixture(scope="module")
def where(tmp_path_factory):
    body = "Mở đầu.\n\n![Trong bài](b.jpg 'Chú thích')\n\n" + "Bà con cùng làm. " * 200
    images = [{"file": "a.jpg", "alt": "Bà con họp", "caption": "Cả xóm họp", "credit": "Xã"}]
    root = tmp_path_factory.mktemp("anh")
    files = {"models/an-ninh/a.md": a_model(body, images=images)}
    files["models/an-ninh/a.jpg"] = _photo(1, (2000, 1500))
    files["models/an-ninh/b.jpg"] = _photo(2, (1200, 1600))
    build_site(write_project(root, files))
    with served(root / "site") as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_and_no_larger_file_is_loaded_than_is_shown(where, watch, width):
    watched = watch(where, width)
    page = watched.open(PAGE)
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 700)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(MOVED) <= 0.02
    loaded = [url.rsplit("-", 1)[-1] for url in watched.requests if url.endswith(".webp")]
    assert set(loaded) == ({"480.webp"} if width == 360 else {"960.webp"})
    for image in page.query_selector_all("main img"):
        shown, real = image.evaluate(
            "i => [i.clientWidth / i.clientHeight, i.naturalWidth / i.naturalHeight]"
        )
        assert abs(shown - real) < 0.01
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_opens_by_keyboard_and_gives_the_focus_back(where, watch, width):
    page = watch(where, width).open(PAGE)
    link = page.locator("a[data-zoom]").first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Ảnh lớn")
    dialog.get_by_role("img", name="Bà con họp").wait_for()
    assert "Cả xóm họp" in dialog.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Đóng"
    picture = dialog.locator("img")
    page.wait_for_function("document.querySelector('dialog img').naturalWidth === 1600")
    box = picture.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800
    for button in dialog.get_by_role("button").all():
        size = button.bounding_box()
        assert min(size["width"], size["height"]) >= 24

    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert dialog.get_by_role("button", name="Cỡ thật").get_attribute("aria-pressed") == "true"
    assert picture.bounding_box()["width"] == 1600
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert link.evaluate("link => link === document.activeElement")


def test_axe_finds_nothing_in_pictures_and_in_an_open_one(where, axe):
    assert axe.faults(where + "/mo-hinh/") == []  # cards with pictures
    page = axe.open(where + PAGE)
    assert axe.faults_here() == []
    page.locator("a[data-zoom]").first.click()
    for _ in ("fitted", "in full size"):
        assert axe.faults_here() == []
        page.click("text=Cỡ thật")


def test_a_click_beside_the_picture_closes_it(where, watch):
    page = watch(where, 1280).open(PAGE)
    page.locator("a[data-zoom]").last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("img", name="Trong bài").wait_for()
    page.mouse.click(20, 700)
    assert not dialog.is_visible()
    page.locator("a[data-zoom]").first.click()
    dialog.get_by_role("button", name="Đóng").click()
    assert not dialog.is_visible()


def test_without_a_script_the_link_opens_the_largest_file(where, watch):
    page = watch(where, 360, java_script_enabled=False).open(PAGE)
    link = page.locator("a[data-zoom]").first
    assert link.get_attribute("target") is None
    file = page.request.get(link.evaluate("link => link.href"))
    assert (file.status, Image.open(BytesIO(file.body())).size) == (200, (1600, 1200))
