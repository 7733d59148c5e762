"""Files beside the pages: cleaned pictures, the feed, redirects."""

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from PIL import Image, ImageDraw
from project import (
    SHARING,
    TODAY,
    a_document,
    a_model,
    a_page,
    a_picture,
    plan_of,
    write_project,
)

from site_builder.loading import load_site
from site_builder.outputs.files import output_files
from site_builder.outputs.pictures import published_bytes
from site_builder.outputs.redirects import redirect_html
from site_builder.pages.sheets import SHEETS

FIELD_IDS = ["kinh-te", "an-ninh", "he-thong"]
FEED_FOLDERS = ["", "tin-tuc/", "mo-hinh/", *(f"linh-vuc/{f}/" for f in FIELD_IDS)]
TABLES = ["mo-hinh", "ket-qua", "khen-thuong", "tin-tuc", "van-ban", "don-vi"]
DATA_SUFFIXES = [".csv", ".json", ".schema.json"]
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def _traced(kind: str) -> bytes:
    """A picture, red on its left, taken sideways, full of traces of camera and place."""
    picture = Image.new("RGB", (80, 40), "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, 39, 39), "red")
    exif = Image.Exif()
    exif[MAKER] = "BiMatMay"
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (16.0, 27.0, 48.0), 3: "E", 4: (107.0, 35.0, 0.0)})
    exif[GPS] = exif.get_ifd(GPS)
    out = BytesIO()
    more = {"comment": b"BiMatLoi"} if kind == "JPEG" else {}
    picture.save(out, kind, exif=exif, xmp=b"<x>BiMatXmp</x>", icc_profile=b"BiMatMau", **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_traces_are_removed_and_the_picture_stands_upright(tmp_path, kind):
    place = tmp_path / f"a.{kind.lower()}"
    place.write_bytes(_traced(kind))
    assert b"BiMat" in place.read_bytes()
    published = published_bytes(place)
    assert b"BiMat" not in published
    with Image.open(BytesIO(published)) as picture:
        assert picture.format == kind
        assert dict(picture.getexif()) == {}
        assert picture.getexif().get_ifd(GPS) == {}
        assert {"exif", "xmp", "icc_profile", "comment", "parsed_exif"} & set(picture.info) == set()
        # Turned to the right: what was left is on top.
        assert picture.size == (40, 80)
        top, bottom = (picture.convert("RGB").getpixel((20, y)) for y in (5, 75))
    assert top[0] > top[2] + 100
    assert bottom[2] > bottom[0] + 100


def test_the_same_picture_gives_the_same_bytes(tmp_path):
    place = tmp_path / "a.jpg"
    place.write_bytes(_traced("JPEG"))
    assert published_bytes(place) == published_bytes(place)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_published(tmp_path, mode):
    place = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    Image.new(mode, (5, 3)).save(place)
    with Image.open(BytesIO(published_bytes(place))) as picture:
        assert picture.size == (5, 3)


def test_see_through_pictures_stay_so(tmp_path):
    colours = Image.new("P", (2, 1))
    colours.putpalette([255, 0, 0, 0, 255, 0])
    colours.putdata([0, 1])
    place = tmp_path / "a.png"
    colours.save(place, transparency=0)
    with Image.open(BytesIO(published_bytes(place))) as picture:
        seen = picture.convert("RGBA")
    assert [seen.getpixel((x, 0)) for x in range(2)] == [(255, 0, 0, 0), (0, 255, 0, 255)]


def test_a_photo_of_several_frames_becomes_a_plain_one(tmp_path):
    """Phones write MPO under the name .jpg; the frames behind the first are not for readers."""
    place = tmp_path / "a.jpg"
    frames = [Image.new("RGB", (6, 6), colour) for colour in ("red", "blue")]
    frames[0].save(place, "MPO", save_all=True, append_images=frames[1:])
    with Image.open(BytesIO(published_bytes(place))) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1)) == ("JPEG", 1)


def test_a_pdf_is_published_as_it_is(tmp_path):
    place = tmp_path / "a.pdf"
    place.write_bytes(b"%PDF-1.4 \x00\xff")
    assert published_bytes(place) == b"%PDF-1.4 \x00\xff"


def test_every_file_has_its_address(tmp_path):
    # A Mac spells the same name with its marks apart.
    spelt = normalize("NFD", "models/an-ninh/Ảnh.PNG")
    files = {
        "models/an-ninh/a.md": a_model("![ảnh](Ảnh.PNG)", aliases=["/cu/"]),
        spelt: a_picture("PNG"),
        "content/gioi-thieu.md": a_page("[tệp](To.pdf)"),
        "content/To.pdf": b"%PDF",
        "content/documents/52.md": a_document(aliases=["/van-ban/cu/52/"]),
    }
    root = write_project(tmp_path, files, site=SHARING)
    assets = load_site(root, TODAY).library.assets
    places = {path: Path(file.place) for path, file in assets.items()}
    written = dict(output_files(plan_of(root), places, "https://a.example.org/"))
    tables = {f"thong-ke/{name}.csv" for name in SHEETS}
    assert set(written) - tables == {
        *("cu/index.html", "van-ban/cu/52/index.html"),
        *("tep/models/an-ninh/anh.png", "tep/content/to.pdf"),
        *(folder + name for folder in FEED_FOLDERS for name in ("atom.xml", "feed.json")),
        *(f"du-lieu/{name}{suffix}" for name in TABLES for suffix in DATA_SUFFIXES),
        *("du-lieu/datapackage.json", "robots.txt", "manifest.webmanifest"),
        *("chia-se/trang.jpg", "chia-se/mo-hinh/an-ninh/a.jpg"),
    }
    assert tables < set(written)


def test_a_redirect_leads_from_its_depth():
    html = redirect_html("cu/sau/", "mo-hinh/an-ninh/a/", 'Tên <b> & "b"', "https://a.example.org/")
    assert '<meta http-equiv="refresh" content="0; url=../../mo-hinh/an-ninh/a/">' in html
    assert 'rel="canonical" href="https://a.example.org/mo-hinh/an-ninh/a/"' in html
    assert "Tên &lt;b&gt; &amp; &quot;b&quot;" in html
    assert "<b>" not in html
