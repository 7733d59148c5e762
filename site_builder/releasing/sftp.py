"""A server that is reached by SFTP as a target; the same folders there as in `local`.

What has not changed is not sent: it is linked on the server, or a release that nobody needs any
more becomes the new one. What is sent is read back. The rest is not looked at: to ask for each of
46,000 files takes longer than to publish (docs/decisions/0016).
"""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256

import asyncssh
from asyncssh import SFTPClient

from site_builder.diagnostics import PublishFailed, why_unread
from site_builder.files import Damaged, read_whole
from site_builder.releasing.manifest import Listed, Manifest, from_bytes, is_id, to_bytes
from site_builder.releasing.release import Release
from site_builder.releasing.settings import SftpRow
from site_builder.releasing.sftp_lock import SftpLock
from site_builder.releasing.ssh import Connection, all_of, is_there, read, write
from site_builder.workers import Progress

_MAKING = ".making-"


class SftpTarget:
    """Releases in a folder of a server."""

    live_name = "Trang đang chạy"

    def __init__(self, row: SftpRow, progress: Progress | None = None) -> None:
        self.top = row.path.rstrip("/") or "/"
        self.releases = f"{self.top}/releases"
        self.current = f"{self.top}/current"
        self.place = f"{row.user}@{row.host}:{self.current}"
        self._connection = Connection(row)
        self._progress = progress

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others out, and clear up what a killed command has left."""

        async def prepare(sftp: SFTPClient) -> None:
            await sftp.makedirs(self.releases, exist_ok=True)

        lock = SftpLock(self._connection, self.top)
        with self._naming():
            self._connection.run(prepare)
            lock.take()
            try:
                self._clear_up()
                yield
            finally:
                with suppress(PublishFailed, asyncssh.Error):  # a lost connection frees it as well
                    lock.give_back()

    def live(self) -> str | None:
        """The release that citizens see."""

        async def ask(sftp: SFTPClient) -> str | None:
            if not await is_there(sftp, self.current):
                return None
            with suppress(asyncssh.SFTPError):
                target = str(await sftp.readlink(self.current))
                if target.startswith("releases/") and is_id(target[9:]):
                    return target[9:]
            raise PublishFailed(
                f"{self.current} trên máy chủ không phải do site-builder tạo ra nên không được "
                "thay. Chuyển nó đi nơi khác, hoặc chọn thư mục khác trong publish.yml."
            )

        with self._naming():
            return self._connection.run(ask)

    def ids(self) -> list[str]:
        """All releases, the oldest first."""
        names = self._names()
        return sorted(name for name in names if is_id(name) and f"{name}.json" in names)

    def manifest(self, release: str) -> Manifest:
        """What a release should hold. Raises `Damaged`."""
        try:
            found = from_bytes(self._connection.run(lambda sftp: read(sftp, self._list(release))))
        except asyncssh.SFTPNoSuchFile as error:
            raise Damaged from error
        if found.id != release:
            raise Damaged
        return found

    def lay(self, release: Release, live: Manifest | None, spare: str | None) -> None:
        """Make a release. Raises `Damaged` where a file is not what it should be."""
        was = None
        if spare:
            with suppress(Damaged):
                was = self.manifest(spare)
        with self._naming():
            self._connection.run(lambda sftp: self._lay(sftp, release, live, spare, was))

    async def _lay(
        self,
        sftp: SFTPClient,
        release: Release,
        live: Manifest | None,
        spare: str | None,
        was: Manifest | None,
    ) -> None:
        new = release.manifest
        making = f"{self.releases}/{_MAKING}{new.id}"
        if spare and was:
            await sftp.remove(self._list(spare))
            await sftp.posix_rename(f"{self.releases}/{spare}", making)
        else:
            if await is_there(sftp, making):
                await sftp.rmtree(making)
            await sftp.mkdir(making)
        before: Mapping[str, Listed] = was.files if was else {}
        await self._remove(sftp, making, before, new.files)
        await self._make_folders(sftp, making, before, new.files)
        wanted = [path for path in new.files if before.get(path) != new.files[path]]
        linked = {path for path in wanted if live and live.files.get(path) == new.files[path]}
        advance = _counter(self._progress, len(wanted))

        async def link(path: str) -> None:
            source = f"{self.releases}/{live.id if live else ''}/{path}"
            await self._link(sftp, source, f"{making}/{path}", new.files[path], path)

        async def send(path: str) -> None:
            await _send(sftp, release.sources[path], f"{making}/{path}", new.files[path], path)

        await all_of(link, sorted(linked), advance)
        sent = [path for path in wanted if path not in linked]
        if missing := [path for path in sent if path not in release.sources]:
            raise Damaged(missing[0])
        await all_of(send, sorted(sent), advance)
        await self._send_manifest(sftp, new, live)
        await sftp.posix_rename(making, f"{self.releases}/{new.id}")

    async def _remove(
        self, sftp: SFTPClient, making: str, was: Mapping[str, Listed], new: Mapping[str, Listed]
    ) -> None:
        async def remove(path: str) -> None:
            await sftp.remove(f"{making}/{path}")

        await all_of(remove, [path for path in was if new.get(path) != was[path]], None)
        for folder in sorted(_folders(was) - _folders(new), reverse=True):
            await sftp.rmdir(f"{making}/{folder}")

    async def _make_folders(
        self, sftp: SFTPClient, making: str, was: Mapping[str, Listed], new: Mapping[str, Listed]
    ) -> None:
        """Level by level: what is above has to be there."""

        async def make(folder: str) -> None:
            await sftp.mkdir(f"{making}/{folder}")

        levels: dict[int, list[str]] = {}
        for folder in _folders(new) - _folders(was):
            levels.setdefault(folder.count("/"), []).append(folder)
        for level in sorted(levels):
            await all_of(make, levels[level], None)

    async def _link(
        self, sftp: SFTPClient, source: str, place: str, listed: Listed, path: str
    ) -> None:
        """Give the file of the live release a second name, or copy it, on the server."""
        found = await sftp.lstat(source)
        if (found.size, found.mtime) != (listed.size, listed.modified):
            raise Damaged(path)
        try:
            await sftp.link(source, place)
        except asyncssh.SFTPError:
            data = await read(sftp, source)
            await write(sftp, place, data)
            await sftp.utime(place, (listed.modified, listed.modified))

    async def _send_manifest(self, sftp: SFTPClient, new: Manifest, live: Manifest | None) -> None:
        """Send the lines that the live one does not have; the server copies the others."""
        data = to_bytes(new)
        place = self._list(new.id)
        if live is None:
            await write(sftp, place, data)
            return
        try:
            async with (
                sftp.open(self._list(live.id), "rb") as old,
                sftp.open(place, "wb") as file,
            ):
                for start, length, target in _common(to_bytes(live), data):
                    if start is None:
                        await file.write(data[target : target + length], target)
                    else:
                        await sftp.remote_copy(old, file, start, length, target)
            if sha256(await read(sftp, place)).digest() == sha256(data).digest():
                return
        except asyncssh.SFTPError:
            pass  # a server that cannot copy
        await write(sftp, place, data)

    def check(self, release: Manifest, live: Manifest | None) -> None:
        """Read what differs from the live release. Raises `Damaged` with what is wrong."""
        same = live.files if live else {}
        folder = f"{self.releases}/{release.id}"

        async def check(sftp: SFTPClient) -> None:
            async def one(path: str) -> None:
                try:
                    data = await read(sftp, f"{folder}/{path}")
                except asyncssh.SFTPNoSuchFile as error:
                    raise Damaged(path) from error
                if sha256(data).hexdigest() != release.files[path].sha256:
                    raise Damaged(path)

            await all_of(one, [p for p, row in release.files.items() if same.get(p) != row], None)

        with self._naming():
            self._connection.run(check)

    def switch(self, release: str) -> float:
        """Make a release the live one, by renaming a link over the old one."""

        async def switch(sftp: SFTPClient) -> None:
            link = f"{self.top}/.current-new"
            with suppress(asyncssh.SFTPNoSuchFile):
                await sftp.remove(link)
            await sftp.symlink(f"releases/{release}", link)
            await sftp.posix_rename(link, self.current)

        with self._naming():
            self._connection.run(switch)
        return 0.0

    def drop(self, release: str) -> None:
        """Remove a release that is not live."""

        async def drop(sftp: SFTPClient) -> None:
            with suppress(asyncssh.SFTPNoSuchFile):
                await sftp.remove(self._list(release))
            await sftp.rmtree(f"{self.releases}/{release}")

        with self._naming():
            self._connection.run(drop)

    def _clear_up(self) -> None:
        ids = set(self.ids())

        async def clear(sftp: SFTPClient) -> None:
            for name in self._listed:
                if name.removesuffix(".json") in ids:
                    continue
                if name.endswith(".json"):
                    await sftp.remove(f"{self.releases}/{name}")
                else:
                    await sftp.rmtree(f"{self.releases}/{name}")

        self._connection.run(clear)

    def _names(self) -> set[str]:
        async def ask(sftp: SFTPClient) -> set[str]:
            try:
                return {str(name) for name in await sftp.listdir(self.releases)} - {".", ".."}
            except asyncssh.SFTPNoSuchFile:
                return set()

        with self._naming():
            self._listed = self._connection.run(ask)
        return self._listed

    def _list(self, release: str) -> str:
        return f"{self.releases}/{release}.json"

    @contextmanager
    def _naming(self) -> Iterator[None]:
        """Let a server that says no be told in words."""
        try:
            yield
        except asyncssh.SFTPError as error:
            raise PublishFailed(
                f"Máy chủ {self._connection.row.host} từ chối ghi hoặc đọc trong {self.top} "
                "(đĩa đầy, hoặc không có quyền)."
            ) from error


async def _send(sftp: SFTPClient, source: str, place: str, listed: Listed, path: str) -> None:
    """Send a file and read it back."""
    try:
        data = read_whole(source)
    except OSError as error:
        raise PublishFailed(f"Không đọc được tệp {source} ({why_unread(error)}).") from error
    await write(sftp, place, data)
    await sftp.utime(place, (listed.modified, listed.modified))
    if sha256(await read(sftp, place)).hexdigest() != listed.sha256:
        raise Damaged(path)


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


def _common(old: bytes, new: bytes) -> Iterator[tuple[int | None, int, int]]:
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
