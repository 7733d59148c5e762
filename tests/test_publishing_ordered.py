"""Folders that cannot switch: what is written when, and that nothing else is touched."""

import os
import re
import shutil
from pathlib import Path

import pytest
from commands import typed
from project import TODAY_EPOCH, a_model
from published import (
    MODEL,
    ORDERED,
    PAGE,
    OrderedReader,
    edit,
    faults_of,
    from_address,
    laid_in,
    publish,
    published_once,
    renewed,
    served,
)

from site_builder.releasing import ordered, ordering
from site_builder.releasing.manifest import is_named_by_content
from site_builder.releasing.ordered import OrderedTarget
from site_builder.releasing.ordering import Rank, in_order, rank


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return published_once(tmp_path_factory.mktemp("thu-tu") / "x", ORDERED)


@pytest.fixture
def root(built):
    """A project that was published once, to `www` beside it."""
    return renewed(built)


@pytest.fixture
def www(root):
    return root.parent / "www"


def is_whole(www: Path) -> bool:
    return faults_of(www, laid_in(www), besides=(".site-builder/",)) == []


def manifests(www: Path) -> list[str]:
    return sorted(place.name for place in (www / ".site-builder").glob("*.json"))


def drop_a_model(root: Path) -> str:
    (root / "models/an-ninh/mo-hinh-1.md").unlink()
    return "mo-hinh/an-ninh/mo-hinh-1/index.html"


def stop_at(monkeypatch, path: str) -> None:
    """Kill the publication as it is about to write `path`."""
    really = ordering.write_beside

    def stop(source, folder, to, files):
        if to == path:
            raise KeyboardInterrupt  # nothing of ours catches it
        really(source, folder, to, files)

    monkeypatch.setattr(ordering, "write_beside", stop)


def test_publish_list_and_no_rollback(capsys, root, www):
    assert is_whole(www)
    first = OrderedTarget(www).live()
    done = typed(capsys, "publish", "-C", root)
    assert done == (0, f"Không có gì mới: trang đang chạy vẫn là bản {first}.\n", "")
    edit(root, 1)
    done = typed(capsys, "publish", "-C", root)
    second = OrderedTarget(www).live()
    assert done.err == ""
    assert re.sub(r"\d+(,\d)? giây", "N giây", done.out).endswith(
        f"Trang đang chạy là bản {second} ({www}).\n"
        "Nơi này không chuyển bản trong một bước được: trong N giây vừa rồi người đọc có thể đã "
        "thấy trang cũ lẫn với trang mới. Lệnh bị tắt ngang thì trang còn lẫn cho tới khi chạy "
        "publish xong. Bản cũ không được giữ nên không có rollback.\n"
    )
    assert is_whole(www)
    assert manifests(www) == [f"{second}.json"]
    listed = typed(capsys, "releases", "-C", root).out
    assert listed.startswith(f"* {second}  ") and listed.count("\n") == 1
    done = typed(capsys, "rollback", "-C", root)
    assert done == (
        2,
        "",
        "Nơi kiểu ordered không giữ bản cũ nên không quay lại được. Lấy lại nội dung cũ trong dự "
        "án (ví dụ bằng git) rồi chạy publish. "
        f"Trang đang chạy vẫn là bản {second}, chưa có gì thay đổi.\n",
    )


def test_what_is_written_when():
    wanted = [
        ("search/head-0123456789ab.bin", Rank.BY_CONTENT),
        ("tep/a-01234567-480.webp", Rank.BY_CONTENT),
        ("assets/javascripts/a.json", Rank.ASSET),
        ("tep/so-lieu.csv", Rank.ASSET),
        ("manifest.webmanifest", Rank.ASSET),
        (PAGE, Rank.PAGE),
        ("404.html", Rank.PAGE),
        ("index.html", Rank.LIST),
        ("mo-hinh/index.html", Rank.LIST),
        ("mo-hinh/an-ninh/trang/2/index.html", Rank.LIST),
        ("search/start.json", Rank.INDEX),
        ("sitemap.xml", Rank.INDEX),
        ("thong-ke/nam.csv", Rank.INDEX),
        ("version.json", Rank.VERSION),
    ]
    assert [(path, rank(path)) for path, _ in wanted] == wanted


def test_a_compressed_copy_follows_its_file(www):
    files = laid_in(www)
    groups = list(in_order(files, files.files.keys()))
    assert [path for path, _ in groups] == sorted(
        (path for path, _ in groups), key=lambda path: (rank(path), path)
    )
    assert ("sitemap.xml", ["sitemap.xml", "sitemap.xml.br", "sitemap.xml.gz"]) in groups
    assert sum(len(group) for _, group in groups) == len(files.files)


def test_only_what_changed_is_written_and_deletions_come_last(root, www, monkeypatch):
    gone = drop_a_model(root)
    edit(root, 1)
    events = []
    really_replace, really_remove = ordering.os.replace, ordered.remove

    def replace(source, target):
        if str(target).startswith(str(www)) and ".site-builder" not in str(target):
            events.append(Path(target).relative_to(www).as_posix())
        really_replace(source, target)

    def remove(place, top):
        events.append(f"- {place.relative_to(top).as_posix()}")
        really_remove(place, top)

    monkeypatch.setattr(ordering.os, "replace", replace)
    monkeypatch.setattr(ordered, "remove", remove)
    publish(root)
    assert is_whole(www)
    written = [event for event in events if event[0] != "-"]
    assert events[: len(written)] == written
    assert f"- {gone}" in events
    assert not (www / gone).parent.exists()
    files = [path for path in written if not path.endswith((".br", ".gz"))]
    assert [rank(path) for path in files] == sorted(rank(path) for path in files)
    assert {rank(path) for path in files} >= {
        *(Rank.BY_CONTENT, Rank.PAGE, Rank.LIST, Rank.INDEX, Rank.VERSION),
    }
    assert written[-1] == "version.json"
    assert "gioi-thieu/index.html" not in written
    at = written.index(PAGE)
    assert written[at : at + 3] == [PAGE, f"{PAGE}.br", f"{PAGE}.gz"]


def test_what_an_open_page_asks_for_stays_for_one_generation(root, www):
    def heads() -> set[str]:
        return {place.name for place in (www / "search").glob("head-*.bin")}

    (first,) = heads()
    edit(root, 1)
    publish(root)
    assert first in heads() and len(heads()) == 2
    edit(root, 2)
    publish(root)
    assert first not in heads() and len(heads()) == 2
    publish(root, may_remove=True)
    assert len(heads()) == 1
    assert is_whole(www)


def test_readers_while_it_is_published(root, www):
    with served(www) as address, OrderedReader(www, from_address(address)).reading() as reader:
        for number in range(6):
            edit(root, f"đọc {number}")
            publish(root)
    assert (reader.failed, reader.mixed) == ([], [])
    assert reader.requests > 100


@pytest.mark.parametrize("path", [PAGE, "search/start.json", "version.json"])
def test_a_killed_publication_is_finished_by_the_next(capsys, root, www, monkeypatch, path):
    before = OrderedTarget(www).live()
    (old_head,) = (www / "search").glob("head-*.bin")
    edit(root, 1)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_at(patch, path)
        publish(root)
    half = OrderedTarget(www).half
    assert half and OrderedTarget(www).live() == before
    (new_head,) = set((www / "search").glob("head-*.bin")) - {old_head}
    (www / f"{PAGE}.dang-ghi").write_bytes(b"torn")
    text = (root / MODEL).read_text(encoding="utf-8")
    (root / MODEL).write_text("không phải bài", encoding="utf-8")
    assert typed(capsys, "publish", "-C", root).code == 1
    done = typed(capsys, "rollback", "-C", root)
    assert done.err.endswith(
        f"Trang đang chạy đang dở dang: lẫn tệp của bản {half} và bản {before}. Chạy lại publish "
        "để hoàn tất.\n"
    )
    (root / MODEL).write_text(text, encoding="utf-8")
    edit(root, 2)
    publish(root)
    assert is_whole(www)
    assert OrderedTarget(www).half is None
    # Whoever has a page of either open may still search.
    assert old_head.exists() and new_head.exists()


def test_killed_and_the_same_content_again(root, www, monkeypatch):
    """Nothing is new then, but something is half done."""
    first = (root / MODEL).read_text(encoding="utf-8")
    edit(root, 1)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_at(patch, "search/start.json")
        publish(root)
    (root / MODEL).write_text(first, encoding="utf-8")
    publish(root)
    assert is_whole(www)
    assert "Lần sửa" not in (www / PAGE).read_text(encoding="utf-8")


def test_killed_before_it_was_live_for_the_first_time(root, www, monkeypatch):
    shutil.rmtree(www)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_at(patch, PAGE)
        publish(root)
    assert OrderedTarget(www).live() is None
    drop_a_model(root)
    publish(root)
    assert is_whole(www)


def test_files_of_others_stay(capsys, root, www):
    (www / "tep-khac").mkdir()
    (www / "tep-khac" / "a.txt").write_bytes(b"x")
    (www / "mo-hinh" / "google123.html").write_bytes(b"y")
    drop_a_model(root)
    publish(root)
    others = {"tep-khac/a.txt", "mo-hinh/google123.html"}
    assert set(faults_of(www, laid_in(www), besides=(".site-builder/",))) == others
    wanted = "mo-hinh/an-ninh/mo-hinh-moi/index.html"
    (www / wanted).parent.mkdir()
    (www / wanted).write_bytes(b"z")
    new = a_model("Bà con cùng làm.", title="Mô hình mới")
    (root / "models/an-ninh/mo-hinh-moi.md").write_text(new, encoding="utf-8")
    live = OrderedTarget(www).live()
    done = typed(capsys, "publish", "-C", root)
    assert done.err == (
        f"Tệp {www / wanted} không phải do site-builder tạo ra nên không được ghi đè. Chuyển nó đi "
        f"nơi khác rồi chạy lại. Trang đang chạy vẫn là bản {live}, chưa có gì thay đổi.\n"
    )
    assert (www / wanted).read_bytes() == b"z"


def test_a_folder_that_is_somebody_elses(capsys, root, www):
    shutil.rmtree(www)
    www.mkdir()
    (www / "web.config").write_bytes(b"<configuration/>")
    (www / "index.php").write_bytes(b"x")
    done = typed(capsys, "publish", "-C", root)
    assert done.err == (
        f"Thư mục {www} đã có tệp không phải do site-builder tạo ra (index.php) nên không được "
        "ghi vào. Chuyển chúng đi nơi khác, hoặc chọn thư mục khác trong publish.yml. "
        "Chưa có gì thay đổi.\n"
    )
    assert {place.name for place in www.iterdir()} == {"index.php", "web.config"}
    (www / "index.php").unlink()
    publish(root)
    assert (www / "web.config").read_bytes() == b"<configuration/>"


@pytest.mark.parametrize("path", [".", "site", "content/www"])
def test_a_folder_of_the_project(capsys, root, path):
    (root / "publish.yml").write_text(ORDERED.replace("../www", path))
    done = typed(capsys, "publish", "-C", root)
    assert "là thư mục của dự án. Chọn một thư mục khác. Chưa có gì thay đổi." in done.err


@pytest.mark.parametrize("touch", ["changed", "removed", "head", "manifest"])
def test_a_server_folder_that_was_tampered_with(capsys, root, www, touch):
    if touch == "removed":
        (www / "index.html").unlink()
    elif touch == "head":
        next((www / "search").glob("head-*.bin")).write_bytes(b"hacked")
    elif touch == "manifest":
        next((www / ".site-builder").glob("*.json")).write_bytes(b"{}")
    else:
        page = www / "index.html"
        page.write_bytes(page.read_bytes().replace(b"<html", b"<HTML"))
    drop_a_model(root)
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 0
    assert ("Lưu ý: Tệp search/head-" in done.err) == (touch == "head")
    assert ("Lưu ý: Bản kê của bản đang chạy" in done.err) == (touch == "manifest")
    left = faults_of(www, laid_in(www), besides=(".site-builder/",))
    if touch == "manifest":  # whose files these are, nobody knows any more
        assert all(not path.endswith("index.html") or "mo-hinh-1/" in path for path in left)
        assert not set(left) & laid_in(www).files.keys()
    else:
        assert left == []


def test_a_share_that_keeps_no_times(root, www, monkeypatch):
    """What has the right size is read, and written only where it differs."""
    for place in www.rglob("*.html"):
        os.utime(place, (1, 1))
    about = (www / "index.html").stat().st_ino
    edit(root, 1)
    publish(root)
    assert (www / "index.html").stat().st_ino == about
    assert "Lần sửa thứ 1" in (www / PAGE).read_text(encoding="utf-8")
    assert is_whole(www)


def test_a_file_that_arrives_torn(capsys, root, www, monkeypatch):
    live = OrderedTarget(www).live()
    edit(root, 1)
    really = ordering.write_beside

    def tear(source, folder, path, files):
        really(source, folder, path, files)
        if path == PAGE:
            Path(folder, f"{path}.dang-ghi").write_bytes(b"torn")

    with monkeypatch.context() as patch:
        patch.setattr(ordering, "write_beside", tear)
        done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert done.err == (
        f"Tệp {PAGE} chép sang không giống bản gốc: đĩa hoặc đường truyền có lỗi. Trang đang chạy "
        f"đang dở dang: lẫn tệp của bản {OrderedTarget(www).half} và bản {live}. Chạy lại publish "
        "để hoàn tất.\n"
    )
    assert "Lần sửa" not in (www / PAGE).read_text(encoding="utf-8")
    publish(root)
    assert is_whole(www)


def test_somebody_else_is_publishing(capsys, root, www):
    edit(root, 1)
    with OrderedTarget(www).alone():
        done = typed(capsys, "publish", "-C", root)
    assert done.err.startswith("Nơi xuất bản này đang do ")
    assert f"(tiến trình {os.getpid()}) giữ từ " in done.err


def test_old_copies_do_not_outlive_their_file(www, tmp_path):
    """A server would go on sending the compressed copy instead of the new file."""
    manifest = laid_in(www)
    source = tmp_path / "moi"
    shutil.copy2(www / PAGE, source)
    files = {p: row for p, row in manifest.files.items() if p not in (f"{PAGE}.br", f"{PAGE}.gz")}
    new = ordering.Manifest(manifest.id, manifest.made, manifest.by, None, files)
    ordering.put(str(www), new, {PAGE: str(source)}, {PAGE}, manifest.files)
    assert [place.name for place in (www / PAGE).parent.iterdir()] == ["index.html"]
    assert not is_named_by_content(PAGE)
