"""Keys with their documents, as bytes (docs/search-index.md, "shard").

Where one shard ends and the next begins depends on the keys around, not on all keys: so an edit
changes the shards of its own keys, and now and then the one that follows.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

IMPACT_BITS = 5
_IMPACT = (1 << IMPACT_BITS) - 1
_FORM_BITS = 37
_DOCUMENT = (1 << _FORM_BITS) - 1
SIZE = 7_000
"""Bytes of keys and lists after which a shard ends soon: few, to be asked for by the dozen."""
_LARGE = 4_000
"""Bytes of a list that stands alone: whoever looks for its neighbours need not load it."""
_FIRSTS = 7
"""A shard may begin with a key whose checksum has none of these bits."""


def posting(form: int, document: int, impact: int) -> int:
    """A document under a key as one number, ordered by form, then by document."""
    return form << _FORM_BITS | document << IMPACT_BITS | impact


class Entry(NamedTuple):
    """A key with its documents."""

    name: bytes
    """UTF-8: ordered as its code points are."""
    data: bytes


class Shard(NamedTuple):
    """Keys that come together."""

    first: str
    """Its first key."""
    data: bytes


def shards(entries: Iterable[Entry]) -> Iterator[Shard]:
    """Entries, given in order, as shards."""
    return map(shard_of, cut(entries))


def cut(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries, given in order, cut into those of one shard."""
    some: list[Entry] = []
    size = 0
    for entry in entries:
        if some and is_cut(some[-1], size, entry):
            yield some
            some, size = [], 0
        some.append(entry)
        size += size_of(entry)
    if some:
        yield some


def is_cut(last: Entry, size: int, following: Entry) -> bool:
    """Whether a shard of `size` ends between these two."""
    if is_large(last) or is_large(following):
        return True
    return size > SIZE and not crc32(following.name) & _FIRSTS


def is_large(entry: Entry) -> bool:
    """Whether an entry stands alone."""
    return len(entry.data) > _LARGE


def size_of(entry: Entry) -> int:
    """What an entry adds to its shard, whatever stands before it."""
    return len(entry.name) + len(entry.data)


def shard_of(entries: Sequence[Entry]) -> Shard:
    """The shard of these entries."""
    data, before = bytearray(), b""
    for name, found in entries:
        shared = common_start(before, name)
        _append_leb(data, shared)
        _append_leb(data, len(name) - shared)
        data += name[shared:]
        data += found
        before = name
    return Shard(entries[0].name.decode(), bytes(data))


def entries_of(data: bytes) -> Iterator[Entry]:
    """The entries of a shard."""
    ends = [place for place, byte in enumerate(data) if byte < 128]
    at, name = 0, b""
    while at < len(data):
        shared, at = _number(data, at)
        more, at = _number(data, at)
        name = name[:shared] + data[at : at + more]
        start = at = at + more
        _, at = _number(data, at)
        variants, at = _number(data, at)
        for _ in range(variants):
            count, at = _number(data, at + 2)
            at = ends[bisect_left(ends, at) + count - 1] + 1
        yield Entry(name, data[start:at])


def listed(found: Sequence[int]) -> bytes:
    """Documents of a key, sorted, as bytes: how many, and each variant with its own."""
    starts = [0]
    if found[0] >> _FORM_BITS != found[-1] >> _FORM_BITS:
        forms = [one >> _FORM_BITS for one in found]
        starts += [n for n in range(1, len(found)) if forms[n] != forms[n - 1]]
    data = bytearray()
    _append_leb(data, len(found))
    _append_leb(data, len(starts))
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        data += (found[start] >> _FORM_BITS).to_bytes(2, "little")
        _append_leb(data, end - start)
        following = 0
        for one in found[start:end]:
            place = one & _DOCUMENT
            value = place - following
            following = (place | _IMPACT) + 1  # the next document, without impact
            while value > 127:  # `_append_leb`, spelled out: there are millions of them
                data.append(value & 127 | 128)
                value >>= 7
            data.append(value)
    return bytes(data)


def documents_of(data: bytes) -> list[int]:
    """The postings in the bytes of a key, sorted."""
    found: list[int] = []
    _, at = _number(data, 0)
    variants, at = _number(data, at)
    for _ in range(variants):
        form = int.from_bytes(data[at : at + 2], "little") << _FORM_BITS
        count, at = _number(data, at + 2)
        following = 0
        for _ in range(count):
            value = data[at]
            at += 1
            if value > 127:  # `_number`, spelled out
                rest, at = _number(data, at)
                value = value & 127 | rest << 7
            place = following + value
            following = (place | _IMPACT) + 1
            found.append(form | place)
    return found


def common_start(one: Sequence[object], other: Sequence[object]) -> int:
    """How many bytes, or letters, two names begin with alike."""
    most = min(len(one), len(other))
    return next((place for place in range(most) if one[place] != other[place]), most)


def _append_leb(data: bytearray, number: int) -> None:
    """LEB128."""
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    data.append(number)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """The LEB128 number at a place, and where it ends."""
    value = shift = 0
    while (byte := data[at]) > 127:
        value |= (byte & 127) << shift
        shift += 7
        at += 1
    return value | byte << shift, at + 1
