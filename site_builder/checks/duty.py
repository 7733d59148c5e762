"""MH231: a unit registered fewer models than it owes for a year that has begun.

The movement asks each unit for at least one model a year; the register says for whom and when
that holds (`duty`). Only its own models
count: a ward's model is not its city's.
"""

from collections import Counter
from collections.abc import Iterator

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault
from site_builder.text import slug


def check(library: Library) -> Iterator[Diagnostic]:
    """Count models by unit and year against each duty."""
    registered = Counter(
        (slug(model.record.unit), model.record.year) for model in library.sources.models
    )
    for unit in library.sources.units:
        for duty in unit.duty:
            count = registered[unit.id, duty.year]
            if duty.exempt or duty.year > library.today.year or count >= duty.min_models:
                continue
            yield fault(
                "MH231",
                library.sources.unit_spans[unit.id],
                name=unit.name,
                count=count,
                needed=duty.min_models,
                year=duty.year,
            )
