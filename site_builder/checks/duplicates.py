"""MH233: two models of one unit and year with nearly the same name are probably one."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.entries import Model
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library
from site_builder.text import slug

_ALIKE = 90
"""Percent of two folded titles that are the same, of the longest possible."""


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """Compare folded titles within the unit and year; the later path is the one at fault."""
    record = entry.record
    if not isinstance(record, Model):
        return
    group = library.shelf("all-registered", f"{slug(record.unit)} {record.year or ''}")
    if len(group) == 1:
        return
    title = slug(record.title)
    alike = (
        path for path, other in group.titles() if path < entry.path and _is_alike(other, title)
    )
    if twin := min(alike, default=""):
        yield fault("MH233", entry.span("title"), other=twin)


def _is_alike(first: str, second: str) -> bool:
    return fuzz.ratio(first, second, score_cutoff=_ALIKE) > 0
