"""Rules of content, one file a rule (content-model.md, "Rules across entries").

A rule is a generator of diagnostics; its docstring is its manual. Three kinds of function:

- `alone(manuscript, background)` reads one file, with its text at hand;
- `among(library, entry)` looks at other entries, through the library's ledger;
- `registers(library)` looks at the registers, and at what entries make of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from site_builder.checks import (
    addresses,
    bodies,
    dates,
    duplicates,
    duty,
    fields,
    figures,
    freshness,
    links,
    numbers,
    pictures,
    privacy,
    references,
    replication,
    security,
    tone,
    units,
)
from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.domain.choices import PublishState
from site_builder.domain.entries import Record
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library
from site_builder.reading.entries import Manuscript

__all__ = ["Background", "check_alone", "check_among", "check_registers"]

ALONE: tuple[Callable[[Manuscript[Any], Background], Iterator[Diagnostic]], ...] = (
    units.alone,
    fields.alone,
    dates.alone,
    numbers.alone,
    links.alone,
    bodies.alone,
    privacy.alone,
    freshness.alone,
    tone.alone,
)
AMONG: tuple[Callable[[Library, AnyEntry], Iterator[Diagnostic]], ...] = (
    references.among,
    replication.among,
    addresses.among,
    numbers.among,
    links.among,
    pictures.among,
    figures.among,
    duplicates.among,
)
REGISTERS: tuple[Callable[[Library], Iterator[Diagnostic]], ...] = (
    references.registers,
    units.registers,
    duty.registers,
    addresses.registers,
    security.registers,
)


def check_alone(manuscript: Manuscript[Any], background: Background) -> tuple[Diagnostic, ...]:
    """Every fault that one file shows by itself. Faults of a draft are only warnings."""
    found = (item for rule in ALONE for item in rule(manuscript, background))
    return _softened(found, manuscript.record)


def check_among(library: Library, entry: AnyEntry) -> tuple[Diagnostic, ...]:
    """Every fault of an entry that other entries have a part in."""
    found = (item for rule in AMONG for item in rule(library, entry))
    return _softened(found, entry.record)


def check_registers(library: Library) -> tuple[Diagnostic, ...]:
    """Every fault of the registers, once all entries are known."""
    return tuple(item for rule in REGISTERS for item in rule(library))


def _softened(found: Iterable[Diagnostic], record: Record) -> tuple[Diagnostic, ...]:
    if record.publish is not PublishState.DRAFT:
        return tuple(found)
    return tuple(replace(item, severity=Severity.WARNING) for item in found)
