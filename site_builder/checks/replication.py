"""MH212: a model that is called replicated says where, or some other model names it."""

from collections.abc import Iterator

from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.choices import Status
from site_builder.domain.entries import Model
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """Look for adopters of a replicated model."""
    record = entry.record
    if not isinstance(record, Model) or record.status is not Status.REPLICATED:
        return
    if not record.replicated_to and not library.shelf("all-copies", entry.id):
        yield fault("MH212", entry.span("status"), slug=entry.id)
