"""Makes collections larger than the one that there is: `python bench/search_corpus.py DOCS N OUT`.

The first N documents of the collection; where it has fewer, new ones follow, put together from
titles and runs of sentences of several documents of one topic, so that words are as frequent and
documents as long as they are. No word is new, though: real texts would bring rare ones. The same
DOCS, N and SEED give the same bytes.
"""

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from site_builder.search.indexing import rows

Row = dict[str, Any]
_ENDS = re.compile(r"(?<=[.!?…;])\s+|\n+")
_TOGETHER = (1, 4)
"""Sentences that stay together, fewest and most."""


def write_collection(collection: Path, count: int, place: Path, seed: int = 1) -> None:
    """Write `count` documents to `place`."""
    originals = list(rows(collection))
    with place.open("w", encoding="utf-8", newline="\n") as lines:
        for row in _first(originals, count, random.Random(seed)):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def _first(originals: Sequence[Row], count: int, chance: random.Random) -> Iterator[Row]:
    yield from originals[:count]
    topics: dict[str, list[tuple[Row, list[str]]]] = {}
    for row in originals:
        topics.setdefault(row["topic"], []).append((row, _sentences(row["text"])))
    for number in range(count - len(originals)):
        like = chance.choice(originals)
        yield _made(f"made{number}", like, topics[like["topic"]], chance)


def _sentences(text: str) -> list[str]:
    return [part for part in _ENDS.split(text) if part]


def _made(
    name: str, like: Row, known: Sequence[tuple[Row, list[str]]], chance: random.Random
) -> Row:
    """A document as long as another, of what is `known` of its topic."""
    parts = _run(known, chance)
    while (missing := len(like["text"]) - sum(map(len, parts))) > 0:
        run = _run(known, chance)
        if sum(map(len, run)) > 2 * missing:
            break  # closer to the length without it
        parts += run
    titles = [chance.choice(known)[0]["title"].split() for _ in range(2)]
    title = [*titles[0][: len(titles[0]) // 2 + 1], *titles[1][len(titles[1]) // 2 :]]
    return {
        "id": name,
        "title": " ".join(title),
        "lead": parts[0] if like["lead"] else "",
        "text": " ".join(parts),
        "topic": like["topic"],
        "date": like["date"],
    }


def _run(known: Sequence[tuple[Row, list[str]]], chance: random.Random) -> list[str]:
    """A few sentences that stand together in some document."""
    _, sentences = chance.choice(known)
    start = chance.randrange(len(sentences))
    return sentences[start : start + chance.randint(*_TOGETHER)]


if __name__ == "__main__":
    write_collection(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
