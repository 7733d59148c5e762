"""Indexes a collection in a process of its own, so that it is known what the writer takes.

`python -m site_builder.search.indexing COLLECTION FOLDER [N]` writes the index of the first N
documents into FOLDER, which must be there, with its reader, and prints an `IndexCost` as JSON.

A collection is a JSONL file of documents {id, title, lead, text, topic, date}.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.scripts import published_script
from site_builder.search.terms import SearchDocument
from site_builder.search.writer import index
from site_builder.workers import peak_memory

READER = "reader.mjs"
"""What reads the index, as a site has it."""
_READER = Path(__file__).parent.parent / "theme" / "assets" / "search" / "reader.js"
_LEAD = 160
"""Characters of a text that stand in for a lead."""


class IndexCost(NamedTuple):
    """What the writer took."""

    documents: int
    seconds: float
    """Processor time, without reading the collection."""
    peak: int | None
    """Bytes of memory at most, the collection included; None where the system does not tell."""


def rows(place: Path) -> Iterator[dict[str, Any]]:
    """What stands in a JSONL file, line by line."""
    with place.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def documents_of(collection: Path, most: int | None = None) -> list[SearchDocument]:
    """The first `most` documents of a collection."""
    return [_document(row) for row in islice(rows(collection), most)]


def _document(row: dict[str, Any]) -> SearchDocument:
    lead, text = row["lead"] or "", row["text"]
    return SearchDocument(
        address=row["id"],
        title=row["title"],
        kind=row["topic"],
        text=lead or text[:_LEAD],
        body=text if text.startswith(lead) else f"{lead} {text}",
        date=row["date"] or "",
    )


def _main(collection: str, folder: str, most: str = "") -> None:
    documents = documents_of(Path(collection), int(most) if most else None)
    began = _processor_time()
    files = index(documents)
    cost = IndexCost(len(documents), _processor_time() - began, _peak())
    for name, data in files.items():
        Path(folder, name).write_bytes(data)
    Path(folder, READER).write_bytes(published_script(_READER.read_text("utf-8")))
    print(json.dumps(cost))


def _processor_time() -> float:
    """Seconds of this process and of those that it started, as far as they have ended."""
    return time.process_time() + sum(os.times()[2:4])


def _peak() -> int | None:
    held = [megabytes for megabytes in peak_memory().values() if megabytes]
    return int(max(held) * 1e6) if held else None


if __name__ == "__main__":
    _main(*sys.argv[1:])
