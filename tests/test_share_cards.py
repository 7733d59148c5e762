"""Share cards: 1200 by 630, with their words on them, drawn again only when they change."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from project import SHARING, a_model, a_picture, an_article, plan_of, write_project
from test_covers import contrast

from site_builder.outputs.share_cards import (
    _few_lines,
    _title,
    has_letter,
    measure_at,
    share_card,
)
from site_builder.outputs.tones import BRAND, INK, MUTED, PAPER, TONES
from site_builder.pages.covers import cover_of
from site_builder.pages.sharing import PANEL
from site_builder.pages.views import ShareCard
from site_builder.pipeline import build_site
from site_builder.workers import Crew

COVER = cover_of("an-ninh", "mo-hinh/an-ninh/a/")
CARD = ShareCard(
    "chia-se/mo-hinh/an-ninh/a.jpg",
    "Tiếng kẻng an ninh",
    "An ninh",
    ("Xã Tây Cũ", "năm 2022"),
    "Dân vận khéo Bình An",
    "an-ninh",
    COVER,
)
LEFT = 1200 - PANEL.width
"""Where the words end and the cover begins."""


def _open(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size, picture.mode) == ("JPEG", (1200, 630), "RGB")
    return picture.convert("RGB")


def _inked(picture: Image.Image):
    """The box of all words; JPEG leaves faint dust around letters."""
    grey = picture.crop((0, 0, LEFT - 8, 630)).convert("L")
    return grey.point(lambda value: 255 * (value < 160)).getbbox()


def test_a_card_shows_its_words_beside_its_cover():
    full, without_title = (_open(share_card(card)) for card in (CARD, replace(CARD, title=".")))
    left, top, right, bottom = _inked(full)
    assert 55 <= left <= 70 and right <= LEFT - 55 and top >= 55 and bottom <= 575
    differing = ImageChops.difference(full, without_title).convert("L")
    assert sum(differing.histogram()[100:]) > 5_000
    for changed in ({"topic": "Kinh tế"}, {"notes": ("Xã Mới",)}, {"site": "Trang khác"}):
        assert share_card(replace(CARD, **changed)) != share_card(CARD)
    ground = tuple(bytes.fromhex(TONES["an-ninh"][COVER[0].tone][1:]))
    corner = full.getpixel((1195, 5))
    assert max(abs(a - b) for a, b in zip(corner, ground, strict=True)) < 6


@pytest.mark.parametrize(
    "title",
    ["Kẻng", "x" * 100, "Giữ gìn xóm làng bình yên " * 12, "Ẩ" * 40, "村 🎉", "mô hình " * 8],
)
def test_no_title_leaves_its_column(title):
    left, top, right, bottom = _inked(_open(share_card(replace(CARD, title=title))))
    assert left >= 50 and right <= LEFT - 50 and top >= 40 and bottom <= 575


def test_long_titles_get_smaller_then_end_behind_a_word():
    sizes = [_title("Giữ gìn xóm làng bình yên " * times)[0] for times in (1, 3, 5, 12)]
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == 4
    _, lines = _title("Giữ gìn xóm làng bình yên " * 12)
    assert lines[-1].endswith("…")
    assert lines[-1].rstrip("…").split()[-1] in ["Giữ", "gìn", "xóm", "làng", "bình", "yên"]
    assert _few_lines("Ban Tuyên giáo và Dân vận " * 9, 27, 600)[1].endswith("…")


def test_titles_of_the_sample_are_set_whole(sample_plan):
    alone = []
    for card in sample_plan.shares:
        size, lines = _title(card.title)
        assert "…" not in lines[-1] or card.title.endswith("…"), card.title
        assert max(map(measure_at(size), lines)) <= LEFT - 120
        if len(lines) > 1 and len(lines[-1].split()) == 1:
            alone.append(card.title)
    assert len(sample_plan.shares) > 130
    assert alone == []


@pytest.fixture(scope="module")
def sample_plan():
    from pathlib import Path

    return plan_of(Path(__file__).parent.parent)


def test_the_font_has_vietnamese_and_tells_what_it_lacks():
    assert all(map(has_letter, "aĂằẵặẮỆỘỮỵđĐơƯ0123456789–“”…%₫ "))
    assert not any(map(has_letter, "村🎉\u200bЖ→"))


@pytest.mark.parametrize("colour", [INK, MUTED, BRAND, *(tones[3] for tones in TONES.values())])
def test_words_are_readable_on_their_ground(colour):
    assert contrast(colour, PAPER) >= 4.5


def test_a_photo_stands_in_place_of_the_cover():
    card = _open(share_card(CARD, a_picture(size=(900, 300))))
    red, _, blue = card.getpixel((LEFT + 200, 300))
    assert red > 200 and blue < 60


def test_a_photo_that_one_sees_through_stands_on_paper():
    out = BytesIO()
    Image.new("RGBA", (600, 700), (0, 0, 0, 0)).save(out, "WEBP")
    assert min(_open(share_card(CARD, out.getvalue())).getpixel((LEFT + 200, 300))) > 240


def test_the_same_card_gives_the_same_bytes():
    code = f"""if True:
        import hashlib, pathlib
        from site_builder.outputs.share_cards import share_card
        from site_builder.pages.covers import cover_of
        from site_builder.pages.views import Layer, ShareCard
        print(hashlib.sha256(share_card({CARD!r})).hexdigest())"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    from hashlib import sha256

    assert run.stdout.strip() == sha256(share_card(CARD)).hexdigest()


# --- in a site ----------------------------------------------------------------------------

FILES = {
    "models/an-ninh/a.md": a_model(),
    "models/an-ninh/b.md": a_model(
        title="Đèn ngõ", images=[{"file": "a.jpg", "alt": "Đèn"}], year=2021
    ),
    "models/an-ninh/a.jpg": a_picture(size=(60, 60)),
    "models/an-ninh/c.md": a_model(title="Bản nháp", publish="nhap"),
    "content/news/2024/tin.md": an_article(),
}
OWN = {
    f"chia-se/{name}.jpg" for name in ("mo-hinh/an-ninh/a", "mo-hinh/an-ninh/b", "tin-tuc/2024/tin")
}
SITE_CARD = "chia-se/trang.jpg"


@pytest.fixture
def built(tmp_path):
    root = write_project(tmp_path, FILES, site=SHARING)

    def build(**changes):
        for path, text in changes.pop("files", {}).items():
            (root / path).write_bytes(text.encode() if isinstance(text, str) else text)
        with Crew(1) as crew:
            report = build_site(root, crew)[1]
        return {file for file in report.changed if file.startswith("chia-se/")}, root

    return build


def _site(**keys) -> dict[str, str]:
    import json

    return {"content/data/site.yml": json.dumps(SHARING | keys, ensure_ascii=False)}


def test_public_models_and_news_have_a_card_of_their_own(built):
    drawn, root = built()
    assert drawn == OWN | {SITE_CARD}
    assert {
        place.relative_to(root / "site").as_posix() for place in root.glob("site/chia-se/**/*.jpg")
    } == OWN | {SITE_CARD}


def test_an_edit_draws_only_the_cards_that_say_it(built):
    built()
    assert built()[0] == set()
    card = "chia-se/mo-hinh/an-ninh/a.jpg"
    assert built(files={"models/an-ninh/a.md": a_model("Chỉ thân bài khác.")})[0] == set()
    assert built(files={"models/an-ninh/a.md": a_model(title="Tên mới")})[0] == {card}
    assert built(files=_site(hotlines=[]))[0] == set()
    assert built(files=_site(tagline="Câu khác."))[0] == {SITE_CARD}
    assert built(files=_site(name="Tên trang khác"))[0] == OWN | {SITE_CARD}


def test_another_photo_under_the_same_name_is_seen(built):
    built()
    drawn, _ = built(files={"models/an-ninh/a.jpg": a_picture(size=(61, 60))})
    assert drawn == {"chia-se/mo-hinh/an-ninh/b.jpg"}


def test_they_can_be_switched_off(built):
    built()
    drawn, root = built(files=_site(share_cards=False))
    assert (drawn, (root / "site" / "chia-se").exists()) == (set(), False)
    html = (root / "site" / "mo-hinh" / "an-ninh" / "a" / "index.html").read_text("utf-8")
    assert "og:image" not in html
    assert "twitter:card" not in html


def test_who_draws_nothing_loads_no_pillow():
    code = "import sys, site_builder.building.driver; assert 'PIL' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
