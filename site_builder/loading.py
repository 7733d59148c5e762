"""From a folder to a checked catalogue: the first half of every command."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from site_builder.catalogue import Catalogue, build_catalogue
from site_builder.checks import run_checks
from site_builder.config import Project, open_project
from site_builder.diagnostics import ContentFaults, Diagnostic, has_errors
from site_builder.domain.entry import Sources
from site_builder.reading.entries import Progress, read_project


@dataclass(frozen=True)
class Loaded:
    """A project as read and checked."""

    project: Project
    sources: Sources
    diagnostics: tuple[Diagnostic, ...]
    """All faults, sorted by place."""

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """What is public; None while the content has errors. Built when first asked for."""
        if has_errors(self.diagnostics):
            return None
        return build_catalogue(self.sources, self.project.today)

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
        reading = read_project(project, progress)
        found = (*reading.diagnostics, *run_checks(reading.sources, project.today))
    return Loaded(project, reading.sources, tuple(sorted(set(found))))
