"""Lays a release down on a server: what is right there stays, the rest is linked or sent."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

import asyncssh
from asyncssh import SFTPClient

from site_builder.diagnostics import PublishFailed, why_unread
from site_builder.files import Damaged, read_whole
from site_builder.releasing.manifest import Listed, Manifest, to_bytes
from site_builder.releasing.release import Release
from site_builder.releasing.ssh import all_of, read, write
from site_builder.workers import Progress


@dataclass
class Sending:
    """A release on its way into the folder `making`, which holds the release `was`."""

    sftp: SFTPClient
    release: Release
    making: str
    was: Manifest | None
    live: Manifest | None
    live_folder: str
    """Where the live release is on the server; its manifest lies beside it."""
    progress: Progress | None

    @property
    def files(self) -> Mapping[str, Listed]:
        """What is to be there."""
        return self.release.manifest.files

    async def send(self) -> None:
        """Send what the server does not have. Raises `Damaged` where a file is not right."""
        before = self.was.files if self.was else {}
        known = self.live.files if self.live else {}
        await self._remove(before)
        await self._make_folders(before)
        wanted = sorted(path for path, listed in self.files.items() if before.get(path) != listed)
        linked = [path for path in wanted if known.get(path) == self.files[path]]
        sent = [path for path in wanted if known.get(path) != self.files[path]]
        if missing := [path for path in sent if path not in self.release.sources]:
            raise Damaged(missing[0])
        advance = _counter(self.progress, len(wanted))
        await all_of(self._link, linked, advance)
        await all_of(self._send, sent, advance)

    async def _remove(self, before: Mapping[str, Listed]) -> None:
        async def remove(path: str) -> None:
            await self.sftp.remove(f"{self.making}/{path}")

        gone = [path for path, listed in before.items() if self.files.get(path) != listed]
        await all_of(remove, gone, None)
        for folder in sorted(_folders(before) - _folders(self.files), reverse=True):
            await self.sftp.rmdir(f"{self.making}/{folder}")

    async def _make_folders(self, before: Mapping[str, Listed]) -> None:
        """Level by level: what is above has to be there."""

        async def make(folder: str) -> None:
            await self.sftp.mkdir(f"{self.making}/{folder}")

        levels: dict[int, list[str]] = {}
        for folder in _folders(self.files) - _folders(before):
            levels.setdefault(folder.count("/"), []).append(folder)
        for level in sorted(levels):
            await all_of(make, levels[level], None)

    async def _link(self, path: str) -> None:
        """Give the file of the live release a second name; where that is refused, a copy."""
        source, listed = f"{self.live_folder}/{path}", self.files[path]
        try:
            found = await self.sftp.lstat(source)
        except asyncssh.SFTPNoSuchFile as error:
            raise Damaged(path) from error
        if (found.size, found.mtime) != (listed.size, listed.modified):
            raise Damaged(path)
        try:
            await self.sftp.link(source, f"{self.making}/{path}")
        except asyncssh.SFTPError:
            await self._write(path, await read(self.sftp, source))

    async def _send(self, path: str) -> None:
        source = self.release.sources[path]
        try:
            data = read_whole(source)
        except OSError as error:
            text = f"Không đọc được tệp {source} ({why_unread(error)})."
            raise PublishFailed(text) from error
        await self._write(path, data)

    async def _write(self, path: str, data: bytes) -> None:
        """Write a file and read it back."""
        place, listed = f"{self.making}/{path}", self.files[path]
        await write(self.sftp, place, data)
        await self.sftp.utime(place, (listed.modified, listed.modified))
        if sha256(await read(self.sftp, place)).hexdigest() != listed.sha256:
            raise Damaged(path)

    async def send_manifest(self, place: str) -> None:
        """Send the lines that the live one does not have; the server copies the others."""
        data = to_bytes(self.release.manifest)
        if self.live:
            try:
                await self._assemble(place, data, to_bytes(self.live))
                if await read(self.sftp, place) == data:
                    return
            except asyncssh.SFTPError:
                pass  # a server that cannot copy
        await write(self.sftp, place, data)

    async def _assemble(self, place: str, data: bytes, known: bytes) -> None:
        async with (
            self.sftp.open(f"{self.live_folder}.json", "rb") as old,
            self.sftp.open(place, "wb") as file,
        ):
            for start, length, target in common(known, data):
                if start is None:
                    await file.write(data[target : target + length], target)
                else:
                    await self.sftp.remote_copy(old, file, start, length, target)


def _folders(files: Mapping[str, Listed]) -> set[str]:
    """All folders of some files, those above them included."""
    found: set[str] = set()
    level = {posixpath.dirname(path) for path in files}
    while level := level - found - {""}:
        found |= level
        level = {posixpath.dirname(folder) for folder in level}
    return found


def _counter(progress: Progress | None, total: int) -> Callable[[], None] | None:
    if progress is None:
        return None
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        progress(done, total)

    return advance


def common(old: bytes, new: bytes) -> Iterator[tuple[int | None, int, int]]:
    """`new` in pieces: where it stands in `old` (None where it does not), length, place in `new`.

    By lines, each of which stands once in a manifest.
    """
    places, place = {}, 0
    for line in old.splitlines(keepends=True):
        places[line] = place
        place += len(line)
    start: int | None = None
    begun = length = place = 0
    for line in new.splitlines(keepends=True):
        found = places.get(line)
        goes_on = found is None if start is None else found == start + length
        if length and not goes_on:
            yield start, length, begun
            begun, length = place, 0
        if not length:
            start = found
        length += len(line)
        place += len(line)
    if length:
        yield start, length, begun
