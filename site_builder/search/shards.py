"""Keys with their documents, as bytes (docs/search-index.md, "shard")."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

SIZE = 6_000
"""Bytes of a shard before it is packed, about: few enough to be asked for by the dozen."""
_IMPACT_BITS = 4

Postings = list[int]
"""Of one key: `posting` of each document, in any order."""


def posting(form: int, document: int, impact: int) -> int:
    """A document under a key as one number, ordered by form, then by document."""
    return form << 36 | document << _IMPACT_BITS | impact


class Shard(NamedTuple):
    """Keys that come together."""

    first: str
    """Its first key."""
    data: bytes


def shards(postings: Iterable[tuple[str, Postings]]) -> Iterator[Shard]:
    """Cut keys, given in order, into shards."""
    data, first, before = bytearray(), "", b""
    for key, found in postings:
        name = key.encode()
        if not data:
            first, before = key, b""
        shared = common_start(before, name)
        data += leb(shared)
        data += leb(len(name) - shared)
        data += name[shared:]
        _append(data, found)
        before = name
        if len(data) >= SIZE:
            yield Shard(first, bytes(data))
            data = bytearray()
    if data:
        yield Shard(first, bytes(data))


def _append(data: bytearray, found: Postings) -> None:
    """Append how many documents, and each variant with its own."""
    if len(found) == 1:  # most keys
        data += b"\1\1"
        _append_variant(data, found)
        return
    found.sort()
    data += leb(len(found))
    starts = [0]
    if found[0] >> 36 != found[-1] >> 36:
        starts += [n for n in range(1, len(found)) if found[n] >> 36 != found[n - 1] >> 36]
    data += leb(len(starts))
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        _append_variant(data, found[start:end])


def _append_variant(data: bytearray, found: Postings) -> None:
    form = found[0] >> 36
    data += form.to_bytes(2, "little")
    data += leb(len(found))
    before = -1
    add = data.append
    for one in found:
        low = one & 0xFFFFFFFFF
        document = low >> _IMPACT_BITS
        value = (document - before - 1) << _IMPACT_BITS | low & 15
        before = document
        while value > 127:
            add(value & 127 | 128)
            value >>= 7
        add(value)


def common_start(one: Sequence[object], other: Sequence[object]) -> int:
    """How many bytes, or letters, two names begin with alike."""
    most = min(len(one), len(other))
    return next((place for place in range(most) if one[place] != other[place]), most)


def leb(number: int) -> bytes:
    """LEB128."""
    if number < 128:
        return bytes((number,))
    data = bytearray()
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    data.append(number)
    return bytes(data)
