"""MH201-MH204: every reference leads to something of the right type, and public if we are.

References are ids (slugs of file names or units); documents may be named by their number where
only one has it. Inverse links are generated, never typed.
"""

from collections.abc import Iterator

from site_builder.checks.background import KIND_LABELS
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Article, Document, Model, Record
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library
from site_builder.library.placing import number_key
from site_builder.text import closest, slug

Reference = tuple[str, str, tuple[str | int, ...]]
"""Kind, what is written, and where."""


def registers(library: Library) -> Iterator[Diagnostic]:
    """Look up what units say of each other."""
    for unit in library.registers.units:
        span = library.registers.unit_spans[unit.id]
        for other in [unit.parent, *(s.id for s in unit.successors)]:
            if other and other not in library.units.by_id:
                yield _missing(library, "Unit", other, span)


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """Look up every reference of the entry."""
    for kind, written, keys in _references_of(entry.record):
        span = entry.span(*keys)
        if kind == "Unit":
            if library.registers.has_units and slug(written) not in library.units.by_id:
                yield _missing(library, kind, written, span)
            continue
        found = _find(library, kind, written)
        if len(found) > 1:
            choices = ", ".join(sorted(other.id for other in found))
            yield fault("MH202", span, count=len(found), value=written, choices=choices)
        elif not found and not library.is_broken(kind, written):
            yield _missing(library, kind, written, span)
        elif found and library.is_public(entry) and not library.is_public(found[0]):
            yield fault("MH203", span, value=written)


def _references_of(record: Record) -> Iterator[Reference]:
    if isinstance(record, Model):
        yield "Unit", record.unit, ("unit",)
        if record.replicated_from:
            yield "Model", record.replicated_from, ("replicated_from",)
    if isinstance(record, Article):
        yield from (("Unit", ref, ("units", n)) for n, ref in enumerate(record.units))
        yield from (("Model", ref, ("models", n)) for n, ref in enumerate(record.models))
    if isinstance(record, Model | Article):
        yield from (("Document", ref, ("documents", n)) for n, ref in enumerate(record.documents))
    if isinstance(record, Document) and record.replaced_by:
        yield "Document", record.replaced_by, ("replaced_by",)


def _find(library: Library, kind: str, written: str) -> tuple[AnyEntry, ...]:
    """The entry of this id, else, of documents, all that bear this number."""
    found = library.find(kind, slug(written))
    if found or kind != "Document":
        return (found,) if found else ()
    return tuple(library.shelf("all-numbers", number_key(written)))


def _missing(library: Library, kind: str, written: str, span: Span) -> Diagnostic:
    wanted = KIND_LABELS[kind]
    for other, label in KIND_LABELS.items():
        if other != kind and slug(written) in _ids(library, other):
            return fault("MH204", span, value=written, found=label, kind=wanted)
    meant = closest(written, sorted(_ids(library, kind))) or _by_name(library, kind, written)
    return fault("MH201", span, value=written, kind=wanted, meant=meant)


def _ids(library: Library, kind: str) -> set[str]:
    if kind == "Unit":
        return set(library.units.by_id)
    named = (key.split("/") for key in library.shelves.keys("all-ids"))
    return {entry_id for other, entry_id in named if other == kind}


def _by_name(library: Library, kind: str, written: str) -> str | None:
    """The id of the one unit that bears the name that was written instead of an id."""
    if kind != "Unit":
        return None
    named = [u.id for u in library.registers.units if slug(u.name) == slug(written)]
    return named[0] if len(named) == 1 else None
