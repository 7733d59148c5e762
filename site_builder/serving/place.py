"""Where the site is served: its address, and what only the server's keeper knows."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from site_builder.diagnostics import SiteBuilderError

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_BASE = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9_.~-]*/)*")
# Nothing that means something to a server: some of it cannot even be quoted ($ for nginx).
_PATH = re.compile(r"(?:[A-Za-z]:)?/[\w /.:@=,+~()-]*")


class Misplaced(SiteBuilderError):
    """A configuration cannot be made from what was given; nothing was written."""


@dataclass(frozen=True)
class Place:
    """The site's public address."""

    host: str
    port: int
    base: str
    """The address of the home page on its host, with slashes at both ends."""

    @property
    def origin(self) -> str:
        """Scheme, host and, where it is another than usual, port."""
        return f"https://{self.host}" + ("" if self.port == 443 else f":{self.port}")


@dataclass(frozen=True)
class Setup:
    """What only the server's keeper knows. None means the usual."""

    document_root: str | None = None
    certificate: str | None = None
    key: str | None = None
    address: str | None = None
    """IP address to listen on; all of them unless said."""
    http_port: int = 80
    https_port: int | None = None
    has_brotli: bool = True
    """Whether nginx has its module brotli_static."""


def place_of(site_url: str, https_port: int | None = None) -> Place:
    """The place that `site_url` of mkdocs.yml names. Raises `Misplaced`."""
    try:
        parts = urlsplit(site_url)
        host = (parts.hostname or "").encode("idna").decode()
        port = https_port or parts.port or 443
    except (UnicodeError, ValueError):
        parts, host, port = urlsplit(""), "", 443
    base = f"{parts.path.rstrip('/')}/"
    is_plain = not (parts.query or parts.fragment or parts.username)
    if parts.scheme != "https" or not _HOST.fullmatch(host) or not is_plain:
        raise Misplaced(
            f"Mục site_url trong mkdocs.yml là “{site_url}”: phải là địa chỉ công khai của trang, "
            "bắt đầu bằng https://, ví dụ https://danvankheo.example.vn/. Chưa ghi gì."
        )
    if not _BASE.fullmatch(base):
        raise Misplaced(
            f"Thư mục “{base}” trong site_url (mkdocs.yml) có ký tự mà máy chủ có thể hiểu khác: "
            "chỉ dùng chữ không dấu, số, gạch nối và dấu chấm. Chưa ghi gì."
        )
    return Place(host, port, base)


def checked_path(path: str, what: str) -> str:
    """`path` as any server may be told it. Raises `Misplaced`."""
    if _PATH.fullmatch(path):
        return path
    raise Misplaced(
        f"Đường dẫn {what} “{path}” phải bắt đầu bằng / (trên Windows: C:/) và chỉ gồm chữ, số, "
        "dấu cách và các dấu / . : @ = , + ~ ( ) - _. Chưa ghi gì."
    )


def checked_address(address: str) -> str:
    """An IP address, ready to have a port put behind it. Raises `Misplaced`."""
    try:
        # Behind % the name of an interface may stand, which may be anything.
        found = ip_address(address.replace("%", " "))
    except ValueError:
        raise Misplaced(f"“{address}” không phải một địa chỉ IP. Chưa ghi gì.") from None
    return str(found) if found.version == 4 else f"[{found}]"
