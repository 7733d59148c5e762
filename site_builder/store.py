"""An SQLite file of what can be worked out again: named values, and who asked for which cell.

A cache and nothing more, so a crash of the whole machine may break it. SQLite, because one edit
then reads and writes a few rows, and a process that is killed leaves the last whole state behind.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from site_builder.files import sealed, unsealed

_TABLES = """
    CREATE TABLE kept (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE asked (cell TEXT NOT NULL, asker NOT NULL, PRIMARY KEY (cell, asker))
        WITHOUT ROWID;
"""


class Store:
    """One such file; without a place it is in memory only."""

    tables = ""
    """SQL that makes tables of a subclass."""

    def __init__(self, place: Path | None) -> None:
        self.place = place
        self._base: sqlite3.Connection | None = None

    def start_afresh(self) -> None:
        """Forget everything."""
        self.close()
        if self.place:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            for suffix in ("", "-journal"):
                self.place.with_name(self.place.name + suffix).unlink(missing_ok=True)
        self.base.executescript(_TABLES + self.tables + f"PRAGMA user_version = {self._version};")

    @property
    def is_ours(self) -> bool:
        """Whether the file has the tables of this class, and not those of another version."""
        (version,) = self.base.execute("PRAGMA user_version").fetchone()
        return bool(version == self._version)

    @property
    def _version(self) -> int:
        return crc32(self.tables.encode()) >> 1

    def kept(self, name: str) -> bytes:
        """A named value. Raises `KeyError`."""
        row = self.base.execute("SELECT data FROM kept WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        return unsealed(row[0])

    def keep(self, name: str, data: bytes) -> None:
        """Keep a named value."""
        self.base.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, sealed(data)))

    def asking(self, cells: Iterable[str]) -> set[Any]:
        """Who asked for any of `cells`."""
        query = "SELECT asker FROM asked WHERE cell = ?"
        found: set[Any] = set()
        for cell in cells:
            found.update(asker for (asker,) in self.base.execute(query, (cell,)))
        return found

    def keep_asked(self, asker: object, cells: Iterable[str]) -> None:
        """Keep what somebody asked for; what was asked for before is kept as well, to no harm."""
        rows = ((cell, asker) for cell in cells)
        self.base.executemany("INSERT OR IGNORE INTO asked VALUES (?, ?)", rows)

    def commit(self) -> None:
        """Make it last."""
        self.base.commit()

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        if self._base:
            self._base.close()
            self._base = None

    @property
    def base(self) -> sqlite3.Connection:
        """The open file."""
        if self._base is None:
            self._base = sqlite3.connect(self.place or ":memory:")
            self._base.execute("PRAGMA synchronous = OFF")
        return self._base
