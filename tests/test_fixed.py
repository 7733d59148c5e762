"""robots.txt, the web manifest and security.txt."""

import json
from datetime import date, datetime, timedelta
from math import hypot
from urllib.robotparser import RobotFileParser

import pytest
from PIL import Image, ImageChops
from project import SITE, TODAY, plan_of, write_project

from site_builder.files import PACKAGE
from site_builder.loading import FOLDER, Memory, load_site
from site_builder.outputs.fixed import fixed_file, fixed_names

ROOT = "https://binh-an.example.org/dan-van/"
SECURITY = {"contact": "an-toan@example.org", "expires": "2026-06-30"}


def _files(folder, site_url=ROOT, **keys):
    site = plan_of(write_project(folder, site=SITE | keys)).site
    return {file: fixed_file(file, site, site_url).decode() for file in fixed_names(site)}


def test_robots_may_read_everything_and_find_the_sitemap(tmp_path):
    robots = RobotFileParser()
    robots.parse(_files(tmp_path)["robots.txt"].splitlines())
    assert robots.can_fetch("*", f"{ROOT}du-lieu/mo-hinh.csv")
    assert robots.site_maps() == [f"{ROOT}sitemap.xml"]


def test_without_an_address_no_sitemap_is_named(tmp_path):
    assert "Sitemap" not in _files(tmp_path / "a", "")["robots.txt"]
    assert _files(tmp_path / "b", "/") == _files(tmp_path / "c", "")


def test_the_manifest_counts_from_where_it_lies(tmp_path):
    manifest = json.loads(_files(tmp_path)["manifest.webmanifest"])
    assert (manifest["name"], manifest["lang"]) == (SITE["name"], "vi")
    assert (manifest["start_url"], manifest["scope"], manifest["id"]) == ("./", "./", "./")
    assert manifest["icons"][0]["src"] == "assets/images/favicon.svg"


def test_icons_are_as_large_as_the_manifest_says_and_survive_any_mask(tmp_path):
    icons = json.loads(_files(tmp_path)["manifest.webmanifest"])["icons"]
    named = {(icon["src"], icon["sizes"]) for icon in icons if icon["type"] == "image/png"}
    named.add(("assets/images/apple-touch-icon.png", "180x180"))
    assert len(named) == 3
    for src, sizes in named:
        with Image.open(PACKAGE / "theme" / src) as icon:
            picture = icon.convert("RGB")
        assert f"{picture.width}x{picture.height}" == sizes
        # What is not the ground lies within the circle that no mask cuts.
        ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
        box = ImageChops.difference(picture, ground).getbbox()
        middle = picture.width / 2
        left, top, right, bottom = (abs(place - middle) for place in box)
        assert hypot(max(left, right), max(top, bottom)) <= 0.8 * middle


def test_security_txt_is_as_the_rfc_wants_it(tmp_path):
    text = _files(tmp_path, security=SECURITY)[".well-known/security.txt"]
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "mailto:an-toan@example.org"
    expires = datetime.fromisoformat(fields["Expires"])
    assert (expires.date().isoformat(), expires.utcoffset() is None) == ("2026-06-30", False)
    assert fields["Canonical"] == f"{ROOT}.well-known/security.txt"


def test_a_contact_may_be_a_page(tmp_path):
    security = SECURITY | {"contact": "https://example.org/bao-loi"}
    text = _files(tmp_path, "", security=security)[".well-known/security.txt"]
    assert text.startswith("Contact: https://example.org/bao-loi\n")
    assert "Canonical" not in text


@pytest.mark.parametrize("expires", ["2026-06-30", "2099-12-31"])
def test_an_expired_contact_is_told_though_nothing_was_touched(tmp_path, expires):
    root = write_project(tmp_path, site=SITE | {"security": SECURITY | {"expires": expires}})
    (root / FOLDER).mkdir()
    last = date.fromisoformat(expires)
    told = []
    for day in (last, last + timedelta(1)):
        memory = Memory(root)
        told.append(
            "MH404" in {one.code for one in load_site(root, day, memory=memory).diagnostics}
        )
        memory.close()
    assert told == [False, True]


def test_without_a_contact_there_is_none(tmp_path):
    assert ".well-known/security.txt" not in _files(tmp_path)


@pytest.mark.parametrize(
    "security",
    [
        {"contact": "an-toan@example.org"},
        {"expires": "2026-06-30"},
        SECURITY | {"contact": "0000 000 000"},
        SECURITY | {"contact": "a@b.vn\nContact: x"},
        SECURITY | {"contact": "javascript:alert(1)"},
        SECURITY | {"expires": "2026-06"},
    ],
)
def test_half_a_contact_is_a_fault(tmp_path, security):
    loaded = load_site(write_project(tmp_path, site=SITE | {"security": security}), TODAY)
    (fault,) = [item for item in loaded.diagnostics if item.severity == "error"]
    assert (fault.span.path, fault.span.line) == ("content/data/site.yml", 1)
