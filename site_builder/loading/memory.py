"""What the last run knew of the content, kept in `.site-builder/` of the project.

Whatever is missing, broken, or kept by another version of the program is worked out anew.
"""

import marshal
import pickle
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.config import Project
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.domain.photos import Photo
from site_builder.files import sealed, unsealed
from site_builder.reading.find import SourceFile
from site_builder.store import Store

if TYPE_CHECKING:
    from site_builder.domain.entry import AnyEntry
    from site_builder.library.library import Holdings, Library

FOLDER = ".site-builder"
REGISTER_FAULTS, TREE_FAULTS = "content/data/*", "*"
"""Names under which faults are kept that belong to no entry."""
REGISTERS = -1
"""Stands for the check of the registers among the numbers of entries."""
ALONE, AMONG = 0, 1
"""Stages: what a file shows by itself, and what others have a part in."""


FileKnown = tuple[str, tuple[int, int, int] | None, int]
"""A file as it was when it was last read: kind, stamp, and the first day (ordinal) on which it has
to be looked at again, changed or not. No stamp: it may have changed since without a trace.
"""


class Header(NamedTuple):
    """What has to fit, or nothing that is kept can be used."""

    program: bytes
    registers: bytes
    lineage: str
    """Names one chain of generations: a library read from scratch begins another."""
    generation: int
    today: int
    """The day (ordinal) of the last run."""
    wakes: int
    """The first day on which the registers say something else."""


class Memory(Store):
    """One project's kept library; without a folder it lasts as long as the command."""

    tables = """
        CREATE TABLE entry (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE faults (
            path TEXT NOT NULL, stage INTEGER NOT NULL, errors INTEGER NOT NULL,
            warnings INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (path, stage)
        ) WITHOUT ROWID;
        CREATE TABLE changed (cell TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
    """

    def __init__(self, root: Path | None = None) -> None:
        self.folder = root / FOLDER if root else None
        super().__init__(self.folder / "library.db" if self.folder else None)

    # --- recalling -------------------------------------------------------------------------

    def header(self) -> Header | None:
        """What is kept, or None where nothing can be used."""
        if self.place is None or not self.place.is_file():
            return None
        try:
            return Header(*marshal.loads(self.kept("header")))
        except (sqlite3.Error, EOFError, ValueError, TypeError, KeyError):
            return None

    def files(self) -> dict[str, FileKnown]:
        """Entries and assets of the last run by path."""
        files: dict[str, FileKnown] = marshal.loads(self.kept("files"))
        return files

    def registers(self) -> Any:
        """The registers as they were decoded."""
        return pickle.loads(self.kept("registers"))

    def holdings(self) -> "Holdings":
        """What the library knew without opening an entry."""
        # With these comes the whole schema, which a run that finds nothing new does not need.
        from site_builder.library.library import Holdings  # noqa: PLC0415
        from site_builder.library.shelves import Shelves  # noqa: PLC0415

        plain = marshal.loads(self.kept("holdings"))
        return Holdings(
            paths=plain[0],
            ids=plain[1],
            addresses=plain[2],
            titles=plain[3],
            shelves=Shelves.unpacked(plain[4]),
            words={word: array("I", data) for word, data in plain[5].items()},
            near=plain[6],
            sums={name: Decimal(amount) for name, amount in plain[7].items()},
            spelled=plain[8],
            broken=plain[9],
            photos={path: Photo(*seen) for path, seen in plain[10].items()},
        )

    def entry(self, number: int) -> "AnyEntry":
        """One entry."""
        query = "SELECT data FROM entry WHERE number = ?"
        row = self.base.execute(query, (number,)).fetchone() or (None,)
        entry: AnyEntry = pickle.loads(unsealed(row[0]))
        return entry

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Every fault, unsorted."""
        for (data,) in self.base.execute("SELECT data FROM faults"):
            yield from pickle.loads(data)

    def faults(self, stage: int, path: str) -> tuple[Diagnostic, ...]:
        """The faults of one file at one stage."""
        query = "SELECT data FROM faults WHERE path = ? AND stage = ?"
        row = self.base.execute(query, (path, stage)).fetchone()
        found: tuple[Diagnostic, ...] = pickle.loads(row[0]) if row else ()
        return found

    def count(self) -> tuple[int, int]:
        """How many errors and warnings."""
        query = "SELECT coalesce(sum(errors), 0), coalesce(sum(warnings), 0) FROM faults"
        errors, warnings = self.base.execute(query).fetchone()
        return errors, warnings

    def paths_with_errors(self) -> set[str]:
        """Files whose check among others found errors."""
        query = "SELECT path FROM faults WHERE errors AND stage = ?"
        return {path for (path,) in self.base.execute(query, (AMONG,))}

    def changed_since(self, generation: int) -> set[str]:
        """The cells that changed after a generation."""
        query = "SELECT cell FROM changed WHERE generation > ?"
        return {cell for (cell,) in self.base.execute(query, (generation,))}

    # --- keeping ---------------------------------------------------------------------------

    def keep_header(self, header: Header) -> None:
        """Say what is kept; last of all before `commit`."""
        self.keep("header", marshal.dumps(tuple(header)))

    def keep_files(self, files: dict[str, FileKnown]) -> None:
        """Keep the stamps of all files."""
        self.keep("files", marshal.dumps(files))

    def keep_holdings(self, held: "Holdings", words: dict[str, bytes]) -> None:
        """Keep what the library knows without opening an entry."""
        plain = (
            held.paths,
            held.ids,
            held.addresses,
            held.titles,
            held.shelves.packed(),
            words,
            held.near,
            {name: str(amount) for name, amount in held.sums.items()},
            held.spelled,
            held.broken,
            {path: tuple(photo) for path, photo in held.photos.items()},
        )
        self.keep("holdings", marshal.dumps(plain))

    def keep_entries(self, entries: Iterable[tuple[int, bytes]]) -> None:
        """Keep pickled entries by number."""
        rows = ((number, sealed(data)) for number, data in entries)
        self.base.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?)", rows)

    def drop_entries(self, numbers: Iterable[int]) -> None:
        """Forget entries that are gone."""
        self.base.executemany("DELETE FROM entry WHERE number = ?", ((n,) for n in numbers))

    def keep_faults(self, stage: int, path: str, found: tuple[Diagnostic, ...]) -> None:
        """Keep the faults of one file at one stage."""
        if not found:
            self.base.execute("DELETE FROM faults WHERE path = ? AND stage = ?", (path, stage))
            return
        errors = sum(item.severity is Severity.ERROR for item in found)
        row = (path, stage, errors, len(found) - errors, pickle.dumps(found))
        self.base.execute("INSERT OR REPLACE INTO faults VALUES (?, ?, ?, ?, ?)", row)

    def drop_faults(self, path: str) -> None:
        """Forget the faults of a file that is gone."""
        self.base.execute("DELETE FROM faults WHERE path = ?", (path,))

    def keep_changed(self, cells: Iterable[str], generation: int) -> None:
        """Keep which cells a generation changed."""
        rows = ((cell, generation) for cell in cells)
        self.base.executemany("INSERT OR REPLACE INTO changed VALUES (?, ?)", rows)

    @contextmanager
    def open_to_readers(self) -> Iterator[None]:
        """Let other processes read what was committed, however much is kept inside.

        SQLite would write what is kept into the file before it is told to, to save memory, and
        nobody can read in the meantime.
        """
        self.base.execute("PRAGMA cache_spill = OFF")
        try:
            yield
        finally:
            self.base.execute("PRAGMA cache_spill = ON")


def open_library(project: Project, memory: Memory, assets: Mapping[str, SourceFile]) -> "Library":
    """The kept library of a project; `assets` are the pictures and PDFs that lie there now."""
    from site_builder.library.library import Library  # noqa: PLC0415

    return Library(project, memory.registers(), assets, memory.holdings(), memory.entry)
