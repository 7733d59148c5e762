"""A server of our own on this computer, reached by SFTP as the user who runs the tests."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import asyncssh
import pytest

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


class Server(NamedTuple):
    """A running server."""

    port: int
    host_key: str
    key: Path
    """The private key that it lets in."""

    def settings(self, path: Path, **more: str) -> str:
        """publish.yml for a target there."""
        row = {
            "type": "sftp",
            "host": "127.0.0.1",
            "port": str(self.port),
            "user": getpass.getuser(),
            "path": str(path),
            "host_key": self.host_key,
        }
        lines = (f"    {key}: {value}\n" for key, value in (row | more).items())
        return "keep: 3\ntargets:\n  may-chu:\n" + "".join(lines)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server that keeps its own files in `folder`; skips the test where there is none."""
    if not Path(SSHD).is_file():
        assert os.environ.get("CI") != "true", "sshd is missing"
        pytest.skip("sshd is missing")
    host = asyncssh.generate_private_key("ssh-ed25519")
    host.write_private_key(folder / "host")
    own = asyncssh.generate_private_key("ssh-ed25519")
    own.write_private_key(folder / "own")
    own.write_public_key(folder / "authorized")
    for name in ("host", "own", "authorized"):
        (folder / name).chmod(0o600)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # the service would make it
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder / 'host'}\nPidFile none\n"
        f"AuthorizedKeysFile {folder / 'authorized'}\nStrictModes no\nPermitRootLogin yes\n"
        "PasswordAuthentication no\nUsePAM no\nSubsystem sftp internal-sftp\n"
    )
    command = [SSHD, "-D", "-e", "-f", str(folder / "config")]
    server = subprocess.Popen(command, stderr=(folder / "log").open("wb"))
    try:
        _wait_for(port)
        key = host.export_public_key().decode().split()
        yield Server(port, " ".join(key[:2]), folder / "own")
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("sshd did not start")
