"""MH307: pictures that a public entry shows can be opened, and are no bombs."""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from site_builder.addresses import Reach, destination
from site_builder.checks.links import files_named
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library
from site_builder.reading.find import IMAGE_SUFFIXES
from site_builder.reading.pictures import picture_fault


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """Open the header of each picture that the entry shows."""
    for path, span in _pictures_of(entry):
        file = library.asset(path)
        if file is None or posixpath.splitext(path)[1].lower() not in IMAGE_SUFFIXES:
            continue
        if reason := picture_fault(Path(file.place)):
            yield fault("MH307", span, value=posixpath.basename(path), reason=reason)


def _pictures_of(entry: AnyEntry) -> Iterator[tuple[str, Span]]:
    for target, keys, is_image in files_named(entry):
        goal = destination(target, entry.path)
        if is_image and goal.reach is Reach.INSIDE:
            yield goal.path, entry.span(*keys)
    for link in entry.links:
        yield link.path, Span(entry.path, *link.mark)
