"""Reads and checks a project, all of it or what has changed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from site_builder.catalogue import Catalogue
from site_builder.checks import Background, check_among, check_registers
from site_builder.config import Project, open_project
from site_builder.diagnostics import ContentFaults, Diagnostic, has_errors
from site_builder.domain.entry import AnyEntry
from site_builder.library.filling import fill
from site_builder.library.library import Holdings, Library
from site_builder.loading.files import Progress, Task, read_files
from site_builder.reading.find import Found, find_files
from site_builder.reading.registers import read_registers


@dataclass(frozen=True)
class Loaded:
    """A project as read and checked."""

    project: Project
    library: Library
    diagnostics: tuple[Diagnostic, ...]
    """All faults, sorted by place."""

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """What is public; None while the content has errors."""
        return None if has_errors(self.diagnostics) else Catalogue(self.library)

    def require_catalogue(self) -> Catalogue:
        """The catalogue. Raises `ContentFaults` while the content has errors."""
        if self.catalogue is None:
            raise ContentFaults(self.project.root, self.diagnostics)
        return self.catalogue


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Reading makes millions of objects that stay: collecting garbage among them is lost time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_site(
    root: Path | str, today: date | None = None, progress: Progress | None = None
) -> Loaded:
    """Read and check the project in `root` as of `today` (in Việt Nam; default: now).

    Faults in the content are in `diagnostics`, never raised. Raises `ProjectNotFound` where
    `root` is no project.
    """
    project = open_project(root, today)
    with _without_pauses():
        found = find_files(project.root)
        background = Background(read_registers(project), project.today)
        tasks = tasks_of(found)
        files = []
        for done, file in enumerate(read_files(tasks, background), 1):
            files.append(file)
            if progress:
                progress(done, len(tasks))
        library = Library(project, background.registers, found.assets, Holdings(), _nowhere)
        library.holdings.spelled.update(_spelled(found, project.root))
        library.holdings.broken.update(file.broken for file in files if file.broken)
        fill(library, [file.entry for file in files if file.entry])
        faults = [
            *background.registers.diagnostics,
            *found.diagnostics,
            *(fault for file in files for fault in file.faults),
            *(fault for entry in library.entries() for fault in check_among(library, entry)),
            *check_registers(library),
        ]
    return Loaded(project, library, tuple(sorted(set(faults))))


def tasks_of(found: Found) -> list[Task]:
    """The files that may be entries, by type and path."""
    kinds = {
        "Model": found.models,
        "Article": found.articles,
        "Document": found.documents,
        "Page": found.pages,
    }
    return [
        Task(kind, file.path, str(file.place)) for kind, files in kinds.items() for file in files
    ]


def _nowhere(number: int) -> AnyEntry:
    raise KeyError(number)


def _spelled(found: Found, root: Path) -> Iterator[tuple[str, str]]:
    for file in (*found.models, *found.articles, *found.documents, *found.pages):
        own = file.place.relative_to(root).as_posix()
        if own != file.path:
            yield file.path, own
