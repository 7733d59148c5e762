"""The head of an index: what a reader loads first (docs/search-index.md, "head")."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.search.shards import common_start

NAME_DIGITS = 12
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Of base 36."""

_FEW, _MANY = 1_024, 16_384
"""Documents; among few, every word tells; among many, what two or three have may be a slip."""
_COMMON = 2
"""Size of a word (four documents) of which nobody asks whether it is a slip; but among few."""
_MOST_NAMES, _LISTED = 2_048, 64
"""Names of files that a head may hold; with more, so many of them stand in a list each."""

Abbreviations = Sequence[tuple[str, str]]
"""Folded, short and long: ("ubnd", "uy ban nhan dan")."""


Add = Callable[[str, bytes], str]
"""Adds a file of a kind to the index; the digits of its name."""
Load = Callable[[str, str], bytes]
"""A file of a kind by the digits of its name, unpacked."""


@dataclass
class Head:
    """What there is, and in which files; of these only the digits of their names."""

    documents: int
    firsts: list[str]
    """The first key of each shard."""
    shards: list[str]
    chunk_size: int
    chunks: list[str]
    lexicon: dict[str, int]
    """Words that several documents have: the whole part of log2 of how many."""
    facets: str
    abbreviations: Abbreviations
    weights: Mapping[str, float]
    lists: list[str] = field(default_factory=list)
    """Files with names that would make the head too large."""

    def count(self, word: str, documents: int) -> None:
        """Say how many documents have a word."""
        self.lexicon.pop(word, None)
        if documents:
            self.lexicon[word] = documents.bit_length() - 1

    def packed(self, add: Add) -> bytes:
        """The file; `add` takes those that go with it."""
        self.lists = []

        def add_list(data: dict[str, str]) -> str:
            self.lists.append(add("list", json_bytes(data)))
            return self.lists[-1]

        words = sorted(word for word, size in self.lexicon.items() if size >= self._least)
        return json_bytes(
            {
                "documents": self.documents,
                "shards": _named(self.shards, add_list, self.firsts),
                "chunks": {"size": self.chunk_size} | _named(self.chunks, add_list),
                "lexicon": {
                    "words": "\n".join(_front_coded(words)),
                    "sizes": "".join(DIGITS[self.lexicon[word]] for word in words),
                    "known": _COMMON if self._least else 0,
                },
                "facets": self.facets,
                "abbreviations": self.abbreviations,
                "weights": self.weights,
            }
        )

    @property
    def _least(self) -> int:
        """The least size of a word in the lexicon."""
        return (self.documents >= _FEW) + (self.documents >= _MANY)


def head_of(data: bytes, load: Load) -> Head:
    """The head in a file."""
    plain = json.loads(data)
    lexicon = plain["lexicon"]
    words = _decoded(lexicon["words"].split("\n")) if lexicon["sizes"] else ()
    sizes = (int(digit, 36) for digit in lexicon["sizes"])
    head = Head(
        plain["documents"],
        [],
        [],
        plain["chunks"]["size"],
        [],
        dict(zip(words, sizes, strict=True)),
        plain["facets"],
        plain["abbreviations"],
        plain["weights"],
    )
    for part in _parts(plain["shards"], load, head.lists):
        head.firsts += part["first"].split("\n") if part["names"] else []
        head.shards += _names(part["names"])
    for part in _parts(plain["chunks"], load, head.lists):
        head.chunks += _names(part["names"])
    return head


def _named(
    names: Sequence[str], add: Callable[[dict[str, str]], str], firsts: Sequence[str] = ()
) -> dict[str, object]:
    """Names of files, with the first keys of shards: all of them, or those of lists of them."""

    def coded(names: Iterable[str], firsts: Iterable[str]) -> dict[str, str]:
        named = {"names": "".join(names)}
        return {"first": "\n".join(firsts)} | named if firsts else named

    if len(names) <= _MOST_NAMES:
        return coded(names, firsts) | {"listed": 0}
    pages = [slice(start, start + _LISTED) for start in range(0, len(names), _LISTED)]
    lists = [add(coded(names[page], firsts[page])) for page in pages]
    return coded(lists, firsts[::_LISTED]) | {"listed": _LISTED}


def _parts(named: dict[str, str], load: Load, lists: list[str]) -> Iterator[dict[str, str]]:
    """The names themselves, or every list of them, whose names are noted in `lists`."""
    if not named["listed"]:
        yield named
        return
    for digits in _names(named["names"]):
        lists.append(digits)
        yield json.loads(load("list", digits))


def _names(digits: str) -> list[str]:
    return [digits[at : at + NAME_DIGITS] for at in range(0, len(digits), NAME_DIGITS)]


def _front_coded(words: Iterable[str]) -> Iterator[str]:
    """Each word as what it shares with the one before, one digit, and the rest."""
    before = ""
    for word in words:
        shared = min(common_start(before, word), len(DIGITS) - 1)
        yield DIGITS[shared] + word[shared:]
        before = word


def _decoded(lines: Iterable[str]) -> Iterator[str]:
    word = ""
    for line in lines:
        word = word[: int(line[0], 36)] + line[1:]
        yield word


def json_bytes(value: object) -> bytes:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
