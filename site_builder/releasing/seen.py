"""What was seen of each file of the site the last time, so that only what changed is read again."""

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from site_builder.files import Stamp, code_digest, digest_of
from site_builder.store import Store


class Prepared(NamedTuple):
    """A file of the site, read."""

    stamp: Stamp
    sha256: str
    packed: tuple[tuple[str, int, str], ...]
    """Suffix, size and SHA-256 of each compressed copy."""


class Sights(Store):
    """Remembers files that stood in a site in which everything was right."""

    tables = """
        CREATE TABLE file (path TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE links (path TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
    """

    def __init__(self, place: Path, own: str) -> None:
        super().__init__(place)
        # Another program, or another address of the site, may see other things.
        self._seer = digest_of(code_digest() + own.encode())

    def files(self) -> dict[str, Prepared]:
        """All of them, by path."""
        try:
            if self.is_ours and self.kept("seer") == self._seer:
                rows = self.base.execute("SELECT path, data FROM file")
                return {path: _opened(data) for path, data in rows}
        except (sqlite3.Error, KeyError, ValueError, EOFError, TypeError):
            pass
        self.start_afresh()
        self.keep("seer", self._seer)
        return {}

    def leading_to(self, gone: set[str]) -> Iterator[tuple[str, str]]:
        """Files that led to any of `gone`, each with one of them."""
        for path, data in self.base.execute("SELECT path, data FROM links"):
            if lost := gone.intersection(marshal.loads(data)):
                yield path, min(lost)

    def keep_files(
        self,
        files: Mapping[str, Prepared],
        links: Mapping[str, tuple[str, ...]],
        gone: Iterable[str],
    ) -> None:
        """Keep what is new, forget what is gone."""
        lost = [(path,) for path in gone]
        for table in ("file", "links"):
            self.base.executemany(f"DELETE FROM {table} WHERE path = ?", lost)
        rows = [(path, _plain(file)) for path, file in files.items()]
        self.base.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", rows)
        found = [(path, marshal.dumps(to)) for path, to in links.items()]
        self.base.executemany("INSERT OR REPLACE INTO links VALUES (?, ?)", found)
        self.commit()


def _plain(file: Prepared) -> bytes:
    return marshal.dumps((tuple(file.stamp), file.sha256, file.packed))


def _opened(data: bytes) -> Prepared:
    stamp, digest, packed = marshal.loads(data)
    return Prepared(Stamp(*stamp), digest, packed)
