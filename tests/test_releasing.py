"""Parts of publishing by themselves: publish.yml, manifests, what pages and pictures give away."""

import gzip
from datetime import UTC, datetime

import brotli
import pytest
from commands import typed
from golden_project import listed, read_golden, write_project
from hypothesis import given
from hypothesis import strategies as st
from project import a_picture
from test_check_goldens import GOLDEN

from site_builder.diagnostics import PublishFailed
from site_builder.files import Damaged
from site_builder.releasing.inspecting import Seen, inspect, site_address
from site_builder.releasing.manifest import (
    Listed,
    Manifest,
    content_digest,
    from_bytes,
    is_named_by_content,
    new_id,
    to_bytes,
)
from site_builder.releasing.packing import packed
from site_builder.releasing.settings import SettingsFaults, read_settings

SETTINGS = sorted((GOLDEN / "publish").glob("*.yml"), key=lambda place: place.name)
OWN = "https://binh-an.example.org/phong-trao/"


# --- publish.yml --------------------------------------------------------------------------


@pytest.mark.parametrize("place", SETTINGS, ids=lambda place: place.stem)
def test_settings_golden(place, tmp_path):
    golden = read_golden(place)
    write_project(tmp_path, golden)
    found = ""
    try:
        read_settings(tmp_path, None)
    except SettingsFaults as faults:
        found = listed(faults.diagnostics)
    assert found == golden["expect"]


def test_the_first_target_is_meant(tmp_path):
    text = "targets:\n  a: {type: local, path: x}\n  b: {type: local, path: y}\n"
    (tmp_path / "publish.yml").write_text(text)
    assert read_settings(tmp_path, None).name == "a"
    assert read_settings(tmp_path, "b").row.path == "y"
    assert (read_settings(tmp_path, "b").keep, read_settings(tmp_path, "b").max_removed) == (5, 10)
    with pytest.raises(PublishFailed, match="“c”; chọn một trong: a, b"):
        read_settings(tmp_path, "c")


def test_faults_are_shown_where_they_stand(capsys, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "publish.yml").write_text("targets:\n  a:\n    type: ftp\n")
    assert typed(capsys, "publish", "-C", tmp_path) == (
        1,
        "",
        "publish.yml:3:11: lỗi MH107: “ftp” không có trong danh sách.\n"
        "3 │     type: ftp\n"
        "  │           ^^^\n"
        "  = gợi ý: có phải ý bạn là “sftp”? chọn một trong: local, zip, sftp, ordered.\n\n"
        "Tệp publish.yml còn lỗi nên chưa xuất bản. Chưa có gì thay đổi.\n",
    )


def test_without_settings(capsys, tmp_path):
    (tmp_path / "models").mkdir()
    for words in (["publish"], ["releases"], ["rollback"]):
        done = typed(capsys, *words, "-C", tmp_path)
        assert done.code == 2
        assert done.err.startswith("Dự án chưa có tệp publish.yml ")
        example = done.err.split("ví dụ:\n\n")[1].split("\n\nrồi chạy lại.")[0]
        (tmp_path / "publish.yml").write_text(example)
        assert read_settings(tmp_path, None).name == "may-chu"
        (tmp_path / "publish.yml").unlink()


# --- manifests ----------------------------------------------------------------------------

FILES = {
    "index.html": Listed(3, "a" * 64, 1_700_000_000),
    'lạ "tên".html': Listed(0, "b" * 64, 1_700_000_001),
    "version.json": Listed(9, "c" * 64, 1_700_000_002),
}
CARRIED = frozenset({'lạ "tên".html'})
MANIFEST = Manifest(
    f"20261126T133000Z-{content_digest(FILES, CARRIED)}",
    "2026-11-26T13:30:00+00:00",
    "bien-tap@may-1",
    None,
    FILES,
    CARRIED,
)


def test_a_manifest_comes_back_as_it_was():
    assert from_bytes(to_bytes(MANIFEST)) == MANIFEST


@given(st.integers(min_value=0), st.integers(0, 255))
def test_whatever_happens_to_a_manifest_is_noticed(place, byte):
    data = bytearray(to_bytes(MANIFEST))
    place %= len(data)
    if data[place] == byte:
        return
    data[place] = byte
    with pytest.raises(Damaged):
        from_bytes(bytes(data))


@given(st.integers(min_value=0, max_value=10_000))
def test_a_manifest_that_was_cut_off(length):
    data = to_bytes(MANIFEST)
    if length < len(data):
        with pytest.raises(Damaged):
            from_bytes(data[:length])


def test_a_digest_that_was_made_anew_does_not_help():
    """The id, which is the name of the release, tells what it holds."""
    forged = Manifest(
        MANIFEST.id,
        MANIFEST.made,
        MANIFEST.by,
        None,
        FILES | {"index.html": Listed(3, "f" * 64, 1_700_000_000)},
        CARRIED,
    )
    with pytest.raises(Damaged):
        from_bytes(to_bytes(forged))


def test_ids_sort_by_time_whatever_the_clock_says():
    now = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
    first = new_id(FILES, now, [])
    assert first == f"20261126T133000Z-{content_digest(FILES)}"
    second = new_id(FILES, now, [first])
    assert second.startswith("20261126T133001Z-")
    earlier = datetime(2020, 1, 1, tzinfo=UTC)
    assert new_id(FILES, earlier, ["tệp lạ", second, first]).startswith("20261126T133002Z-")


@pytest.mark.parametrize(
    ("path", "is_so"),
    [
        ("search/head-6a47edb6209c.bin", True),
        ("assets/site.0123456789ab.css", False),
        ("tep/models/kinh-te/anh-01234567-960.webp", True),
        ("search/shard-6a47edb6209c.bin.br", True),
        ("tep/ke-hoach-20231231.pdf", False),
        ("search/start.json", False),
    ],
)
def test_files_named_by_content(path, is_so):
    assert is_named_by_content(path) == is_so


# --- compressed copies --------------------------------------------------------------------


def test_compressed_copies():
    data = "Bà con cùng làm. ".encode() * 50
    copies = dict(packed("a/index.html", data))
    assert brotli.decompress(copies[".br"]) == gzip.decompress(copies[".gz"]) == data
    assert dict(packed("a/index.html", data)) == copies
    assert dict(packed("anh.jpg", data)) == {}
    assert dict(packed("a.txt", b"x")) == {}


# --- what files give away -----------------------------------------------------------------


def links(html: str, path: str = "mo-hinh/a/index.html") -> tuple[str, ...]:
    seen = inspect(path, html.encode(), OWN)
    assert seen.faults == ()
    return seen.links


@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("../b/", "mo-hinh/b/index.html"),
        ("../../", "index.html"),
        ("..", "mo-hinh/index.html"),
        ("../../atom.xml", "atom.xml"),
        ("?q=1#x", "mo-hinh/a/index.html"),
        ("#x", "mo-hinh/a/index.html"),
        ("/phong-trao/tin-tuc/", "tin-tuc/index.html"),
        ("/phong-trao/", "index.html"),
        ("https://binh-an.example.org/phong-trao/a.pdf", "a.pdf"),
        ("../m%E1%BA%ABu.pdf", "mo-hinh/mẫu.pdf"),
        ("a&amp;b.pdf", "mo-hinh/a/a&b.pdf"),
    ],
)
def test_links_inside(target, file):
    assert links(f'<p><a class="x" href="{target}">') == (file,)


@pytest.mark.parametrize(
    "target", ["https://other.example.org/", "mailto:a@b.vn", "tel:113", "/khac/", "//x.vn/a"]
)
def test_links_that_lead_away(target):
    assert links(f'<a href="{target}">') == ()


def test_everything_that_leads_somewhere_is_seen():
    html = (
        '<link rel="canonical" href="https://binh-an.example.org/phong-trao/mo-hinh/a/">'
        "<link rel='stylesheet' href='../../s.css'><script src=../../a.js></script>"
        '<img src="a.png" srcset="b.png 1x, c.png 2x" alt=""><form action="../../tim-kiem/">'
        '<meta http-equiv="refresh" content="0; url=../moi/">'
    )
    assert set(links(html)) == {
        *(
            "a.js",
            "mo-hinh/a/a.png",
            "mo-hinh/a/b.png",
            "mo-hinh/a/c.png",
            "mo-hinh/moi/index.html",
        ),
        *("mo-hinh/a/index.html", "s.css", "tim-kiem/index.html"),
    }


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://x.vn/a"></script>',
        '<img src="https://x.vn/a">',
        '<img alt="" srcset="b.png 1x, https://x.vn/a 2x">',
        '<link rel="preload" as="font" href="https://x.vn/a">',
        '<iframe src="https://x.vn/a">',
    ],
)
def test_what_is_loaded_from_elsewhere(html):
    found = inspect("index.html", html.encode(), OWN).faults
    assert found == ("tải “https://x.vn/a” từ máy chủ khác",)


def test_styles():
    style = (
        b"@import 'b.css'; .a { background: url(../i/a.png) } @font-face { src: url('//x.vn/f') }"
    )
    assert inspect("assets/s.css", style, OWN) == Seen(
        ("assets/b.css", "i/a.png"), ("tải “//x.vn/f” từ máy chủ khác",)
    )


def test_pictures():
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\1\0\0\0\0\0\0"
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        assert inspect(name, a_picture(kind), OWN) == Seen()
        assert "EXIF" in inspect(name, a_picture(kind, exif=exif), OWN).faults[0]
    assert inspect("a.jpg", b"x", OWN).faults == ("ảnh hỏng, không mở được",)


def test_the_address_of_a_site():
    assert site_address(f'<link rel="canonical" href="{OWN}">') == OWN
    assert site_address("<p>") == ""
    assert inspect("a/index.html", b'<a href="/b/">', "").links == ("b/index.html",)
