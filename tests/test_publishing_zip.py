"""Archives: what is in them, and what their scripts do on a server."""

import os
import re
import shutil
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from commands import typed
from project import TODAY_EPOCH
from published import PAGE, a_project, edit, live_of, publish

from site_builder.releasing.archive import ZipTarget
from site_builder.releasing.manifest import from_bytes

SETTINGS = "keep: 3\ntargets:\n  goi:\n    type: zip\n    path: ../goi\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="install.sh is for POSIX systems")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """A project with two archives, unpacked; both folders, the older one first."""
    root = a_project(tmp_path_factory.mktemp("zip") / "du-an", settings=SETTINGS)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
        for number in (1, 2):
            edit(root, number)
            publish(root)
    found = []
    for release in ZipTarget(root.parent / "goi").ids():
        folder = root.parent / release
        with zipfile.ZipFile(root.parent / "goi" / f"{release}.zip") as archive:
            archive.extractall(folder)
        found.append(folder)
    return found


class Done(NamedTuple):
    code: int
    said: str


def install(archive: Path, top: Path, *words: str, **more: str) -> Done:
    done = subprocess.run(
        ["sh", archive / "install.sh", top, *words],
        env={**os.environ, **more},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Done(done.returncode, done.stdout + done.stderr)


def is_whole(top: Path) -> bool:
    """Whether the live release is what its list says, read by another program than ours."""
    sums = top / "releases" / f"{live_of(top)}.sha256"
    current = top / "current"
    check = ["sha256sum", "--check", "--status", str(sums)]
    files = [place for place in current.rglob("*") if place.is_file()]
    is_right = subprocess.run(check, cwd=current, check=False).returncode == 0
    return is_right and len(files) == len(sums.read_text().splitlines())


def test_an_archive(archives):
    for folder in archives:
        manifest = from_bytes((folder / "manifest.json").read_bytes())
        assert manifest.id == folder.name == (folder / "ID").read_text().strip()
        there = {
            place.relative_to(folder / "site").as_posix(): sha256(place.read_bytes()).hexdigest()
            for place in (folder / "site").rglob("*")
            if place.is_file()
        }
        assert there == {path: listed.sha256 for path, listed in manifest.files.items()}
    assert from_bytes((archives[1] / "manifest.json").read_bytes()).carried
    assert {place.name for place in archives[0].iterdir()} == {
        *("ID", "SHA256SUMS", "install.ps1", "install.sh", "manifest.json", "site"),
    }


def test_publish_list_and_no_rollback(capsys, tmp_path):
    root = a_project(tmp_path / "du-an", models=2, settings=SETTINGS)
    done = typed(capsys, "publish", "-C", root)
    assert re.search(r"Gói mới nhất là bản \S+ \(.+goi\)\.\n$", done.out)
    first = ZipTarget(tmp_path / "goi").live()
    done = typed(capsys, "publish", "-C", root)
    assert done.out == f"Không có gì mới: gói mới nhất vẫn là bản {first}.\n"
    for number in range(4):
        edit(root, number)
        publish(root)
    ids = ZipTarget(tmp_path / "goi").ids()
    assert len(ids) == 3
    assert {p.name for p in (tmp_path / "goi").iterdir() if p.name[0] != "."} == {
        f"{release}{suffix}" for release in ids for suffix in (".zip", ".json")
    }
    done = typed(capsys, "rollback", "-C", root)
    assert done.code == 2
    assert done.err.startswith("Nơi kiểu zip không tự quay lại: trên máy chủ, chạy install.sh ")
    assert done.err.endswith(f"Gói mới nhất vẫn là bản {ids[-1]}, chưa có gì thay đổi.\n")
    assert "← gói mới nhất\n" in typed(capsys, "releases", "-C", root).out


def test_a_damaged_archive_before(root_with_two):
    """What pages of the release before still ask for is only there."""
    root, target = root_with_two
    live = target.live()
    place = target.top / f"{live}.zip"
    place.write_bytes(place.read_bytes()[:-100])
    edit(root, 9)
    found = publish(root)
    assert f"{live}.zip" in found.notes[0]
    target.check(target.manifest(found.live), None)


@pytest.fixture
def root_with_two(tmp_path):
    root = a_project(tmp_path / "du-an", models=2, settings=SETTINGS)
    for number in (1, 2):
        edit(root, number)
        publish(root)
    return root, ZipTarget(tmp_path / "goi")


# --- install.sh ---------------------------------------------------------------------------


def test_install_and_roll_back(archives, tmp_path):
    first, second = archives
    top = tmp_path / "máy chủ"
    assert install(first, top) == (0, f"Đã chuyển sang bản {first.name} ({top}/current).\n")
    assert is_whole(top)
    assert install(second, top).code == 0
    assert (live_of(top), is_whole(top)) == (second.name, True)
    assert "Lần sửa thứ 2" in (top / "current" / PAGE).read_text(encoding="utf-8")
    said = f"Trang đang chạy vốn là bản {second.name}; không có gì thay đổi.\n"
    assert install(second, top) == (0, said)
    said = f"Đã quay lại bản {first.name} ({top}/current).\n"
    assert install(second, top, "--rollback") == (0, said)
    assert (live_of(top), is_whole(top)) == (first.name, True)
    assert install(second, top, "--rollback", second.name).code == 0
    assert (live_of(top), is_whole(top)) == (second.name, True)
    assert not (top / ".installing").exists()


def test_a_damaged_archive_is_not_installed(archives, tmp_path):
    first, second = archives
    top = tmp_path / "www"
    install(first, top)
    bad = shutil.copytree(second, tmp_path / "hong")
    with (bad / "site" / "index.html").open("ab") as file:
        file.write(b" ")
    said = (
        "Gói này hỏng hoặc thiếu tệp; chép lại gói. "
        f"Trang đang chạy vẫn là bản {first.name}, chưa có gì thay đổi.\n"
    )
    assert install(bad, top) == (1, said)
    (bad / "site" / "index.html").write_bytes((second / "site" / "index.html").read_bytes())
    (bad / "site" / "them.html").write_bytes(b"x")
    assert install(bad, top) == (1, said)
    assert is_whole(top)


def test_a_damaged_release_is_not_gone_back_to(archives, tmp_path):
    first, second = archives
    top = tmp_path / "www"
    install(first, top)
    install(second, top)
    (top / "releases" / first.name / PAGE).unlink()
    assert install(second, top, "--rollback") == (
        1,
        f"Bản {first.name} không còn nguyên vẹn nên không quay lại được. "
        f"Trang đang chạy vẫn là bản {second.name}, chưa có gì thay đổi.\n",
    )


def test_what_a_killed_installation_has_left(archives, tmp_path):
    first, second = archives
    top = tmp_path / "www"
    install(first, top)
    shutil.copytree(second / "site" / "assets", top / "releases" / f".making-{second.name}")
    (top / "releases" / second.name).mkdir()
    (top / ".installing").mkdir()
    done = install(second, top)
    assert (done.code, live_of(top)) == (1, first.name)
    assert f"xóa thư mục {top}/.installing rồi chạy lại" in done.said
    (top / ".installing").rmdir()
    assert install(second, top).code == 0
    assert (live_of(top), is_whole(top)) == (second.name, True)
    names = {place.name for place in (top / "releases").iterdir()}
    assert names == {one.name + s for one in archives for s in ("", ".sha256")}


def test_so_many_releases_are_kept(archives, tmp_path):
    first, second = archives
    top = tmp_path / "www"
    install(first, top)
    for number in range(3):
        older = top / "releases" / f"20200101T00000{number}Z-00000000"
        older.mkdir()
        older.with_name(f"{older.name}.sha256").write_bytes(b"")
    assert install(second, top, KEEP="3").code == 0
    left = sorted(place.name for place in (top / "releases").iterdir() if place.is_dir())
    assert left == ["20200101T000002Z-00000000", first.name, second.name]


def test_another_programs_folder(archives, tmp_path):
    (tmp_path / "current").mkdir()
    done = install(archives[0], tmp_path)
    assert done.code == 1
    assert "không phải do gói này tạo ra" in done.said


# --- install.ps1 --------------------------------------------------------------------------


def test_the_script_for_windows_reads_as_one(archives):
    """Not run: no PowerShell here. It is looked at for what would stop it from being read."""
    data = (archives[0] / "install.ps1").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # else Windows PowerShell takes it for ANSI
    text = re.sub(r"#.*", "", data.decode("utf-8-sig"))
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", text)
    assert not {'"', "`", "\t"} & {*bare}
    for opening, closing in ("{}", "()", "[]"):
        depth = 0
        for character in bare:
            depth += (character == opening) - (character == closing)
            assert depth >= 0
        assert depth == 0
    used = {name.lower() for name in re.findall(r"\$([A-Za-z_]+)", text)}
    given = {name.lower() for name in re.findall(r"\$([A-Za-z_]+)\s*(?:=|,|\)|\+\+| in )", text)}
    assert used - given <= {"_", "true", "false", "psscriptroot", "script", "file", "lock"}
