"""Files written whole or not at all, and short names for what they hold."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from site_builder.diagnostics import EngineFailed

PACKAGE = Path(__file__).parent
MADE_SUFFIX = ".dang-ghi"
"""Ends the name of a file that is being written; litter when a build was killed."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_MODE = 0o666
"""Less what the umask takes away."""
_PATIENCE = 120
"""Seconds to wait for another process."""
_COARSE = 2_000_000_000
_FINE = 50_000_000
"""Nanoseconds within which a file system may give two states of a file one time: FAT, others."""


class Stamp(NamedTuple):
    """What a file system says of a file's state without opening it."""

    size: int
    modified: int
    """Nanoseconds."""
    changed: int
    """Nanoseconds; on Windows when it was made."""


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp in what `stat` gave."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_settled(stamp: Stamp, now: int) -> bool:
    """Whether a file with this stamp, looked at `now` (ns), cannot change under the same stamp."""
    is_coarse = stamp.modified % 1_000_000_000 == 0
    # A file whose time was set back (`cp -p`) may have come a moment ago.
    return max(stamp.modified, stamp.changed) < now - (_COARSE if is_coarse else _FINE)


class Damaged(ValueError):
    """What was kept does not read as it was written."""


def sealed(data: bytes, name: bytes = b"") -> bytes:
    """`data` so that `unsealed` notices whatever happens to it on the disk."""
    return digest_of(name + data) + data


def unsealed(data: object, name: bytes = b"") -> bytes:
    """The data that was `sealed` under this name. Raises `Damaged`."""
    if not isinstance(data, bytes) or digest_of(name + data[16:]) != data[:16]:
        raise Damaged
    return data[16:]


def digest_of(data: bytes) -> bytes:
    """Tells one state of some bytes from another; 16 bytes."""
    return blake2b(data, digest_size=16).digest()


def read_whole(place: str) -> bytes:
    """The bytes of a file. (Of every file in every build: pathlib takes three times as long.)"""
    with open(place, "rb", buffering=0) as file:
        return file.readall()


def write_whole(place: str, data: bytes | bytearray) -> int:
    """Write beside and rename, so that a reader, or a crash, sees the old file or the new one.

    Returns when it was modified, in nanoseconds. (Plain system calls: of every file in every
    build, and pathlib would take longer than the disk.)
    """
    beside = place + MADE_SUFFIX
    try:
        _write(beside, data)
        os.replace(beside, place)
        # Not before it is closed: Windows and network drives may then set the time once more.
        return os.stat(place).st_mtime_ns
    except OSError as error:
        error.filename = str(error.filename or place).removesuffix(MADE_SUFFIX)
        raise


def _write(place: str, data: bytes | bytearray) -> None:
    try:
        file = os.open(place, _NEW, _MODE)
    except FileNotFoundError:
        _make_folder(os.path.dirname(place))
        file = os.open(place, _NEW, _MODE)
    try:
        # A disk that fills up takes a part without complaint, and complains of the next.
        written = os.write(file, data)
        while written < len(data):
            written += os.write(file, data[written:])
    finally:
        os.close(file)


def _make_folder(place: str) -> None:
    try:
        os.mkdir(place)
    except FileNotFoundError:
        os.makedirs(place, exist_ok=True)
    except FileExistsError:
        pass  # another process was quicker


def remove(place: Path, top: Path) -> None:
    """Remove a file and the folders below `top` that it leaves empty; nothing there is fine."""
    with suppress(FileNotFoundError):
        place.unlink()
    with suppress(OSError):
        for folder in place.parents:
            if folder == top:
                break
            folder.rmdir()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time into what `folder` remembers; a killed one is out by itself.

    By the lock of an SQLite file: these work alike on every system.

    Raises `EngineFailed` when another stays in for too long, `OSError` or `sqlite3.Error` where
    the folder cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(folder / "lock.db", timeout=_PATIENCE, isolation_level=None)
    try:
        _enter(base)
        yield
    finally:
        base.close()


def _enter(base: sqlite3.Connection) -> None:
    try:
        base.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise EngineFailed(
            "Một lệnh site-builder khác đang chạy trong thư mục này. Chờ lệnh đó xong, hoặc đóng "
            "nó lại, rồi chạy lại. Chưa có gì thay đổi."
        ) from error


def forget(folder: Path) -> None:
    """Remove everything that `folder` remembers; whoever is alone in it stays so."""
    for place in folder.iterdir():
        if place.is_file() and not place.name.startswith("lock.db"):
            place.unlink()


@cache
def code_digest() -> bytes:
    """Changes when the program does: whatever an older one has kept is then not to be trusted.

    Looked at once: a preview that runs on is the program that it was when it started.
    """
    stamps = [
        (place.relative_to(PACKAGE).as_posix(), *stamp_of(place.stat())[:2])
        for place in sorted(PACKAGE.rglob("*.py"))
    ]
    return digest_of(repr(stamps).encode())
