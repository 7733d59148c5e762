"""The lock of a target on a server: a file with its holder's name, touched every few seconds."""

import asyncio
import json
from contextlib import suppress

import asyncssh
from asyncssh import SFTPClient

from site_builder.diagnostics import PublishFailed
from site_builder.releasing.lock import own_name, owner_text
from site_builder.releasing.ssh import Connection, read, write

_BEAT = 5
"""Seconds between two signs of life. They are given while a command waits for the server, which is
nearly always; what it works out by itself in between takes less than `_DEAD`."""
_DEAD = 60
"""Seconds without a sign of life after which the holder counts as gone."""


class SftpLock:
    """The lock in the folder `top` of a server."""

    def __init__(self, connection: Connection, top: str) -> None:
        self._connection = connection
        self._place = f"{top}/.lock.json"
        self._probe = f"{top}/.clock"
        self._own = own_name()
        self._beat: asyncio.Task[None] | None = None

    def take(self) -> None:
        """Take it, also from a holder who is gone. Raises `PublishFailed` when another has it."""
        self._connection.run(self._take)

    def give_back(self) -> None:
        """Let others in."""

        async def give_back(sftp: SFTPClient) -> None:
            if self._beat:
                self._beat.cancel()
            with suppress(asyncssh.SFTPNoSuchFile):
                if await read(sftp, self._place) == self._own:
                    await sftp.remove(self._place)

        self._connection.run(give_back)

    async def require(self, sftp: SFTPClient) -> None:
        """Raises `PublishFailed` where another has taken it: this computer may have slept."""
        try:
            holder = await read(sftp, self._place)
        except asyncssh.SFTPNoSuchFile:
            holder = b""
        if holder != self._own:
            raise PublishFailed(
                f"Lệnh này đứng quá lâu nên mất khóa. {owner_text(holder)} Hãy chạy lại."
            )

    async def _take(self, sftp: SFTPClient) -> None:
        try:
            await write(sftp, self._place, self._own, "xb")
        except asyncssh.SFTPError:
            await self._take_over(sftp)
        self._beat = asyncio.get_running_loop().create_task(self._beating(sftp))

    async def _take_over(self, sftp: SFTPClient) -> None:
        """From a holder who gives no sign of life. All times are the server's."""
        try:
            holder = await read(sftp, self._place)
            last = (await sftp.stat(self._place)).mtime or 0
        except asyncssh.SFTPNoSuchFile as error:
            raise PublishFailed("Không tạo được khóa trên máy chủ; xem lại quyền ghi.") from error
        await write(sftp, self._probe, b"")
        now = (await sftp.stat(self._probe)).mtime or 0
        await sftp.remove(self._probe)
        if now - last < _DEAD:
            raise PublishFailed(
                f"{owner_text(holder)} Chờ lệnh ấy xong rồi chạy lại; lệnh ấy đã bị tắt ngang thì "
                "khóa tự mở sau một phút."
            )
        # Two may come to this at once: only one of them renames it.
        aside = f"{self._place}.{json.loads(self._own)['pid']}"
        await sftp.posix_rename(self._place, aside)
        await sftp.remove(aside)
        await write(sftp, self._place, self._own, "xb")

    async def _beating(self, sftp: SFTPClient) -> None:
        while True:
            await asyncio.sleep(_BEAT)
            with suppress(asyncssh.Error):
                if await read(sftp, self._place) != self._own:
                    return
                await write(sftp, self._place, self._own)
