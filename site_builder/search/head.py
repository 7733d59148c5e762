"""The head of an index: what a reader loads first (docs/search-index.md, "head")."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from site_builder.search.shards import common_start

NAME_DIGITS = 12
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ONCE = 1
"""A word that no more documents have may be a slip of the pen: nothing is mended into it."""

Abbreviations = Sequence[tuple[str, str]]
"""Folded, short and long: ("ubnd", "uy ban nhan dan")."""


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

    def count(self, word: str, documents: int) -> None:
        """Say how many documents have a word."""
        self.lexicon.pop(word, None)
        if documents > _ONCE:
            self.lexicon[word] = documents.bit_length() - 1

    def packed(self) -> bytes:
        """The file."""
        words = sorted(self.lexicon)
        plain = asdict(self) | {
            "shards": {"first": "\n".join(self.firsts), "names": "".join(self.shards)},
            "chunks": {"size": self.chunk_size, "names": "".join(self.chunks)},
            "lexicon": {
                "words": "\n".join(_front_coded(words)),
                "sizes": "".join(_DIGITS[self.lexicon[word]] for word in words),
            },
        }
        del plain["firsts"], plain["chunk_size"]
        return json_bytes(plain)


def head_of(data: bytes) -> Head:
    """The head in a file."""
    plain = json.loads(data)
    shards, chunks, lexicon = plain["shards"], plain["chunks"], plain["lexicon"]
    words = _decoded(lexicon["words"].split("\n")) if lexicon["sizes"] else ()
    sizes = (int(digit, 36) for digit in lexicon["sizes"])
    return Head(
        plain["documents"],
        shards["first"].split("\n") if shards["names"] else [],
        _names(shards["names"]),
        chunks["size"],
        _names(chunks["names"]),
        dict(zip(words, sizes, strict=True)),
        plain["facets"],
        plain["abbreviations"],
        plain["weights"],
    )


def _names(digits: str) -> list[str]:
    return [digits[at : at + NAME_DIGITS] for at in range(0, len(digits), NAME_DIGITS)]


def _front_coded(words: Iterable[str]) -> Iterator[str]:
    """Each word as what it shares with the one before, one digit, and the rest."""
    before = ""
    for word in words:
        shared = min(common_start(before, word), len(_DIGITS) - 1)
        yield _DIGITS[shared] + word[shared:]
        before = word


def _decoded(lines: Iterable[str]) -> Iterator[str]:
    word = ""
    for line in lines:
        word = word[: int(line[0], 36)] + line[1:]
        yield word


def json_bytes(value: object) -> bytes:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
