"""Holds the search against judged queries: `site-builder search-bench`."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from site_builder.diagnostics import EngineFailed
from site_builder.search.indexing import READER, IndexCost, documents_of
from site_builder.search.judging import (
    WRITTEN,
    Question,
    Scores,
    completed,
    questions_of,
    scores_of,
)

_HERE = Path(__file__).parent
ENGINE = _HERE / "engine.mjs"
"""The site's own search, as `ask` takes it."""


@dataclass(frozen=True)
class Asking:
    """Queries, by what is to be known of them (see measure.mjs)."""

    asked: Sequence[str]
    timed: Sequence[str]
    cold: Sequence[str]


@dataclass(frozen=True)
class Answers:
    """What an engine made of an `Asking`."""

    found: Sequence[Sequence[str]]
    """Addresses, best first, for each query."""
    warm: Sequence[float]
    """Milliseconds of each query whose files are in the browser's cache."""
    cold: Sequence[int]
    """Bytes from nothing to the first ten results, the engine's scripts included."""


@dataclass(frozen=True)
class Measured:
    """Everything that one run found out."""

    scores: Scores
    answers: Answers
    index: IndexCost
    index_bytes: int
    files: int


def measure(collection: Path, queries: Path, most: int | None = None) -> Measured:
    """Index the first `most` documents and put every query. Raises `EngineFailed`."""
    questions = questions_of(queries)
    texts = [question.text for question in questions]
    with tempfile.TemporaryDirectory() as place:
        cost = _index(collection, Path(place), most)
        files = (path for path in Path(place).iterdir() if path.name != READER)
        sizes = [path.stat().st_size for path in files]
        answers = ask(ENGINE, Path(place), Asking(texts, texts, titles(questions)))
    # Read only now: Linux counts what this process holds when it starts the writer as the writer's.
    judged = completed(questions, documents_of(collection, most))
    scores = scores_of(judged, answers.found)
    return Measured(scores, answers, cost, sum(sizes), len(sizes))


def titles(questions: Sequence[Question]) -> list[str]:
    """The queries that stand for a first visit: titles, as they are written."""
    return [one.text for one in questions if (one.kind, one.variant) == ("T", WRITTEN)]


def indexing(collection: Path, folder: Path, most: int | None = None) -> list[str]:
    """The command that indexes the first `most` documents into `folder`."""
    command = [sys.executable, "-m", "site_builder.search.indexing", str(collection), str(folder)]
    return command if most is None else [*command, str(most)]


def _index(collection: Path, folder: Path, most: int | None) -> IndexCost:
    done = _run(indexing(collection, folder, most), "Bộ tạo chỉ mục")
    return IndexCost(*json.loads(done))


def ask(engine: Path, folder: Path, asking: Asking) -> Answers:
    """Put queries to the engine whose index is in `folder`. Raises `EngineFailed`."""
    if (node := shutil.which("node")) is None:
        raise EngineFailed("Máy này chưa có Node.js nên chưa đo được. Cài Node.js 20 rồi chạy lại.")
    with tempfile.TemporaryDirectory() as place:
        asked, answers = Path(place, "asked.json"), Path(place, "answers.json")
        asked.write_text(json.dumps(asdict(asking)), encoding="utf-8")
        command = [node, _HERE / "measure.mjs", engine, folder, asked, answers]
        _run(list(map(str, command)), "Bộ đọc chỉ mục")
        return Answers(**json.loads(answers.read_text("utf-8")))


def _run(command: Sequence[str], who: str) -> str:
    """What the command printed."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise EngineFailed(f"{who} dừng giữa chừng:\n{done.stderr.strip()}")
    return done.stdout
