"""Steps that both ways of loading take: reading, checking, and noting what the disk spells."""

import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder.checks import Background, check_among, check_registers
from site_builder.config import Project
from site_builder.diagnostics import Diagnostic
from site_builder.domain.entries import Model
from site_builder.domain.photos import Photo
from site_builder.library.library import Library
from site_builder.loading.files import FileRead, read_files
from site_builder.loading.memory import (
    AMONG,
    REGISTER_FAULTS,
    REGISTERS,
    FileKnown,
    Memory,
    open_library,
)
from site_builder.loading.waking import NEVER
from site_builder.loading.work import Work, known
from site_builder.reading.find import ASSET, IMAGE_SUFFIXES, Found, SourceFile
from site_builder.reading.pictures import look_at_all
from site_builder.workers import cut

_PIECE = 250
"""Files that one process reads at a time."""
_PHOTOS = 8
"""Pictures that one process looks at at a time: each takes some 0.1 s."""


def read(
    work: Work, files: Sequence[tuple[str, SourceFile]], background: Background
) -> list[FileRead]:
    """Read files, by several processes where they are many."""
    pieces = [(piece, background) for piece in cut(files, _PIECE)]
    found: list[FileRead] = []
    for some in work.crew.spread(read_files, pieces):
        found += some
        if work.progress:
            work.progress(len(found), len(files))
    return found


def look_at_photos(work: Work, files: Iterable[SourceFile]) -> dict[str, Photo]:
    """Look at pictures, by several processes where they are many; by path."""
    found = [file for file in files if Path(file.place).suffix.lower() in IMAGE_SUFFIXES]
    photos: list[Photo] = []
    pieces = cut([file.place for file in found], _PHOTOS)
    for some in work.crew.spread(look_at_all, pieces):
        photos += some
        if work.progress:
            work.progress(len(photos), len(found))
    return dict(zip((file.path for file in found), photos, strict=True))


class Checked(NamedTuple):
    """An entry checked against the others."""

    number: int
    path: str
    faults: tuple[Diagnostic, ...]
    asked: frozenset[str]
    """What the check looked at."""
    near: tuple[int, ...]
    """The models nearest to a public model."""


def check_all(work: Work, library: Library, lineage: str) -> None:
    """Check every entry of a new library against the others; find who is near whom."""
    numbers = range(len(library.holdings.paths))
    if work.memory.folder is None or work.crew.jobs == 1:
        found: Iterable[list[Checked]] = [[_check(library, number) for number in numbers]]
    else:
        # Other processes read it from there.
        work.memory.keep("assets", pickle.dumps(library.assets))
        work.memory.keep("registers", pickle.dumps(library.registers))
        work.memory.keep_holdings(library.holdings, library.neighbours.packed())
        work.memory.commit()
        pieces = [(work.project, lineage, piece) for piece in cut(numbers, 4 * _PIECE)]
        found = work.crew.spread(check_piece, pieces)
    with work.memory.open_to_readers():
        for some in found:
            for checked in some:
                _keep(work.memory, checked)
                if checked.near:
                    library.holdings.near[checked.number] = checked.near


def check_entries(memory: Memory, library: Library, numbers: Iterable[int]) -> None:
    """Check some entries against the others."""
    for number in numbers:
        _keep(memory, _check(library, number))


_own: dict[str, Library] = {}
"""The library of this process, by its lineage."""


def check_piece(work: tuple[Project, str, Sequence[int]]) -> list[Checked]:
    """Check entries of the library that another process keeps on the disk."""
    project, lineage, numbers = work
    if lineage not in _own:
        _own.clear()
        memory = Memory(project.root)
        _own[lineage] = open_library(project, memory, pickle.loads(memory.kept("assets")))
    found = [_check(_own[lineage], number) for number in numbers]
    _own[lineage].forget_opened(0)
    return found


def _check(library: Library, number: int) -> Checked:
    entry = library.unasked(number)
    with library.ledger.recording() as asked:
        faults = check_among(library, entry)
    near: tuple[int, ...] = ()
    if isinstance(entry.record, Model) and library.holdings.addresses[number]:
        near = library.neighbours.near(number, entry.record)
    return Checked(number, entry.path, faults, frozenset(asked), near)


def _keep(memory: Memory, checked: Checked) -> None:
    memory.keep_faults(AMONG, checked.path, checked.faults)
    memory.keep_asked(checked.number, checked.asked)


def check_units(memory: Memory, library: Library) -> None:
    """Check the registers against the entries."""
    with library.ledger.recording() as asked:
        found = check_registers(library)
    memory.keep_faults(AMONG, REGISTER_FAULTS, found)
    memory.keep_asked(REGISTERS, asked)


def spelled(found: Found, root: Path) -> dict[str, str]:
    """Paths as the disk spells them, where that is not NFC."""
    names: dict[str, str] = {}
    for _, file in found.entries:
        own = Path(file.place).relative_to(root).as_posix() if not file.place.isascii() else ""
        if own and own != file.path:
            names[file.path] = own
    return names


def known_assets(found: Found, now: int) -> dict[str, FileKnown]:
    """The assets as they are kept."""
    return {path: known(file, ASSET, NEVER, now) for path, file in found.assets.items()}
