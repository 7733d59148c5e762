"""One command at a time works on a target, and says who it is."""

import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from site_builder.diagnostics import PublishFailed, why_unwritten
from site_builder.files import write_whole
from site_builder.releasing.release import maker

_LOCK, _OWNER = ".lock.db", ".lock-owner.json"


@contextmanager
def alone_at(folder: Path) -> Iterator[None]:
    """Hold the lock of a target in `folder`. That of a killed command is free by itself.

    Raises `PublishFailed` when another has it.
    """
    base = sqlite3.connect(folder / _LOCK, timeout=1, isolation_level=None)
    try:
        try:
            base.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                why = why_unwritten(error)
                raise PublishFailed(f"Không khóa được {folder} ({why}).") from error
            raise PublishFailed(f"{_owner(folder)} Chờ lệnh ấy xong rồi chạy lại.") from error
        write_whole(str(folder / _OWNER), own_name())
        yield
        with suppress(OSError):
            (folder / _OWNER).unlink()
    finally:
        base.close()


def own_name() -> bytes:
    """Who this is, to be read by `owner_text`."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    user, _, _ = maker().rpartition("@")
    owner = {"host": socket.gethostname(), "pid": os.getpid(), "since": since, "user": user}
    return json.dumps(owner, ensure_ascii=False).encode() + b"\n"


def _owner(folder: Path) -> str:
    try:
        return owner_text((folder / _OWNER).read_bytes())
    except OSError:
        return owner_text(b"")


def owner_text(data: bytes) -> str:
    """Who holds a lock, as a sentence."""
    try:
        owner = json.loads(data)
        who = f"{owner['user']} trên máy {owner['host']} (tiến trình {owner['pid']})"
        since = datetime.fromisoformat(owner["since"]).astimezone()
    except (ValueError, KeyError, TypeError):
        return "Một lệnh khác đang làm việc với nơi xuất bản này."
    return f"Nơi xuất bản này đang do {who} giữ từ {since:%H:%M:%S ngày %d/%m/%Y}."
