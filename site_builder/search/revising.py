"""Brings an index up to date: only the files that an edit touches are made anew.

The result is the index that `writer.index` would make of all documents, byte for byte.
"""

import json
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.search.facets import Facet, facets_file, values_in, values_of
from site_builder.search.head import Head, Load, head_of, json_bytes
from site_builder.search.shards import (
    Entry,
    Shard,
    cut,
    documents_of,
    entries_of,
    is_cut,
    is_large,
    listed,
    shard_of,
    size_of,
)
from site_builder.search.terms import SearchDocument, Weigher
from site_builder.search.writer import CHUNK, Files, file_name, head_name_in, names_of, row_of

LoadName = Callable[[str], bytes]
"""A file of the index by name, unpacked."""


class Change(NamedTuple):
    """A document as it was, None where it is new; and as it is."""

    number: int
    before: SearchDocument | None
    after: SearchDocument


def revised(
    start: bytes,
    load_name: LoadName,
    changes: Sequence[Change],
    facets: Sequence[Facet],
    *,
    is_offered: bool = False,
) -> tuple[Head, Files]:
    """The head of the index with `changes`, and the files that it has beyond the old one.

    New documents come after all others, in order. `start` is the old start.json, `load_name`
    gives the other old files. `is_offered` tells that `facets` are those of the old index: then
    their file is only made anew where a document has other values.
    """

    def load(kind: str, digits: str) -> bytes:
        return load_name(file_name(kind, digits))

    name = head_name_in(start)
    head = head_of(load_name(name), load)
    files = Files([name, *names_of(head)])
    _revise_chunks(head, files, load, changes)
    _revise_shards(head, files, load, _edits(changes))
    if not (is_offered and all(map(_has_same_values, changes))):
        _revise_facets(head, files, load, changes, facets)
    head.documents = max([head.documents, *(change.number + 1 for change in changes)])
    files.finish(head)
    return head, files


# --- documents ----------------------------------------------------------------------------


def _revise_chunks(head: Head, files: Files, load: Load, changes: Iterable[Change]) -> None:
    chunks: dict[int, list[object]] = {}
    for change in sorted(changes):
        place, at = divmod(change.number, CHUNK)
        if place not in chunks:
            digits = head.chunks[place : place + 1]
            chunks[place] = json.loads(load("chunk", *digits)) if digits else []
        chunks[place][at : at + 1] = [row_of(change.after)]
    for place, rows in chunks.items():
        head.chunks[place : place + 1] = [files.add("chunk", json_bytes(rows))]


def _revise_facets(
    head: Head, files: Files, load: Load, changes: Iterable[Change], facets: Sequence[Facet]
) -> None:
    if not head.facets:
        return
    rows: list[Mapping[str, tuple[str, ...]]] = [*values_in(load("facets", head.facets))]
    for change in sorted(changes):
        rows[change.number : change.number + 1] = [values_of(change.after)]
    head.facets = files.add("facets", facets_file(facets, rows))


def _has_same_values(change: Change) -> bool:
    return bool(change.before and values_of(change.before) == values_of(change.after))


# --- keys ---------------------------------------------------------------------------------

Edits = dict[bytes, tuple[set[int], set[int]]]
"""Postings that go and postings that come, by key."""


def _edits(changes: Iterable[Change]) -> Edits:
    before, after = Weigher(), Weigher()
    for change in changes:
        if change.before:
            before.add(change.number, change.before)
        after.add(change.number, change.after)
    old, new = before.by_key(), after.by_key()
    found: Edits = {}
    for key in sorted(old.keys() | new.keys()):
        was, now = set(old.get(key, ())), set(new.get(key, ()))
        if was != now:
            found[key.encode()] = was - now, now - was
    return found


def _revise_shards(head: Head, files: Files, load: Load, edits: Edits) -> None:
    pieces = _Pieces(head, load, edits).all()
    head.firsts, head.shards = [], []
    for first, digits, entries in pieces:
        shard = shard_of(entries) if entries else Shard(first, b"")
        head.firsts.append(shard.first)
        head.shards.append(digits or files.add("shard", shard.data))


class _Piece(NamedTuple):
    """A shard of the new index: one of the old ones, or entries for another."""

    first: str
    digits: str
    entries: Sequence[Entry] = ()


class _Pieces:
    """Cuts edited shards where `shards.cut` would cut all keys."""

    def __init__(self, head: Head, load: Load, edits: Edits) -> None:
        self._head = head
        self._load = load
        self._edits = edits
        self._old = list(map(_Piece, head.firsts, head.shards))

    def all(self) -> list[_Piece]:
        """Every shard of the new index in order."""
        touched = self._by_shard()
        done: list[_Piece] = []
        place = 0
        while touched:
            first = min(touched)
            done += self._old[place:first]
            was = self._entries(first)
            some = self._edited(was, touched.pop(first))
            # Only what begins as it did is cut from the one before as it was.
            if done and not (some and _begins_alike(was[0], some[0])):
                before = done.pop()
                some = [*(before.entries or self._read(before)), *some]
            place = first + 1
            while place < len(self._old) and (place in touched or not self._ends(some, place)):
                some += self._edited(self._entries(place), touched.pop(place, ()))
                place += 1
            done += (_Piece("", "", one) for one in cut(some))
        return done + self._old[place:]

    def _by_shard(self) -> dict[int, list[bytes]]:
        """The edited keys by the shard in which they are, or belong."""
        names = [piece.first.encode() for piece in self._old]
        found: dict[int, list[bytes]] = {}
        for key in self._edits:
            found.setdefault(max(0, bisect_right(names, key) - 1), []).append(key)
        return found

    def _ends(self, some: Sequence[Entry], place: int) -> bool:
        """Whether what `some` ends with is cut from the shard at `place`, which stays as it is."""
        if not some:
            return False
        *_, last = cut(some)
        size = sum(map(size_of, last))
        name = self._old[place].first.encode()
        # Mostly its name tells; only a large list has to be seen.
        return is_cut(last[-1], size, Entry(name, b"")) or is_cut(
            last[-1], size, self._entries(place)[0]
        )

    def _entries(self, place: int) -> list[Entry]:
        return self._read(self._old[place]) if place < len(self._old) else []

    def _read(self, piece: _Piece) -> list[Entry]:
        return list(entries_of(self._load("shard", piece.digits)))

    def _edited(self, entries: Iterable[Entry], keys: Iterable[bytes]) -> list[Entry]:
        found = dict(entries)
        for key in keys:
            gone, come = self._edits[key]
            postings = documents_of(found.pop(key)) if key in found else []
            for one in gone:
                del postings[bisect_left(postings, one)]
            for one in come:
                insort(postings, one)
            if postings:
                found[key] = listed(postings)
            if b" " not in key:
                self._head.count(key.decode(), len(postings))
        return [Entry(*item) for item in sorted(found.items())]


def _begins_alike(was: Entry, now: Entry) -> bool:
    return was.name == now.name and is_large(was) == is_large(now)
