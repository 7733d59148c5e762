"""QR codes of models, read back by a reader that is not ours."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from project import MKDOCS, a_model, an_article, write_project

from site_builder.pipeline import build_site

SCALE = 4


def _built(tmp_path, settings: str, **entries: str):
    build_site(write_project(tmp_path, {"mkdocs.yml": settings, **entries}))
    return tmp_path / "site"


def _read(html: str) -> list[str]:
    """What a camera reads of the code in a page, painted as browsers paint it."""
    size = int(re.search(r'<svg class="qr" viewBox="-4 -4.5 (\d+) \1"', html)[1])
    picture = Image.new("L", (size * SCALE, size * SCALE), 255)
    draw = ImageDraw.Draw(picture)
    (path,) = re.findall(r'id="ma-qr" d="([^"]+)"', html)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)", path):
        left, top = (int(x) + 4) * SCALE, (int(y) + 4) * SCALE
        draw.rectangle((left, top, left + int(width) * SCALE - 1, top + SCALE - 1), 0)
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("name", ["a", "mo-hinh-" + "rat-dai-" * 13 + "het"])
def test_a_model_has_the_code_of_its_address(tmp_path, name):
    site = _built(tmp_path, MKDOCS, **{f"models/an-ninh/{name}.md": a_model()})
    html = (site / "mo-hinh" / "an-ninh" / name / "index.html").read_text()
    address = re.search('<link rel="canonical" href="([^"]+)"', html)[1]
    assert _read(html) == [address]
    # Shown on the screen from where it is printed.
    assert html.count('<use href="#ma-qr"/>') == 1


def test_news_has_none(tmp_path):
    site = _built(tmp_path, MKDOCS, **{"content/news/2024/tin.md": an_article()})
    assert "ma-qr" not in (site / "tin-tuc" / "2024" / "tin" / "index.html").read_text()


def test_a_site_that_does_not_know_its_address_has_none(tmp_path):
    settings = re.sub("site_url:.*\n", "", MKDOCS)
    assert settings != MKDOCS
    site = _built(tmp_path, settings, **{"models/an-ninh/a.md": a_model()})
    assert "qr" not in (site / "mo-hinh" / "an-ninh" / "a" / "index.html").read_text()
