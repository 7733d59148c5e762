"""MH203, MH301-MH303, MH308, MH309: links and pictures of bodies lead somewhere allowed.

A link to another entry is written as the path of its file, from the file that has the link;
the site turns it into the address. Only pictures and PDFs are published besides pages.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from site_builder.addresses import Destination, Reach, destination
from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Article, Document, Model
from site_builder.domain.entry import AnyEntry
from site_builder.reading.body import Link, is_inside
from site_builder.reading.decode import span_at
from site_builder.reading.find import IMAGE_SUFFIXES, PUBLISHED_SUFFIXES
from site_builder.text import closest, heading_slug

_HEADING = re.compile(r"^#{1,6}(.+)$", re.MULTILINE)
_LABEL = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_UNDERLINED = re.compile(r"^(\S.*)\n(?:=+|-+)[ \t]*$", re.MULTILINE)


def check(library: Library) -> Iterator[Diagnostic]:
    """Links of bodies, then files that front matter names."""
    for entry in library.sources.entries:
        links = library.scans[entry.path].links
        anchors = _anchors(library, entry) if any("#" in link.target for link in links) else set()
        for link in links:
            span = span_at(entry.path, entry.body, link.start, link.end, entry.body_line)
            yield from _check_link(library, entry, link, span, anchors)
        for target, span, is_image in _files_named(entry):
            yield from _check_file(library, entry, target, span, is_image=is_image)


def _files_named(entry: AnyEntry) -> Iterator[tuple[str, Span, bool]]:
    record = entry.record
    if isinstance(record, Model | Article):
        for place, image in enumerate(record.images):
            yield image.file, entry.span("images", place, "file"), True
    if isinstance(record, Document) and record.file:
        yield record.file, entry.span("file"), False


def _check_link(
    library: Library, entry: AnyEntry, link: Link, span: Span, anchors: set[str]
) -> Iterator[Diagnostic]:
    if link.is_image and not link.alt.strip():
        yield fault("MH242", span, value=link.target)
    goal = destination(link.target, entry.path)
    if goal.reach is Reach.WEB and not link.is_image:
        return
    if goal.reach is Reach.ANCHOR:
        if goal.fragment and goal.fragment not in anchors:
            yield fault("MH309", span, value=f"#{goal.fragment}")
        return
    yield from _check_file(library, entry, link.target, span, is_image=link.is_image)


def _check_file(
    library: Library, entry: AnyEntry, target: str, span: Span, *, is_image: bool
) -> Iterator[Diagnostic]:
    goal = destination(target, entry.path)
    if goal.reach in (Reach.FORBIDDEN, Reach.WEB):
        yield fault("MH303", span, value=goal.scheme)
    elif goal.reach is not Reach.INSIDE:
        yield fault("MH302", span, value=target)
    else:
        yield from _check_inside(library, entry, goal, span, is_image=is_image)


def _check_inside(
    library: Library, entry: AnyEntry, goal: Destination, span: Span, *, is_image: bool
) -> Iterator[Diagnostic]:
    suffix = posixpath.splitext(goal.path)[1].lower()
    other = library.by_path.get(goal.path)
    if other and not is_image:
        if library.is_public(entry) and not library.is_public(other):
            yield fault("MH203", span, value=goal.path)
    elif suffix == ".svg":
        yield fault("MH305", span)
    elif suffix != ".md" and suffix not in (IMAGE_SUFFIXES if is_image else PUBLISHED_SUFFIXES):
        yield fault("MH308", span, value=suffix or goal.path)
    elif goal.path not in library.sources.assets and not _is_broken(library, goal.path):
        known = [*library.sources.assets, *library.by_path]
        near = [path for path in known if path.endswith(suffix)]
        meant = closest(posixpath.basename(goal.path), [posixpath.basename(p) for p in near])
        yield fault("MH301", span, value=posixpath.basename(goal.path), meant=meant)


def _is_broken(library: Library, path: str) -> bool:
    """Whether `path` is an entry that exists but could not be read: it has its own message."""
    kinds = ("Model", "Article", "Document", "Page")
    stem = posixpath.basename(path).removesuffix(".md")
    return path.endswith(".md") and any(library.is_broken(kind, stem) for kind in kinds)


def _anchors(library: Library, entry: AnyEntry) -> set[str]:
    code = library.scans[entry.path].protected
    headings = [
        heading
        for pattern in (_HEADING, _UNDERLINED)
        for heading in pattern.finditer(entry.body)
        if not is_inside(heading.start(), code)
    ]
    counted = Counter(heading_slug(_LABEL.sub(r"\1", heading[1])) for heading in headings)
    # The engine numbers headings that repeat: muc, muc_1, muc_2.
    repeated = {f"{slug}_{n}" for slug, count in counted.items() for n in range(1, count)}
    return set(counted) | repeated
