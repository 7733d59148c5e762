"""`publish`, `releases`, `rollback`: what they do to a folder, and what they say."""

import json
import os
import re
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from commands import typed
from edited import led_to
from project import TODAY_EPOCH, a_model, a_picture, snapshot
from published import (
    MODEL,
    PAGE,
    PUBLISH,
    edit,
    faults_of,
    go_back,
    is_tidy,
    live_of,
    manifest_of,
    publish,
    published_once,
    renewed,
    served,
)

from site_builder.diagnostics import PublishFailed
from site_builder.releasing import local, placing, preparing, publishing
from site_builder.releasing.local import LocalTarget


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with a project that was published once, and a copy of it."""
    return published_once(tmp_path_factory.mktemp("xuat-ban") / "x")


@pytest.fixture
def root(built):
    """The project as it was first published; its releases are in `www` beside it."""
    return renewed(built)


@pytest.fixture
def www(root):
    return root.parent / "www"


def live_page(www: Path) -> str:
    return (www / "current" / PAGE).read_text(encoding="utf-8")


def state(release: str) -> str:
    return f"Trang đang chạy vẫn là bản {release}, chưa có gì thay đổi."


def test_a_release_is_what_its_manifest_says(www, root):
    live = live_of(www)
    manifest = manifest_of(www, live)
    assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{8}", live)
    assert faults_of(www / "current", manifest) == []
    assert manifest.pages >= {PAGE, "index.html", "tin-tuc/2024/tin/index.html"}
    assert json.loads((www / "current" / "version.json").read_bytes()) == {"release": live}
    for path, data in led_to(snapshot(root / "site")).items():
        assert manifest.files[path].sha256 == sha256(data).hexdigest()
    assert is_tidy(www)


def test_publish_edit_publish_and_back(capsys, root, www):
    first, page = live_of(www), live_page(www)
    done = typed(capsys, "publish", "-C", root)
    assert done == (0, f"Không có gì mới: trang đang chạy vẫn là bản {first}.\n", "")
    edit(root, 1)
    trial = typed(capsys, "publish", "-C", root, "--dry-run")
    assert f"  * {PAGE}\n" in trial.out
    assert trial.out.endswith("Chưa có gì thay đổi.\n")
    assert live_of(www) == first
    done = typed(capsys, "publish", "may-chu", "-C", root)
    second = live_of(www)
    assert done.out.startswith("Đã xuất bản ")
    assert done.out.endswith(f"Trang đang chạy là bản {second} ({www / 'current'}).\n")
    assert "Lần sửa thứ 1" in live_page(www) != page
    listed = typed(capsys, "releases", "-C", root).out.splitlines()
    assert [line.split()[0] for line in listed] == ["*", first]
    assert listed[0].endswith("← trang đang chạy")
    done = typed(capsys, "rollback", "-C", root)
    assert done.out.startswith(f"Đã quay lại bản {first}: ")
    assert (live_of(www), live_page(www)) == (first, page)
    done = typed(capsys, "rollback", second, "--target", "may-chu", "-C", root)
    assert (done.code, live_of(www)) == (0, second)
    done = typed(capsys, "rollback", "ban-la", "-C", root)
    assert done.code == 2
    assert done.err == (
        f"Không có bản “ban-la”. Các bản có thể quay lại: {first}. {state(second)}\n"
    )


def test_files_that_did_not_change_are_one_file(root, www):
    first = live_of(www)
    edit(root, 1)
    publish(root)
    old, new = (www / "releases" / release for release in (first, live_of(www)))
    assert (old / "index.html").samefile(new / "index.html")
    assert not (old / PAGE).samefile(new / PAGE)
    assert faults_of(old, manifest_of(www, first)) == []


def test_without_hard_links_files_are_copied(root, www, monkeypatch):
    def refuse(*_):
        raise OSError(95, "Operation not supported")

    first = live_of(www)
    monkeypatch.setattr(placing.os, "link", refuse)
    edit(root, 1)
    publish(root)
    live = live_of(www)
    assert not (www / "releases" / first / "index.html").samefile(www / "current" / "index.html")
    assert faults_of(www / "current", manifest_of(www, live)) == []


def test_a_file_keeps_its_time_until_it_changes(root, www):
    """Servers and browsers tell by it whether they have it already."""
    before = {p: (www / "current" / p).stat().st_mtime_ns for p in (PAGE, "index.html")}
    edit(root, 1)
    publish(root)
    after = {p: (www / "current" / p).stat().st_mtime_ns for p in (PAGE, "index.html")}
    assert after["index.html"] == before["index.html"]
    assert after[PAGE] >= before[PAGE] + 1_000_000_000
    assert (www / "current" / f"{PAGE}.gz").stat().st_mtime_ns == after[PAGE]


def test_what_an_open_page_asks_for_stays_for_one_generation(root, www):
    def heads() -> set[str]:
        return {place.name for place in (www / "current" / "search").glob("head-*.bin")}

    (first,) = heads()
    edit(root, 1)
    publish(root)
    assert first in heads() and len(heads()) == 2
    assert f"search/{first}" in manifest_of(www, live_of(www)).carried
    edit(root, 2)
    publish(root)
    assert first not in heads() and len(heads()) == 2
    publish(root, may_remove=True)
    assert len(heads()) == 1
    assert manifest_of(www, live_of(www)).carried == frozenset()


def test_what_an_open_page_asks_for_stays_after_going_back(capsys, root, www):
    first = live_of(www)
    edit(root, 1)
    publish(root)
    second = live_of(www)
    heads = {place.name for place in (www / "current" / "search").glob("head-*.bin")}
    # As if a rollback had been killed after it lent a file.
    (one,) = (head for head in heads if not (www / "releases" / first / "search" / head).exists())
    shutil.copy(www / "current" / "search" / one, www / "releases" / first / "search")
    for wanted in (first, second, first):
        go_back(root, wanted)
        assert live_of(www) == wanted
        assert {place.name for place in (www / "current" / "search").glob("head-*.bin")} == heads
        assert faults_of(www / "current", manifest_of(www, wanted)) == []
    (www / "releases" / second / "search" / "head-000000000000.bin").write_bytes(b"x")
    done = typed(capsys, "rollback", second, "-C", root)
    assert "không còn nguyên vẹn (search/head-000000000000.bin)" in done.err


def test_so_many_releases_are_kept(root, www):
    ids = [live_of(www)]
    for number in range(6):
        edit(root, number)
        publish(root)
        ids.append(live_of(www))
        assert LocalTarget(www).ids() == ids[-4:]
        assert is_tidy(www)
        for release in ids[-4:]:
            assert faults_of(www / "releases" / release, manifest_of(www, release)) == []


def test_a_release_that_was_gone_back_to_is_kept(root, www):
    first = live_of(www)
    for number in range(3):
        edit(root, number)
        publish(root)
    go_back(root, first)
    edit(root, 9)
    publish(root)
    assert first in LocalTarget(www).ids()
    go_back(root)
    assert live_of(www) == first


def test_a_clock_that_was_set_back(root, www, monkeypatch):
    class Past(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime(2001, 1, 1, tzinfo=UTC)

    first = live_of(www)
    monkeypatch.setattr(publishing, "datetime", Past)
    monkeypatch.setattr(publishing, "UTC", UTC)
    ids = [first]
    for number in range(2):
        edit(root, number)
        publish(root)
        ids.append(live_of(www))
    assert ids == sorted(set(ids))
    assert manifest_of(www, ids[-1]).made == "2001-01-01T00:00:00+00:00"
    go_back(root)
    assert live_of(www) == ids[1]


# --- what is refused ----------------------------------------------------------------------


def test_pages_that_vanish(capsys, root, www):
    live = live_of(www)
    for number in range(1, 10):
        (root / f"models/an-ninh/mo-hinh-{number}.md").unlink()
    trial = typed(capsys, "publish", "-C", root, "--dry-run")
    assert (trial.code, trial.err.startswith("Lưu ý: Bản mới mất 9 trong ")) == (0, True)
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert re.match(r"Bản mới mất 9 trong \d+ trang đang chạy, quá mức 10 % ", done.err)
    assert done.err.endswith(f"chạy lại với --allow-removals. {state(live)}\n")
    assert (live_of(www), is_tidy(www)) == (live, True)
    assert typed(capsys, "publish", "-C", root, "--allow-removals").code == 0
    assert live_of(www) != live


def test_content_that_shrinks(root, www):
    big = "".join(f"Câu chuyện dài thứ {n} của bà con xóm {n * n}.\n\n" for n in range(20_000))
    (root / MODEL).write_text(a_model(big[:300_000], title="Mô hình số 0"), encoding="utf-8")
    publish(root)
    edit(root, 1)
    with pytest.raises(PublishFailed, match=r"^Bản mới chỉ còn [\d.]+ byte, bản đang chạy có "):
        publish(root)


def test_content_with_faults(capsys, root, www):
    live = live_of(www)
    (root / MODEL).write_text(a_model(year="20x4"), encoding="utf-8")
    done = typed(capsys, "publish", "-C", root)
    assert (done.code, live_of(www)) == (1, live)
    assert done.err.endswith("chưa dựng trang; trang cũ vẫn còn nguyên.\n")


@pytest.fixture
def unbuilt(root, monkeypatch):
    """The project, of which files of the site are changed after its build."""

    def change(path: str, data: bytes) -> None:
        really = preparing.prepare

        def prepare(site, built, *others):
            place = site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            status = place.stat()
            return really(site, {**built, path: (status.st_size, status.st_mtime_ns)}, *others)

        monkeypatch.setattr(preparing, "prepare", prepare)

    return change


HTML = '<link rel="canonical" href="https://binh-an.example.org/"><p>Trang</p>'


BAD_SITES = {
    "draft": ("la/index.html", b"<p>", "không phải trang của bài nào đã duyệt đăng"),
    "dead link": (
        "index.html",
        f'{HTML}<a href="khong-co/">'.encode(),
        "liên kết tới khong-co/index.html nhưng trang không có tệp này",
    ),
    "foreign host": (
        "index.html",
        f'{HTML}<script src="https://cdn.example.net/a.js">'.encode(),
        "tải “https://cdn.example.net/a.js” từ máy chủ khác",
    ),
    "exif": (
        "tep/b.jpg",
        a_picture(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\1\0\0\0\0\0\0"),
        "ảnh còn kèm thông tin máy ảnh, vị trí chụp (EXIF)",
    ),
}


@pytest.mark.parametrize("name", BAD_SITES)
def test_a_site_that_must_not_go_public(capsys, root, www, unbuilt, name):
    path, data, fault = BAD_SITES[name]
    live = live_of(www)
    unbuilt(path, data)
    done = typed(capsys, "publish", "-C", root)
    text = f"Trang vừa dựng chưa được phép đăng:\n  {path}: {fault}\n {state(live)}\n"
    assert done == (2, "", text)
    assert (live_of(www), is_tidy(www)) == (live, True)


def test_a_link_to_what_is_gone(root, www, monkeypatch):
    """It stands in a page that is not read again."""
    for _ in range(2):  # files written just now are read once more
        publish(root)
    really = preparing.prepare

    def prepare(site, built, *others):
        return really(site, {p: s for p, s in built.items() if p != PAGE}, *others)

    monkeypatch.setattr(preparing, "prepare", prepare)
    with pytest.raises(PublishFailed, match=f"liên kết tới {PAGE} nhưng trang không còn tệp này"):
        publish(root)


# --- what fails ---------------------------------------------------------------------------


def test_a_manifest_that_was_tampered_with(capsys, root, www):
    first = live_of(www)
    edit(root, 1)
    publish(root)
    second = live_of(www)
    place = www / "releases" / f"{first}.json"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace('"index.html": [', '"index.html": [1'), encoding="utf-8")
    done = typed(capsys, "rollback", "-C", root)
    assert done.err == (
        f"Bản {first} không còn nguyên vẹn (bản kê bị sửa hoặc hỏng) nên không quay lại được. "
        f"{state(second)}\n"
    )
    listed = typed(capsys, "releases", "-C", root).out
    assert f"  {first}  bản kê không còn nguyên vẹn\n" in listed


@pytest.mark.parametrize("touch", ["manifest", "page", "page, same time and size"])
def test_a_live_release_that_was_tampered_with(capsys, root, www, touch):
    """What is published next is right all the same, and somebody is told."""
    live = live_of(www)
    page = www / "current" / "index.html"
    stat = page.stat()
    if touch == "manifest":
        place = www / "releases" / f"{live}.json"
        place.write_bytes(place.read_bytes().replace(b"index", b"xedni", 1))
    else:
        with page.open("r+b") as file:
            file.write(b"hacked")
        if "same" in touch:
            os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    edit(root, 1)
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 0
    faults = faults_of(www / "current", manifest_of(www, live_of(www)))
    if "same" in touch:
        # Only who forges times gets by; docs/decisions/0016 says so.
        assert faults == ["index.html"]
    else:
        assert faults == []
        assert (touch == "manifest") == ("Lưu ý: Bản kê của bản đang chạy" in done.err)


def test_a_page_of_an_old_release_that_was_tampered_with(capsys, root, www):
    first = live_of(www)
    edit(root, 1)
    publish(root)
    page = www / "releases" / first / PAGE
    stat = page.stat()
    with page.open("r+b") as file:
        file.write(b"hacked")
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    done = typed(capsys, "rollback", "-C", root)
    assert done.err == (
        f"Bản {first} không còn nguyên vẹn ({PAGE}) nên không quay lại được. "
        f"{state(live_of(www))}\n"
    )


def test_a_carried_file_that_was_tampered_with(capsys, root, www):
    """There is no other copy of it, so nothing is taken from the live release."""
    (head,) = (www / "current" / "search").glob("head-*.bin")
    head.write_bytes(b"hacked")
    edit(root, 1)
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 0
    assert f"Lưu ý: Tệp search/{head.name} của bản đang chạy đã bị sửa" in done.err
    assert faults_of(www / "current", manifest_of(www, live_of(www))) == []
    assert is_tidy(www)


def test_a_file_of_the_site_that_cannot_be_read(capsys, root, www, monkeypatch):
    live = live_of(www)
    edit(root, 1)
    really = preparing.read_whole

    def refuse(place):
        if place.endswith(PAGE):
            raise PermissionError(13, "Permission denied", place)
        return really(place)

    monkeypatch.setattr(preparing, "read_whole", refuse)
    done = typed(capsys, "publish", "-C", root, "--jobs", 1)  # all files are read right here
    place = root / "site" / PAGE
    assert done == (2, "", f"Không đọc được tệp {place} (không có quyền đọc). {state(live)}\n")


@pytest.mark.parametrize(
    "step", [(placing, "_copy"), (local, "to_bytes")], ids=["a file", "manifest"]
)
def test_a_disk_that_is_full(capsys, root, www, monkeypatch, step):
    live = live_of(www)
    edit(root, 1)

    def refuse(*_):
        raise OSError(28, "No space left on device", str(www / "releases"))

    with monkeypatch.context() as patch:
        patch.setattr(*step, refuse)
        done = typed(capsys, "publish", "-C", root)
    assert done == (2, "", f"Không ghi được {www / 'releases'} (đĩa đầy). {state(live)}\n")
    assert faults_of(www / "current", manifest_of(www, live)) == []
    assert typed(capsys, "publish", "-C", root).code == 0
    assert is_tidy(www)


def test_somebody_else_is_publishing(capsys, root, www):
    edit(root, 1)
    live = live_of(www)
    with LocalTarget(www).alone():
        owner = json.loads((www / ".lock-owner.json").read_bytes())
        assert owner["pid"] == os.getpid()
        for words in (["publish"], ["rollback"]):
            done = typed(capsys, *words, "-C", root)
            assert done.code == 2
            assert re.match(
                rf"Nơi xuất bản này đang do .+ trên máy .+ \(tiến trình {os.getpid()}\) giữ từ "
                r"\d\d:\d\d:\d\d ngày \d\d/\d\d/\d{4}\. Chờ lệnh ấy xong rồi chạy lại\. ",
                done.err,
            )
            assert done.err.endswith(f"{state(live)}\n")
    assert typed(capsys, "publish", "-C", root).code == 0


def test_a_folder_that_is_somebody_elses(capsys, root, www):
    (www / "current").unlink()
    (www / "current").mkdir()
    (www / "current" / "index.php").write_bytes(b"x")
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert done.err.startswith(f"{www / 'current'} không phải do site-builder tạo ra ")
    assert list(snapshot(www / "current")) == ["index.php"]


@pytest.mark.parametrize("path", [".", "site", "content/www", "site/../models"])
def test_a_folder_of_the_project(capsys, root, path):
    (root / "publish.yml").write_text(PUBLISH.replace("../www", path))
    done = typed(capsys, "publish", "-C", root)
    assert (done.code, done.out) == (2, "")
    assert "là thư mục của dự án. Chọn một thư mục khác. Chưa có gì thay đổi." in done.err
    assert not (root / path / "releases").exists()


def test_a_server_folder_that_may_not_be_looked_into(capsys, root, www, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied", str(www / "current"))

    monkeypatch.setattr(Path, "is_symlink", refuse)
    done = typed(capsys, "publish", "-C", root)
    place = www / "current"
    said = f"Không ghi được {place} (không có quyền ghi). Chưa có gì thay đổi.\n"
    assert done == (2, "", said)


def test_a_broken_memory_is_no_fault(root, www):
    edit(root, 1)
    (root / ".site-builder" / "published.db").write_bytes(b"rubbish" * 1000)
    shutil.rmtree(root / ".site-builder" / "packed")
    publish(root)
    assert faults_of(www / "current", manifest_of(www, live_of(www))) == []


def test_a_damaged_copy_in_the_memory(root, www):
    """It is found before anything is switched to, and made again."""
    live = live_of(www)
    publish(root)
    shutil.rmtree(www)
    for place in (root / ".site-builder" / "packed").iterdir():
        place.write_bytes(b"x" * place.stat().st_size)
    with pytest.raises(PublishFailed, match="không giống bản gốc"):
        publish(root)
    assert not (www / "current").exists()
    publish(root)
    assert live_of(www)[-8:] == live[-8:]
    assert faults_of(www / "current", manifest_of(www, live_of(www))) == []


# --- the public address -------------------------------------------------------------------


def test_the_public_address(root, www, monkeypatch):
    from site_builder.releasing import outcome

    asked = []

    def shown_at(address, wanted):
        asked.append((address, wanted))
        return wanted if len(asked) == 1 else "bản cũ"

    (root / "publish.yml").write_text(f"{PUBLISH}    address: https://binh-an.example.org/\n")
    monkeypatch.setattr(outcome, "shown_at", shown_at)
    edit(root, 1)
    publish(root)
    assert asked == [("https://binh-an.example.org/", live_of(www))]
    edit(root, 2)
    with pytest.raises(PublishFailed) as failed:
        publish(root)
    assert "cho thấy: bản cũ. Xem lại cấu hình máy chủ" in str(failed.value)
    assert str(failed.value).endswith(f"Trang đang chạy là bản {live_of(www)}, nguyên vẹn.")


def test_what_an_address_shows(www, monkeypatch):
    from site_builder.releasing import public

    monkeypatch.setattr(public, "_PAUSE", 0)
    live = live_of(www)
    with served(www / "current") as address:
        assert public.shown_at(address, live) == live
        assert public.shown_at(f"{address}/", "khac") == live
        assert public.shown_at(f"{address}/assets", live) == "không trả lời"
    assert public.shown_at(address, live) == "không trả lời"


# --- without symbolic links ---------------------------------------------------------------


@pytest.fixture
def without_links(monkeypatch, www):
    def refuse(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    shutil.rmtree(www)


def live_without_links(www: Path) -> str:
    found = LocalTarget(www).live()
    assert found and not (www / "current").is_symlink()
    return found


def test_two_directories_change_places(capsys, root, www, without_links):
    assert typed(capsys, "publish", "-C", root).code == 0
    first = live_without_links(www)
    edit(root, 1)
    done = typed(capsys, "publish", "-C", root)
    second = live_without_links(www)
    assert "nên trang đã ngắt 1 mili giây trong lúc chuyển." in done.out
    assert faults_of(www / "current", manifest_of(www, second)) == []
    assert faults_of(www / "releases" / first, manifest_of(www, first)) == []
    assert (www / "current" / "index.html").samefile(www / "releases" / first / "index.html")
    assert typed(capsys, "rollback", "-C", root).code == 0
    assert live_without_links(www) == first
    for number in range(2, 7):
        edit(root, number)
        publish(root)
    assert LocalTarget(www).ids()[-1] == live_without_links(www)
    assert len(LocalTarget(www).ids()) == 4


def test_killed_while_they_change_places(root, www, without_links, monkeypatch):
    publish(root)
    first = live_without_links(www)
    edit(root, 1)
    really = Path.rename

    def stop(place, target):
        if target == www / "current":
            raise KeyboardInterrupt  # nothing of ours catches it
        return really(place, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "rename", stop)
        publish(root)
    assert not (www / "current").exists()
    with LocalTarget(www).alone():
        assert live_without_links(www) == first
        assert faults_of(www / "current", manifest_of(www, first)) == []
    publish(root)
    assert live_without_links(www) != first


def test_a_directory_that_cannot_be_moved(capsys, root, www, without_links, monkeypatch):
    """On Windows whoever has a file open holds its directory in place."""
    publish(root)
    first = live_without_links(www)
    edit(root, 1)
    really = Path.rename

    def refuse(place, target):
        if place.parent == www / "releases" and target == www / "current" and place.name != first:
            raise PermissionError(13, "Access is denied", str(place))
        return really(place, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        done = typed(capsys, "publish", "-C", root)
    assert done.err.endswith(f"(không có quyền ghi). {state(first)}\n")
    assert live_without_links(www) == first
    publish(root)
    assert live_without_links(www) != first
