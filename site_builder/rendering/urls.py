"""Addresses relative to a page, exactly as MkDocs' `url` filter writes them."""

import posixpath
from functools import lru_cache
from urllib.parse import urlsplit


class Here:
    """A page's address, from which others are counted."""

    def __init__(self, url: str) -> None:
        folder, _, name = url.rpartition("/")
        # A last part with a dot is a file: what is beside it counts from its folder.
        self._parts = _parts(folder if "." in name else url)

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
        kept, climbs = _understood(address)
        if climbs < 0:
            return kept
        return "../" * climbs + self.relative(kept)


@lru_cache(maxsize=65536)
def _parts(url: str) -> tuple[str, ...]:
    path = posixpath.normpath(url if url.startswith("/") else f"/{url}")[1:]
    return tuple(path.split("/")) if path else ()


@lru_cache(maxsize=65536)
def _understood(address: str) -> tuple[str, int]:
    """The address, and how many folders it climbs; -1 where it does not count from our root."""
    path = address.replace("\\", "/") if address else "."
    parsed = urlsplit(path)
    if parsed.scheme or parsed.netloc or path.startswith(("/", "#")):
        return path, -1
    normal = posixpath.normpath(path) + "/"
    climbs = 0
    while normal.startswith("../", climbs * 3):
        climbs += 1
    return path, climbs
