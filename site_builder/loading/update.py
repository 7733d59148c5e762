"""Loads what has changed since the last run, and works out what that changes."""

import pickle
import time
from dataclasses import dataclass

from site_builder.checks import Background
from site_builder.domain.entry import AnyEntry
from site_builder.library.cells import asset_at
from site_builder.library.filling import Revision, revise
from site_builder.library.library import Library
from site_builder.loading.files import FileRead, Task
from site_builder.loading.memory import ALONE, REGISTERS, FileKnown, Header
from site_builder.loading.waking import NEVER
from site_builder.loading.work import TREE_FAULTS, Work, known, known_assets, spelled
from site_builder.reading.find import ASSET, Found, find_files


@dataclass(frozen=True)
class _Changes:
    """Files that are not as they were."""

    found: Found
    files: dict[str, FileKnown]
    """As they were."""
    to_read: tuple[Task, ...]
    gone: tuple[str, ...]
    """Paths of entries whose files are gone."""
    assets: frozenset[str]
    """Paths of pictures and PDFs that came, went or changed."""

    def __bool__(self) -> bool:
        return bool(self.to_read or self.gone or self.assets)


def load_changes(work: Work) -> tuple[Library, Header, int] | None:
    """The library, how it is kept, and how many files were read; None where nothing is kept."""
    memory = work.memory
    header = memory.header()
    if header is None or not _fits(work, header):
        return None
    now = time.time_ns()
    changes = _look(work)
    registers = memory.registers()
    library = Library(
        work.project, registers, changes.found.assets, memory.holdings(), memory.entry
    )
    if not changes:
        return library, header, 0
    library.holdings.spelled.update(spelled(changes.found, work.project.root))
    files = work.read(changes.to_read, Background(registers, work.project.today))
    cells = _apply(work, library, changes, files)
    generation = header.generation + bool(cells)
    header = header._replace(generation=generation, today=work.project.today.toordinal())
    memory.keep_changed(cells, generation)
    memory.keep_files(_files(changes, files, now))
    memory.keep_holdings(library.holdings, library.neighbours.packed())
    memory.keep_header(header)
    memory.commit()
    return library, header, len(files)


def _fits(work: Work, header: Header) -> bool:
    today = work.project.today.toordinal()
    return (
        header.program == work.program
        and header.registers == work.registers
        and header.today <= today < header.wakes
    )


def _look(work: Work) -> _Changes:
    today = work.project.today.toordinal()
    files = work.memory.files()
    found = find_files(work.project.root, {path: file.kind for path, file in files.items()})
    to_read = []
    for kind, file in found.entries:
        last = files.get(file.path)
        if last is None or last.stamp != file.stamp or last.wakes <= today:
            to_read.append(Task(kind, file.path, file.place))
    here = {file.path for _, file in found.entries} | found.assets.keys()
    gone = [path for path in files if path not in here]
    assets = {path for path in gone if files[path].kind == ASSET}
    for path, file in found.assets.items():
        if path not in files or files[path].stamp != file.stamp:
            assets.add(path)
    entries_gone = tuple(path for path in gone if files[path].kind != ASSET)
    return _Changes(found, files, tuple(to_read), entries_gone, frozenset(assets))


def _apply(work: Work, library: Library, changes: _Changes, files: list[FileRead]) -> set[str]:
    """Change the library, check what that touches; the cells that changed."""
    memory = work.memory
    revisions = _revisions(library, changes, files)
    cells = _broken_cells(library, changes, files)
    cells |= revise(library, revisions)
    cells |= {asset_at(path) for path in changes.assets}
    if any((path in library.assets) != (path in changes.files) for path in changes.assets):
        cells.add(asset_at(""))
    blobs = {file.path: file.entry for file in files}
    for number, revision in revisions.items():
        if revision.after and (data := blobs[revision.after.path]):
            memory.keep_entries([(number, data)])
    memory.drop_entries(number for number, revision in revisions.items() if not revision.after)
    for file in files:
        memory.keep_faults(ALONE, file.path, file.faults)
    for path in changes.gone:
        memory.drop_faults(path)
    memory.keep_faults(ALONE, TREE_FAULTS, changes.found.diagnostics)
    stale = {number for number, revision in revisions.items() if revision.after}
    stale |= memory.asking(cells)
    stale |= {library.numbers[p] for p in memory.paths_with_errors() if p in library.numbers}
    work.check_among(library, sorted(n for n in stale - {REGISTERS} if library.has(n)))
    if REGISTERS in stale:
        work.check_registers(library)
    return cells


def _revisions(library: Library, changes: _Changes, files: list[FileRead]) -> dict[int, Revision]:
    """Entries as they were and as they are, by number; those that are the same are left out."""
    revisions: dict[int, Revision] = {}
    following = len(library.holdings.paths)
    for file in files:
        number = library.numbers.get(file.path)
        before = library.unasked(number) if number is not None else None
        after: AnyEntry | None = pickle.loads(file.entry) if file.entry else None
        if before and after and before.digest == after.digest:
            is_public = bool(library.holdings.addresses[library.numbers[file.path]])
            if is_public == library.is_public(after):
                continue
        if before is None and after is None:
            continue
        if number is None:
            number, following = following, following + 1
        revisions[number] = Revision(before, after)
    for path in changes.gone:
        if (number := library.numbers.get(path)) is not None:
            revisions[number] = Revision(library.unasked(number), None)
    return revisions


def _broken_cells(library: Library, changes: _Changes, files: list[FileRead]) -> set[str]:
    """Note which files are broken now; the looks at ids that this changes."""
    touched = {file.path for file in files} | set(changes.gone)
    before = library.holdings.broken
    now = {path: pair for path, pair in before.items() if path not in touched}
    now |= {file.path: file.broken for file in files if file.broken}
    library.holdings.broken = now
    differing = set(before.values()) ^ set(now.values())
    return {f"all-ids/{kind}/{entry_id}*" for kind, entry_id in differing}


def _files(changes: _Changes, files: list[FileRead], now: int) -> dict[str, FileKnown]:
    wakes = {file.path: file.wakes for file in files}
    kept = known_assets(changes.found, now)
    for kind, file in changes.found.entries:
        last = changes.files.get(file.path)
        wake = wakes.get(file.path, last.wakes if last else NEVER)
        kept[file.path] = known(file, kind, wake, now)
    return kept
