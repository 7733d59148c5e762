"""MH307: pictures that an entry shows can be opened, and are no bombs."""

import posixpath
from collections.abc import Iterator

from site_builder.addresses import Reach, destination
from site_builder.checks.links import files_named
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """What was seen of each picture that the entry shows."""
    for path, span in _pictures_of(entry):
        photo = library.photo(path)
        if photo and photo.fault:
            yield fault("MH307", span, value=posixpath.basename(path), reason=photo.fault)


def _pictures_of(entry: AnyEntry) -> Iterator[tuple[str, Span]]:
    for target, keys, _ in files_named(entry):
        goal = destination(target, entry.path)
        if goal.reach is Reach.INSIDE:
            yield goal.path, entry.span(*keys)
    for link in entry.links:
        yield link.path, Span(entry.path, *link.mark)
