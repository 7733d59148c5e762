"""MH207, MH219: the field belongs to the scheme of the year, and the file lies in its folder.

Localities change their scheme by period, and several may hold at once; a model whose year is
not known is held against the year in which it is first reported, else against any scheme.
"""

from collections.abc import Iterator
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.entries import Model
from site_builder.domain.registers import fields_in_force
from site_builder.reading.entries import Manuscript


def alone(manuscript: Manuscript[Any], background: Background) -> Iterator[Diagnostic]:
    """Compare the model's field with scheme and folder."""
    record, register = manuscript.record, background.registers.fields
    if not isinstance(record, Model) or register is None:
        return
    field, span = record.field, manuscript.span("field")
    folder = manuscript.path.split("/")[1]
    if folder != field:
        yield fault("MH219", span, value=field, folder=folder)
    if known := record.known_at:
        allowed = [row.id for row in fields_in_force(register.schemes, known.year)]
        if field not in allowed:
            choices = ", ".join(allowed)
            yield fault("MH207", span, value=field, year=known.year, choices=choices)
