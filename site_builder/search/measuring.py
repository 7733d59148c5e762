"""Holds the search against judged queries: `site-builder search-bench`.

A collection is a JSONL file of documents {id, title, lead, text, topic, date}; queries are one of
{set, rel, v}: `rel` has the ids that are right, `v` the query as variants of typing. The sets T, H,
B and X are scored by the mean reciprocal rank among ten, C and G by the share of the first ten
that is right.
"""

import gzip
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.diagnostics import EngineFailed
from site_builder.scripts import published_script
from site_builder.search.terms import SearchDocument
from site_builder.search.writer import index

_HERE = Path(__file__).parent
READER = _HERE.parent / "theme" / "assets" / "search" / "reader.js"
JUDGED = 2_884
"""Documents of the collection that the queries were judged for."""
_BY_SHARE = frozenset("CG")
_LEAD = 160
"""Characters of a text that stand in for a lead."""
_TARGETS = {
    ("T", "a"): 0.97,
    ("T", "b"): 0.97,
    ("T", "f"): 0.97,
    ("T", "g"): 0.97,
    ("T", "bf"): 0.97,
    ("B", "a"): 0.86,
    ("B", "b"): 0.86,
    ("X", "a"): 0.92,
    ("X", "b"): 0.92,
    ("C", "a"): 0.97,
    ("C", "b"): 0.92,
    ("G", "a"): 0.95,
    ("G", "b"): 0.93,
}
_COLD_KB = {JUDGED: (110, 135), 10_000: (140, 180), 50_000: (220, 300)}
"""Median and 90th percentile, by the most documents for which they are meant."""


class Score(NamedTuple):
    """Of one set and variant."""

    queries: int
    main: float
    """Reciprocal rank, or share of ten."""
    first: float
    """How often the first result is right."""
    ten: float
    """How often one of ten is."""
    written: float = 0.0
    """`main` of the same queries as they are written, variant a."""


@dataclass(frozen=True)
class Measured:
    """Everything that one run found out."""

    documents: int
    scores: Mapping[tuple[str, str], Score]
    cold: Sequence[int]
    """Bytes from nothing to the first ten results, for each title query, reader included."""
    warm: Sequence[float]
    """Milliseconds of each query whose files are at hand."""
    index_seconds: float
    """Processor time of the writer."""
    index_bytes: int
    files: int


def measure(collection: Path, queries: Path, most: int | None = None) -> Measured:
    """Index the first `most` documents and put every query. Raises `EngineFailed`."""
    documents = [_document(row) for row in islice(_rows(collection), most)]
    judged = list(_rows(queries))
    began = time.process_time()
    files = index(documents)
    seconds = time.process_time() - began
    asked = [(row, variant) for row in judged for variant in row["v"] if _counts(row, variant)]
    answers = _ask(files, [row["v"][variant] for row, variant in asked], judged)
    reader = len(gzip.compress(published_script(READER.read_text("utf-8")), 6))
    return Measured(
        len(documents),
        _scores(asked, answers["found"]),
        [reader + size for size in answers["cold"]],
        answers["warm"],
        seconds,
        sum(map(len, files.values())),
        len(files),
    )


def _rows(place: Path) -> Iterator[dict[str, Any]]:
    with place.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _document(row: Mapping[str, str]) -> SearchDocument:
    lead, text = row["lead"] or "", row["text"]
    body = text if text.startswith(lead) else f"{lead} {text}"
    return SearchDocument(
        row["id"], row["title"], row["topic"], lead or text[:_LEAD], body, row["date"] or ""
    )


def _counts(row: Mapping[str, Any], variant: str) -> bool:
    """Another tone placement says something only of queries that it changes."""
    return bool(variant != "d" or row["v"]["d"] != row["v"]["a"])


def _ask(
    files: Mapping[str, bytes], asked: Sequence[str], judged: Iterable[Mapping[str, Any]]
) -> dict[str, list[Any]]:
    if (node := shutil.which("node")) is None:
        raise EngineFailed("Máy này chưa có Node.js nên chưa đo được. Cài Node.js 20 rồi chạy lại.")
    cold = [row["v"]["a"] for row in judged if row["set"] == "T"]
    with tempfile.TemporaryDirectory() as place:
        folder, asking, answers = (Path(place, name) for name in ("index", "asked", "answers"))
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        asking.write_text(json.dumps({"asked": asked, "cold": cold}), encoding="utf-8")
        command = [node, str(_HERE / "measure.mjs"), str(folder), str(asking), str(answers)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise EngineFailed(f"Bộ đọc chỉ mục dừng giữa chừng:\n{done.stderr.strip()}")
        found: dict[str, list[Any]] = json.loads(answers.read_text("utf-8"))
        return found


def _scores(
    asked: Sequence[tuple[Mapping[str, Any], str]], found: Sequence[Sequence[str]]
) -> dict[tuple[str, str], Score]:
    single = [_score(row, addresses) for (row, _), addresses in zip(asked, found, strict=True)]
    written = {
        id(row): score.main
        for (row, variant), score in zip(asked, single, strict=True)
        if variant == "a"
    }
    grouped: dict[tuple[str, str], list[Score]] = {}
    for (row, variant), score in zip(asked, single, strict=True):
        known = score._replace(written=written.get(id(row), 0.0))
        grouped.setdefault((row["set"], variant), []).append(known)
    return {key: _mean(scores) for key, scores in grouped.items()}


def _mean(scores: Sequence[Score]) -> Score:
    _, *columns = zip(*scores, strict=True)
    return Score(len(scores), *map(statistics.mean, columns))


def _score(row: Mapping[str, Any], addresses: Sequence[str]) -> Score:
    right = [address in row["rel"] for address in addresses[:10]]
    rank = right.index(True) + 1 if True in right else 0
    main = sum(right) / min(10, len(row["rel"])) if row["set"] in _BY_SHARE else rank and 1 / rank
    return Score(1, main, float(rank == 1), float(rank > 0))


# --- telling ------------------------------------------------------------------------------


class Target(NamedTuple):
    """What was promised, and what came out."""

    what: str
    limit: str
    figure: str
    is_met: bool


def targets(measured: Measured) -> list[Target]:
    """Every target that counts for this many documents."""
    cold = sorted(measured.cold)
    found = [
        Target(f"{name} {variant}", f"≥ {least:.2f}", f"{score.main:.3f}", score.main >= least)
        for (name, variant), least in _TARGETS.items()
        if measured.documents == JUDGED and (score := measured.scores.get((name, variant)))
    ]
    if measured.documents == JUDGED:
        found += _near(measured.scores)
    size = next((most for most in _COLD_KB if measured.documents <= most), None)
    if size and cold:
        figures = (statistics.median(cold), cold[int(len(cold) * 0.9)])
        for name, figure, most in zip(("median", "p90"), figures, _COLD_KB[size], strict=True):
            shown = f"{figure / 1000:.1f} KB"
            met = figure <= most * 1000
            found.append(Target(f"cold bytes, {name}", f"≤ {most} KB", shown, met))
    return found


def _near(scores: Mapping[tuple[str, str], Score]) -> Iterator[Target]:
    """Normal form, tone placement and a stripped syllable must hardly matter."""
    for (name, variant), score in sorted(scores.items()):
        if variant in ("c", "d", "e") and name in "TH":
            least = score.written - 0.01
            met = score.main >= least
            yield Target(f"{name} {variant}", f"≥ {least:.3f}", f"{score.main:.3f}", met)


def as_text(measured: Measured) -> str:
    """The tables that the command prints."""
    lines = ["set variant      n   main  first    ten"]
    for (name, variant), score in sorted(measured.scores.items()):
        figures = " ".join(f"{figure:6.3f}" for figure in score[1:4])
        lines.append(f"{name:3} {variant:7} {score.queries:6} {figures}")
    warm = sorted(measured.warm)
    lines += [
        "",
        f"documents {measured.documents}, files {measured.files}, "
        f"index {measured.index_bytes / 1e6:.2f} MB in {measured.index_seconds:.2f} s CPU",
        f"cold bytes, worst: {max(measured.cold, default=0) / 1000:.1f} KB",
        f"warm query: median {statistics.median(warm):.2f} ms, "
        f"p95 {warm[int(len(warm) * 0.95)]:.2f} ms",
        "",
    ]
    lines += [
        f"{'PASS' if target.is_met else 'FAIL'} {target.what}: {target.figure} ({target.limit})"
        for target in targets(measured)
    ]
    return "\n".join(lines) + "\n"
