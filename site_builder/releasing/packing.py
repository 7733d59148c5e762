"""Copies of text files compressed for transport, so that a server need not do it each time."""

import gzip
from collections.abc import Iterator
from pathlib import PurePosixPath

import brotli

PACKED = frozenset(
    {".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".csv", ".webmanifest"}
)
"""Suffixes of text. Pictures, fonts and the search's index are compressed as they are."""
_FEW = frozenset({".css", ".js", ".svg"})
"""What every page shows and hardly ever changes: worth the most thorough work."""
_BEST, _GOOD = 11, 7
"""Levels of Brotli. The best makes a page 8 % smaller than the good one and takes 30 times as
long: 23 ms, six minutes of work for 15,000 pages (docs/decisions/0016)."""
_GZIP = 6


def packed(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The suffix and bytes of each compressed copy of a file that is smaller than the file."""
    suffix = PurePosixPath(path).suffix
    if suffix not in PACKED:
        return
    level = _BEST if suffix in _FEW else _GOOD
    copies = {
        ".br": brotli.compress(data, mode=brotli.MODE_TEXT, quality=level),
        ".gz": gzip.compress(data, _GZIP, mtime=0),
    }
    for name, copy in copies.items():
        if len(copy) < len(data):
            yield name, copy
