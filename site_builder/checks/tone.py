"""MH234: one file places its tone marks in one way: hòa or hoà, thúy or thuý."""

from collections.abc import Iterator
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, fault
from site_builder.reading.entries import Manuscript
from site_builder.text import tone_placements


def alone(manuscript: Manuscript[Any], _background: Background) -> Iterator[Diagnostic]:
    """Look at body, title and summary together."""
    record, body = manuscript.record, manuscript.body
    head = f"{record.title}\n{getattr(record, 'summary', '')}\n"
    old, new = tone_placements(head + body)
    if not old or not new:
        return
    start = body.find(new)
    is_in_body = start >= 0
    span = manuscript.body_span(start, start + len(new)) if is_in_body else manuscript.span("title")
    yield fault("MH234", span, old=old, new=new)
