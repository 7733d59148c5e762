"""The task at hand, and what of the project is not as it was. Quick: most runs need no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from site_builder.config import REGISTERS, Project
from site_builder.files import code_digest, digest_of, is_settled
from site_builder.loading.memory import ALONE, TREE_FAULTS, FileKnown, Header, Memory
from site_builder.reading.find import ASSET, Found, SourceFile, find_files
from site_builder.workers import Crew, Progress

_NEW: FileKnown = ("", None, 0)


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
        return digest_of(b"\0".join(map(self._bytes_of, REGISTERS)))

    def _bytes_of(self, path: str) -> bytes:
        try:
            return (self.project.root / path).read_bytes()
        except OSError:
            return b""  # whoever reads it says why

    def fits(self, header: Header) -> bool:
        """Whether what is kept is of this program, these registers, and holds today."""
        return (
            header.program == self.program
            and header.registers == self.registers
            and header.today <= self.project.today.toordinal() < header.wakes
        )


@dataclass(frozen=True)
class Changes:
    """Files that are not as they were."""

    found: Found
    files: Mapping[str, FileKnown]
    """As they were."""
    to_read: tuple[tuple[str, SourceFile], ...]
    """With the type of entry that each should be."""
    gone: tuple[str, ...]
    """Paths of entries whose files are gone."""
    assets: frozenset[str]
    """Paths of pictures and PDFs that came, went or changed."""
    has_new_names: bool
    """Whether there are other faulty file names than before."""

    def __bool__(self) -> bool:
        return bool(self.to_read or self.gone or self.assets or self.has_new_names)


def look(work: Work) -> Changes:
    """Compare the tree with what is kept."""
    today = work.project.today.toordinal()
    files = work.memory.files()
    found = find_files(work.project.root, {path: kind for path, (kind, _, _) in files.items()})
    to_read = []
    for kind, file in found.entries:
        _, stamp, wakes = files.get(file.path, _NEW)
        if stamp != file.stamp or wakes <= today:
            to_read.append((kind, file))
    here = {file.path for _, file in found.entries} | found.assets.keys()
    gone = [path for path in files if path not in here]
    assets = {path for path in gone if files[path][0] == ASSET}
    for path, file in found.assets.items():
        if files.get(path, _NEW)[1] != file.stamp:
            assets.add(path)
    entries_gone = tuple(path for path in gone if files[path][0] != ASSET)
    has_new_names = work.memory.faults(ALONE, TREE_FAULTS) != found.diagnostics
    return Changes(found, files, tuple(to_read), entries_gone, frozenset(assets), has_new_names)


def known(file: SourceFile, kind: str, wakes: int, now: int) -> FileKnown:
    """A file as it is kept; `now` (ns) is when the tree was looked at."""
    size, modified, changed = file.stamp
    is_sure = is_settled(file.stamp, now)
    return kind, (size, modified, changed) if is_sure else None, wakes
