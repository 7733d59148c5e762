"""MH201-MH204: every reference leads to something of the right type, and public if we are.

References are ids (slugs of file names or units); documents may be named by their number where
only one has it. Inverse links are generated, never typed.
"""

from collections.abc import Iterator

from site_builder.checks.library import KIND_LABELS, Library
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Article, Document, Model
from site_builder.domain.entry import AnyEntry
from site_builder.reading.entries import ANY_UNIT
from site_builder.text import closest, slug

Reference = tuple[str, str, tuple[str | int, ...]]
"""Kind, what is written, and where."""


def check(library: Library) -> Iterator[Diagnostic]:
    """Look up every reference of every entry, and of units among themselves."""
    for entry in library.sources.entries:
        for kind, written, keys in references_of(entry):
            yield from _look_up(library, entry, kind, written, entry.span(*keys))
    for unit in library.sources.units:
        span = library.sources.unit_spans[unit.id]
        for other in [unit.parent, *(s.id for s in unit.successors)]:
            if other and other not in library.units.by_id:
                yield _missing(library, "Unit", other, span)


def references_of(entry: AnyEntry) -> Iterator[Reference]:
    """Every reference that the entry's front matter makes."""
    record = entry.record
    if isinstance(record, Model):
        yield "Unit", record.unit, ("unit",)
        if record.replicated_from:
            yield "Model", record.replicated_from, ("replicated_from",)
    if isinstance(record, Article):
        yield from (("Model", ref, ("models", n)) for n, ref in enumerate(record.models))
        yield from (("Unit", ref, ("units", n)) for n, ref in enumerate(record.units))
    if isinstance(record, Model | Article):
        yield from (("Document", ref, ("documents", n)) for n, ref in enumerate(record.documents))
    if isinstance(record, Document) and record.replaced_by:
        yield "Document", record.replaced_by, ("replaced_by",)


def _look_up(
    library: Library, entry: AnyEntry, kind: str, written: str, span: Span
) -> Iterator[Diagnostic]:
    if kind == "Unit":
        is_known = slug(written) in library.units.by_id or ANY_UNIT in library.sources.broken
        if not is_known:
            yield _missing(library, kind, written, span)
        return
    found = _find(library, kind, written)
    if len(found) > 1:
        choices = ", ".join(other.id for other in found)
        yield fault("MH202", span, count=len(found), value=written, choices=choices)
    elif not found and not library.is_broken(kind, written):
        yield _missing(library, kind, written, span)
    elif found and library.is_public(entry) and not library.is_public(found[0]):
        yield fault("MH203", span, value=written)


def _find(library: Library, kind: str, written: str) -> tuple[AnyEntry, ...]:
    if kind == "Document":
        return library.numbers.resolve(written)
    found = library.by_kind[kind].get(slug(written))
    return (found,) if found else ()


def _missing(library: Library, kind: str, written: str, span: Span) -> Diagnostic:
    wanted = KIND_LABELS[kind]
    for other, label in KIND_LABELS.items():
        if other != kind and slug(written) in _ids(library, other):
            return fault("MH204", span, value=written, found=label, kind=wanted)
    meant = closest(written, sorted(_ids(library, kind))) or _by_name(library, kind, written)
    return fault("MH201", span, value=written, kind=wanted, meant=meant)


def _ids(library: Library, kind: str) -> set[str]:
    return set(library.units.by_id if kind == "Unit" else library.by_kind[kind])


def _by_name(library: Library, kind: str, written: str) -> str | None:
    """The id of the one unit that bears the name that was written instead of an id."""
    if kind != "Unit":
        return None
    named = [u.id for u in library.sources.units if slug(u.name) == slug(written)]
    return named[0] if len(named) == 1 else None
