"""MH304, MH305, MH310: raw HTML in bodies keeps to the allow-list of the sanitiser.

The sanitiser would drop the rest in silence; a writer should know. Tables with merged cells are
the reason why HTML is allowed at all.
"""

from collections.abc import Iterator

from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, fault
from site_builder.html_policy import ALLOWED_ATTRIBUTES, ALLOWED_TAGS
from site_builder.reading.decode import span_at


def check(library: Library) -> Iterator[Diagnostic]:
    """Every raw tag of every body."""
    for entry in library.sources.entries:
        for tag in library.scans[entry.path].tags:
            span = span_at(entry.path, entry.body, tag.start, tag.end, entry.body_line)
            if tag.name == "svg":
                yield fault("MH305", span)
            elif tag.name not in ALLOWED_TAGS and tag.name != "!--":
                yield fault("MH304", span, value=tag.name)
            else:
                for name in tag.attributes:
                    if name not in ALLOWED_ATTRIBUTES.get(tag.name, ()):
                        yield fault("MH310", span, value=name, tag=tag.name)
