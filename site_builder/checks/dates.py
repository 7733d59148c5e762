"""MH208-MH211, MH220, MH221: dates and years of one entry agree with each other."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.choices import Level
from site_builder.domain.entries import Article, Document, Model
from site_builder.domain.values import PartialDate
from site_builder.reading.entries import Manuscript

DISTRICTS_ENDED = date(2025, 7, 1)
"""Luật Tổ chức chính quyền địa phương 72/2025/QH15: from this day no district level."""


def alone(manuscript: Manuscript[Any], background: Background) -> Iterator[Diagnostic]:
    """Orders of dates, years against today, level against the year."""
    yield from _orders(manuscript)
    record = manuscript.record
    if isinstance(record, Model):
        yield from _model(manuscript, record, background.today)
    if isinstance(record, Article):
        folder = manuscript.path.split("/")[2]
        if str(record.date.year) != folder:
            yield fault("MH220", manuscript.span("date"), year=record.date.year, folder=folder)


def _orders(manuscript: Manuscript[Any]) -> Iterator[Diagnostic]:
    record = manuscript.record
    pairs: list[tuple[str, str]] = [("publish_on", "expires_on")]
    if isinstance(record, Model):
        pairs.append(("started", "ended"))
    if isinstance(record, Article):
        pairs.append(("date", "updated"))
    if isinstance(record, Document):
        pairs += [("date", "effective"), ("effective", "expired")]
    for first, last in pairs:
        earlier, later = _partial(getattr(record, first)), _partial(getattr(record, last))
        if earlier and later and earlier.first > later.last:
            fields = type(record).model_fields
            yield fault(
                "MH208",
                manuscript.span(last),
                first=fields[first].title,
                first_date=earlier.vietnamese,
                last=fields[last].title,
                last_date=later.vietnamese,
            )


def _partial(value: PartialDate | date | None) -> PartialDate | None:
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    return value


def _model(manuscript: Manuscript[Any], record: Model, today: date) -> Iterator[Diagnostic]:
    if record.year and record.year > today.year:
        yield fault("MH209", manuscript.span("year"), value=record.year)
    if record.year and record.period and record.year not in record.period.years:
        yield fault("MH210", manuscript.span("period"), period=record.period, year=record.year)
    began = record.year or (record.started.year if record.started else None)
    for place, award in enumerate(record.awards):
        if award.year and began and award.year < min(began, _start_year(record, began)):
            yield fault(
                "MH211", manuscript.span("awards", place, "year"), value=award.year, year=began
            )
    if record.level is Level.DISTRICT and record.year and record.year > DISTRICTS_ENDED.year:
        yield fault("MH221", manuscript.span("level"))


def _start_year(record: Model, otherwise: int) -> int:
    return record.started.year if record.started else otherwise
