"""Where the preview listens, and under which names it may be asked for."""

import errno
import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from site_builder.diagnostics import EngineFailed

DEFAULT_PORT = 8000


class Binding(NamedTuple):
    """A host (name, IPv4 or IPv6 address without brackets) and a port; port 0 is any free one."""

    host: str
    port: int

    @property
    def written(self) -> str:
        """As addresses are written."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """What this computer's browser is to open."""
        here = self._replace(host=_ANY.get(self.host, self.host))
        return f"http://{here.written}/"


_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Hosts that stand for every address of this computer; which of them reaches it from itself."""
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def parse_binding(address: str) -> Binding:
    """What `address` names: `127.0.0.1:8000`, `[::1]:8000`, a host alone, or a port alone.

    Raises `EngineFailed`.
    """
    written = f"127.0.0.1:{address}" if address.isdecimal() else address
    try:
        parts = urlsplit(f"//{written}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or written != parts.netloc or "@" in written:
        raise EngineFailed(
            f"Địa chỉ xem trước “{address}” viết chưa đúng. Viết như 127.0.0.1:8000 "
            "rồi chạy lại. Chưa có gì thay đổi."
        )
    return Binding(host, DEFAULT_PORT if port is None else port)


def is_own(host: str) -> bool:
    """Whether only programs on this computer reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def accepts(binding: Binding, host_header: str) -> bool:
    """Whether a request with this Host header was meant for the preview.

    A page on the Internet can have its own name resolve to 127.0.0.1 and then read what answers
    there as if it were its own (DNS rebinding); its name in the header gives it away. Ports are
    not looked at: a tunnel changes them, an attacker gains nothing by them.
    """
    try:
        asked = urlsplit(f"//{host_header}").hostname or ""
    except ValueError:
        return False
    if asked in _OWN_NAMES or asked == binding.host:
        return True
    if binding.host not in _ANY:
        return False
    return _is_number(asked) or asked == socket.gethostname().lower()


def _is_number(host: str) -> bool:
    """Addresses in numbers cannot be rebound: no name is resolved."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def cannot_listen(binding: Binding, error: Exception) -> EngineFailed:
    """The fault to raise where listening on `binding` failed with `error`."""
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        why = (
            f"Cổng {binding.port} đang có chương trình khác dùng, có thể là một bản xem trước "
            "còn mở. Hãy đóng chương trình đó, hoặc dùng cổng khác"
        )
        other = binding._replace(port=binding.port % 65535 + 1)
    elif isinstance(error, PermissionError):
        why = f"Máy không cho mở cổng {binding.port}. Hãy dùng cổng khác"
        other = binding._replace(port=8080 if binding.port == DEFAULT_PORT else DEFAULT_PORT)
    else:
        why = f"Máy này không có địa chỉ {binding.host}. Hãy dùng địa chỉ của máy"
        other = Binding("127.0.0.1", binding.port)
    return EngineFailed(
        f"Không mở được bản xem trước. {why}: site-builder serve --address {other.written}\n"
        "Chưa có gì thay đổi."
    )
