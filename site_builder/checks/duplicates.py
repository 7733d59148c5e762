"""MH233: two models of one unit and year with nearly the same name are probably one."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.entries import Model
from site_builder.domain.entry import Entry
from site_builder.text import slug

_ALIKE = 0.9


def check(library: Library) -> Iterator[Diagnostic]:
    """Compare folded titles within each unit and year."""
    groups: dict[tuple[str, int | None], list[Entry[Model]]] = defaultdict(list)
    for model in library.sources.models:
        groups[slug(model.record.unit), model.record.year].append(model)
    for group in groups.values():
        for first, second in combinations(group, 2):
            if _is_alike(slug(first.record.title), slug(second.record.title)):
                yield fault("MH233", second.span("title"), other=first.path)


def _is_alike(first: str, second: str) -> bool:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
