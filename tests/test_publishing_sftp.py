"""Publishing by SFTP to a server of our own: what is sent, what stays, what is said."""

import json
import os
import random
import socket
import subprocess
import threading
import time

import pytest
from commands import typed
from project import TODAY_EPOCH
from published import (
    PAGE,
    Reader,
    edit,
    faults_of,
    from_address,
    go_back,
    is_tidy,
    live_of,
    manifest_of,
    publish,
    published_once,
    renewed,
    seconds_of,
    served,
    started_publication,
)
from sshd import running

from site_builder.diagnostics import PublishFailed
from site_builder.releasing import sending as module
from site_builder.releasing.manifest import to_bytes
from site_builder.releasing.sending import common
from site_builder.releasing.ssh import KEY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a server of its own")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(autouse=True)
def _day(monkeypatch, server):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    monkeypatch.setenv(KEY, str(server.key))


@pytest.fixture(scope="module")
def built(tmp_path_factory, server):
    """A folder with a project that was published once, and a copy of it."""
    folder = tmp_path_factory.mktemp("sftp") / "x"
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv(KEY, str(server.key))
        return published_once(folder, server.settings(folder / "www"))


@pytest.fixture
def root(built):
    return renewed(built)


@pytest.fixture
def www(root):
    return root.parent / "www"


def is_whole(www) -> bool:
    return faults_of(www / "current", manifest_of(www, live_of(www))) == []


def state(release: str) -> str:
    return f"Trang đang chạy vẫn là bản {release}, chưa có gì thay đổi.\n"


def test_publish_edit_publish_and_back(capsys, root, www):
    ids = [live_of(www)]
    assert is_whole(www)
    done = typed(capsys, "publish", "-C", root)
    assert done == (0, f"Không có gì mới: trang đang chạy vẫn là bản {ids[0]}.\n", "")
    with served(www / "current") as address, Reader(www, from_address(address)).reading() as reader:
        for number in range(5):
            edit(root, number)
            done = typed(capsys, "publish", "-C", root)
            assert done.code == 0, done.err
            ids.append(live_of(www))
            assert f"Lần sửa thứ {number}:" in (www / "current" / PAGE).read_text("utf-8")
            assert is_whole(www)
            assert is_tidy(www)
            listed = typed(capsys, "releases", "-C", root).out.splitlines()
            assert [line.split()[-1] for line in listed].count("chạy") == 1
            assert len(listed) == min(len(ids), 3)
        done = typed(capsys, "rollback", "-C", root)
        assert done.code == 0
        assert (live_of(www), is_whole(www)) == (ids[-2], True)
        heads = {place.name for place in (www / "current" / "search").glob("head-*.bin")}
        assert heads > {p.name for p in (www / "releases" / ids[-1] / "search").glob("head-*")} - {
            place.rpartition("/")[2] for place in manifest_of(www, ids[-1]).carried
        }
    assert (reader.failed, reader.mixed) == ([], [])
    assert {p.name for p in www.iterdir()} == {"current", "releases"}


def test_only_what_changed_is_sent(root, www, monkeypatch):
    sent = {}
    really = module.write

    async def write(sftp, place, data, mode="wb"):
        sent[place] = len(data)
        await really(sftp, place, data, mode)

    first = live_of(www)
    edit(root, 1)
    with monkeypatch.context() as patch:
        patch.setattr(module, "write", write)
        publish(root)
    new, old = manifest_of(www, live_of(www)), manifest_of(www, first)
    changed = {path for path, row in new.files.items() if old.files.get(path) != row}
    places = {place.split(f"{new.id}/", 1)[-1] for place in sent}
    assert places == changed
    assert sum(sent.values()) <= 3 * sum(new.files[path].size for path in changed)
    assert (www / "releases" / first / "index.html").samefile(www / "current" / "index.html")


def test_a_manifest_in_pieces(root, www):
    old = manifest_of(www, live_of(www))
    edit(root, 1)
    publish(root)
    new = manifest_of(www, live_of(www))
    for was, now in ((old, new), (new, old), (old, old)):
        data, found = to_bytes(was), bytearray()
        whole = to_bytes(now)
        literal = 0
        for start, length, place in common(data, whole):
            assert place == len(found)
            is_new = start is None
            found += whole[place : place + length] if is_new else data[start : start + length]
            literal += length if is_new else 0
        assert found == whole
        assert literal < len(whole) / 2


def test_another_server_than_the_pinned_one(capsys, root, www, server, tmp_path):
    live = live_of(www)
    other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
    with_other_key = server.settings(www, host_key=other)
    (root / "publish.yml").write_text(with_other_key)
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert done.err.startswith("Khóa của máy chủ 127.0.0.1 không phải khóa đã ghi ")
    assert done.err.endswith("Chưa có gì thay đổi.\n")
    assert live_of(www) == live


def test_a_server_that_does_not_let_in(capsys, root, monkeypatch, tmp_path):
    import asyncssh

    asyncssh.generate_private_key("ssh-ed25519").write_private_key(tmp_path / "la")
    monkeypatch.setenv(KEY, str(tmp_path / "la"))
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert "Nạp khóa vào SSH agent, hoặc đặt biến môi trường SITE_BUILDER_SSH_KEY" in done.err


def test_a_server_that_is_not_there(capsys, root, server, www):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (root / "publish.yml").write_text(server.settings(www, port=str(port)))
    done = typed(capsys, "publish", "-C", root)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Mất kết nối với máy chủ 127.0.0.1. ")


class Wire:
    """Passes bytes on to the server until it is cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self.passed = 0
        self.cut_after = 1 << 60
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._port))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open += [client, server]
            for source, target in ((client, server), (server, client)):
                passing = threading.Thread(
                    target=self._pass, args=(source, target, source is client), daemon=True
                )
                passing.start()

    def _pass(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        try:
            while data := source.recv(4096):
                self.passed += len(data) if counts else 0
                if self.passed > self.cut_after:
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        self._listener.close()
        for end in self._open:
            end.close()


def test_a_connection_that_is_cut(capsys, root, www, server):
    """At ten moments of an upload; a reader sees nothing of it, and the next one clears up."""
    edit(root, "đo")
    wire = Wire(server.port)
    (root / "publish.yml").write_text(server.settings(www, port=str(wire.port)))
    publish(root)
    whole = wire.passed
    wire.close()
    with served(www / "current") as address, Reader(www, from_address(address)).reading() as reader:
        for number in range(10):
            before = live_of(www)
            edit(root, f"cắt {number}")
            wire = Wire(server.port)
            wire.cut_after = whole * (number + 1) // 11
            (root / "publish.yml").write_text(server.settings(www, port=str(wire.port)))
            done = typed(capsys, "publish", "-C", root)
            wire.close()
            assert is_whole(www)
            assert done.code == 2 or live_of(www) != before
            if done.code:
                assert done.err.startswith(
                    ("Mất kết nối với máy chủ", "Không kết nối được với máy chủ")
                )
                assert "Không hỏi được máy chủ nữa; " in done.err or "Chưa có gì" in done.err
            _let_go(www)
            (root / "publish.yml").write_text(server.settings(www))
            publish(root)
            assert f"Lần sửa thứ cắt {number}:" in (www / "current" / PAGE).read_text("utf-8")
            assert is_whole(www)
            assert is_tidy(www)
    assert (reader.failed, reader.mixed) == ([], [])


def test_killed_while_sending(root, www):
    """At random moments; whoever was killed holds the lock for a minute at most."""
    chance = random.Random(6)
    edit(root, "đo")
    seconds = seconds_of(started_publication(root))
    killed = number = 0
    with served(www / "current") as address, Reader(www, from_address(address)).reading() as reader:
        while killed < 8:
            number += 1
            assert number < 40
            edit(root, f"giết {number}")
            publication = started_publication(root)
            try:
                seconds = seconds_of(publication, seconds * (0.3 + 0.7 * chance.random()))
            except subprocess.TimeoutExpired:
                publication.kill()
                publication.communicate()
                killed += 1
            assert is_whole(www)
            _let_go(www)
            publish(root)
            assert f"Lần sửa thứ giết {number}:" in (www / "current" / PAGE).read_text("utf-8")
            assert is_whole(www)
            assert is_tidy(www)
    assert (reader.failed, reader.mixed) == ([], [])


def _let_go(www) -> None:
    """As if a minute had gone by since the last sign of life."""
    lock = www / ".lock.json"
    if lock.exists():
        old = time.time() - 61
        os.utime(lock, (old, old))


def test_somebody_else_is_publishing(capsys, root, www, server):
    live = live_of(www)
    edit(root, 1)
    (www / ".lock.json").write_text(
        json.dumps({"host": "may-2", "pid": 7, "since": "2026-11-26T13:30:00+00:00", "user": "lan"})
    )
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert done.err.startswith("Nơi xuất bản này đang do lan trên máy may-2 (tiến trình 7) giữ từ ")
    assert done.err.endswith(f"khóa tự mở sau một phút. {state(live)}")
    _let_go(www)
    assert typed(capsys, "publish", "-C", root).code == 0
    assert not list(www.glob(".lock*"))


def test_a_computer_that_slept(capsys, root, www, monkeypatch):
    """Meanwhile another took the lock: whoever wakes up switches nothing."""
    live = live_of(www)
    edit(root, 1)
    other = {"host": "may-2", "pid": 7, "since": "2026-11-26T13:30:00+00:00", "user": "lan"}
    really = module.Sending.send_manifest

    async def sleep(self, place):
        await really(self, place)
        (www / ".lock.json").write_text(json.dumps(other))

    with monkeypatch.context() as patch:
        patch.setattr(module.Sending, "send_manifest", sleep)
        done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert done.err.startswith("Lệnh này đứng quá lâu nên mất khóa. Nơi xuất bản này đang do lan ")
    assert done.err.endswith(state(live))
    assert json.loads((www / ".lock.json").read_text()) == other
    _let_go(www)
    assert typed(capsys, "publish", "-C", root).code == 0
    assert is_whole(www)


def test_a_live_release_that_was_tampered_with(capsys, root, www):
    (head,) = (www / "current" / "search").glob("head-*.bin")
    head.write_bytes(b"hacked")
    edit(root, 1)
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 0
    assert "của bản đang chạy đã bị sửa trên máy chủ" in done.err
    assert is_whole(www)


def test_a_damaged_release_is_not_gone_back_to(root, www):
    first = live_of(www)
    edit(root, 1)
    publish(root)
    page = www / "releases" / first / PAGE
    page.write_bytes(b"x")
    with pytest.raises(PublishFailed, match=f"Bản {first} không còn nguyên vẹn"):
        go_back(root)


def test_a_folder_that_is_somebody_elses(capsys, root, www):
    (www / "current").unlink()
    (www / "current").mkdir()
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert "không phải do site-builder tạo ra" in done.err


def test_a_folder_that_may_not_be_written(capsys, root, server, tmp_path):
    (tmp_path / "tep").write_bytes(b"x")
    (root / "publish.yml").write_text(server.settings(tmp_path / "tep"))
    done = typed(capsys, "publish", "-C", root)
    assert done.code == 2
    assert "từ chối ghi hoặc đọc" in done.err


def test_a_server_without_links_and_copies(root, www, monkeypatch):
    """Then files are read and sent again."""
    import asyncssh

    async def refuse(*_, **__):
        raise asyncssh.SFTPOpUnsupported("not here")

    monkeypatch.setattr(asyncssh.SFTPClient, "link", refuse)
    monkeypatch.setattr(asyncssh.SFTPClient, "remote_copy", refuse)
    edit(root, 1)
    publish(root)
    assert is_whole(www)
