"""MH233: two models of one unit and year with nearly the same name are probably one."""

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.entries import Model
from site_builder.domain.entry import Entry
from site_builder.text import slug

_ALIKE = 90
"""Percent of two folded titles that are the same, of the longest possible."""


def check(library: Library) -> Iterator[Diagnostic]:
    """Compare folded titles within each unit and year."""
    groups: dict[tuple[str, int | None], list[Entry[Model]]] = defaultdict(list)
    for model in library.sources.models:
        groups[slug(model.record.unit), model.record.year].append(model)
    for group in groups.values():
        titles = [slug(model.record.title) for model in group]
        for place, model in enumerate(group):
            earlier = range(place)
            twin = next((e for e in earlier if _is_alike(titles[e], titles[place])), None)
            if twin is not None:
                yield fault("MH233", model.span("title"), other=group[twin].path)


def _is_alike(first: str, second: str) -> bool:
    return fuzz.ratio(first, second, score_cutoff=_ALIKE) > 0
