"""The engine's own commands on the real project (what they build: test_identity.py)."""

import re
import shutil
from pathlib import Path

import pytest
from commands import started
from project import snapshot

ROOT = Path(__file__).parent.parent
MODEL = "models/an-ninh/an-dan-ban-phu-kha-1-na-ngoi.md"


@pytest.fixture
def copy(tmp_path):
    """The project as someone else has it: settings and content, nothing built."""
    return _copy_to(tmp_path / "du-an")


def _copy_to(folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("content", "models"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def test_a_fault_stops_mkdocs_and_leaves_the_old_site(copy):
    (copy / "site").mkdir()
    (copy / "site" / "index.html").write_text("trang cũ", encoding="utf-8")
    text = (copy / MODEL).read_text(encoding="utf-8")
    (copy / MODEL).write_text(text.replace("year: chua-ro", "year: 20x4"), encoding="utf-8")
    for words in (["mkdocs", "build"], ["site_builder", "build"]):
        done = started(*words, cwd=copy)
        assert done.returncode == 1
        assert f"{MODEL}:6:7: lỗi MH118: “20x4” không phải một năm." in done.stderr
        assert "Traceback" not in done.stderr
        assert snapshot(copy / "site") == {"index.html": "trang cũ".encode()}


def test_the_staged_tree_is_built_by_another_engine(copy, tmp_path):
    assert started("site_builder", "build", cwd=copy).returncode == 0
    assert started("site_builder", "stage", tmp_path / "cay", cwd=copy).returncode == 0
    other = started("properdocs", "build", "--strict", cwd=tmp_path / "cay")
    assert other.returncode == 0, other.stderr
    own, built = _pages(copy / "site"), _pages(tmp_path / "cay" / "site")
    assert set(own) == set(built)
    # The stories too, not only the addresses; HTML is not shown as text.
    for path in (MODEL.removesuffix(".md"), "content/gioi-thieu"):
        address = path.replace("models/", "mo-hinh/").replace("content/", "") + "/index.html"
        assert "&lt;p&gt;" not in built[address]
        assert _story(built[address]) == _story(own[address]) != []


def _pages(site: Path) -> dict[str, str]:
    found = {p: data for p, data in snapshot(site).items() if p.endswith(".html")}
    return {path: data.decode() for path, data in found.items()}


def _story(html: str) -> list[str]:
    # Cleaning is ours: a tree whose bodies have passed the check needs none but this.
    html = html.replace(' rel="noopener noreferrer"', "")
    return re.findall(r"<h2 id=.*?>(.*?)</h2>|<p>(.*?)</p>", html)
