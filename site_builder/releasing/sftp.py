"""A server that is reached by SFTP as a target; the same folders there as in `local`.

What has not changed is not sent: it is linked on the server, or a release that nobody needs any
more becomes the new one. What is sent is read back. The rest is not looked at: to ask for each of
46,000 files takes longer than to publish (docs/decisions/0016).
"""

import posixpath
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256

import asyncssh
from asyncssh import SFTPClient

from site_builder.diagnostics import PublishFailed
from site_builder.files import Damaged
from site_builder.releasing.manifest import Manifest, from_bytes, is_id, to_bytes
from site_builder.releasing.release import Release
from site_builder.releasing.sending import Sending
from site_builder.releasing.settings import SftpRow
from site_builder.releasing.sftp_lock import SftpLock
from site_builder.releasing.ssh import Connection, all_of, copy_file, is_there, read, write
from site_builder.workers import Progress

_MAKING = ".making-"


class SftpTarget:
    """Releases in a folder of a server."""

    live_name = "Trang đang chạy"
    mixes = False
    half = None

    def __init__(self, row: SftpRow, progress: Progress | None = None) -> None:
        self.top = row.path.rstrip("/") or "/"
        self.releases = f"{self.top}/releases"
        self.current = f"{self.top}/current"
        self.place = f"{row.user}@{row.host}:{self.current}"
        self._connection = Connection(row)
        self._lock = SftpLock(self._connection, self.top)
        self._progress = progress

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others out, and clear up what a killed command has left."""

        async def prepare(sftp: SFTPClient) -> None:
            await sftp.makedirs(self.releases, exist_ok=True)

        with self._naming():
            self._connection.run(prepare)
            self._lock.take()
            try:
                self._clear_up()
                yield
            finally:
                with suppress(PublishFailed, asyncssh.Error):  # a lost connection frees it as well
                    self._lock.give_back()

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

        async def ask(sftp: SFTPClient) -> bytes:
            try:
                return await read(sftp, self._list(release))
            except asyncssh.SFTPNoSuchFile as error:
                raise Damaged from error

        with self._naming():
            found = from_bytes(self._connection.run(ask))
        if found.id != release:
            raise Damaged
        return found

    def lay(self, release: Release, live: Manifest | None, spare: str | None) -> None:
        """Make a release. Raises `Damaged` where a file is not what it should be."""
        was = None
        if spare:
            with suppress(Damaged):
                was = self.manifest(spare)
        making = f"{self.releases}/{_MAKING}{release.manifest.id}"
        home = f"{self.releases}/{live.id if live else ''}"

        async def lay(sftp: SFTPClient) -> None:
            sending = Sending(sftp, release, making, was, live, home, self._progress)
            await self._lay(sftp, sending, spare)

        with self._naming():
            self._connection.run(lay)

    async def _lay(self, sftp: SFTPClient, sending: Sending, spare: str | None) -> None:
        new, making = sending.release.manifest, sending.making
        if spare and sending.was:
            await sftp.remove(self._list(spare))
            await sftp.posix_rename(f"{self.releases}/{spare}", making)
        else:
            if await is_there(sftp, making):
                await sftp.rmtree(making)
            await sftp.mkdir(making)
        await sending.send()
        await sending.send_manifest(self._list(new.id))
        await sftp.posix_rename(making, f"{self.releases}/{new.id}")

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

    def lend(self, release: Manifest, live: Manifest, paths: Sequence[str]) -> None:
        """Make `release` be as it is given, by files of the live one that it lacks."""
        source, folder = (f"{self.releases}/{one.id}" for one in (live, release))

        async def lend(sftp: SFTPClient) -> None:
            for path in paths:
                if not await is_there(sftp, f"{folder}/{path}"):
                    await sftp.makedirs(posixpath.dirname(f"{folder}/{path}"), exist_ok=True)
                    await copy_file(sftp, f"{source}/{path}", f"{folder}/{path}")
            beside = f"{self.top}/.manifest-new"
            await write(sftp, beside, to_bytes(release))
            await sftp.posix_rename(beside, self._list(release.id))

        with self._naming():
            self._connection.run(lend)

    def switch(self, release: str) -> float:
        """Make a release the live one, by renaming a link over the old one."""

        async def switch(sftp: SFTPClient) -> None:
            await self._lock.require(sftp)
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
