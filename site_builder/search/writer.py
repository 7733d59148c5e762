"""Makes the index of documents: files by name (docs/search-index.md, "Files")."""

import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from site_builder.search.shards import Postings, common_start, posting, shards
from site_builder.search.terms import SearchDocument, Weigher

FORMAT = 1
START = "start.json"
CHUNK = 8
"""Documents of one chunk: the ten results that are shown lie in as many chunks."""
_ONCE = 1
"""A word that no more documents have may be a slip of the pen: nothing is mended into it."""
WEIGHTS: Mapping[str, float] = {
    "accent": 0.25,
    "pair": 1.6,
    "accent_pair": 1.0,
    "repair": 0.95,
    "prefix": 0.4,
    "coverage": 0.5,
}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def index(
    documents: Sequence[SearchDocument], abbreviations: Sequence[tuple[str, str]] = ()
) -> dict[str, bytes]:
    """Every file of the index of `documents`, numbered as they come."""
    files: dict[str, bytes] = {}
    postings = _postings(documents)
    parts = list(shards(postings.items()))
    common = {
        key: len(found) for key, found in postings.items() if " " not in key and len(found) > _ONCE
    }
    head = {
        "documents": len(documents),
        "shards": {
            "first": "\n".join(part.first for part in parts),
            "names": "".join(_add(files, "shard", part.data) for part in parts),
        },
        "chunks": {
            "size": CHUNK,
            "names": "".join(_add(files, "chunk", data) for data in _chunks(documents)),
        },
        "lexicon": {
            "words": "\n".join(_front_coded(common)),
            "sizes": "".join(_DIGITS[int(math.log2(count))] for count in common.values()),
        },
        "abbreviations": abbreviations,
        "weights": WEIGHTS,
    }
    name = _add(files, "head", _json(head))
    files[START] = _json({"format": FORMAT, "head": f"head-{name}.bin"})
    return files


def _postings(documents: Sequence[SearchDocument]) -> dict[str, Postings]:
    """The documents of each key, the keys in order."""
    weigher = Weigher()
    postings: list[Postings] = []
    for number, document in enumerate(documents):
        terms = weigher.terms(document)
        postings += ([] for _ in range(len(weigher.keys) - len(postings)))
        for key, form, impact in terms:
            postings[key].append(posting(form, number, impact))
    return dict(sorted(zip(weigher.keys, postings, strict=True)))


def _chunks(documents: Sequence[SearchDocument]) -> Iterator[bytes]:
    for start in range(0, len(documents), CHUNK):
        rows = [
            [one.address, one.title, one.kind, one.text, one.date, dict(one.values)]
            for one in documents[start : start + CHUNK]
        ]
        yield _json(rows)


def _front_coded(words: Iterable[str]) -> Iterator[str]:
    """Each word as what it shares with the one before, one digit, and the rest."""
    before = ""
    for word in words:
        shared = min(common_start(before, word), len(_DIGITS) - 1)
        yield _DIGITS[shared] + word[shared:]
        before = word


def _add(files: dict[str, bytes], kind: str, data: bytes) -> str:
    """Pack `data` into a file named for it; the digits of its name."""
    packed = zlib.compress(data, 9)
    name = blake2b(packed, digest_size=6).hexdigest()
    files[f"{kind}-{name}.bin"] = packed
    return name


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
