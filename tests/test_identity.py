"""`site-builder build` writes what `mkdocs build` writes: every byte of every file."""

import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from commands import started
from edited import differing
from project import MKDOCS, TODAY_EPOCH, a_document, a_model, a_page, snapshot, write_project

from site_builder.loading import FOLDER
from site_builder.pipeline import build_site
from site_builder.workers import Crew

ROOT = Path(__file__).parent.parent
WITHOUT_ADDRESS = MKDOCS.replace("site_url: https://binh-an.example.org/\n", "")
BELOW = MKDOCS.replace("example.org/", "example.org/dan-van/kheo/")
SMALL = {
    "models/an-ninh/keng.md": a_model(
        'Nghe `data-search-x="1"` và <b>kẻng</b>.[^1]\n\n[^1]: Xem [trang](../../content/gt.md#a).',
        aliases=["/keng/"],
    ),
    "content/gt.md": a_page("## Một\n\n[Về đầu](#mot), <https://a.vn>, <a@b.vn>, [TOC]\n\n[TOC]"),
    "content/documents/chi-thi.md": a_document(),
}


class Reference(NamedTuple):
    """A project, and its site as MkDocs builds it."""

    root: Path
    site: dict[str, bytes]


def _real(folder: Path) -> None:
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("content", "models"):
        shutil.copytree(ROOT / name, folder / name)


def _generated(folder: Path) -> None:
    """So many models that lists have older pages."""
    subprocess.run([sys.executable, ROOT / "bench" / "corpus.py", folder, "60"], check=True)


def _small(settings: str):
    return lambda folder: write_project(folder, {**SMALL, "mkdocs.yml": settings})


PROJECTS = {
    "real": _real,
    "generated": _generated,
    "small": _small(MKDOCS),
    "without address": _small(WITHOUT_ADDRESS),
    "below an address": _small(BELOW),
}


@pytest.fixture(scope="module", params=PROJECTS)
def reference(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("du-an") / "goc"
    PROJECTS[request.param](root)
    done = started("mkdocs", "build", "--strict", cwd=root)
    assert done.returncode == 0, done.stderr
    site = snapshot(root / "site")
    assert "tin-tuc/atom.xml" in site
    assert ("mo-hinh/trang/1/index.html" in site) == (request.param in ("real", "generated"))
    assert {"search/start.json", "assets/search/reader.js"} < site.keys()
    return Reference(root, site)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_byte_is_the_same(reference, jobs, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    # So that a small project is shared out as well.
    monkeypatch.setattr("site_builder.building.driver._PIECE", 20)
    monkeypatch.setattr("site_builder.loading.steps._PIECE", 20)
    for folder in ("site", FOLDER):
        shutil.rmtree(reference.root / folder, ignore_errors=True)
    with Crew(jobs) as crew:
        build_site(reference.root, crew)
        assert len(multiprocessing.active_children()) == (0 if jobs == 1 else jobs)
    assert differing(snapshot(reference.root / "site"), reference.site) == []


def test_the_command_builds_it_as_well(reference):
    shutil.rmtree(reference.root / "site")
    shutil.rmtree(reference.root / FOLDER)
    done = started("site_builder", "build", "--quiet", cwd=reference.root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert differing(snapshot(reference.root / "site"), reference.site) == []
