"""MH234: one file places its tone marks in one way: hòa or hoà, thúy or thuý."""

from collections.abc import Iterator

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault
from site_builder.reading.decode import span_at
from site_builder.text import tone_placements


def check(library: Library) -> Iterator[Diagnostic]:
    """Look at body, title and summary together."""
    for entry in library.sources.entries:
        head = f"{entry.record.title}\n{getattr(entry.record, 'summary', '')}\n"
        old, new = tone_placements(head + entry.body)
        if not old or not new:
            continue
        start = entry.body.find(new)
        if start >= 0:
            span = span_at(entry.path, entry.body, start, start + len(new), entry.body_line)
        else:
            span = entry.span("title")
        yield fault("MH234", span, old=old, new=new)
