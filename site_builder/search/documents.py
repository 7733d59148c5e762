"""What of the planned site the search finds, in the order in which it numbers it."""

import re
from collections.abc import Iterable, Iterator

from site_builder.catalogue import Catalogue
from site_builder.pages.findings import facets_of
from site_builder.pages.views import Page
from site_builder.reading.body import scan_body
from site_builder.search.facets import Facet
from site_builder.search.head import Abbreviations
from site_builder.search.terms import SearchDocument
from site_builder.search.words import Analyser
from site_builder.search.writer import index

FOLDER = "search/"
"""Where the index stands in the site."""


def document_of(page: Page) -> SearchDocument | None:
    """A page as the search knows it; None where it does not find it."""
    if (finding := page.finding) is None:
        return None
    return SearchDocument(
        page.address,
        finding.title or page.title,
        finding.kind,
        page.description,
        "\n".join((page.description, *finding.words, _read_aloud(page.body))),
        finding.date,
        finding.facts,
        finding.field,
        finding.facets,
    )


def _read_aloud(body: str) -> str:
    """Markdown without what nobody reads: targets of links, tags."""
    scan = scan_body(body)
    unread = [(link.start, link.end) for link in scan.links]
    unread += [(tag.start, tag.end) for tag in scan.tags]
    for start, end in sorted(unread, reverse=True):
        body = f"{body[:start]} {body[end:]}"
    return body


_NAME = re.compile(FOLDER + r"(start\.json|(?:head|list|shard|chunk|facets)-[0-9a-f]{12}\.bin)")


def index_files(files: Iterable[str]) -> set[str]:
    """Those files of a site that belong to the index, by name within `FOLDER`."""
    return {found[1] for file in files if (found := _NAME.fullmatch(file))}


Place = tuple[str, str]
"""By what documents are numbered: date, address. New stories come last and move no other."""


def place_of(document: SearchDocument) -> Place:
    """Where a document stands among all."""
    return document.date, document.address


def facets(catalogue: Catalogue) -> list[Facet]:
    """By what results can be filtered."""
    return [Facet(*facet) for facet in facets_of(catalogue)]


def abbreviations(catalogue: Catalogue) -> Abbreviations:
    """The project's table, folded."""
    return [
        (_folded(row.short), _folded(row.long)) for row in catalogue.library.registers.abbreviations
    ]


def _folded(text: str) -> str:
    return " ".join(word.folded for word in Analyser().words(text))


def search_files(pages: Iterable[Page], catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The index of a whole site, as (address, bytes)."""
    found = sorted(filter(None, map(document_of, pages)), key=place_of)
    files = index(found, abbreviations(catalogue), facets(catalogue))
    return ((FOLDER + name, data) for name, data in files.items())
