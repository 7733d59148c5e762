"""Reads single files: the part of loading that can be spread over processes."""

import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.checks import Background, check_alone
from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.domain.entries import Article, Document, Model, Page, Record
from site_builder.loading.waking import NEVER, entry_wakes
from site_builder.reading.entries import load_bytes, read_manuscript
from site_builder.text import slug

Progress = Callable[[int, int], None]
"""Told how many files are read, of how many."""

TYPES: dict[str, type[Record]] = {
    "Model": Model,
    "Article": Article,
    "Document": Document,
    "Page": Page,
}


class Task(NamedTuple):
    """A file to be read."""

    kind: str
    path: str
    """POSIX path from the root, NFC."""
    place: str
    """Where it is on this disk."""


class FileRead(NamedTuple):
    """What became of a file."""

    path: str
    entry: bytes | None
    """Pickled: it is kept as it is, and comes cheaper from another process."""
    faults: tuple[Diagnostic, ...]
    """Every fault that the file shows by itself."""
    broken: tuple[str, str] | None
    """(type, id) where the file should have been an entry: nobody is told that it is not there."""
    wakes: int
    """The first day (ordinal) on which it has to be read again."""


def read_files(work: tuple[Sequence[Task], Background]) -> list[FileRead]:
    """Read files one by one."""
    tasks, background = work
    context = {"fields": background.registers.field_names()}
    return [_read(task, background, context) for task in tasks]


def _read(task: Task, background: Background, context: dict[str, Any]) -> FileRead:
    data, faults = load_bytes(Path(task.place), task.path)
    manuscript = None
    if not faults:
        manuscript, faults = read_manuscript(TYPES[task.kind], task.path, data, context)
    if manuscript:
        faults += check_alone(manuscript, background)
        wakes = entry_wakes(manuscript.record, background.today)
        return FileRead(task.path, pickle.dumps(manuscript.entry, 5), faults, None, wakes)
    # A draft's faults are forgiven, so its absence must not be: references to it are faults.
    broken = (task.kind, slug(Path(task.place).stem)) if has_errors(faults) else None
    return FileRead(task.path, None, faults, broken, NEVER)
