"""Fills a library from nothing, or changes it by a few entries and says what that changed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from site_builder.addresses import address_of
from site_builder.domain.entries import Model
from site_builder.domain.entry import AnyEntry
from site_builder.library.cells import body_of, record_of, related_to, sum_of
from site_builder.library.library import Library
from site_builder.library.neighbours import words_of
from site_builder.library.placing import EXACT, Placer, sums_of
from site_builder.library.shelves import Move, Order, Placement
from site_builder.text import slug


class Revision(NamedTuple):
    """An entry as it was and as it is; None where it was not, or is no more."""

    before: AnyEntry | None
    after: AnyEntry | None


class Placed(NamedTuple):
    """What an empty library needs of an entry: worked out where the entry is read."""

    path: str
    id: str
    address: str
    """Without leading slash; "" where citizens do not see it."""
    title: str
    """Of a model, folded."""
    order: Order
    placements: Collection[Placement]
    words: tuple[str, ...]
    """Of a public model (see `Neighbours`)."""
    sums: dict[str, Decimal]
    """What a public model adds to which sum."""


def place(entry: AnyEntry, placer: Placer, today: date) -> Placed:
    """Where `entry` belongs on `today`."""
    is_public = entry.record.is_public(today)
    model = _public_model(entry) if is_public else None
    return Placed(
        entry.path,
        entry.id,
        address_of(entry).lstrip("/") if is_public else "",
        _folded_title(entry),
        entry.order,
        placer.placements(entry, is_public=is_public),
        tuple(words_of(model)) if model else (),
        sums_of(model) if model else {},
    )


def fill(library: Library, entries: Sequence[Placed]) -> None:
    """Put entries, numbered as they come, into an empty library; but for who is near whom."""
    held = library.holdings
    held.paths[:] = [entry.path for entry in entries]
    held.ids[:] = [entry.id for entry in entries]
    held.addresses[:] = [entry.address for entry in entries]
    held.titles[:] = [entry.title for entry in entries]
    ordered = sorted(range(len(entries)), key=lambda n: entries[n].order, reverse=True)
    library.shelves.fill((n, entries[n].placements) for n in ordered)
    for number, entry in enumerate(entries):
        library.neighbours.add(number, entry.words)
        for name, amount in entry.sums.items():
            _add(library, name, amount)


def revise(library: Library, revisions: Mapping[int, Revision]) -> set[str]:
    """Change some entries, numbered; returns every cell that changed."""
    changed: set[str] = set()
    stale: set[int] = set()
    for number, revision in sorted(revisions.items()):
        changed.update(_revise_one(library, number, revision, stale))
    changed.update(_refresh_neighbours(library, stale))
    return changed


def _revise_one(
    library: Library, number: int, revision: Revision, stale: set[int]
) -> Iterator[str]:
    before, after = revision
    was_public = bool(library.holdings.addresses[number]) if before else False
    old = library.placer.placements(before, is_public=was_public) if before else frozenset()
    seen_before = _public_model(before) if was_public else None
    is_public = bool(after and library.is_public(after))
    seen_after = _public_model(after) if is_public else None
    stale |= library.neighbours.touched(seen_before, seen_after)
    if seen_before:
        library.neighbours.remove(number, words_of(seen_before))
    if after:
        _list(library, number, after)
        library.open(number, after)
    else:
        _unlist(library, number)
    new = _placements(library, number, after) if after else frozenset()
    is_alike = bool(before and after and before.record == after.record and was_public == is_public)
    move = Move(
        number,
        old,
        new,
        after.order if after else (),
        is_reordered=bool(before and after and before.order != after.order),
        is_alike=is_alike,
    )
    yield from library.shelves.move(move, lambda n: library.unasked(n).order)
    if seen_after:
        library.neighbours.add(number, words_of(seen_after))
    stale |= library.neighbours.touched(seen_before, seen_after)
    yield from _sums(library, seen_before, seen_after)
    if not is_alike:
        yield record_of(number)
    if not before or not after or before.digest != after.digest:
        yield body_of(number)


def _list(library: Library, number: int, entry: AnyEntry) -> None:
    held = library.holdings
    for column in (held.paths, held.ids, held.addresses, held.titles):
        column.extend([""] * (number + 1 - len(column)))
    held.paths[number], held.ids[number] = entry.path, entry.id
    held.titles[number] = _folded_title(entry)
    library.numbers[entry.path] = number
    is_public = library.is_public(entry)
    held.addresses[number] = address_of(entry).lstrip("/") if is_public else ""


def _unlist(library: Library, number: int) -> None:
    held = library.holdings
    library.numbers.pop(held.paths[number], None)
    for column in (held.paths, held.ids, held.addresses, held.titles):
        column[number] = ""


def _placements(library: Library, number: int, entry: AnyEntry) -> frozenset[Placement]:
    is_public = bool(library.holdings.addresses[number])
    return library.placer.placements(entry, is_public=is_public)


def _folded_title(entry: AnyEntry) -> str:
    return slug(entry.record.title) if isinstance(entry.record, Model) else ""


def _public_model(entry: AnyEntry | None) -> Model | None:
    return entry.record if entry and isinstance(entry.record, Model) else None


def _refresh_neighbours(library: Library, stale: set[int]) -> Iterator[str]:
    near = library.holdings.near
    for number in sorted(stale):
        entry = library.unasked(number) if library.holdings.addresses[number] else None
        model = _public_model(entry)
        found = library.neighbours.near(number, model) if model else ()
        if near.get(number, ()) != found:
            yield related_to(number)
        if found:
            near[number] = found
        else:
            near.pop(number, None)


def _sums(library: Library, before: Model | None, after: Model | None) -> Iterator[str]:
    old = sums_of(before) if before else {}
    new = sums_of(after) if after else {}
    for name in old.keys() | new.keys():
        difference = EXACT.subtract(new.get(name, Decimal(0)), old.get(name, Decimal(0)))
        if difference:
            _add(library, name, difference)
            yield sum_of(name)


def _add(library: Library, name: str, amount: Decimal) -> None:
    sums = library.holdings.sums
    sums[name] = EXACT.add(sums.get(name, Decimal(0)), amount)
