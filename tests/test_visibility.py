"""What is not public is nowhere in what is built: no word, no picture, no file."""

import gzip
import zlib

import pytest
from project import (
    TODAY_EPOCH,
    a_document,
    a_model,
    a_page,
    a_picture,
    an_article,
    photo_file,
    snapshot,
    write_project,
)

from site_builder.pipeline import build_site, stage_site
from site_builder.search.shards import entries_of

HIDDEN = {
    "nhap": {"publish": "nhap"},
    "cho": {"publish": "cho-duyet"},
    "mai": {"publish_on": "2025-10-16"},
    "het": {"expires_on": "2025-10-15"},
}
LITTER = (
    *("x.docx", "~$x.docx", "x.bak", ".hidden", "Thumbs.db", "web.config", "x.py", "x.js"),
    *("x.html", "x.svg", ".htaccess", "desktop.ini", "x.css", "x.yml", "x.txt", "x.md~"),
)
SHOWN = "TuPhaiHien"


def _secret(kind: str, how: str) -> str:
    return f"BiMat{kind}{how}"


def _hidden_entries(how: str):
    """A model, an article, a document and a page, each with a picture and a PDF of its own."""
    for kind, folder, write in (
        ("Mohinh", "models/an-ninh", a_model),
        ("Tin", "content/news/2024", an_article),
        ("Vanban", "content/documents", a_document),
        ("Trang", "content", a_page),
    ):
        secret = _secret(kind, how)
        name = secret.lower()
        keys = {"title": f"Tên {secret}", "summary": f"Tóm tắt {secret}"} | HIDDEN[how]
        if kind in ("Mohinh", "Tin"):
            keys |= {"topics": [secret], "images": [{"file": f"{name}.png", "alt": secret}]}
        if kind == "Mohinh":
            keys |= {"awards": [{"form": secret, "by": secret}], "place": secret}
        if kind == "Vanban":
            keys |= {"file": f"{name}.pdf", "number": f"{list(HIDDEN).index(how)}9-CT/TU"}
            del keys["summary"]
        if kind != "Trang":
            keys |= {"sources": [{"title": secret}]} if kind != "Tin" else {"source": secret}
        keys |= {"aliases": [f"/cu/{name}/"]}
        body = f"## Đề mục {secret}\n\n{secret} ![{secret}]({name}.png) [{secret}]({name}.pdf)"
        yield f"{folder}/{name}.md", write(body, **keys)
        yield f"{folder}/{name}.png", a_picture("PNG")
        yield f"{folder}/{name}.pdf", f"%PDF {secret}".encode()


def _project(root):
    files = {
        "models/an-ninh/mo.md": a_model(f"{SHOWN} ![ảnh](mo.png)", title=f"Mở {SHOWN}"),
        "models/an-ninh/mo.png": a_picture("PNG"),
        "content/news/2024/tin.md": an_article(SHOWN, documents=["80-CT/TU"]),
        "content/documents/van-ban.md": a_document(SHOWN, number="80-CT/TU"),
        "content/khong-ai-dung.jpg": a_picture(),
    }
    for how in HIDDEN:
        files |= dict(_hidden_entries(how))
    for folder in ("content", "models", "models/an-ninh", "content/documents", "content/news/2024"):
        files |= {f"{folder}/{name}": f"BiMatRac {name}" for name in LITTER}
    return write_project(root, files)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return _project(tmp_path_factory.mktemp("du-an"))


@pytest.fixture(scope="module", params=["build", "stage"])
def output(request, project, tmp_path_factory):
    """Every file that is written, compressed ones unpacked, by its address."""
    folder = tmp_path_factory.mktemp("ra") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        if request.param == "build":
            build_site(project, site_dir=folder)
        else:
            stage_site(project, folder)
    return {path: _unpacked(path, data) for path, data in snapshot(folder).items()}


def _unpacked(path: str, data: bytes) -> bytes:
    """What can be read in a file; of the shards of the search the keys, one a line."""
    if path.endswith(".gz"):
        return gzip.decompress(data)
    if not path.endswith(".bin"):
        return data
    data = zlib.decompress(data)
    is_shard = "/shard-" in path
    return b"\n".join(entry.name for entry in entries_of(data)) if is_shard else data


def test_no_word_of_a_hidden_entry_is_anywhere(output):
    for how in HIDDEN:
        for kind in ("Mohinh", "Tin", "Vanban", "Trang"):
            secret = _secret(kind, how).lower().encode()
            holding = [
                path
                for path, data in output.items()
                if secret in data.lower() or secret in path.lower().encode()
            ]
            assert holding == []


def test_public_entries_are_there(output):
    """The search above would find a word: it finds that of the public ones."""
    holding = {path for path, data in output.items() if SHOWN.encode() in data}
    assert any(path.startswith("mo-hinh/an-ninh/mo") or "docs/mo-hinh" in path for path in holding)
    assert len(holding) > 3
    kinds = {path.rpartition("/")[2].partition("-")[0] for path in holding if ".bin" in path}
    assert kinds == {"chunk"}
    shards = [data for path, data in output.items() if "/shard-" in path]
    assert any(SHOWN.lower().encode() in data for data in shards)


def test_no_litter_is_published(output):
    # Both engines write a few files of such types themselves.
    assert not any(b"BiMatRac" in data for data in output.values())
    names = {path.rsplit("/", 1)[-1] for path in output}
    assert names & set(LITTER) == set()


def test_only_pictures_of_public_entries_are_published(output):
    published = {path.removeprefix("docs/") for path in output}
    assert {path for path in published if path.startswith("tep/")} == {
        photo_file("models/an-ninh/mo.png", a_picture("PNG"))
    }


def test_an_entry_appears_and_goes_with_the_day(tmp_path, monkeypatch):
    files = {
        "models/an-ninh/a.md": a_model(
            "![ảnh](a.png)", publish_on="2025-10-16", expires_on="2025-10-18"
        ),
        "models/an-ninh/a.png": a_picture("PNG"),
    }
    project = write_project(tmp_path / "du-an", files)
    there = {}
    for day in range(15, 19):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(TODAY_EPOCH) + 86_400 * (day - 15)))
        build_site(project, site_dir=tmp_path / "ra")
        found = snapshot(tmp_path / "ra")
        photo = photo_file("models/an-ninh/a.png", a_picture("PNG"))
        there[day] = [path in found for path in ("mo-hinh/an-ninh/a/index.html", photo)]
    assert there == {15: [False] * 2, 16: [True] * 2, 17: [True] * 2, 18: [False] * 2}
