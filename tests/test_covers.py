"""Cover art: the same for the same model, another for another, light, and in tones that differ."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from drawings import svg_of
from project import a_model, a_picture, an_article, page_at, plan_of, write_project

from site_builder.files import PACKAGE
from site_builder.outputs.drawing import flattened
from site_builder.outputs.tones import TONES, tones_of
from site_builder.pages.covers import cover_of
from site_builder.pages.covers.pen import HEIGHT, WIDTH
from site_builder.pipeline import build_site
from site_builder.workers import Crew

ROOT = Path(__file__).parent.parent
GOLDENS = Path(__file__).parent / "golden" / "covers"
FIELDS = [*filter(None, TONES), "moi"]
"""The fields of the register, and one that came later."""


def _covers(field: str, count: int):
    return [cover_of(field, f"mo-hinh/{field}/so-{number}/") for number in range(count)]


@pytest.mark.parametrize("field", FIELDS)
def test_covers_stay_as_they_are(field):
    """Whoever changes a motif changes the picture of every model that has it."""
    svg = svg_of(cover_of(field, f"mo-hinh/{field}/mau/"), field)
    golden = GOLDENS / f"{field}.svg"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(svg, encoding="utf-8")
    assert svg == golden.read_text(encoding="utf-8")


def test_every_field_of_the_sample_has_a_motif_and_tones():
    folders = {place.name for place in (ROOT / "models").iterdir() if place.is_dir()}
    assert folders == TONES.keys() - {""}
    kinds = {field: cover_of(field, "mo-hinh/x/mau/") for field in FIELDS}
    assert len(set(kinds.values())) == len(FIELDS)


def test_no_two_models_of_the_sample_look_alike():
    places = [place.relative_to(ROOT / "models") for place in (ROOT / "models").glob("*/*.md")]
    covers = {
        cover_of(place.parts[0], f"mo-hinh/{place.with_suffix('').as_posix()}/") for place in places
    }
    assert len(covers) == len(places) >= 90


@pytest.mark.parametrize("field", FIELDS)
def test_no_two_of_ten_thousand_look_alike(field):
    assert len(set(_covers(field, 10_000))) == 10_000


def test_they_are_the_same_in_every_process():
    code = (
        "from site_builder.pages.covers import cover_of\n"
        "print([cover_of(field, f'mo-hinh/{field}/so-{n}/') for field in "
        f"{FIELDS} for n in range(20)])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {f"{[cover for field in FIELDS for cover in _covers(field, 20)]}\n".encode()}


@pytest.mark.parametrize("field", FIELDS)
def test_paths_are_whole_numbers_and_show_on_the_sheet(field):
    for cover in _covers(field, 300):
        assert cover[0].path == f"M0 0h{WIDTH}v{HEIGHT}H0z"
        for layer in cover:
            assert re.fullmatch(r"[MLHVQTAZmlhvqtaz0-9 -]*", layer.path), layer
            assert 0 <= layer.tone <= 4
            points = [point for stroke in flattened(layer.path) for point in stroke.points]
            # Rays and furrows run out of the picture, but not further than two sheets away.
            assert all(-2 * WIDTH <= x <= 3 * WIDTH for x, _ in points), layer
            assert all(-2 * HEIGHT <= y <= 3 * HEIGHT for _, y in points), layer
            assert not points or any(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


@pytest.mark.parametrize("field", FIELDS)
def test_what_makes_a_motif_is_in_the_middle_that_no_crop_takes_away(field):
    """On a share card the middle half of the width is seen, on a phone that of the height."""
    for cover in _covers(field, 300):
        seen = 0
        for layer in cover[1:]:
            points = [point for stroke in flattened(layer.path) for point in stroke.points]
            seen += any(60 <= x <= 180 for x, _ in points) and any(
                40 <= y <= 120 for _, y in points
            )
        assert seen >= 2


# --- on pages -----------------------------------------------------------------------------

FILES = {
    "models/an-ninh/a.md": a_model(title="Không ảnh"),
    "models/an-ninh/b.md": a_model(title="Có ảnh", images=[{"file": "a.png", "alt": "Kẻng"}]),
    "models/an-ninh/a.png": a_picture("PNG"),
    "content/news/2024/tin.md": an_article(models=["a", "b"]),
}


def test_models_without_a_picture_have_a_cover_and_nothing_else_has(tmp_path):
    plan = plan_of(write_project(tmp_path, FILES))
    cards = {card.title: card for card in page_at(plan, "mo-hinh/").view.cards}
    assert cards["Không ảnh"].cover == cover_of("an-ninh", "mo-hinh/an-ninh/a/")
    assert (cards["Có ảnh"].cover, cards["Có ảnh"].image is None) == ((), False)
    assert page_at(plan, "mo-hinh/an-ninh/a/").view.cover == cards["Không ảnh"].cover
    assert page_at(plan, "mo-hinh/an-ninh/b/").view.cover == ()
    assert [card.cover for card in page_at(plan, "tin-tuc/").view.cards] == [()]


def test_a_cover_stays_whatever_becomes_of_the_words(tmp_path):
    words = a_model("Khác.", title="Tên mới", summary="Mới.", unit="xa-le")
    before, after = (
        page_at(plan_of(write_project(tmp_path / name, {"models/an-ninh/a.md": text})), address)
        for name, text in (("cu", FILES["models/an-ninh/a.md"]), ("moi", words))
        for address in ["mo-hinh/an-ninh/a/"]
    )
    assert before.view.cover == after.view.cover != ()


def test_a_cover_is_light_silent_and_within_the_policy(tmp_path):
    with Crew(1) as crew:
        build_site(write_project(tmp_path, FILES), crew)
    html = (tmp_path / "site" / "mo-hinh" / "index.html").read_text("utf-8")
    (svg,) = re.findall(r'<svg class="cover".*?</svg>', html, re.DOTALL)
    assert 'aria-hidden="true"' in svg
    assert "style=" not in svg
    assert len(svg) < 900
    assert "cover" not in (tmp_path / "site" / "tin-tuc" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("field", FIELDS)
def test_covers_weigh_little(field):
    """About as much as a card's text: some 30 of them stand on a list."""
    svg = len('<svg class="cover" viewBox="" preserveAspectRatio="" aria-hidden=""></svg>') + 30
    around, line = len('<path class="tone-0" d=""/>'), len(' stroke-width="99"')
    sizes = [
        svg + sum(around + len(path) + line * bool(width) for _, path, width in cover)
        for cover in _covers(field, 1000)
    ]
    assert sum(sizes) / len(sizes) < 950
    assert max(sizes) < 1050


# --- tones --------------------------------------------------------------------------------

STYLES = (PACKAGE / "theme" / "assets" / "stylesheets" / "site.css").read_text("utf-8")
TOKEN = re.compile(r"--tone-\d: light-dark\((#\w{6}), (#\w{6})\)")


def _tokens(field: str) -> list[tuple[str, str]]:
    """The tones of a field in the stylesheet: by day, by night."""
    own = re.findall(rf"^\.field--{field} \{{ (--tone-0.*?)\}}", STYLES, re.MULTILINE)
    rest = re.sub(r"^\.field--.*", "", STYLES, flags=re.MULTILINE)
    return TOKEN.findall(own[0] if own else rest)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("field", FIELDS)
def test_the_stylesheet_has_the_same_tones_by_day(field):
    assert tuple(day for day, _ in _tokens(field)) == tones_of(field)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("scheme", [0, 1])
def test_tones_differ_without_their_colour(field, scheme):
    tones = [token[scheme] for token in _tokens(field)]
    steps = [contrast(one, other) for one, other in pairwise(tones[:4])]
    assert min(steps) >= 1.2, steps
    assert contrast(tones[0], tones[3]) >= 4.5
    assert contrast(tones[0], tones[4]) >= 1.7
