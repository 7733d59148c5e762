"""What both ways of loading share: the task at hand, reading in processes, checking, keeping."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from site_builder.checks import Background, check_among, check_registers
from site_builder.config import Project
from site_builder.files import code_digest, digest_of, is_settled
from site_builder.library.library import Library
from site_builder.loading.files import FileRead, Progress, Task, read_files
from site_builder.loading.memory import AMONG, REGISTERS, FileKnown, Memory
from site_builder.loading.waking import NEVER
from site_builder.reading.find import ASSET, Found, SourceFile
from site_builder.reading.registers import REGISTERS as REGISTER_PATHS
from site_builder.workers import Crew, cut

_PIECE = 250
"""Files that one process reads at a time."""
REGISTER_FAULTS, TREE_FAULTS = "content/data/*", "*"
"""Names under which faults are kept that belong to no entry."""


@dataclass(frozen=True)
class Work:
    """A project to be loaded, and with what."""

    project: Project
    memory: Memory
    crew: Crew
    progress: Progress | None

    @cached_property
    def program(self) -> bytes:
        """Which program this is."""
        return code_digest()

    @cached_property
    def registers(self) -> bytes:
        """The state of the register files."""
        return digest_of(b"\0".join(map(self._bytes_of, REGISTER_PATHS)))

    def _bytes_of(self, path: str) -> bytes:
        place: Path = self.project.root / path
        return place.read_bytes() if place.is_file() else b""

    def read(self, tasks: Sequence[Task], background: Background) -> list[FileRead]:
        """Read files, by several processes where they are many."""
        pieces = [(piece, background) for piece in cut(tasks, _PIECE)]
        found: list[FileRead] = []
        for files in self.crew.spread(read_files, pieces):
            found += files
            if self.progress:
                self.progress(len(found), len(tasks))
        return found

    def check_among(self, library: Library, numbers: Iterable[int]) -> None:
        """Check entries against each other; keep their faults, and what the checks looked at."""
        for number in numbers:
            entry = library.unasked(number)
            with library.ledger.recording() as asked:
                found = check_among(library, entry)
            self.memory.keep_faults(AMONG, entry.path, found)
            self.memory.keep_asked(number, asked)

    def check_registers(self, library: Library) -> None:
        """Check the registers against the entries."""
        with library.ledger.recording() as asked:
            found = check_registers(library)
        self.memory.keep_faults(AMONG, REGISTER_FAULTS, found)
        self.memory.keep_asked(REGISTERS, asked)


def spelled(found: Found, root: Path) -> dict[str, str]:
    """Paths as the disk spells them, where that is not NFC."""
    names: dict[str, str] = {}
    for _, file in found.entries:
        own = Path(file.place).relative_to(root).as_posix() if not file.place.isascii() else ""
        if own and own != file.path:
            names[file.path] = own
    return names


def known(file: SourceFile, kind: str, wakes: int, now: int) -> FileKnown:
    """A file as it is kept."""
    return FileKnown(kind, file.stamp if is_settled(file.stamp, now) else None, wakes)


def known_assets(found: Found, now: int) -> dict[str, FileKnown]:
    """The assets as they are kept."""
    return {path: known(file, ASSET, NEVER, now) for path, file in found.assets.items()}
