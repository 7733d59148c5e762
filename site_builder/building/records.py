"""What was built into a site, and what each file of it looked at: the memory of one site folder.

The header is written last. Before anything in the site is touched, the journal says what may be;
a journal that is still there tells that a build did not come to its end.
"""

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, KeysView, MutableMapping
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.files import digest_of, sealed, unsealed
from site_builder.store import Store

EVERYTHING = "*"
"""In a journal: any file may have been touched."""


class Record(NamedTuple):
    """A file of the site as it was made."""

    key: bytes
    """Digest of all that it shows."""
    size: int
    modified: int
    """Nanoseconds: with the size, tells whether somebody else has touched it."""
    updated: str = ""
    """Of a page: the ISO date of its last change, where the content tells it."""


class Files(MutableMapping[str, Record]):
    """Records by file, held as plain tuples: most are only carried from one run to the next."""

    def __init__(self, rows: dict[str, tuple[Any, ...]] | None = None) -> None:
        self.rows = rows or {}

    def __getitem__(self, file: str) -> Record:
        return Record(*self.rows[file])

    def __setitem__(self, file: str, record: Record) -> None:
        self.rows[file] = tuple(record)

    def __delitem__(self, file: str) -> None:
        del self.rows[file]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, file: object) -> bool:
        return file in self.rows

    def keys(self) -> KeysView[str]:
        """Without a detour: sets are made of them."""
        return self.rows.keys()


class BuiltFrom(NamedTuple):
    """What a site was built from."""

    lineage: str
    generation: int
    program: bytes
    engine: str
    """Digest of settings, theme and versions."""


class Records(Store):
    """The records of one site folder of a project."""

    tables = """
        CREATE TABLE document (file TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE line (file TEXT, name TEXT, data BLOB NOT NULL, PRIMARY KEY (name, file));
        CREATE INDEX line_by_file ON line (file);
    """

    def __init__(self, folder: Path, site_dir: Path | None) -> None:
        name = digest_of(str(site_dir or "").encode()).hex()[:8]
        super().__init__(folder / f"site-{name}.db")
        self.engine_place = folder / f"engine-{name}.pickle"
        self.templates_place = folder / f"templates-{name}"
        """Compiled templates of the engine."""

    def built_from(self) -> BuiltFrom | None:
        """What the site was built from; None where there is none, or nobody knows."""
        try:
            if self.is_ours:
                return BuiltFrom(*marshal.loads(self.kept("built_from")))
        except (sqlite3.Error, KeyError, EOFError, ValueError, TypeError):
            pass
        self.start_afresh()
        return None

    def files(self) -> "Files":
        """Every file of the site by its path in it."""
        return Files(marshal.loads(self.kept("files")))

    def journal(self) -> list[str]:
        """Files that a build may have touched without saying so at its end."""
        try:
            found: list[str] = marshal.loads(self.kept("journal"))
        except KeyError:
            return []
        return found

    def document(self, file: str) -> bytes:
        """What the search knows of a page; nothing where it does not find it."""
        query = "SELECT data FROM document WHERE file = ?"
        row = self.base.execute(query, (file,)).fetchone()
        return unsealed(row[0]) if row else b""

    def begin(self, touched: Iterable[str]) -> None:
        """Say, to last, which files may be touched from now on."""
        self.keep("journal", marshal.dumps(sorted({*touched, *self.journal()})))
        self.commit()

    def forget_asked(self) -> None:
        """Forget what all files looked at: they are about to look again."""
        self.base.execute("DELETE FROM asked")

    def keep_document(self, file: str, data: bytes) -> None:
        """Keep what the search knows of a page."""
        if data:
            row = (file, sealed(data))
            self.base.execute("INSERT OR REPLACE INTO document VALUES (?, ?)", row)
        else:
            self.base.execute("DELETE FROM document WHERE file = ?", (file,))

    def lines(self, file: str) -> dict[str, Any]:
        """What open data say of a page, by the name of the table."""
        query = "SELECT name, data FROM line WHERE file = ?"
        return {name: _opened(data) for name, data in self.base.execute(query, (file,))}

    def all_lines(self, name: str) -> Iterator[Any]:
        """What all pages add to one table, in the order of their files."""
        query = "SELECT data FROM line WHERE name = ? ORDER BY file"
        return (_opened(data) for (data,) in self.base.execute(query, (name,)))

    def keep_lines(self, file: str, name: str, lines: Any) -> None:
        """Keep what a page adds to one table; None where it adds nothing."""
        if lines is None:
            self.base.execute("DELETE FROM line WHERE file = ? AND name = ?", (file, name))
        else:
            row = (file, name, sealed(marshal.dumps(lines)))
            self.base.execute("INSERT OR REPLACE INTO line VALUES (?, ?, ?)", row)

    def forget_documents(self) -> None:
        """Forget what search and open data know: another program may have kept it otherwise."""
        self.base.execute("DELETE FROM document")
        self.base.execute("DELETE FROM line")
        self.base.execute("DELETE FROM kept WHERE name = 'documents'")

    def finish(self, files: "Files", built_from: BuiltFrom) -> None:
        """Say, to last, that the site is what `files` say."""
        self.keep("files", marshal.dumps(files.rows))
        self.keep("built_from", marshal.dumps(tuple(built_from)))
        self.base.execute("DELETE FROM kept WHERE name = 'journal'")
        self.commit()


def _opened(data: bytes) -> Any:
    return marshal.loads(unsealed(data))
