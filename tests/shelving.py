"""Libraries for tests, filled from texts by path, and what they hold told without numbers."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from project import TODAY, write_project

from site_builder.config import Project
from site_builder.domain.entries import Article, Document, Model, Page
from site_builder.domain.entry import AnyEntry
from site_builder.library.filling import Revision, fill, place, revise
from site_builder.library.library import Holdings, Library
from site_builder.reading.entries import read_manuscript
from site_builder.reading.registers import read_registers

_KINDS = {"models/": Model, "content/news/": Article, "content/documents/": Document}


@lru_cache(maxsize=4096)
def entry_of(path: str, text: str) -> AnyEntry:
    """The entry of a file whose text is in order."""
    kind = next((kind for start, kind in _KINDS.items() if path.startswith(start)), Page)
    manuscript, faults = read_manuscript(kind, path, text.encode(), {})
    assert manuscript and not faults, (path, faults)
    return manuscript.entry


def library_of(root: Path, files: Mapping[str, str], units: Any = None) -> Library:
    """A library of `files` in their order; `root` gets the registers and nothing else."""
    library = empty_library(write_project(root, units=units))
    fill_with(library, [entry_of(path, text) for path, text in files.items()])
    return library


def fill_with(library: Library, entries: Sequence[AnyEntry]) -> None:
    """Fill an empty library, as loading does."""
    fill(library, [place(entry, library.placer, library.today) for entry in entries])
    for number, entry in enumerate(entries):
        library.open(number, entry)
    for number, entry in enumerate(entries):
        is_model = isinstance(entry.record, Model) and library.is_public(entry)
        if is_model and (near := library.neighbours.near(number, entry.record)):
            library.holdings.near[number] = near


def empty_library(root: Path) -> Library:
    """A library of the project in `root` before anything stands in it."""
    project = Project(root, TODAY)
    return Library(project, read_registers(project), {}, Holdings(), _nowhere)


def _nowhere(number: int) -> AnyEntry:
    raise KeyError(number)


def edit(library: Library, files: Mapping[str, str | None]) -> set[str]:
    """Give files new texts, or take them away (None); returns the cells that changed."""
    revisions: dict[int, Revision] = {}
    following = len(library.holdings.paths)
    for path, text in files.items():
        number = library.numbers.get(path)
        before = library.unasked(number) if number is not None else None
        after = entry_of(path, text) if text is not None else None
        if before is after:
            continue
        if number is None:
            number, following = following, following + 1
        revisions[number] = Revision(before, after)
    return revise(library, revisions)


def paths(entries: Iterable[AnyEntry]) -> list[str]:
    """The paths of `entries`, in their order."""
    return [entry.path for entry in entries]


def shelves_of(library: Library) -> dict[str, dict[str, list[str]]]:
    """Every shelf that holds something by group and key: paths, oldest first."""
    shelves, named = library.shelves, library.holdings.paths
    return {
        group: {key: [named[n] for n in shelves.numbers(group, key)] for key in kept}
        for group, kept in shelves.packed().items()
        if kept
    }


def held_by(library: Library) -> dict[str, Any]:
    """All that a library holds, told by paths: the same for the same entries."""
    held = library.holdings
    named = held.paths
    return {
        "shelves": shelves_of(library),
        "ids": {path: held.ids[n] for path, n in library.numbers.items()},
        "addresses": {path: held.addresses[n] for path, n in library.numbers.items()},
        "near": {named[n]: [named[other] for other in near] for n, near in held.near.items()},
        "words": {w: {named[n] for n in numbers} for w, numbers in held.words.items() if numbers},
        "sums": {measure: amount for measure, amount in held.sums.items() if amount},
        "entries": {entry.path: entry.record for entry in library.entries()},
    }
