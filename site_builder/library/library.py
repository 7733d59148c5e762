"""The library: everything that was read, public or not, looked up through the ledger."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from site_builder.config import Project
from site_builder.diagnostics import SourceChanged
from site_builder.domain.entry import AnyEntry
from site_builder.domain.photos import Photo
from site_builder.domain.unit_tree import UnitTree
from site_builder.files import digest_of, read_whole
from site_builder.library.cells import Ledger, asset_at, body_of, record_of, related_to, sum_of
from site_builder.library.neighbours import Neighbours
from site_builder.library.placing import Placer, sum_name
from site_builder.library.shelf import Group, Shelf
from site_builder.library.shelves import Shelves
from site_builder.reading.body import BodyScan
from site_builder.reading.entries import read_body
from site_builder.reading.find import SourceFile
from site_builder.reading.registers import Registers
from site_builder.text import slug

KINDS = ("Model", "Article", "Document", "Page")

Fetch = Callable[[int], AnyEntry]


@dataclass
class Holdings:
    """What a library knows without opening an entry; plain enough to be kept between runs."""

    paths: list[str] = field(default_factory=list)
    """Of each entry by its number; "" where it is gone."""
    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    """From the site's root without leading slash; "" for those that citizens do not see."""
    titles: list[str] = field(default_factory=list)
    """Of models, folded, to be compared; "" of others."""
    shelves: Shelves = field(default_factory=Shelves)
    words: dict[str, Any] = field(default_factory=dict)
    """Arrays of models by word (see `Neighbours`)."""
    near: dict[int, tuple[int, ...]] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    """Results of all public models by unit of measure, and those of each field (`sum_name`)."""
    spelled: dict[str, str] = field(default_factory=dict)
    """Paths as the disk spells them, where that is not NFC."""
    broken: dict[str, tuple[str, str]] = field(default_factory=dict)
    """(type, id) of files that could not be decoded, by path: nobody is told that they are not."""
    photos: dict[str, Photo] = field(default_factory=dict)
    """What is known of the pictures of the tree, by path."""


class Library:
    """Entries of a project on one day. `filling` fills and changes it; all here only looks."""

    def __init__(
        self,
        project: Project,
        registers: Registers,
        assets: Mapping[str, SourceFile],
        holdings: Holdings,
        fetch: Fetch,
    ) -> None:
        self.root = project.root
        self.today = project.today
        self.registers = registers
        self.holdings = holdings
        self.ledger = Ledger()
        self.units: UnitTree = registers.tree
        self.placer = Placer(self.units)
        self.assets = assets
        """Pictures and PDFs of the tree by path; looking here is not written down."""
        self._fetch = fetch
        self._opened: dict[int, AnyEntry] = {}

    # --- looking ---------------------------------------------------------------------------

    @property
    def shelves(self) -> Shelves:
        """The raw shelves; looking at them is not written down."""
        return self.holdings.shelves

    def unasked(self, number: int) -> AnyEntry:
        """The entry of a number that came from a shelf, whose cell covers it."""
        if (entry := self._opened.get(number)) is None:
            entry = self._opened[number] = self._fetch(number)
        return entry

    def open(self, number: int, entry: AnyEntry) -> None:
        """Hold `entry` as the one of this number from now on."""
        self._opened[number] = entry

    def forget_opened(self, most: int) -> None:
        """Let go of all entries where they are more than `most`; they are fetched again."""
        if len(self._opened) > most:
            self._opened.clear()

    def entry(self, number: int) -> AnyEntry:
        """The entry of a number."""
        self.ledger.ask(record_of(number))
        return self.unasked(number)

    def entries(self) -> Iterator[AnyEntry]:
        """Every entry, in the order of paths within each type; not written down."""
        numbers = [n for n, path in enumerate(self.holdings.paths) if path]
        return iter(sorted(map(self.unasked, numbers), key=_by_type_and_path))

    def group(self, name: str, sort: Callable[[str], Any] | None = None) -> Group:
        """The shelves of a group."""
        return Group(self, name, sort)

    def shelf(self, group: str, key: str) -> Shelf:
        """A shelf, which may hold nothing."""
        return Shelf(self, group, key)

    def find(self, kind: str, entry_id: str) -> AnyEntry | None:
        """The entry of a type with this id, public or not; the first by path where several are."""
        found = self.shelf("all-ids", f"{kind}/{entry_id}")
        return min(found, key=lambda entry: entry.path, default=None)

    def at_path(self, path: str) -> AnyEntry | None:
        """The entry of a file."""
        entry_id = slug(PurePosixPath(path).stem)
        named = (e for kind in KINDS for e in self.shelf("all-ids", f"{kind}/{entry_id}"))
        return next((entry for entry in named if entry.path == path), None)

    def has(self, number: int) -> bool:
        """Whether there still is an entry of this number."""
        return bool(self.holdings.paths[number])

    def is_public(self, entry: AnyEntry) -> bool:
        """Whether citizens see it today."""
        return entry.record.is_public(self.today)

    def is_broken(self, kind: str, reference: str) -> bool:
        """Whether the reference means a file that exists but could not be read."""
        return (kind, slug(reference)) in self.holdings.broken.values()

    def body(self, entry: AnyEntry) -> tuple[str, BodyScan]:
        """The body of an entry and what stands in it, from its file.

        Raises `SourceChanged` where the file is no longer the one that was checked.
        """
        self.ledger.ask(body_of(self.number_of(entry)))
        try:
            data = read_whole(self.place(entry.path))
        except OSError as error:
            raise SourceChanged(entry.path) from error
        if digest_of(data) != entry.digest:
            raise SourceChanged(entry.path)
        return read_body(data)

    def place(self, path: str) -> str:
        """Where a file of the project lies on this disk."""
        return f"{self.root}/{self.holdings.spelled.get(path, path)}"

    def asset(self, path: str) -> SourceFile | None:
        """A picture or PDF of the tree."""
        self.ledger.ask(asset_at(path))
        return self.assets.get(path)

    def photo(self, path: str) -> Photo | None:
        """What is known of a picture of the tree."""
        self.ledger.ask(asset_at(path))
        return self.holdings.photos.get(path)

    def related(self, number: int) -> tuple[AnyEntry, ...]:
        """The models nearest to a public model."""
        self.ledger.ask(related_to(number))
        return tuple(map(self.entry, self.holdings.near.get(number, ())))

    def amount(self, measure: str, field: str = "") -> Decimal:
        """Results in one unit of measure added up: of all public models, or of those of a field."""
        name = sum_name(measure, field) if field else measure
        self.ledger.ask(sum_of(name))
        return self.holdings.sums.get(name, Decimal(0))

    def number_of(self, entry: AnyEntry) -> int:
        """The number of an entry of this library; not written down."""
        return self.numbers[entry.path]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Numbers of entries by path."""
        return {path: number for number, path in enumerate(self.holdings.paths) if path}

    @cached_property
    def neighbours(self) -> Neighbours:
        """What tells which models are near each other."""
        return Neighbours(self.shelves, self.holdings.ids, self.holdings.words)


def _by_type_and_path(entry: AnyEntry) -> tuple[int, str]:
    return KINDS.index(entry.kind), entry.path
