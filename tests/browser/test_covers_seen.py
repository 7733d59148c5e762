"""What a browser makes of a cover, and what we draw of it ourselves for share cards, is one."""

from io import BytesIO

import pytest
from drawings import svg_of
from PIL import Image, ImageChops, ImageStat
from site_pages import PAGES

from site_builder.outputs.drawing import drawn
from site_builder.outputs.tones import TONES, tones_of
from site_builder.pages.covers import cover_of

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 480, 320
COVERS = [(field or "moi", number) for field in TONES for number in range(12)]


def test_our_drawing_is_that_of_a_browser(browser):
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    for field, number in COVERS:
        cover = cover_of(field, f"mo-hinh/{field}/so-{number}/")
        page.set_content(f"<style>body {{ margin: 0 }}</style>{svg_of(cover, field)}")
        with Image.open(BytesIO(page.screenshot())) as shot:
            seen = shot.convert("RGB")
        own = drawn(cover, tones_of(field), WIDTH, HEIGHT)
        # Edges are smoothed in other ways; a shape that is missing would be a tenth of it all.
        grey = ImageChops.difference(seen, own).convert("L")
        assert ImageStat.Stat(grey).mean[0] < 1.6, (field, number)
    page.close()


LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]
CARD = ".cards > .card .cover"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_covers_fill_the_heads_of_cards_in_either_scheme(open_at, width, scheme):
    page = open_at(width, color_scheme=scheme).open(PAGES["field"])
    card, cover = (page.locator(one).first.bounding_box() for one in (".cards > .card", CARD))
    assert abs(card["width"] - cover["width"]) <= 2
    assert card["y"] <= cover["y"] <= card["y"] + 2
    fill = page.locator(f"{CARD} path").first.evaluate("path => getComputedStyle(path).fill")
    light = sum(map(int, fill[4:-1].split(", "))) / 3
    assert (light > 60) if scheme == "light" else (light < 190)


def test_the_words_of_a_model_stay_above_the_fold_of_a_phone(open_at):
    page = open_at(360).open(PAGES["model"])
    cover, heading, lead = (
        page.locator(one).bounding_box() for one in (".entry__head .cover", "h1", ".lead")
    )
    assert cover["height"] <= 90
    assert heading["y"] < 480 and lead["y"] < 640
    page.emulate_media(media="print")
    assert not page.is_visible(".cover")
    page.emulate_media(media="null")
