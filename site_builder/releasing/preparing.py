"""Reads each file of the site that is not as it was seen: its digest, what it leads to, its
compressed copies. Many are read by several processes."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from site_builder.diagnostics import PublishFailed, why_unread
from site_builder.files import Stamp, is_settled, read_whole, stamp_of, write_whole
from site_builder.releasing.inspecting import Seen, inspect, site_address
from site_builder.releasing.packing import packed
from site_builder.releasing.seen import Prepared, Sights
from site_builder.workers import Crew, Progress, cut

_PIECE = 100
_NO_STAMP = Stamp(-1, 0, 0)

Built = Mapping[str, tuple[int, int]]
"""Every file of the built site: its size and when it was modified (ns), as the build left it."""


class Piece(NamedTuple):
    """Files to be read by one process."""

    site: str
    cache: str
    own: str
    files: Sequence[str]
    left: frozenset[str]
    """Compressed copies that the site has by itself."""


@dataclass
class Preparation:
    """The site, read."""

    site: Path
    cache: Path
    """Folder of compressed copies, each named by its SHA-256."""
    sights: Sights
    files: dict[str, Prepared]
    fresh: dict[str, Seen] = field(default_factory=dict)
    """What was looked at this time."""
    gone: frozenset[str] = frozenset()
    """What was there the last time."""

    def keep(self) -> None:
        """Remember all of it; to be called when nothing was found to be wrong."""
        now = time.time_ns()
        kept = {path: self.files[path] for path in self.fresh}
        for path, file in kept.items():
            if not is_settled(file.stamp, now):  # may change under the same stamp: read it again
                kept[path] = file._replace(stamp=_NO_STAMP)
        links = {path: seen.links for path, seen in self.fresh.items()}
        self.sights.keep_files(kept, links, self.gone)
        wanted = {digest for file in self.files.values() for _, _, digest in file.packed}
        for name in set(_names(self.cache)) - wanted:
            (self.cache / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of what remembers: Windows removes no file that is open."""
        self.sights.close()

    def forget(self) -> None:
        """Trust nothing that is remembered: the next time, everything is read again."""
        self.sights.start_afresh()
        for name in _names(self.cache):
            (self.cache / name).unlink(missing_ok=True)


def prepare(
    site: Path, built: Built, folder: Path, crew: Crew, progress: Progress | None
) -> Preparation:
    """Read what changed of the site; `folder` remembers the rest.

    Raises `PublishFailed` where a file is not as the build left it, or cannot be read.
    """
    own = site_address(_read(site, "index.html").decode("utf-8", errors="replace"))
    sights = Sights(folder / "published.db", own)
    cache = folder / "packed"
    cache.mkdir(exist_ok=True)
    known, here = sights.files(), set(_names(cache))
    stamps = {path: _stamp(site, path, state) for path, state in built.items()}
    files = {
        path: file
        for path, file in known.items()
        if stamps.get(path) == file.stamp and all(name in here for _, _, name in file.packed)
    }
    done = Preparation(site, cache, sights, files, gone=frozenset(known.keys() - stamps.keys()))
    stale = sorted(stamps.keys() - files.keys())
    left = frozenset(path for path in built if path.endswith((".br", ".gz")))
    pieces = [Piece(str(site), str(cache), own, some, left) for some in cut(stale, _PIECE)]
    for read in crew.spread(read_piece, pieces):
        for path, digest, copies, seen in read:
            files[path] = Prepared(stamps[path], digest, copies)
            done.fresh[path] = seen
        if progress:
            progress(len(done.fresh), len(stale))
    return done


Read = tuple[str, str, tuple[tuple[str, int, str], ...], Seen]


def read_piece(piece: Piece) -> list[Read]:
    """Read some files."""
    return list(_reads(piece))


def _reads(piece: Piece) -> Iterator[Read]:
    site = Path(piece.site)
    for path in piece.files:
        data = _read(site, path)
        copies = []
        for suffix, copy in packed(path, data):
            if path + suffix not in piece.left:
                digest = sha256(copy).hexdigest()
                _keep_copy(f"{piece.cache}/{digest}", copy)
                copies.append((suffix, len(copy), digest))
        yield path, sha256(data).hexdigest(), tuple(copies), inspect(path, data, piece.own)


def _keep_copy(place: str, copy: bytes) -> None:
    try:
        write_whole(place, copy)
    except FileNotFoundError:
        # Another process has just written the same: files of one content have one copy.
        if not Path(place).is_file():
            raise


def _read(site: Path, path: str) -> bytes:
    try:
        return read_whole(f"{site}/{path}")
    except OSError as error:
        raise PublishFailed(f"Không đọc được tệp {site / path} ({why_unread(error)}).") from error


def _stamp(site: Path, path: str, state: tuple[int, int]) -> Stamp:
    try:
        stamp = stamp_of(os.stat(f"{site}/{path}"))  # noqa: PTH116 - of every file
    except OSError as error:
        raise PublishFailed(f"Không đọc được tệp {site / path} ({why_unread(error)}).") from error
    if stamp[:2] != state:
        raise PublishFailed(f"Tệp {site / path} vừa bị sửa sau khi dựng trang. Hãy chạy lại.")
    return stamp


def _names(folder: Path) -> list[str]:
    return os.listdir(folder)  # noqa: PTH208 - tens of thousands
