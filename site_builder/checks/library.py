"""All entries of a project, public or not, as the rules look things up in them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from site_builder.catalogue import DocumentNumbers, UnitTree, document_numbers, unit_tree
from site_builder.domain.entry import AnyEntry, Sources
from site_builder.reading.body import BodyScan, scan_body
from site_builder.text import slug

KIND_LABELS = {
    "Model": "mô hình",
    "Article": "tin",
    "Document": "văn bản",
    "Page": "trang",
    "Unit": "đơn vị",
}


@dataclass(frozen=True)
class Library:
    """What was read, indexed for the rules; nothing is changed by looking."""

    sources: Sources
    today: date

    @cached_property
    def by_kind(self) -> dict[str, dict[str, AnyEntry]]:
        """Entries by type name and id."""
        found: dict[str, dict[str, AnyEntry]] = {name: {} for name in KIND_LABELS}
        for entry in self.sources.entries:
            found[type(entry.record).__name__].setdefault(entry.id, entry)
        return found

    @cached_property
    def by_path(self) -> dict[str, AnyEntry]:
        """Entries by path of their file."""
        return {entry.path: entry for entry in self.sources.entries}

    @cached_property
    def units(self) -> UnitTree:
        """The unit register."""
        return unit_tree(self.sources.units)

    @cached_property
    def numbers(self) -> DocumentNumbers:
        """Documents by number."""
        return document_numbers(self.sources.documents)

    @cached_property
    def scans(self) -> dict[str, BodyScan]:
        """The scanned body of every entry, by path."""
        return {entry.path: scan_body(entry.body) for entry in self.sources.entries}

    def is_broken(self, kind: str, reference: str) -> bool:
        """Whether the reference means a file that exists but could not be read."""
        return (kind, slug(reference)) in self.sources.broken

    def is_public(self, entry: AnyEntry) -> bool:
        """Whether citizens see it today."""
        return entry.record.is_public(self.today)
