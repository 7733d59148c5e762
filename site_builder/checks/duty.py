"""MH231: a unit registered fewer models than it owes for a year that has begun.

The movement asks each unit for at least one model a year; the register says for whom and when
that holds (`duty`). Only its own models count: a ward's model is not its city's.
"""

from collections.abc import Iterator

from site_builder.diagnostics import Diagnostic, fault
from site_builder.library.library import Library


def registers(library: Library) -> Iterator[Diagnostic]:
    """Count models by unit and year against each duty."""
    for unit in library.registers.units:
        for duty in unit.duty:
            count = len(library.shelf("all-registered", f"{unit.id} {duty.year}"))
            if duty.exempt or duty.year > library.today.year or count >= duty.min_models:
                continue
            yield fault(
                "MH231",
                library.registers.unit_spans[unit.id],
                name=unit.name,
                count=count,
                needed=duty.min_models,
                year=duty.year,
            )
