"""MH207, MH219: the field belongs to the scheme of the year, and the file lies in its folder.

Localities change their scheme by period, and several may hold at once; a model whose year is
not known is held against the year in which it is first reported, else against any scheme.
"""

from collections.abc import Iterator

from site_builder.catalogue import fields_in_force
from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault


def check(library: Library) -> Iterator[Diagnostic]:
    """Compare each model's field with scheme and folder."""
    if library.sources.fields is None:
        return
    schemes = library.sources.fields.schemes
    for model in library.sources.models:
        field = model.record.field
        folder = model.path.split("/")[1]
        if folder != field:
            yield fault("MH219", model.span("field"), value=field, folder=folder)
        known = model.record.known_at
        allowed = [row.id for row in fields_in_force(schemes, known.year)] if known else [field]
        if known and field not in allowed:
            choices = ", ".join(allowed)
            span = model.span("field")
            yield fault("MH207", span, value=field, year=known.year, choices=choices)
