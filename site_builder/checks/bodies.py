"""MH304, MH305, MH310: raw HTML in bodies keeps to the allow-list of the sanitiser.

The sanitiser would drop the rest in silence; a writer should know. Tables with merged cells are
the reason why HTML is allowed at all.
"""

from collections.abc import Iterator
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, fault
from site_builder.html_policy import ALLOWED_ATTRIBUTES, ALLOWED_TAGS
from site_builder.reading.entries import Manuscript


def alone(manuscript: Manuscript[Any], _background: Background) -> Iterator[Diagnostic]:
    """Every raw tag of the body."""
    for tag in manuscript.scan.tags:
        span = manuscript.body_span(tag.start, tag.end)
        if tag.name == "svg":
            yield fault("MH305", span)
        elif tag.name not in ALLOWED_TAGS and tag.name != "!--":
            yield fault("MH304", span, value=tag.name)
        else:
            for name in tag.attributes:
                if name not in ALLOWED_ATTRIBUTES.get(tag.name, ()):
                    yield fault("MH310", span, value=name, tag=tag.name)
