"""Shelves: numbers of entries in order, kept in order through edits.

The oldest entry stands first inside, so that pages numbered from the oldest keep what they show
when something new arrives; readers see the newest first.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from site_builder.config import PAGE_SIZE

Placement = tuple[str, str]
"""Group and key: ("field", "an-ninh")."""
Order = tuple[object, ...]
"""The sort key of an entry; the least is shown first, so stands last inside."""

Packed = dict[str, dict[str, bytes]]


class Move(NamedTuple):
    """An entry that goes from some shelves to others."""

    number: int
    before: frozenset[Placement]
    after: frozenset[Placement]
    order: Order
    """Its sort key now."""
    is_reordered: bool
    """Whether its sort key is another than before."""
    is_alike: bool
    """Whether it looks as before wherever it stays."""


class Shelves:
    """Every shelf by group and key. Only `load` and `move` change them."""

    def __init__(self) -> None:
        self._groups: dict[str, dict[str, array[int]]] = {}

    def numbers(self, group: str, key: str) -> "array[int]":
        """The entries on a shelf, oldest first; not to be changed."""
        return self._groups.get(group, {}).get(key, _EMPTY)

    def keys(self, group: str) -> Iterable[str]:
        """Keys of the shelves of a group that hold something."""
        return self._groups.get(group, {}).keys()

    def fill(self, placed: Iterable[tuple[int, Iterable[Placement]]]) -> None:
        """Fill empty shelves; `placed` has the entries in order, oldest first."""
        for number, placements in placed:
            for group, key in placements:
                shelves = self._groups.setdefault(group, {})
                if (shelf := shelves.get(key)) is None:
                    shelf = shelves[key] = array("I")
                shelf.append(number)

    def move(self, move: "Move", order_of: Callable[[int], Order]) -> Iterator[str]:
        """Move an entry; `order_of` tells the sort keys of the others. Yields changed cells."""
        number, before, after = move.number, move.before, move.after
        for placement in sorted(before | after):
            stays = placement in before and placement in after
            if stays and not move.is_reordered:
                if not move.is_alike:
                    place = self.numbers(*placement).index(number)
                    yield from _changed(placement, place, place)
                continue
            places = []
            if placement in before:
                places.append(self._remove(number, placement))
            if placement in after:
                places.append(self._insert(move, placement, order_of))
            last = max(places) if stays else len(self.numbers(*placement)) - (placement in after)
            yield from _changed(placement, min(places), last)
            if not stays:
                yield from self._resized(placement, is_new=placement in after)

    def _remove(self, number: int, placement: Placement) -> int:
        group, key = placement
        shelf = self._groups[group][key]
        place = shelf.index(number)
        del shelf[place]
        if not shelf:
            del self._groups[group][key]
        return place

    def _insert(self, move: "Move", placement: Placement, order_of: Callable[[int], Order]) -> int:
        group, key = placement
        shelf = self._groups.setdefault(group, {}).setdefault(key, array("I"))
        wanted = _Backwards(move.order)
        place = bisect_left(shelf, wanted, key=lambda n: _Backwards(order_of(n)))
        shelf.insert(place, move.number)
        return place

    def _resized(self, placement: Placement, *, is_new: bool) -> Iterator[str]:
        group, key = placement
        longest = len(self.numbers(group, key)) + (not is_new)
        yield f"{group}/{key}#"
        yield f"{group}/#"
        if longest % PAGE_SIZE == 0:
            yield f"{group}/{key}^{longest // PAGE_SIZE - 1}"
        if longest == 1:
            yield f"{group}/{key}?"
            yield f"{group}/"

    def packed(self) -> Packed:
        """Plain values, to be kept."""
        return {
            group: {key: shelf.tobytes() for key, shelf in shelves.items()}
            for group, shelves in self._groups.items()
        }

    @classmethod
    def unpacked(cls, packed: Packed) -> "Shelves":
        """The shelves that were packed."""
        shelves = cls()
        for group, kept in packed.items():
            shelves._groups[group] = {key: array("I", data) for key, data in kept.items()}
        return shelves


def _changed(placement: Placement, first: int, last: int) -> Iterator[str]:
    """The cells of the places from `first` to `last`."""
    name = "/".join(placement)
    yield f"{name}*"
    for page in range(first // PAGE_SIZE, last // PAGE_SIZE + 1):
        yield f"{name}@{page}"


class _Backwards:
    """Turns an order round, for any values that can be compared."""

    __slots__ = ("key",)

    def __init__(self, key: Order) -> None:
        self.key = key

    def __lt__(self, other: "_Backwards") -> bool:
        return other.key < self.key


_EMPTY = array("I")
