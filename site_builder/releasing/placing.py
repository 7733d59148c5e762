"""Lays a release down in a directory: what is right there stays, what the live release has is
linked, the rest is copied; then all of it is held against the manifest."""

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from site_builder.diagnostics import PublishFailed, why_unread
from site_builder.files import MADE_SUFFIX, read_whole, remove
from site_builder.releasing.manifest import Listed, Manifest

_BILLION = 1_000_000_000
_NONE = (-1, 0)
"""What `scan` says of no plain file."""


class Laid(NamedTuple):
    """A release in a directory."""

    folder: str
    manifest: Manifest


def scan(folder: str) -> dict[str, tuple[int, int]]:
    """Size and time (ns) of every file below `folder`; what is no plain file has the size -1."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    # On Windows the directory's own figures of a file with many links are old.
                    status = entry.stat() if os.name != "nt" else os.stat(entry.path)  # noqa: PTH116
                    found[path] = (status.st_size, status.st_mtime_ns)
                else:
                    found[path] = _NONE
    return found


def wrong(
    folder: str, files: Mapping[str, Listed], unread: Collection[str]
) -> tuple[set[str], set[str]]:
    """Files that are not as listed, and those that nobody listed.

    Those in `unread` are read and their SHA-256 compared; of the others size and time will do:
    they are the very files of a release that was read when it was made, nothing of ours ever
    writes into a file, and what else does changes its time.
    """
    there = scan(folder)
    found = {path for path, listed in files.items() if there.get(path) != _state(listed)}
    for path in unread:
        if path not in found and _digest(f"{folder}/{path}") != files[path].sha256:
            found.add(path)
    return found, there.keys() - files.keys()


def wrong_among(folder: str, files: Mapping[str, Listed]) -> set[str]:
    """Files that are there but are not as listed, all of them read."""
    return {path for path, listed in files.items() if _digest(f"{folder}/{path}") != listed.sha256}


def amiss(
    folder: str,
    files: Mapping[str, Listed],
    there: Mapping[str, tuple[int, int]],
    trusted: Collection[str],
) -> set[str]:
    """Files that are not as listed, `there` being what `scan` found.

    Size and time will do for those that are `trusted`; but some shares keep no times.
    """
    found = {path for path, row in files.items() if there.get(path, _NONE)[0] != row.size}
    unread = {
        path: row
        for path, row in files.items()
        if path not in found and not (path in trusted and there[path] == _state(row))
    }
    return found | wrong_among(folder, unread)


def lend(source: str, folder: str, files: Mapping[str, Listed], paths: Iterable[str]) -> None:
    """Give `folder` files of the release in `source`."""
    for path in paths:
        Path(folder, path).unlink(missing_ok=True)
        make_folder(folder, path.rpartition("/")[0], {""})
        if not _link(f"{source}/{path}", f"{folder}/{path}"):
            _copy(f"{source}/{path}", folder, path, files)


def place(
    folder: str,
    release: Manifest,
    sources: Mapping[str, str],
    live: Laid | None,
    was: Manifest | None,
) -> set[str]:
    """Make `folder` hold the release; returns files that could not be made right.

    `was` is what the folder held before, when it was a release itself: then it is not looked
    through twice.
    """
    files = release.files
    if was:
        there, right = was.files.keys(), _same(files, was)
    else:
        found = scan(folder)
        there = found.keys()
        right = {path for path, listed in files.items() if found.get(path) == _state(listed)}
    for path in there - right:
        remove(Path(folder, path), Path(folder))
    known = _same(files, live.manifest) if live else set()
    folders = {""}
    for path in files.keys() - right:
        make_folder(folder, path.rpartition("/")[0], folders)
        if live and path in known and _link(f"{live.folder}/{path}", f"{folder}/{path}"):
            continue
        _copy(sources.get(path) or f"{live.folder if live else ''}/{path}", folder, path, files)
    unread = files.keys() - known - (_same(files, was) if was else set())
    bad, others = wrong(folder, files, unread)
    # Somebody has touched them since they were made. Here is what they should be.
    for path in others | bad:
        remove(Path(folder, path), Path(folder))
    for path in [path for path in bad if path in sources]:
        make_folder(folder, path.rpartition("/")[0], {""})
        _copy(sources[path], folder, path, files)
    if bad or others:
        bad, others = wrong(folder, files, unread | bad)
    return bad | others


def _same(files: Mapping[str, Listed], other: Manifest) -> set[str]:
    """Files that the other release has as well."""
    return {path for path, listed in other.files.items() if files.get(path) == listed}


def _state(listed: Listed) -> tuple[int, int]:
    return listed.size, listed.modified * _BILLION


def make_folder(top: str, below: str, made: set[str]) -> None:
    """Make a folder below `top`, unless it is among those that are `made`."""
    if below in made:
        return
    with suppress(FileExistsError):
        Path(top, below).mkdir(parents=True)
    while below not in made:
        made.add(below)
        below = below.rpartition("/")[0]


def _link(source: str, place: str) -> bool:
    """Give the file a second name; False where that is not to be had."""
    try:
        os.link(source, place)
    except (OSError, NotImplementedError):
        return False
    return True


def _copy(source: str, folder: str, path: str, files: Mapping[str, Listed]) -> None:
    """Under another name first, so that what has its own name is whole."""
    write_beside(source, folder, path, files)
    target = f"{folder}/{path}"
    os.replace(target + MADE_SUFFIX, target)  # noqa: PTH105


def write_beside(source: str, folder: str, path: str, files: Mapping[str, Listed]) -> None:
    """Copy a file of a release under the name of what is being written, with its time."""
    target = f"{folder}/{path}"
    try:
        file = open(source, "rb")  # noqa: SIM115, PTH123
    except OSError as error:
        raise PublishFailed(f"Không đọc được tệp {source} ({why_unread(error)}).") from error
    with file, open(target + MADE_SUFFIX, "wb") as copy:  # noqa: PTH123
        shutil.copyfileobj(file, copy, 1 << 20)
    modified = files[path].modified * _BILLION
    os.utime(target + MADE_SUFFIX, ns=(modified, modified))


def _digest(place: str) -> str:
    return sha256(read_whole(place)).hexdigest()
