"""QR codes on the screen and on paper, read as cameras read them."""

from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from site_pages import PAGES

pytestmark = pytest.mark.browser


def _codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_code_opens_and_closes_by_keyboard_and_leads_to_the_page(open_at, scheme, scripts):
    page = open_at(360, color_scheme=scheme, java_script_enabled=scripts).open(PAGES["model"])
    public = page.get_attribute("link[rel=canonical]", "href")
    button = page.locator("button[popovertarget]", has_text="Mã QR")
    assert not page.is_visible(".popup")
    button.press("Enter")
    assert _codes(Image.open(BytesIO(page.screenshot()))) == [public]
    page.keyboard.press("Escape")
    assert not page.is_visible(".popup")
    page.keyboard.press("Enter")  # the button has the focus again
    page.click(".popup >> text=Đóng")
    assert not page.is_visible(".popup")


def test_the_code_on_paper_leads_to_the_page(open_at):
    page = open_at(1280, color_scheme="dark").open(PAGES["model"])
    public = page.get_attribute("link[rel=canonical]", "href")
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    found = [text for sheet in paper for text in _codes(sheet.render(scale=2).to_pil())]
    assert found == [public]
