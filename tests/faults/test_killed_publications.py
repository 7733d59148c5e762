"""Publications that are killed, hindered or doubled, while a reader asks for pages all the time.

No release is ever mixed, no request fails, and the next publication clears up. KILLS says how
often one is killed at random (`make bench-faults` has 200).
"""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import started
from project import TODAY_EPOCH
from published import (
    PAGE,
    Reader,
    a_project,
    edit,
    faults_of,
    from_address,
    go_back,
    is_tidy,
    live_of,
    manifest_of,
    publish,
    publish_and_die,
    seconds_of,
    served,
    started_publication,
)

from site_builder.releasing.local import LocalTarget

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9 to send")

KILLS = int(os.environ.get("KILLS", "10"))
STEPS = [
    ("pipeline", "_built"),
    ("releasing.preparing", "prepare"),
    ("releasing.preparing", "read_piece"),
    ("releasing.preparing", "Preparation.keep"),
    ("releasing.lock", "own_name"),
    ("releasing.publishing", "compose"),
    ("releasing.local", "LocalTarget._take_over"),
    ("releasing.placing", "remove"),
    ("releasing.placing", "_link"),
    ("releasing.placing", "_copy"),
    ("releasing.placing", "shutil.copyfileobj"),
    ("releasing.placing", "wrong"),
    ("releasing.local", "write_whole"),
    ("releasing.local", "os.sync"),
    ("releasing.local", "LocalTarget.lay"),
    ("releasing.switching", "Path.symlink_to"),
    ("releasing.switching", "Switch.to"),
]
KILLED_AT = [
    (*step, when, count)
    for step in STEPS
    for when in ("before", "after")
    for count in ((1, 3) if step[1] in ("remove", "_copy") else (1,))
]


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A project that was published five times, so that old releases have to go."""
    root = a_project(tmp_path_factory.mktemp("giet") / "du-an")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        for number in range(5):
            edit(root, f"đầu {number}")
            publish(root)
    return root


@pytest.fixture
def www(root):
    return root.parent / "www"


@pytest.fixture
def reader(www):
    """Reads all through a test; whatever it met is looked at in the end."""
    with served(www / "current") as address:
        with Reader(www, from_address(address)).reading() as reader:
            yield reader
        assert (reader.failed, reader.mixed) == ([], [])
        assert reader.requests > 20


def is_whole(www: Path) -> bool:
    return faults_of(www / "current", manifest_of(www, live_of(www))) == []


def finished(root: Path, www: Path, number: object) -> None:
    """Publish to the end: the story is shown as it is now, nothing is left over."""
    publish(root)
    page = www / "current" / PAGE
    assert f"Lần sửa thứ {number}:" in page.read_text(encoding="utf-8")
    assert is_tidy(www)
    assert is_whole(www)


def test_killed_at_each_step(root, www, reader):
    for place in KILLED_AT:
        before = live_of(www)
        edit(root, f"bước {place}")
        publish_and_die(root, *place)
        is_switched = place[:3] == ("releasing.switching", "Switch.to", "after")
        assert (live_of(www) != before) == is_switched, place
        assert is_whole(www), place
        finished(root, www, f"bước {place}")


def test_killed_at_random_moments(root, www, reader, capsys):
    edit(root, "đo")
    seconds = seconds_of(started_publication(root))
    chance = random.Random(KILLS)
    killed = number = 0
    while killed < KILLS:
        number += 1
        assert number < 4 * KILLS
        before = live_of(www)
        if number % 2:  # no release is spare: one is laid down from nothing
            target = LocalTarget(www)
            target.drop(next(one for one in target.ids() if one != before))
        edit(root, f"ngẫu nhiên {number}")
        publication = started_publication(root)
        try:
            seconds = seconds_of(publication, chance.random() * seconds)  # it was quicker
        except subprocess.TimeoutExpired:
            publication.kill()
            publication.communicate()
            killed += 1
        assert is_whole(www)
        if live_of(www) != before:  # it had come to the switch
            assert manifest_of(www, live_of(www)).previous == before
        finished(root, www, f"ngẫu nhiên {number}")
    with capsys.disabled():
        print(f"\n{killed} killed, {reader.requests} requests", end=" ")


def test_two_publishers_of_two_projects(root, www, reader):
    other = shutil.copytree(root, root.parent / "ban-sao")
    try:
        for number in range(3):
            edit(root, f"máy này {number}")
            edit(other, f"máy kia {number}")
            both = [started_publication(one) for one in (root, other)]
            codes = []
            for publication in both:
                said, _ = publication.communicate(timeout=60)
                codes.append(publication.returncode)
                if publication.returncode:
                    assert said.startswith("Nơi xuất bản này đang do ")
            assert 0 in codes
            assert set(codes) <= {0, 2}
            assert is_whole(www)
            assert is_tidy(www)
    finally:
        shutil.rmtree(other)
    edit(root, "cuối")
    finished(root, www, "cuối")


def test_two_publishers_of_one_project(root, www, reader):
    edit(root, "hai lệnh")
    both = [started_publication(root) for _ in range(2)]
    assert [(one.communicate(timeout=60)[0], one.returncode) for one in both] == [("", 0)] * 2
    finished(root, www, "hai lệnh")


def test_rollback_under_load(root, www, reader):
    edit(root, "trước khi quay lại")
    publish(root)
    newest = live_of(www)
    older = manifest_of(www, newest).previous
    reader.is_always_near = True  # only these two are live from now on
    for wanted in [older, newest] * 10:
        go_back(root, wanted)
        assert live_of(www) == wanted
        time.sleep(0.03)
    assert is_whole(www)


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root may mount a small disk"
)
def test_a_disk_that_fills_up(tmp_path):
    (tmp_path / "www").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(tmp_path / "www")]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this container may not mount")
    try:
        root, www = a_project(tmp_path / "du-an"), tmp_path / "www"
        assert started("site_builder", "publish", cwd=root).returncode == 0
        before = live_of(www)
        filling = www / "tep-khac"
        with filling.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
            while True:
                file.write(b"x" * 4096)
        edit(root, "đĩa đầy")
        done = started("site_builder", "publish", cwd=root)
        assert done.returncode == 2
        assert done.stderr.endswith(
            f" (đĩa đầy). Trang đang chạy vẫn là bản {before}, chưa có gì thay đổi.\n"
        )
        assert is_whole(www)
        filling.unlink()
        finished(root, www, "đĩa đầy")
    finally:
        subprocess.run(["umount", str(tmp_path / "www")], check=True)
