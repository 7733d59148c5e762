"""Addresses relative to a page, exactly as MkDocs' `url` filter writes them."""

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

_PLAIN = re.compile(r"(?:[a-z0-9-]+/)+")


class Here:
    """A page's address, from which others are counted."""

    def __init__(self, url: str) -> None:
        folder, _, name = url.rpartition("/")
        # A last part with a dot is a file: what is beside it counts from its folder.
        self._parts = _parts(folder if "." in name else url)
        self._ways = tuple(self._ways_up())
        self._to_root = "../" * len(self._parts)

    def _ways_up(self) -> Iterator[tuple[str, str]]:
        """Each folder from here to below the root, and how to go up to it."""
        for depth in range(len(self._parts), 0, -1):
            yield "/".join((*self._parts[:depth], "")), "../" * (len(self._parts) - depth)

    def relative(self, url: str) -> str:
        """`url`, which counts from the site's root, as this page links to it."""
        parts = _parts(url)
        common = 0
        for own, other in zip(self._parts, parts, strict=False):
            if own != other:
                break
            common += 1
        steps = (*(("..",) * (len(self._parts) - common)), *parts[common:])
        relative = "/".join(steps) or "."
        return relative + "/" if url.endswith("/") else relative

    def shown(self, address: str) -> str:
        """The `url` filter: addresses of other sites and anchors stay as they are."""
        kept, climbs, is_plain = _understood(address)
        if is_plain:
            return self._plain(kept)
        if climbs < 0:
            return kept
        return "../" * climbs + self.relative(kept)

    def _plain(self, folder: str) -> str:
        """`relative`, for the address of a page as we write them."""
        for near, way in self._ways:
            if folder.startswith(near):
                return way + folder[len(near) :] or "./"
        return self._to_root + folder


@lru_cache(maxsize=65536)
def _parts(url: str) -> tuple[str, ...]:
    path = posixpath.normpath(url if url.startswith("/") else f"/{url}")[1:]
    return tuple(path.split("/")) if path else ()


@lru_cache(maxsize=65536)
def _understood(address: str) -> tuple[str, int, bool]:
    """The address, how many folders it climbs, and whether it is plainly that of a page.

    It climbs -1 where it does not count from our root.
    """
    if _PLAIN.fullmatch(address):
        return address, 0, True
    path = address.replace("\\", "/") if address else "."
    parsed = urlsplit(path)
    if parsed.scheme or parsed.netloc or path.startswith(("/", "#")):
        return path, -1, False
    normal = posixpath.normpath(path) + "/"
    climbs = 0
    while normal.startswith("../", climbs * 3):
        climbs += 1
    return path, climbs, False
