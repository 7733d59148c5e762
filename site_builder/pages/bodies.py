"""Bodies made ready for the engine: links point at staged sources, known numbers become links."""

import posixpath
import re
from collections.abc import Iterator

from site_builder.addresses import Reach, address_of, destination, source_of
from site_builder.catalogue import Catalogue, DocumentEntry
from site_builder.domain.entry import AnyEntry
from site_builder.pages.pictures import file_address, picture_of
from site_builder.pages.views import Picture
from site_builder.reading.body import BodyScan, Link, Range, is_inside
from site_builder.reading.find import IMAGE_SUFFIXES

# Begins with the digit, so that the search skips from one to the next; it stands behind nothing
# that could belong to it.
_NUMBER = re.compile(r"\d(?<![\w/.-]\d)\d{0,4}[a-zA-Z]?[-/][\wĐđ]+(?:[-/.][\wĐđ]+)*")

_HTML_BLOCKS = frozenset(
    "blockquote caption div dl figure h2 h3 h4 h5 h6 hr li ol p pre table ul".split()  # noqa: SIM905
)
"""Tags between which Markdown is not read."""

Edit = tuple[int, int, str]
"""Replace body[start:end] by the text."""


def staged_body(catalogue: Catalogue, entry: AnyEntry) -> tuple[str, tuple[Picture, ...]]:
    """The body of `entry` with its links at staged sources, and the pictures in it."""
    body, scan = catalogue.library.body(entry)
    tags = tuple((tag.start, tag.end) for tag in scan.tags)
    relinked = (_relink(catalogue, entry, link, tags) for link in scan.links)
    edits = [edit for edit in relinked if edit]
    edits += _citations(catalogue, entry, body, scan)
    for start, end, text in sorted(edits, reverse=True):
        body = body[:start] + text + body[end:]
    return body.strip("\n"), tuple(_pictures(catalogue, entry))


def _pictures(catalogue: Catalogue, entry: AnyEntry) -> Iterator[Picture]:
    """Each picture of the body once."""
    paths = dict.fromkeys(link.path for link in entry.links)
    for path in paths:
        if posixpath.splitext(path)[1].lower() in IMAGE_SUFFIXES:
            yield picture_of(catalogue, path)


def _relink(
    catalogue: Catalogue, entry: AnyEntry, link: Link, tags: tuple[Range, ...]
) -> Edit | None:
    goal = destination(link.target, entry.path)
    if goal.reach is not Reach.INSIDE:
        return None
    own = source_of(address_of(entry))
    other = catalogue.library.at_path(goal.path) if goal.path.endswith(".md") else None
    staged = source_of(address_of(other)) if other else file_address(catalogue, goal.path)
    is_in_tag = is_inside(link.start, tags)
    target = _relative_address(staged, own) if is_in_tag else _relative(staged, own)
    fragment = f"#{goal.fragment}" if goal.fragment else ""
    return link.start, link.end, target + fragment


def _citations(catalogue: Catalogue, entry: AnyEntry, body: str, scan: BodyScan) -> Iterator[Edit]:
    """The first citation of each known document, where it is clear which one is meant."""
    cited: set[str] = {entry.id}
    own = source_of(address_of(entry))
    html: tuple[Range, ...] | None = None
    for found in _NUMBER.finditer(body):
        if is_inside(found.start(), scan.protected):
            continue
        document = _meant(catalogue, entry, found.group())
        if document is None or document.id in cited:
            continue
        html = tuple(_html_ranges(body, scan)) if html is None else html
        if not is_inside(found.start(), html):
            cited.add(document.id)
            target = _relative(source_of(address_of(document)), own)
            yield *found.span(), f"[{found.group()}]({target})"


def _meant(catalogue: Catalogue, entry: AnyEntry, number: str) -> DocumentEntry | None:
    """The document of this number; among several, the one that the entry refers to."""
    found = tuple(catalogue.group("numbers")[number.upper()])
    if found and catalogue.is_shared_number(number):
        named = getattr(entry.record, "documents", ())
        referred = {d.id for ref in named for d in catalogue.resolve(ref)}
        found = tuple(document for document in found if document.id in referred)
    return found[0] if len(found) == 1 else None


def _relative(target: str, own: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(own) or ".")


def _relative_address(target: str, own: str) -> str:
    """The engine rewrites links of Markdown, not those of tags: these lead to what is built."""
    page = target.removesuffix(".md")
    slash = "/" if page != target else ""
    return posixpath.relpath(page, own.removesuffix(".md")) + slash


def _html_ranges(body: str, scan: BodyScan) -> Iterator[Range]:
    """From each outermost opening tag of a block to the tag that closes it."""
    name, start, depth = "", 0, 0
    for tag in scan.tags:
        is_closing = body.startswith("</", tag.start)
        if not name and not is_closing and tag.name in _HTML_BLOCKS:
            name, start, depth = tag.name, tag.start, 1
        elif tag.name == name:
            depth += -1 if is_closing else 1
            if not depth:
                yield start, tag.end
                name = ""
    if name:
        yield start, len(body)
