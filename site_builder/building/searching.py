"""Keeps the search index of a site up to date.

An edit makes only the files anew that it touches. Files that are no longer led to stay for a day:
a page that somebody has open still asks for them.
"""

import marshal
import time
import zlib
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from site_builder.building.records import Records
from site_builder.files import digest_of
from site_builder.search.documents import FOLDER, Place, place_of
from site_builder.search.facets import Facet
from site_builder.search.head import Abbreviations
from site_builder.search.revising import Change, revised
from site_builder.search.terms import SearchDocument
from site_builder.search.writer import START, Files, head_name_in, index, names_of

_DAY = 24 * 60 * 60
_MOST_LEFT = 2_000
"""Files that stay though nothing leads to them any more: a preview is built all day long."""
_FEW = 100
"""Documents that may have changed; with more, or a tenth of all, all is made anew."""

Documents = Mapping[str, tuple[bytes, bytes]]
"""What became of documents, by file of the site: as they were, as they are, packed."""

Order = list[tuple[Place, str]]
"""Documents as the index numbers them, with their files."""


def packed(document: SearchDocument | None) -> bytes:
    """A document as it is kept; nothing where there is none."""
    return marshal.dumps(tuple(document)) if document else b""


def unpacked(data: bytes) -> SearchDocument | None:
    """The document that was kept."""
    return SearchDocument(*marshal.loads(data)) if data else None


class Searching:
    """The index of one site, before and during one build."""

    def __init__(
        self, records: Records, site: Path, facets: list[Facet], abbreviations: Abbreviations
    ) -> None:
        self._records = records
        self._folder = site / FOLDER
        self._facets = facets
        self._abbreviations = abbreviations
        self._order: Order = self._recalled("documents", [])
        self._left: dict[str, float] = self._recalled("left", {})
        """Files to which nothing leads any more, and since when (seconds)."""
        self._offered = digest_of(repr((facets, abbreviations)).encode())
        self._is_offered = self._recalled("offered", b"") == self._offered
        self.names: Set[str] = frozenset()
        """All files of the index, once it is up to date."""

    def _recalled(self, name: str, default: Any) -> Any:
        try:
            return marshal.loads(self._records.kept(name))
        except (KeyError, EOFError, ValueError, TypeError):
            return default

    def update(self, documents: Documents, was: Set[str], *, is_right: bool) -> Files:
        """Files to be written. `names` are then all that the index has.

        `was` are the files of the last index; `is_right` tells that they are as they were left.
        """
        before, self._order = self._order, _reordered(self._order, documents)
        if is_right and not documents and self._is_offered:
            self.names = was
            return Files()
        found = None
        if is_right and _is_little(before, self._order, documents):
            found = self._revised(documents)
        files, self.names = found or self._made()
        for name in was - self.names:
            self._left.setdefault(name, time.time())
        for name in self.names:
            self._left.pop(name, None)
        return files

    def _revised(self, documents: Documents) -> tuple[Files, Set[str]] | None:
        """The index with some changes; None where its files are not what they should be."""
        numbers = {file: number for number, (_, file) in enumerate(self._order)}
        changes = [
            Change(numbers[file], unpacked(before), after)
            for file, (before, now) in documents.items()
            if (after := unpacked(now))
        ]
        try:
            start = (self._folder / START).read_bytes()
            head, files = revised(
                start, self._load, changes, self._facets, is_offered=self._is_offered
            )
            head_name = head_name_in(files[START])
        except (OSError, zlib.error, ValueError, LookupError):
            return None
        return files, {START, head_name, *names_of(head)}

    def _made(self) -> tuple[Files, Set[str]]:
        kept = (unpacked(self._records.document(file)) for _, file in self._order)
        documents = [document for document in kept if document]
        files = index(documents, self._abbreviations, self._facets)
        return files, files.keys()

    def _load(self, name: str) -> bytes:
        return zlib.decompress((self._folder / name).read_bytes())

    def expired(self) -> list[str]:
        """Files that have stayed long enough; they are forgotten."""
        now = time.time()
        newest = sorted(self._left.items(), key=lambda item: item[1], reverse=True)
        gone = [
            name
            for place, (name, since) in enumerate(newest)
            if place >= _MOST_LEFT or not now - _DAY < since <= now
        ]
        for name in gone:
            del self._left[name]
        return gone

    @property
    def left(self) -> Set[str]:
        """Files to which nothing leads, and that stay for now."""
        return self._left.keys()

    def keep(self) -> None:
        """Write down how the index stands."""
        kept: dict[str, Any] = {
            "documents": self._order,
            "left": self._left,
            "offered": self._offered,
        }
        for name, value in kept.items():
            self._records.keep(name, marshal.dumps(value))


def _reordered(order: Order, documents: Documents) -> Order:
    """The order with documents that came, went or changed."""
    gone, come = (
        {(place_of(one), file) for file, both in documents.items() if (one := unpacked(both[now]))}
        for now in (False, True)
    )
    return sorted([*(one for one in order if one not in gone), *come])


def _is_little(before: Order, after: Order, documents: Documents) -> bool:
    """Whether few documents changed and none of the others has another number."""
    is_few = len(documents) <= max(_FEW, len(after) // 10)
    is_stable = all(was == now for (_, was), (_, now) in zip(before, after, strict=False))
    return is_few and 0 < len(before) <= len(after) and is_stable
