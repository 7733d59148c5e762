"""A connection to a server by SFTP, for code that waits for each answer in turn."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any, TypeVar

import asyncssh
from asyncssh import SFTPClient

from site_builder.diagnostics import PublishFailed
from site_builder.releasing.settings import SftpRow

PASSWORD, KEY = "SITE_BUILDER_SSH_PASSWORD", "SITE_BUILDER_SSH_KEY"
"""Environment variables: a password; the place of a private key."""
_AT_ONCE = 64
"""Requests that wait for their answers: enough to hide the way to the server and back."""
_PATIENCE = 20
"""Seconds to connect; and of silence, three times, until a connection counts as lost."""

T = TypeVar("T")


class Connection:
    """Opened when first needed, and again where it was lost between two commands."""

    def __init__(self, row: SftpRow) -> None:
        self.row = row
        self._loop = asyncio.new_event_loop()
        self._connection: asyncssh.SSHClientConnection | None = None
        self._sftp: SFTPClient | None = None

    def run(self, work: Callable[[SFTPClient], Coroutine[Any, Any, T]]) -> T:
        """What `work` comes to. Raises `PublishFailed` where the connection fails, `SFTPError`
        where the server says no."""
        try:
            return self._loop.run_until_complete(self._do(work))
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection) as error:
            self._drop()
            raise PublishFailed(f"Mất kết nối với máy chủ {self.row.host}.") from error
        except asyncssh.HostKeyNotVerifiable as error:
            raise PublishFailed(
                f"Khóa của máy chủ {self.row.host} không phải khóa đã ghi (host_key trong "
                "publish.yml hoặc ~/.ssh/known_hosts): có thể là máy khác giả làm. Hỏi người quản "
                "trị máy chủ trước khi đổi khóa."
            ) from error
        except asyncssh.PermissionDenied as error:
            raise PublishFailed(
                f"Máy chủ {self.row.host} không cho {self.row.user} vào. Nạp khóa vào SSH agent, "
                f"hoặc đặt biến môi trường {KEY} hay {PASSWORD}."
            ) from error
        except (asyncssh.DisconnectError, asyncssh.KeyImportError, TimeoutError) as error:
            self._drop()
            raise PublishFailed(f"Không kết nối được với máy chủ {self.row.host}.") from error
        except ConnectionError as error:
            self._drop()
            raise PublishFailed(f"Mất kết nối với máy chủ {self.row.host}.") from error

    def close(self) -> None:
        """Let go of the server."""
        self._drop()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _do(self, work: Callable[[SFTPClient], Coroutine[Any, Any, T]]) -> T:
        if self._sftp is None:
            row, key = self.row, os.environ.get(KEY)
            address = f"[{row.host}]:{row.port}" if row.port != "22" else row.host
            own: dict[str, Any] = {"client_keys": [key]} if key else {}
            if row.host_key:
                own["known_hosts"] = asyncssh.import_known_hosts(f"{address} {row.host_key}")
            self._connection = await asyncssh.connect(
                row.host,
                int(row.port),
                username=row.user,
                password=os.environ.get(PASSWORD),
                compression_algs=["zlib@openssh.com", "none"],
                connect_timeout=_PATIENCE,
                keepalive_interval=_PATIENCE,
                **own,
            )
            self._sftp = await self._connection.start_sftp_client()
        return await work(self._sftp)

    def _drop(self) -> None:
        connection, self._connection, self._sftp = self._connection, None, None
        if connection:
            connection.abort()
            with suppress(Exception):  # whatever ends it, it is at its end
                self._loop.run_until_complete(connection.wait_closed())


async def all_of(
    work: Callable[[Any], Awaitable[None]], things: Iterable[Any], done: Callable[[], None] | None
) -> None:
    """Do something with each thing, many at a time; the first fault ends it."""
    waiting = iter(things)

    async def one_by_one() -> None:
        for thing in waiting:
            await work(thing)
            if done:
                done()

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(one_by_one())
    except ExceptionGroup as faults:
        raise faults.exceptions[0] from None


async def write(sftp: SFTPClient, place: str, data: bytes, mode: str = "wb") -> None:
    """Write a file."""
    async with sftp.open(place, mode) as file:
        await file.write(data)


async def read(sftp: SFTPClient, place: str) -> bytes:
    """The bytes of a file."""
    async with sftp.open(place, "rb") as file:
        found: bytes = await file.read()
        return found


async def copy_file(sftp: SFTPClient, source: str, place: str) -> None:
    """Give a file on the server a second name; where that is refused, a copy with its time."""
    try:
        await sftp.link(source, place)
    except asyncssh.SFTPError:
        await write(sftp, place, await read(sftp, source))
        modified = (await sftp.stat(source)).mtime or 0
        await sftp.utime(place, (modified, modified))


async def is_there(sftp: SFTPClient, place: str) -> bool:
    """Whether anything has this name; a link counts, wherever it leads."""
    try:
        await sftp.lstat(place)
    except asyncssh.SFTPNoSuchFile:
        return False
    return True
