"""MH203, MH301-MH303, MH308, MH309: links and pictures of bodies lead somewhere allowed.

A link to another entry is written as the path of its file, from the file that has the link;
the site turns it into the address. Only pictures and PDFs are published besides pages.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from site_builder.addresses import Reach, destination
from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Article, Document, Model
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import KINDS, Library
from site_builder.reading.body import Link, is_inside
from site_builder.reading.entries import Manuscript
from site_builder.reading.find import IMAGE_SUFFIXES, PUBLISHED_SUFFIXES
from site_builder.text import closest, heading_slug

_HEADING = re.compile(r"^#{1,6}(.+)$", re.MULTILINE)
_LABEL = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_UNDERLINED = re.compile(r"^(\S.*)\n(?:=+|-+)[ \t]*$", re.MULTILINE)


def alone(manuscript: Manuscript[Any], _background: Background) -> Iterator[Diagnostic]:
    """What is wrong with a link wherever it may lead; those inside are for `among`."""
    links = manuscript.scan.links
    anchors = _anchors(manuscript) if any("#" in link.target for link in links) else set()
    for link in links:
        span = manuscript.body_span(link.start, link.end)
        if link.is_image and not link.alt.strip():
            yield fault("MH242", span, value=link.target)
        yield from _reach_fault(link, manuscript.path, span, anchors)
    for target, keys, _ in files_named(manuscript.entry):
        yield from _file_fault(target, manuscript.path, manuscript.span(*keys))


def _reach_fault(link: Link, path: str, span: Span, anchors: set[str]) -> Iterator[Diagnostic]:
    goal = destination(link.target, path)
    if goal.reach is Reach.ANCHOR:
        if goal.fragment and goal.fragment not in anchors:
            yield fault("MH309", span, value=f"#{goal.fragment}")
    elif goal.reach is not Reach.WEB or link.is_image:
        yield from _file_fault(link.target, path, span)


def _file_fault(target: str, path: str, span: Span) -> Iterator[Diagnostic]:
    goal = destination(target, path)
    if goal.reach in (Reach.FORBIDDEN, Reach.WEB):
        yield fault("MH303", span, value=goal.scheme)
    elif goal.reach is not Reach.INSIDE:
        yield fault("MH302", span, value=target)


def files_named(entry: AnyEntry) -> Iterator[tuple[str, tuple[str | int, ...], bool]]:
    """Files that front matter names: target, key, and whether it must be a picture."""
    record = entry.record
    if isinstance(record, Model | Article):
        for place, image in enumerate(record.images):
            yield image.file, ("images", place, "file"), True
    if isinstance(record, Document) and record.file:
        yield record.file, ("file",), False


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """Links of the body that lead inside, then files that front matter names."""
    for link in entry.links:
        span = Span(entry.path, *link.mark)
        yield from _inside(library, entry, link.path, span, is_image=link.is_image)
    for target, keys, is_image in files_named(entry):
        goal = destination(target, entry.path)
        if goal.reach is Reach.INSIDE:
            yield from _inside(library, entry, goal.path, entry.span(*keys), is_image=is_image)


def _inside(
    library: Library, entry: AnyEntry, path: str, span: Span, *, is_image: bool
) -> Iterator[Diagnostic]:
    suffix = posixpath.splitext(path)[1].lower()
    other = library.at_path(path) if suffix == ".md" else None
    if other and not is_image:
        if library.is_public(entry) and not library.is_public(other):
            yield fault("MH203", span, value=path)
    elif suffix == ".svg":
        yield fault("MH305", span)
    elif suffix != ".md" and suffix not in (IMAGE_SUFFIXES if is_image else PUBLISHED_SUFFIXES):
        yield fault("MH308", span, value=suffix or path)
    elif library.asset(path) is None and not _is_broken(library, path):
        known = [*library.assets, *library.numbers]
        near = [posixpath.basename(other) for other in known if other.endswith(suffix)]
        meant = closest(posixpath.basename(path), near)
        yield fault("MH301", span, value=posixpath.basename(path), meant=meant)


def _is_broken(library: Library, path: str) -> bool:
    """Whether `path` is an entry that exists but could not be read: it has its own message."""
    stem = posixpath.basename(path).removesuffix(".md")
    return path.endswith(".md") and any(library.is_broken(kind, stem) for kind in KINDS)


def _anchors(manuscript: Manuscript[Any]) -> set[str]:
    code = manuscript.scan.protected
    headings = [
        heading
        for pattern in (_HEADING, _UNDERLINED)
        for heading in pattern.finditer(manuscript.body)
        if not is_inside(heading.start(), code)
    ]
    counted = Counter(heading_slug(_LABEL.sub(r"\1", heading[1])) for heading in headings)
    # The engine numbers headings that repeat: muc, muc_1, muc_2.
    repeated = {f"{slug}_{n}" for slug, count in counted.items() for n in range(1, count)}
    return set(counted) | repeated
