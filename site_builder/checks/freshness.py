"""MH232, MH235, MH236: what a model still lacks: a recent look, a figure, a known fact."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Document, Model, Record
from site_builder.reading.entries import Manuscript

_MONTHS = 24


def alone(manuscript: Manuscript[Any], background: Background) -> Iterator[Diagnostic]:
    """Only entries that citizens see: drafts are expected to lack things."""
    record = manuscript.record
    if not record.is_public(background.today):
        return
    if isinstance(record, Model):
        if not record.results:
            yield fault("MH235", Span(manuscript.path))
        verified = record.verified_on
        if verified and _is_older(verified, background.today):
            shown = verified.strftime("%d/%m/%Y")
            yield fault("MH232", manuscript.span("verified_on"), date=shown)
    if unknown := _unknown_keys(record):
        names = [type(record).model_fields[key].title or key for key in unknown]
        yield fault("MH236", manuscript.span(unknown[0]), keys=", ".join(names).lower())


def _unknown_keys(record: Record) -> list[str]:
    """Required keys to which the writer answered chua-ro."""
    if isinstance(record, Model):
        return [key for key in ("year", "status") if getattr(record, key) is None]
    if isinstance(record, Document):
        return [key for key in ("date",) if getattr(record, key) is None]
    return []


def _is_older(verified: date, today: date) -> bool:
    months = (today.year - verified.year) * 12 + today.month - verified.month
    return (months, today.day) > (_MONTHS, verified.day)
