"""Reads a whole project: every file becomes an entry or diagnostics, never an exception."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from site_builder.config import BODY_LIMIT, FRONT_MATTER_LIMIT, Project
from site_builder.diagnostics import (
    Diagnostic,
    Severity,
    Span,
    fault,
    has_errors,
    why_unread,
)
from site_builder.domain.choices import PublishState
from site_builder.domain.entries import Article, Document, Model, Page, Record
from site_builder.domain.entry import Entry, Sources
from site_builder.reading.complexity import find_overgrowth
from site_builder.reading.decode import decode
from site_builder.reading.find import SourceFile, find_files
from site_builder.reading.front_matter import split_entry
from site_builder.reading.registers import read_registers
from site_builder.reading.schema import decode_record
from site_builder.reading.yaml_tree import Node
from site_builder.text import slug

R = TypeVar("R", bound=Record)

_MOST_BYTES = BODY_LIMIT * 2 + FRONT_MATTER_LIMIT
"""A file beyond this is not even loaded; the exact limits are checked on the text."""

ANY_UNIT = ("Unit", "")
"""Stands in `Sources.broken` for all units, where their register could not be read."""

Progress = Callable[[int, int], None]
"""Told how many files are read, of how many."""


@dataclass(frozen=True)
class Reading:
    """What was read, and every fault of single files."""

    sources: Sources
    diagnostics: tuple[Diagnostic, ...]


def read_entry(
    kind: type[R], path: str, data: bytes, context: dict[str, Any] | None = None
) -> tuple[Entry[R] | None, tuple[Diagnostic, ...]]:
    """An entry from the bytes of its file, or the faults that kept it from being one."""
    text, faults = decode(path, data)
    if faults:
        return None, faults
    split, found = split_entry(path, text)
    if split is None:
        return None, tuple(found)
    record, record_faults = decode_record(kind, split.tree, split.values, context or {})
    found += record_faults
    found += find_overgrowth(path, split.body, split.body_line)
    found = _forgive_drafts(split.tree, found)
    if record is None or any(item.code == "MH306" for item in found):
        return None, tuple(found)
    return Entry(
        slug(PurePosixPath(path).stem), path, record, split.body, split.body_line, split.tree
    ), tuple(found)


def read_project(project: Project, progress: Progress | None = None) -> Reading:
    """Read registers, then all four types."""
    registers = read_registers(project)
    found = find_files(project.root)
    diagnostics = [*registers.diagnostics, *found.diagnostics]
    shelf = _Shelf({"fields": registers.field_names()}, diagnostics, progress)
    if not registers.has_units:
        shelf.broken.add(ANY_UNIT)
    shelf.total = sum(map(len, (found.models, found.articles, found.documents, found.pages)))
    sources = Sources(
        models=shelf.read(Model, found.models),
        articles=shelf.read(Article, found.articles),
        documents=shelf.read(Document, found.documents),
        pages=shelf.read(Page, found.pages),
        fields=registers.fields,
        units=registers.units,
        unit_spans=registers.unit_spans,
        site=registers.site,
        assets=found.assets,
        broken=frozenset(shelf.broken),
    )
    return Reading(sources, tuple(diagnostics))


class _Shelf:
    """Reads files one by one and keeps what went wrong."""

    def __init__(
        self, context: dict[str, Any], diagnostics: list[Diagnostic], progress: Progress | None
    ) -> None:
        self.context = context
        self.diagnostics = diagnostics
        self.progress = progress
        self.broken: set[tuple[str, str]] = set()
        self.done = 0
        self.total = 0

    def read(self, kind: type[R], files: Iterable[SourceFile]) -> tuple[Entry[R], ...]:
        return tuple(entry for file in files if (entry := self._read_one(kind, file)))

    def _read_one(self, kind: type[R], file: SourceFile) -> Entry[R] | None:
        entry, faults = None, self._load(file)
        if isinstance(faults, bytes):
            entry, faults = read_entry(kind, file.path, faults, self.context)
        self.diagnostics.extend(faults)
        # A draft's faults are forgiven, so its absence must not be: references to it are faults.
        if entry is None and has_errors(faults):
            self.broken.add((kind.__name__, file.stem_slug))
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)
        return entry

    def _load(self, file: SourceFile) -> bytes | tuple[Diagnostic, ...]:
        try:
            if file.place.stat().st_size > _MOST_BYTES:
                size = f"{file.place.stat().st_size // 1_000_000} MB"
                return (fault("MH006", Span(file.path), size=size, limit="1 MB"),)
            return file.place.read_bytes()
        except OSError as error:
            return (fault("MH012", Span(file.path), reason=why_unread(error)),)


def _forgive_drafts(tree: Node, found: list[Diagnostic]) -> list[Diagnostic]:
    """A draft may be unfinished: its faults are listed but stop nobody else's build."""
    state = tree.find(("publish",))
    typed = state.value if state else None
    is_draft = isinstance(typed, str) and slug(typed) in ("nhap", slug(PublishState.DRAFT.label))
    if not is_draft:
        return found
    return [replace(item, severity=Severity.WARNING) for item in found]
