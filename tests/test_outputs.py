"""Files beside the pages: tables, feeds, redirects, pictures and PDFs."""

from pathlib import Path
from unicodedata import normalize

from project import (
    SHARING,
    TODAY,
    a_document,
    a_model,
    a_page,
    a_picture,
    photo_file,
    plan_of,
    write_project,
)

from site_builder.loading import load_site
from site_builder.outputs.files import output_files
from site_builder.outputs.pictures import Darkroom
from site_builder.outputs.redirects import redirect_html
from site_builder.pages.sheets import SHEETS

FIELD_IDS = ["kinh-te", "an-ninh", "he-thong"]
FEED_FOLDERS = ["", "tin-tuc/", "mo-hinh/", *(f"linh-vuc/{f}/" for f in FIELD_IDS)]
TABLES = ["mo-hinh", "ket-qua", "khen-thuong", "tin-tuc", "van-ban", "don-vi"]
DATA_SUFFIXES = [".csv", ".json", ".schema.json"]


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
    site_url = "https://a.example.org/"
    written = dict(output_files(plan_of(root), places, site_url, Darkroom(tmp_path)))
    tables = {f"thong-ke/{name}.csv" for name in SHEETS}
    assert set(written) - tables == {
        *("cu/index.html", "van-ban/cu/52/index.html"),
        *(photo_file("models/an-ninh/Ảnh.PNG", files[spelt]), "tep/content/to.pdf"),
        *(folder + name for folder in FEED_FOLDERS for name in ("atom.xml", "feed.json")),
        *(f"du-lieu/{name}{suffix}" for name in TABLES for suffix in DATA_SUFFIXES),
        *("du-lieu/datapackage.json", "robots.txt", "manifest.webmanifest"),
        *("chia-se/trang.jpg", "chia-se/mo-hinh/an-ninh/a.jpg"),
    }
    assert tables < set(written)
    assert written["tep/content/to.pdf"] == b"%PDF"


def test_a_redirect_leads_from_its_depth():
    html = redirect_html("cu/sau/", "mo-hinh/an-ninh/a/", 'Tên <b> & "b"', "https://a.example.org/")
    assert '<meta http-equiv="refresh" content="0; url=../../mo-hinh/an-ninh/a/">' in html
    assert 'rel="canonical" href="https://a.example.org/mo-hinh/an-ninh/a/"' in html
    assert "Tên &lt;b&gt; &amp; &quot;b&quot;" in html
    assert "<b>" not in html
