"""Loads what has changed since the last run, and works out what that changes."""

import pickle

from site_builder.checks import Background
from site_builder.domain.entry import AnyEntry
from site_builder.library.cells import asset_at
from site_builder.library.filling import Revision, revise
from site_builder.library.library import Library
from site_builder.loading.files import FileRead
from site_builder.loading.memory import (
    ALONE,
    AMONG,
    REGISTERS,
    TREE_FAULTS,
    FileKnown,
    Header,
    open_library,
)
from site_builder.loading.steps import (
    check_entries,
    check_units,
    look_at_photos,
    read,
    spelled,
)
from site_builder.loading.waking import NEVER
from site_builder.loading.work import Changes, Work, known
from site_builder.reading.find import ASSET


def load_changes(work: Work, header: Header, changes: Changes, now: int) -> tuple[Library, Header]:
    """The library brought up to date, and how it is kept; `now` (ns) is when we looked."""
    memory = work.memory
    library = open_library(work.project, memory, changes.found.assets)
    library.holdings.spelled = spelled(changes.found, work.project.root)
    background = Background(library.registers, work.project.today)
    files = read(work, changes.to_read, background)
    cells = _apply(work, library, changes, files)
    # By the clock: a library put back from a copy must not count to the same number again.
    generation = max(header.generation + 1, now) if cells else header.generation
    header = header._replace(generation=generation, today=work.project.today.toordinal())
    memory.keep_changed(cells, generation)
    memory.keep_files(_files(changes, files, now))
    memory.keep_holdings(library.holdings, library.neighbours.packed())
    memory.keep_header(header)
    memory.commit()
    return library, header


def _apply(work: Work, library: Library, changes: Changes, files: list[FileRead]) -> set[str]:
    """Change the library, check what that touches; the cells that changed."""
    memory = work.memory
    _look_at_photos(work, library, changes)
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
    for revision in revisions.values():
        if revision.before and not revision.after:
            memory.keep_faults(AMONG, revision.before.path, ())
    for file in files:
        memory.keep_faults(ALONE, file.path, file.faults)
    for path in changes.gone:
        memory.drop_faults(path)
    memory.keep_faults(ALONE, TREE_FAULTS, changes.found.diagnostics)
    stale = {number for number, revision in revisions.items() if revision.after}
    stale |= memory.asking(cells)
    stale |= {library.numbers[p] for p in memory.paths_with_errors() if p in library.numbers}
    check_entries(memory, library, sorted(n for n in stale - {REGISTERS} if library.has(n)))
    if REGISTERS in stale:
        check_units(memory, library)
    return cells


def _look_at_photos(work: Work, library: Library, changes: Changes) -> None:
    """Look at the pictures that came or changed; forget those that went."""
    photos = library.holdings.photos
    for path in changes.assets:
        photos.pop(path, None)
    here = (library.assets[path] for path in changes.assets if path in library.assets)
    photos.update(look_at_photos(work, here))


def _revisions(library: Library, changes: Changes, files: list[FileRead]) -> dict[int, Revision]:
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


def _broken_cells(library: Library, changes: Changes, files: list[FileRead]) -> set[str]:
    """Note which files are broken now; the looks at ids that this changes."""
    touched = {file.path for file in files} | set(changes.gone)
    before = library.holdings.broken
    now = {path: pair for path, pair in before.items() if path not in touched}
    now |= {file.path: file.broken for file in files if file.broken}
    library.holdings.broken = now
    differing = set(before.values()) ^ set(now.values())
    return {f"all-ids/{kind}/{entry_id}*" for kind, entry_id in differing}


def _files(changes: Changes, files: list[FileRead], now: int) -> dict[str, FileKnown]:
    """All files as they are now; of most nothing is new."""
    found = changes.found
    kept = dict(changes.files)
    for path in kept.keys() - {file.path for _, file in found.entries} - found.assets.keys():
        del kept[path]
    wakes = {file.path: file.wakes for file in files}
    for kind, file in changes.to_read:
        kept[file.path] = known(file, kind, wakes[file.path], now)
    for path in changes.assets & found.assets.keys():
        kept[path] = known(found.assets[path], ASSET, NEVER, now)
    return kept
