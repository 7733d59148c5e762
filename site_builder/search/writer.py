"""Makes the index of documents: files by name (docs/search-index.md, "Files")."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

from site_builder.search.facets import Facet, facets_file, values_of
from site_builder.search.head import NAME_DIGITS, Abbreviations, Head, json_bytes
from site_builder.search.shards import Entry, listed, shards
from site_builder.search.terms import SearchDocument, Weigher
from site_builder.workers import without_pauses

FORMAT = 1
START = "start.json"
CHUNK = 8
"""Documents of one chunk: the ten results that are shown lie in as many chunks."""
WEIGHTS: Mapping[str, float] = {
    "accent": 0.25,
    "pair": 2.0,
    "accent_pair": 1.0,
    "repair": 0.95,
    "prefix": 0.4,
    "coverage": 0.5,
    "title": 0.8,
    "floor": 0.15,
}


class Files(dict[str, bytes]):
    """Files of an index by name, without those that are `known` to lie there."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        super().__init__()
        self._known = frozenset(known)

    def add(self, kind: str, data: bytes) -> str:
        """Pack `data` into a file named for it; the digits of its name."""
        digits = blake2b(data, digest_size=NAME_DIGITS // 2).hexdigest()
        name = file_name(kind, digits)
        if name not in self and name not in self._known:
            self[name] = zlib.compress(data, 9)
        return digits

    def finish(self, head: Head) -> None:
        """Add the head, and what leads to it."""
        name = file_name("head", self.add("head", head.packed(self.add)))
        self[START] = json_bytes({"format": FORMAT, "head": name})


def file_name(kind: str, digits: str) -> str:
    """The file of a kind: head, list, shard, chunk or facets."""
    return f"{kind}-{digits}.bin"


def head_name_in(start: bytes) -> str:
    """The file of the head to which start.json leads."""
    name: str = json.loads(start)["head"]
    return name


def names_of(head: Head) -> Iterator[str]:
    """Every file that a head leads to."""
    yield from (file_name("shard", digits) for digits in head.shards)
    yield from (file_name("chunk", digits) for digits in head.chunks)
    yield from (file_name("list", digits) for digits in head.lists)
    if head.facets:
        yield file_name("facets", head.facets)


def index(
    documents: Sequence[SearchDocument],
    abbreviations: Abbreviations = (),
    facets: Sequence[Facet] = (),
) -> Files:
    """Every file of the index of `documents`, numbered as they come."""
    files = Files()
    head = Head(len(documents), [], [], CHUNK, [], {}, "", abbreviations, WEIGHTS)
    with without_pauses():
        for shard in shards(_entries(documents, head)):
            head.firsts.append(shard.first)
            head.shards.append(files.add("shard", shard.data))
    head.chunks += (files.add("chunk", data) for data in _chunks(documents))
    if facets:
        head.facets = files.add("facets", facets_file(facets, list(map(values_of, documents))))
    files.finish(head)
    return files


def _entries(documents: Iterable[SearchDocument], head: Head) -> Iterator[Entry]:
    """Every key in order; counts its words in the head."""
    weigher = Weigher()
    for number, document in enumerate(documents):
        weigher.add(number, document)
    for key, postings in sorted(weigher.by_key().items()):
        postings.sort()
        if " " not in key:
            head.count(key, len(postings))
        yield Entry(key.encode(), listed(postings))


def _chunks(documents: Sequence[SearchDocument]) -> Iterator[bytes]:
    for start in range(0, len(documents), CHUNK):
        yield json_bytes(list(map(row_of, documents[start : start + CHUNK])))


def row_of(document: SearchDocument) -> list[object]:
    """What is stored of a document, to be shown."""
    return [
        document.address,
        document.title,
        document.kind,
        document.text,
        document.date,
        document.facts,
        document.field,
    ]
