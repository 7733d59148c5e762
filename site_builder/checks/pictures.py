"""MH307: pictures that a public entry shows can be opened, and are no bombs."""

import posixpath
from collections.abc import Iterator

from site_builder.addresses import Reach, destination
from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Article, Model
from site_builder.domain.entry import AnyEntry
from site_builder.reading.decode import span_at
from site_builder.reading.find import IMAGE_SUFFIXES
from site_builder.reading.pictures import picture_fault


def check(library: Library) -> Iterator[Diagnostic]:
    """Open the header of each picture once."""
    known: dict[str, str | None] = {}
    for entry in library.sources.entries:
        for target, span in _pictures_of(library, entry):
            goal = destination(target, entry.path)
            place = library.sources.assets.get(goal.path)
            is_picture = posixpath.splitext(goal.path)[1].lower() in IMAGE_SUFFIXES
            if goal.reach is not Reach.INSIDE or place is None or not is_picture:
                continue
            if goal.path not in known:
                known[goal.path] = picture_fault(place)
            if reason := known[goal.path]:
                yield fault("MH307", span, value=posixpath.basename(goal.path), reason=reason)


def _pictures_of(library: Library, entry: AnyEntry) -> Iterator[tuple[str, Span]]:
    if isinstance(entry.record, Model | Article):
        for place, image in enumerate(entry.record.images):
            yield image.file, entry.span("images", place, "file")
    for link in library.scans[entry.path].links:
        yield link.target, span_at(entry.path, entry.body, link.start, link.end, entry.body_line)
