"""Copies of text files compressed for transport, so that a server need not do it each time."""

import gzip
from collections.abc import Iterator
from pathlib import PurePosixPath

import brotli

from site_builder.addresses import PACKED

_FEW = frozenset({"css", "js", "svg"})
"""What every page shows and hardly ever changes: worth the most thorough work."""
_BEST, _GOOD = 11, 7
"""Levels of Brotli. The best makes a page 8 % smaller than the good one and takes 30 times as
long: 23 ms, six minutes of work for 15,000 pages (docs/decisions/0016)."""
_GZIP = 6


def is_packable(path: str) -> bool:
    """Whether a file is text, so that compressing it makes it much smaller."""
    return _end(path) in PACKED


def packed(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The suffix and bytes of each compressed copy of a file that is smaller than the file."""
    if not is_packable(path):
        return
    level = _BEST if _end(path) in _FEW else _GOOD
    copies = {
        ".br": brotli.compress(data, mode=brotli.MODE_TEXT, quality=level),
        ".gz": gzip.compress(data, _GZIP, mtime=0),
    }
    for name, copy in copies.items():
        if len(copy) < len(data):
            yield name, copy


def _end(path: str) -> str:
    return PurePosixPath(path).suffix.removeprefix(".")
