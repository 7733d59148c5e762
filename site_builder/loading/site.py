"""Reads and checks a project: all of it, or what has changed since the last time."""

import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.config import Project, open_project
from site_builder.diagnostics import ContentFaults, Diagnostic
from site_builder.loading.memory import Header, Memory, open_library
from site_builder.loading.work import Work, look
from site_builder.reading.find import SourceFile
from site_builder.workers import Crew, Progress, without_pauses

# The schema takes a quarter of a second to load: a run that finds nothing new goes without.
if TYPE_CHECKING:
    from site_builder.catalogue import Catalogue
    from site_builder.library.library import Library


@dataclass
class Loaded:
    """A project as read and checked."""

    project: Project
    memory: Memory
    """Where all faults, and the changes of earlier runs, are kept."""
    header: Header
    assets: Mapping[str, SourceFile]
    """Pictures and PDFs of the tree, by path."""

    @cached_property
    def library(self) -> "Library":
        """Everything that was read."""
        return open_library(self.project, self.memory, self.assets)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All faults, sorted by place."""
        return tuple(sorted(set(self.memory.diagnostics())))

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many errors and warnings, without looking at each."""
        return self.memory.count()

    @cached_property
    def catalogue(self) -> "Catalogue | None":
        """What is public; None while the content has errors."""
        from site_builder.catalogue import Catalogue  # noqa: PLC0415

        return None if self.counts[0] else Catalogue(self.library)

    def require_catalogue(self) -> "Catalogue":
        """The catalogue. Raises `ContentFaults` while the content has errors."""
        self.refuse_errors()
        assert self.catalogue is not None
        return self.catalogue

    def read_diagnostics(self) -> None:
        """Read all faults now, before others may change what is kept."""
        _ = self.diagnostics

    def refuse_errors(self) -> None:
        """Raises `ContentFaults` while the content has errors."""
        if self.counts[0]:
            raise ContentFaults(self.project.root, self.diagnostics)


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
    work = Work(open_project(root, today), memory or Memory(), crew or Crew(1), progress)
    with without_pauses():
        try:
            found = _load_kept(work)
        except (sqlite3.Error, ValueError, EOFError, KeyError, TypeError, AttributeError):
            found = None  # a memory that cannot be understood is as good as none
        return found or _load_anew(work)


def _load_kept(work: Work) -> Loaded | None:
    """What is kept, brought up to date; None where nothing is, or it cannot be used."""
    header = work.memory.header()
    if header is None or not work.fits(header):
        return None
    now = time.time_ns()
    changes = look(work)
    loaded = Loaded(work.project, work.memory, header, changes.found.assets)
    if changes:
        from site_builder.loading.update import load_changes  # noqa: PLC0415

        loaded.library, loaded.header = load_changes(work, header, changes, now)
    return loaded


def _load_anew(work: Work) -> Loaded:
    from site_builder.loading.scratch import load_from_scratch  # noqa: PLC0415

    library, header = load_from_scratch(work)
    loaded = Loaded(work.project, work.memory, header, library.assets)
    loaded.library = library
    return loaded
