"""Loads a whole project, as if for the first time."""

import pickle
import time
import uuid

from site_builder.checks import Background
from site_builder.library.filling import fill
from site_builder.library.library import Holdings, Library
from site_builder.loading.memory import ALONE, REGISTER_FAULTS, TREE_FAULTS, Header
from site_builder.loading.steps import (
    check_all,
    check_units,
    known_assets,
    look_at_photos,
    read,
    spelled,
)
from site_builder.loading.waking import registers_wake
from site_builder.loading.work import Work, known
from site_builder.reading.find import find_files
from site_builder.reading.registers import read_registers


def load_from_scratch(work: Work) -> tuple[Library, Header]:
    """The library, and how it is kept."""
    project, memory = work.project, work.memory
    now = time.time_ns()
    memory.start_afresh()
    registers = read_registers(project)
    found = find_files(project.root)
    background = Background(registers, project.today)
    files = read(work, found.entries, background)
    library = Library(project, registers, found.assets, Holdings(), memory.entry)
    library.holdings.spelled.update(spelled(found, project.root))
    library.holdings.photos.update(look_at_photos(work, found.assets.values()))
    library.holdings.broken.update((f.path, f.broken) for f in files if f.broken)
    fill(library, [file.placed for file in files if file.placed])
    memory.keep_entries(enumerate(file.entry for file in files if file.entry))
    memory.keep_faults(ALONE, TREE_FAULTS, found.diagnostics)
    memory.keep_faults(ALONE, REGISTER_FAULTS, registers.diagnostics)
    for file in files:
        if file.faults:
            memory.keep_faults(ALONE, file.path, file.faults)
    lineage = uuid.uuid4().hex
    check_all(work, library, lineage)
    check_units(memory, library)
    wakes = {file.path: file.wakes for file in files}
    memory.keep("registers", pickle.dumps(registers))
    memory.keep_files(
        {f.path: known(f, kind, wakes[f.path], now) for kind, f in found.entries}
        | known_assets(found, now)
    )
    memory.keep_holdings(library.holdings, library.neighbours.packed())
    header = Header(
        work.program,
        work.registers,
        lineage,
        0,
        project.today.toordinal(),
        registers_wake(registers, project.today),
    )
    memory.keep_header(header)
    memory.commit()
    return library, header
