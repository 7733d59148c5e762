"""Steps that both ways of loading take: reading, checking, and noting what the disk spells."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from site_builder.checks import Background, check_among, check_registers
from site_builder.library.library import Library
from site_builder.loading.files import FileRead, read_files
from site_builder.loading.memory import AMONG, REGISTER_FAULTS, REGISTERS, FileKnown, Memory
from site_builder.loading.waking import NEVER
from site_builder.loading.work import Work, known
from site_builder.reading.find import ASSET, Found, SourceFile
from site_builder.workers import cut

_PIECE = 250
"""Files that one process reads at a time."""


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


def check_entries(memory: Memory, library: Library, numbers: Iterable[int]) -> None:
    """Check entries against each other; keep their faults, and what the checks looked at."""
    for number in numbers:
        entry = library.unasked(number)
        with library.ledger.recording() as asked:
            found = check_among(library, entry)
        memory.keep_faults(AMONG, entry.path, found)
        memory.keep_asked(number, asked)


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
