"""Bodies made ready for the engine: links point at staged sources, known numbers become links."""

import posixpath
import re
from collections.abc import Iterator

from site_builder.addresses import Reach, asset_address, destination
from site_builder.catalogue import Catalogue, DocumentEntry
from site_builder.domain.entry import AnyEntry
from site_builder.reading.body import BodyScan, Link, Range, is_inside

_NUMBER = re.compile(r"(?<![\w/.-])\d{1,5}[a-zA-Z]?[-/][\wĐđ]+(?:[-/.][\wĐđ]+)*")

_HTML_BLOCKS = frozenset(
    "blockquote caption div dl figure h2 h3 h4 h5 h6 hr li ol p pre table ul".split()  # noqa: SIM905
)
"""Tags between which Markdown is not read."""

Edit = tuple[int, int, str]
"""Replace body[start:end] by the text."""


def staged_body(
    catalogue: Catalogue, entry: AnyEntry, scan: BodyScan, sources: dict[str, str]
) -> str:
    """The body of `entry`, scanned; `sources` maps paths of public entries to staged files."""
    own = sources[entry.path]
    tags = tuple((tag.start, tag.end) for tag in scan.tags)
    edits = [edit for link in scan.links if (edit := _relink(entry, link, own, sources, tags))]
    edits += _citations(catalogue, entry, scan, own, sources)
    body = entry.body
    for start, end, text in sorted(edits, reverse=True):
        body = body[:start] + text + body[end:]
    return body.strip("\n")


def assets_in(entry: AnyEntry, scan: BodyScan) -> Iterator[str]:
    """Paths of pictures and PDFs that the body of `entry`, scanned, shows or links."""
    for link in scan.links:
        goal = destination(link.target, entry.path)
        if goal.reach is Reach.INSIDE and not goal.path.endswith(".md"):
            yield goal.path


def _relink(
    entry: AnyEntry, link: Link, own: str, sources: dict[str, str], tags: tuple[Range, ...]
) -> Edit | None:
    goal = destination(link.target, entry.path)
    if goal.reach is not Reach.INSIDE:
        return None
    staged = sources.get(goal.path) or asset_address(goal.path).lstrip("/")
    is_in_tag = is_inside(link.start, tags)
    target = _relative_address(staged, own) if is_in_tag else _relative(staged, own)
    fragment = f"#{goal.fragment}" if goal.fragment else ""
    return link.start, link.end, target + fragment


def _citations(
    catalogue: Catalogue, entry: AnyEntry, scan: BodyScan, own: str, sources: dict[str, str]
) -> Iterator[Edit]:
    """The first citation of each known document, where it is clear which one is meant."""
    cited: set[str] = {entry.id}
    html = tuple(_html_ranges(entry.body, scan))
    for found in _NUMBER.finditer(entry.body):
        if is_inside(found.start(), scan.protected) or is_inside(found.start(), html):
            continue
        document = _meant(catalogue, entry, found.group())
        if document and document.id not in cited:
            cited.add(document.id)
            target = _relative(sources[document.path], own)
            yield *found.span(), f"[{found.group()}]({target})"


def _meant(catalogue: Catalogue, entry: AnyEntry, number: str) -> DocumentEntry | None:
    """The document of this number; among several, the one that the entry refers to."""
    found = catalogue.numbers.by_number.get(number.upper(), ())
    if number.upper() in catalogue.shared_numbers:
        named = getattr(entry.record, "documents", ())
        referred = {d.id for ref in named for d in catalogue.numbers.resolve(ref)}
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
