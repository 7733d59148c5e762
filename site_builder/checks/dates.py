"""MH208-MH211, MH220, MH221: dates and years of one entry agree with each other."""

from collections.abc import Iterator
from datetime import date

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.choices import Level
from site_builder.domain.entries import Article, Document, Model
from site_builder.domain.entry import AnyEntry, Entry
from site_builder.domain.values import PartialDate

DISTRICTS_ENDED = date(2025, 7, 1)
"""Luật Tổ chức chính quyền địa phương 72/2025/QH15: from this day no district level."""


def check(library: Library) -> Iterator[Diagnostic]:
    """Orders of dates, years against today, level against the year."""
    for entry in library.sources.entries:
        yield from _orders(entry)
    for model in library.sources.models:
        yield from _model(model, library.today)
    for article in library.sources.articles:
        folder = article.path.split("/")[2]
        if str(article.record.date.year) != folder:
            year = article.record.date.year
            yield fault("MH220", article.span("date"), year=year, folder=folder)


def _orders(entry: AnyEntry) -> Iterator[Diagnostic]:
    record = entry.record
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
                entry.span(last),
                first=fields[first].title,
                first_date=earlier.vietnamese,
                last=fields[last].title,
                last_date=later.vietnamese,
            )


def _partial(value: PartialDate | date | None) -> PartialDate | None:
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    return value


def _model(entry: Entry[Model], today: date) -> Iterator[Diagnostic]:
    record = entry.record
    if record.year and record.year > today.year:
        yield fault("MH209", entry.span("year"), value=record.year)
    if record.year and record.period and record.year not in record.period.years:
        yield fault("MH210", entry.span("period"), period=record.period, year=record.year)
    began = record.year or (record.started.year if record.started else None)
    for place, award in enumerate(record.awards):
        if award.year and began and award.year < min(began, _start_year(record, began)):
            yield fault("MH211", entry.span("awards", place, "year"), value=award.year, year=began)
    if record.level is Level.DISTRICT and record.year and record.year > DISTRICTS_ENDED.year:
        yield fault("MH221", entry.span("level"))


def _start_year(record: Model, otherwise: int) -> int:
    return record.started.year if record.started else otherwise
