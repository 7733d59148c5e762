"""Rules across entries, one file a rule (content-model.md, "Rules across entries").

A rule is a generator from the `Library` to diagnostics; its docstring is its manual.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from site_builder.checks import (
    addresses,
    bodies,
    dates,
    duplicates,
    duty,
    fields,
    figures,
    freshness,
    links,
    numbers,
    pictures,
    privacy,
    references,
    replication,
    tone,
    units,
)
from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.domain.choices import PublishState
from site_builder.domain.entry import Sources

Rule = Callable[[Library], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    references.check,
    units.check,
    fields.check,
    dates.check,
    replication.check,
    addresses.check,
    numbers.check,
    links.check,
    pictures.check,
    bodies.check,
    privacy.check,
    figures.check,
    duty.check,
    freshness.check,
    duplicates.check,
    tone.check,
)


def run_checks(sources: Sources, today: date) -> tuple[Diagnostic, ...]:
    """Every fault across entries, unsorted. Faults of drafts are only warnings."""
    library = Library(sources, today)
    drafts = {e.path for e in sources.entries if e.record.publish is PublishState.DRAFT}
    return tuple(
        replace(item, severity=Severity.WARNING) if item.span.path in drafts else item
        for rule in RULES
        for item in rule(library)
    )
