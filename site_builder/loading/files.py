"""Reads single files: the part of loading that can be spread over processes."""

import pickle
from collections.abc import Sequence
from typing import Any, NamedTuple

from site_builder.checks import Background, check_alone
from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.domain.entries import Article, Document, Model, Page, Record
from site_builder.domain.entry import Entry
from site_builder.library.filling import Placed, place
from site_builder.library.placing import Placer
from site_builder.library.shelves import Placement
from site_builder.loading.waking import NEVER, entry_wakes
from site_builder.reading.entries import load_bytes, read_manuscript
from site_builder.reading.find import SourceFile

TYPES: dict[str, type[Record]] = {
    "Model": Model,
    "Article": Article,
    "Document": Document,
    "Page": Page,
}


class FileRead(NamedTuple):
    """What became of a file."""

    path: str
    entry: bytes | None
    """Pickled: it is kept as it is, and comes cheaper from another process."""
    placed: Placed | None
    """Where the entry belongs."""
    faults: tuple[Diagnostic, ...]
    """Every fault that the file shows by itself."""
    broken: tuple[str, str] | None
    """(type, id) where the file should have been an entry: nobody is told that it is not there."""
    wakes: int
    """The first day (ordinal) on which it has to be read again."""


def read_files(work: tuple[Sequence[tuple[str, SourceFile]], Background]) -> list[FileRead]:
    """Read files one by one."""
    files, background = work
    context = {"fields": background.registers.field_names()}
    placer = Placer(background.registers.tree)
    read = [_read(kind, file, background, context, placer) for kind, file in files]
    return _sharing_placements(read)


def _sharing_placements(files: list[FileRead]) -> list[FileRead]:
    """The same with one object for each shelf, of which there are few.

    So they come from another process in less time, and take less memory there.
    """
    known: dict[Placement, Placement] = {}
    shared = []
    for file in files:
        if placed := file.placed:
            placements = tuple(known.setdefault(one, one) for one in placed.placements)
            placed = placed._replace(placements=placements)
        shared.append(file._replace(placed=placed))
    return shared


def _read(
    kind: str, file: SourceFile, background: Background, context: dict[str, Any], placer: Placer
) -> FileRead:
    data, faults = load_bytes(file.place, file.path)
    manuscript = None
    if not faults:
        manuscript, faults = read_manuscript(TYPES[kind], file.path, data, context)
    if manuscript:
        faults += check_alone(manuscript, background)
        wakes = entry_wakes(manuscript.record, background.today)
        entry: Entry[Any] = manuscript.entry
        placed = place(entry, placer, background.today)
        return FileRead(file.path, pickle.dumps(entry, 5), placed, faults, None, wakes)
    # A draft's faults are forgiven, so its absence must not be: references to it are faults.
    broken = (kind, file.stem_slug) if has_errors(faults) else None
    return FileRead(file.path, None, None, faults, broken, NEVER)
