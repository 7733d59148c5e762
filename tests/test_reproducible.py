"""The same content gives the same bytes, whatever machine, folder, day or order it is built in."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import environment
from edited import differing
from project import TODAY_EPOCH, a_model, a_page, a_picture, an_article, snapshot, write_project

DAY = 86_400
HERE = {
    "TZ": "Asia/Ho_Chi_Minh",
    "LC_ALL": "C.UTF-8",
    "LANG": "vi_VN.UTF-8",
    "PYTHONHASHSEED": "1",
    "SITE_BUILDER_JOBS": "1",
    "SOURCE_DATE_EPOCH": TODAY_EPOCH,
}
ELSEWHERE = {
    "TZ": "America/Los_Angeles",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "2",
    "SITE_BUILDER_JOBS": "2",
    "SOURCE_DATE_EPOCH": str(int(TODAY_EPOCH) + 40 * DAY),
}


def _files() -> dict[str, str | bytes]:
    """Enough for two processes, with what is easily put in another order."""
    files: dict[str, str | bytes] = {
        f"models/an-ninh/mo-hinh-{n}.md": a_model(
            f"Xem [bạn](mo-hinh-{(n + 7) % 110}.md).\n\n![Ảnh](../../content/images/{n % 3}.jpg)",
            title=f"Tiếng kẻng số {n % 40}",
            year=2015 + n % 9,
            topics=["Kẻng", "kẻng", f"việc {n % 5}"],
            aliases=[f"/cu/{n}/"],
            awards=[{"form": ("Bằng khen", "bằng khen")[n % 2], "by": "Tỉnh"}],
        )
        for n in range(110)
    }
    for n in range(30):
        keys = {"title": "Tin trùng tên", "models": [f"mo-hinh-{n}"], "pinned": n % 10 == 0}
        files[f"content/news/2024/tin-{n}.md"] = an_article("Theo 52-CT/TU.", **keys)
    for n in range(3):
        files[f"content/images/{n}.jpg"] = a_picture("JPEG", (30 + n, 20))
    return files | {"content/đổi-mới.md": a_page(), "content/an-lanh.md": a_page(title="Ăn lành")}


def _build(root: Path, umask: int, variables: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "build", "--quiet"],
        cwd=root,
        env=environment(**variables),
        umask=umask if os.name == "posix" else -1,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.fixture
def both(tmp_path):
    """The site built here, and elsewhere."""
    files = list(_files().items())
    write_project(tmp_path / "a", dict(files))
    random.Random(1).shuffle(files)
    root = write_project(tmp_path / "một nơi khác" / "sâu hơn", dict(files))
    for n, place in enumerate(sorted(root.rglob("*.*"))):
        os.utime(place, (1_600_000_000 + n, 1_600_000_000 + n))
    _build(tmp_path / "a", 0o022, HERE)
    _build(root, 0o077, ELSEWHERE)
    return tmp_path / "a" / "site", root / "site"


def test_two_builds_have_the_same_bytes(both):
    here, elsewhere = map(snapshot, both)
    assert len(here) > 300
    assert differing(here, elsewhere) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_the_umask_says_who_may_read(both):
    modes = [{oct(p.stat().st_mode & 0o777) for p in s.rglob("*") if p.is_file()} for s in both]
    assert modes == [{"0o644"}, {"0o600"}]


def test_a_copy_with_all_that_it_remembers_is_brought_up_to_date(both, tmp_path):
    """Somebody moves the whole folder, and has removed a page of it."""
    here, _ = both
    before = snapshot(here)
    shutil.copytree(here.parent, tmp_path / "b")
    (tmp_path / "b" / "site" / "sitemap.xml").unlink()
    shutil.rmtree(here.parent / "site" / "mo-hinh")
    _build(tmp_path / "b", 0o022, HERE)
    assert differing(snapshot(tmp_path / "b" / "site"), before) == []
