"""Shelves as readers see them: sequences of entries, newest first, every look written down."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from site_builder.config import PAGE_SIZE
from site_builder.domain.entry import Entry

if TYPE_CHECKING:
    from site_builder.library.library import Library


class Shelf(Sequence[Entry[Any]]):
    """One shelf. Looking at its length, a part or all of it asks for different cells."""

    __slots__ = ("_group", "_key", "_library")

    def __init__(self, library: "Library", group: str, key: str) -> None:
        self._library = library
        self._group = group
        self._key = key

    def __len__(self) -> int:
        self._ask("#")
        return len(self._numbers)

    def __bool__(self) -> bool:
        self._ask("?")
        return bool(self._numbers)

    def __iter__(self) -> Iterator[Entry[Any]]:
        self._ask("*")
        return map(self._library.unasked, reversed(self._numbers))

    @overload
    def __getitem__(self, place: int) -> Entry[Any]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry[Any], ...]: ...
    def __getitem__(self, place: int | slice) -> Entry[Any] | tuple[Entry[Any], ...]:
        """Counted from the newest, so the length matters as well."""
        self._ask("#")
        numbers = self._numbers
        chosen = range(len(numbers) - 1, -1, -1)[place]
        places = [chosen] if isinstance(chosen, int) else chosen
        for page in {place // PAGE_SIZE for place in places}:
            self._ask(f"@{page}")
        found = tuple(self._library.unasked(numbers[place]) for place in places)
        return found[0] if isinstance(chosen, int) else found

    def page(self, page: int) -> tuple[Entry[Any], ...]:
        """The entries of one page, counted from the oldest (0), newest first within it."""
        self._ask(f"@{page}")
        numbers = self._numbers[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        return tuple(map(self._library.unasked, reversed(numbers)))

    def titles(self) -> Iterator[tuple[str, str]]:
        """Paths and folded titles of the models on it, without opening one."""
        self._ask("*")
        held = self._library.holdings
        return ((held.paths[number], held.titles[number]) for number in self._numbers)

    def is_full(self, page: int) -> bool:
        """Whether all places of a page, counted from the oldest (0), are taken."""
        self._ask(f"^{page}")
        return len(self._numbers) >= (page + 1) * PAGE_SIZE

    def __repr__(self) -> str:
        return f"Shelf({self._group!r}, {self._key!r}, {len(self._numbers)} entries)"

    @property
    def _numbers(self) -> Any:
        return self._library.shelves.numbers(self._group, self._key)

    def _ask(self, what: str) -> None:
        self._library.ledger.ask(f"{self._group}/{self._key}{what}")


class Group:
    """Shelves of one group by key."""

    __slots__ = ("_group", "_library", "_sort")

    def __init__(
        self, library: "Library", group: str, sort: Callable[[str], Any] | None = None
    ) -> None:
        self._library = library
        self._group = group
        self._sort = sort

    def __getitem__(self, key: str) -> Shelf:
        """The shelf `key`, which may hold nothing."""
        return Shelf(self._library, self._group, key)

    def __contains__(self, key: str) -> bool:
        return bool(self[key])

    def __iter__(self) -> Iterator[str]:
        """Keys of the shelves that hold something, in order."""
        self._library.ledger.ask(f"{self._group}/")
        return iter(sorted(self._library.shelves.keys(self._group), key=self._sort))

    def items(self) -> Iterator[tuple[str, Shelf]]:
        """Keys with their shelves."""
        return ((key, self[key]) for key in self)

    def counts(self) -> dict[str, int]:
        """How many entries stand on each shelf that holds something."""
        self._library.ledger.ask(f"{self._group}/#")
        shelves, group = self._library.shelves, self._group
        keys = sorted(shelves.keys(group), key=self._sort)
        return {key: len(shelves.numbers(group, key)) for key in keys}
