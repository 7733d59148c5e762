"""Reads and checks a project: all of it, or what has changed since the last time."""

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from site_builder.catalogue import Catalogue
from site_builder.config import Project, open_project
from site_builder.diagnostics import ContentFaults, Diagnostic
from site_builder.library.library import Library
from site_builder.loading.files import Progress
from site_builder.loading.memory import Header, Memory
from site_builder.loading.scratch import load_from_scratch
from site_builder.loading.update import load_changes
from site_builder.loading.work import Work
from site_builder.workers import Crew


@dataclass(frozen=True)
class Loaded:
    """A project as read and checked."""

    project: Project
    library: Library
    memory: Memory
    """Where all faults, and the changes of earlier runs, are kept."""
    header: Header
    read: int
    """How many entries were read from their files."""

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All faults, sorted by place."""
        return tuple(sorted(set(self.memory.diagnostics())))

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many errors and warnings, without looking at each."""
        return self.memory.count()

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """What is public; None while the content has errors."""
        return None if self.counts[0] else Catalogue(self.library)

    def require_catalogue(self) -> Catalogue:
        """The catalogue. Raises `ContentFaults` while the content has errors."""
        self.refuse_errors()
        assert self.catalogue is not None
        return self.catalogue

    def refuse_errors(self) -> None:
        """Raises `ContentFaults` while the content has errors."""
        if self.counts[0]:
            raise ContentFaults(self.project.root, self.diagnostics)


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
    root: Path | str,
    today: date | None = None,
    progress: Progress | None = None,
    *,
    memory: Memory | None = None,
    crew: Crew | None = None,
) -> Loaded:
    """Read and check the project in `root` as of `today` (in Việt Nam; default: now).

    With a `memory`, only what changed since the last run is read; with a `crew`, many files are
    read by several processes. Faults in the content are in `diagnostics`, never raised. Raises
    `ProjectNotFound` where `root` is no project.
    """
    project = open_project(root, today)
    work = Work(project, memory or Memory(), crew or Crew(1), progress)
    with _without_pauses():
        try:
            found = load_changes(work)
        except (sqlite3.Error, ValueError, EOFError, KeyError, TypeError):
            # A memory that cannot be understood is as good as none.
            found = None
        library, header, read = found or load_from_scratch(work)
    return Loaded(project, library, work.memory, header, read)
