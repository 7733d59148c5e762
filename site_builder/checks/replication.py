"""MH212: a model that is called replicated says where, or some other model names it."""

from collections.abc import Iterator

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault
from site_builder.domain.choices import Status
from site_builder.text import slug


def check(library: Library) -> Iterator[Diagnostic]:
    """Look for adopters of every replicated model."""
    adopted = {
        slug(model.record.replicated_from)
        for model in library.sources.models
        if model.record.replicated_from
    }
    for model in library.sources.models:
        record = model.record
        is_replicated = record.status is Status.REPLICATED
        if is_replicated and not record.replicated_to and model.id not in adopted:
            yield fault("MH212", model.span("status"), slug=model.id)
