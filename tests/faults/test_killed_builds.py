"""A build that is killed: nobody goes on writing, and the next build mends what it left."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from commands import environment
from edited import differing, led_to
from project import (
    MKDOCS,
    TODAY_EPOCH,
    a_model,
    a_picture,
    an_article,
    snapshot,
    write_project,
)

from site_builder.files import MADE_SUFFIX
from site_builder.pipeline import build_site
from site_builder.workers import Crew

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Windows has neither process groups nor kill -9 to send them"
)

MODELS = 150
PATIENCE = 10
"""Seconds for processes to end in: they take a fraction of one."""
FOOTER = "rieng/partials/footer.html"
MODEL = "models/an-ninh/mo-hinh-0.md"


def _build(root: Path) -> "subprocess.Popen[str]":
    """A build by two processes, in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "site_builder", "build", "--quiet"],
        cwd=root,
        env=environment(SITE_BUILDER_JOBS="2"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )


def _finish(root: Path) -> dict[str, bytes]:
    """Build to the end, right here; the site."""
    with pytest.MonkeyPatch.context() as monkeypatch, Crew(1) as crew:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        build_site(root, crew)
    return led_to(snapshot(root / "site"))


def _killed_after(root: Path, seconds: float) -> None:
    """Begin a build and kill its main process; its workers end by themselves."""
    build = _build(root)
    time.sleep(seconds)
    build.kill()
    build.communicate()
    _wait_until(lambda: not _group(build.pid))


class Process(NamedTuple):
    """A running process."""

    number: int
    parent: int
    command: str


def _group(number: int) -> list[Process]:
    """What runs in a group of processes."""
    command = "ps -ww -e -o pgid= -o stat= -o pid= -o ppid= -o args="
    listed = subprocess.run(command.split(), capture_output=True, check=True)
    rows = (line.split(None, 4) for line in listed.stdout.decode(errors="replace").splitlines())
    return [
        Process(int(row[2]), int(row[3]), row[4])
        for row in rows
        if row[0] == str(number) and not row[1].startswith("Z")
    ]


def _workers(number: int) -> list[int]:
    """The workers of a build."""
    return [p.number for p in _group(number) if "spawn_main" in p.command and p.parent == number]


def _wait_until(is_so: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.02)


def _litter(root: Path) -> list[Path]:
    return list((root / "site").rglob(f"*{MADE_SUFFIX}"))


def _copy(source: Path, target: Path, *, anew: bool = False) -> Path:
    """A copy of a project with all times; `anew`, without what is built and remembered."""
    left_out = shutil.ignore_patterns("site", ".site-builder") if anew else None
    shutil.copytree(source, target, ignore=left_out)
    return target


def _edit(root: Path) -> None:
    """Touch every page by the template, add a page, and remove one."""
    place = root / FOOTER
    place.parent.mkdir()
    place.write_text("<footer>Chân trang mới</footer>", encoding="utf-8")
    text = (root / MODEL).read_text(encoding="utf-8").replace("/cu/0/", "/cu/moi/")
    (root / "models/an-ninh/moi-them.md").write_text(text, encoding="utf-8")
    news = sorted((root / "content/news").rglob("*.md"))
    news[0].unlink()


def _revert(root: Path, original: Path) -> None:
    for name in ("content", "models", "rieng"):
        shutil.rmtree(root / name)
        shutil.copytree(original / name, root / name)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project that was built."""
    folder = tmp_path_factory.mktemp("giet")
    files = {
        f"models/an-ninh/mo-hinh-{n}.md": a_model(
            f"Bà con xóm {n} cùng làm.\n\n![Ảnh](../../content/images/a.png)",
            title=f"Mô hình số {n}",
            year=2010 + n % 15,
            topics=[f"việc {n % 7}", "xóm làng"],
            aliases=[f"/cu/{n}/"],
        )
        for n in range(MODELS)
    }
    files |= {
        f"content/news/2024/tin-{n}.md": an_article(title=f"Tin số {n}", models=[f"mo-hinh-{n}"])
        for n in range(MODELS // 4)
    }
    files["content/images/a.png"] = a_picture("PNG")
    files["mkdocs.yml"] = MKDOCS.replace("name: material,", "name: material, custom_dir: rieng,")
    write_project(folder / "goc", files)
    (folder / "goc" / "rieng").mkdir()
    _finish(folder / "goc")
    return folder / "goc"


@pytest.fixture(scope="module")
def built(project):
    """The site of the project."""
    return snapshot(project / "site")


@pytest.fixture(scope="module")
def edited(project, tmp_path_factory) -> dict[str, bytes]:
    """The site of the project after the edits, built anew."""
    root = _copy(project, tmp_path_factory.mktemp("sua") / "du-an", anew=True)
    _edit(root)
    return _finish(root)


def _moments(count: int, seconds: float) -> Iterator[float]:
    """Moments at random, spread over a time: one in each part of it."""
    chance = random.Random(count)
    return ((part + chance.random()) * seconds / count for part in range(count))


@pytest.fixture(scope="module")
def seconds(project, tmp_path_factory):
    """How long a build of everything takes that nobody kills."""
    root = _copy(project, tmp_path_factory.mktemp("do") / "du-an", anew=True)
    start = time.monotonic()
    said, _ = _build(root).communicate(timeout=60)
    assert said == ""
    return time.monotonic() - start


def test_a_first_build_that_is_killed(project, built, seconds, tmp_path):
    for number, moment in enumerate(_moments(6, seconds)):
        root = _copy(project, tmp_path / str(number), anew=True)
        _killed_after(root, moment)
        assert differing(_finish(root), built) == []
        assert _litter(root) == []
        shutil.rmtree(root)


def test_a_rebuild_that_is_killed(project, edited, seconds, tmp_path):
    for number, moment in enumerate(_moments(7, seconds)):
        root = _copy(project, tmp_path / str(number))
        _edit(root)
        _killed_after(root, moment)
        assert differing(_finish(root), edited) == []
        assert _litter(root) == []
        shutil.rmtree(root)


def test_a_rebuild_that_is_killed_and_its_edits_taken_back(project, built, seconds, tmp_path):
    root = _copy(project, tmp_path / "du-an")
    for moment in _moments(7, seconds):
        _edit(root)
        _killed_after(root, moment)
        _revert(root, project)
        assert differing(_finish(root), built) == []
        assert _litter(root) == []


def test_two_builds_at_once(project, edited, tmp_path):
    root = _copy(project, tmp_path / "du-an")
    _edit(root)
    both = [_build(root), _build(root)]
    for build in both:
        said, _ = build.communicate(timeout=60)
        assert (build.returncode, said) == (0, "")
    assert differing(led_to(snapshot(root / "site")), edited) == []


def test_a_worker_that_is_killed(project, edited, tmp_path):
    root = _copy(project, tmp_path / "du-an")
    _edit(root)
    build = _build(root)
    _wait_until(lambda: bool(_workers(build.pid)) or build.poll() is not None)
    os.kill(_workers(build.pid)[0], signal.SIGKILL)
    said, _ = build.communicate(timeout=60)
    assert (build.returncode, said) == (
        2,
        "Một tiến trình dựng trang bị dừng giữa chừng (thường do thiếu bộ nhớ). "
        "Hãy đóng bớt chương trình khác rồi dựng lại; lần dựng sau sẽ làm nốt.\n",
    )
    _wait_until(lambda: not _group(build.pid))
    assert differing(_finish(root), edited) == []


def test_an_interrupted_build_says_so_once(project, edited, tmp_path):
    """Ctrl+C reaches every process of the terminal."""
    root = _copy(project, tmp_path / "du-an")
    _edit(root)
    build = _build(root)
    # By now the workers stand ready, and the theme is written.
    page = root / "site" / "404.html"
    before = page.stat().st_mtime_ns
    _wait_until(lambda: page.stat().st_mtime_ns != before or build.poll() is not None)
    _wait_until(lambda: len(_workers(build.pid)) == 2 or build.poll() is not None)
    os.killpg(build.pid, signal.SIGINT)
    said, _ = build.communicate(timeout=60)
    assert (build.returncode, said) == (2, "\nĐã dừng theo yêu cầu.\n")
    _wait_until(lambda: not _group(build.pid))
    assert differing(_finish(root), edited) == []
