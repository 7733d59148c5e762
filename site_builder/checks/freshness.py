"""MH232, MH235, MH236: what a model still lacks: a recent look, a figure, a known fact."""

from collections.abc import Iterator
from datetime import date

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Document, Model
from site_builder.domain.entry import AnyEntry

_MONTHS = 24


def check(library: Library) -> Iterator[Diagnostic]:
    """Only entries that citizens see: drafts are expected to lack things."""
    for entry in library.sources.entries:
        if not library.is_public(entry):
            continue
        record = entry.record
        if isinstance(record, Model):
            if not record.results:
                yield fault("MH235", Span(entry.path))
            verified = record.verified_on
            if verified and _is_older(verified, library.today):
                shown = verified.strftime("%d/%m/%Y")
                yield fault("MH232", entry.span("verified_on"), date=shown)
        if unknown := _unknown_keys(entry):
            names = [type(record).model_fields[key].title or key for key in unknown]
            yield fault("MH236", entry.span(unknown[0]), keys=", ".join(names).lower())


def _unknown_keys(entry: AnyEntry) -> list[str]:
    """Required keys to which the writer answered chua-ro."""
    if isinstance(entry.record, Model):
        return [key for key in ("year", "status") if getattr(entry.record, key) is None]
    if isinstance(entry.record, Document):
        return [key for key in ("date",) if getattr(entry.record, key) is None]
    return []


def _is_older(verified: date, today: date) -> bool:
    months = (today.year - verified.year) * 12 + today.month - verified.month
    return (months, today.day) > (_MONTHS, verified.day)
