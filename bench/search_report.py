"""What was found out about engines, as Markdown: how good they are, and what they cost."""

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from measure import Cost
from report import median

from site_builder.search.judging import Score, Scores
from site_builder.search.verdict import percentile

_SETS = {"T": ("a", "b", "f", "g", "bf"), "B": "ab", "X": "ab", "C": "ab", "G": "ab"}
COLUMNS = [(kind, variant) for kind, variants in _SETS.items() for variant in variants]
"""Sets and variants that are asked for and shown."""
_COSTS = (
    "first visit KB, median",
    "p90",
    "worst",
    "query ms, median",
    "p95",
    "index CPU s",
    "peak MB",
    "index MB",
)


@dataclass(frozen=True)
class Found:
    """Everything about one engine at one size."""

    name: str
    version: str
    scores: Scores
    cold: Sequence[int]
    warm: Sequence[float]
    costs: Sequence[Cost]
    """Of making the index."""
    size: int
    """Bytes of the index as a web server would send it."""


@dataclass(frozen=True)
class SearchSized:
    """Everything measured at one size."""

    documents: int
    found: Sequence[Found]
    absent: Mapping[str, str] = field(default_factory=dict)
    """Why an engine is not there, by its name."""


def tables(measured: Sequence[SearchSized]) -> str:
    """Two tables for each size."""
    return "\n\n".join(part for sized in measured for part in _sized(sized))


def _sized(sized: SearchSized) -> Iterator[str]:
    queries = sum(score.queries for score in sized.found[0].scores.values()) if sized.found else 0
    yield f"{sized.documents:,} documents, {queries:,} queries:"
    names = [*map(" ".join, COLUMNS), "first", "ten"]
    yield _table(sized, names, _goodness)
    yield _table(sized, _COSTS, _cost)


def _table(
    sized: SearchSized, names: Sequence[str], figures: Callable[[Found], Iterator[str]]
) -> str:
    rows = [f"| engine | {' | '.join(names)} |", f"| --- |{' ---: |' * len(names)}"]
    rows += [f"| {one.name} | {' | '.join(figures(one))} |" for one in sized.found]
    rows += [
        f"| {name} | {_plain(why)} |{' |' * (len(names) - 1)}" for name, why in sized.absent.items()
    ]
    return "\n".join(rows)


def _plain(why: str) -> str:
    text = why if why.startswith("failed: ") else f"absent: {why}"
    return " ".join(text.split())[:120].replace("|", "/")


def _goodness(found: Found) -> Iterator[str]:
    for key in COLUMNS:
        score = found.scores.get(key)
        yield f"{score.main:.3f}" if score else ""
    for share in (_first, _ten):
        yield f"{_over_all(found.scores, share):.3f}"


def _first(score: Score) -> float:
    return score.first


def _ten(score: Score) -> float:
    return score.ten


def _over_all(scores: Scores, share: Callable[[Score], float]) -> float:
    """Every query counts once, whatever its set."""
    queries = sum(score.queries for score in scores.values())
    return sum(share(score) * score.queries for score in scores.values()) / (queries or 1)


def _cost(found: Found) -> Iterator[str]:
    cold, cost = [size / 1000 for size in found.cold], median(found.costs)
    yield from (
        f"{size:,.1f}" for size in (statistics.median(cold), percentile(cold, 90), max(cold))
    )
    yield from (f"{ms:.1f}" for ms in (statistics.median(found.warm), percentile(found.warm, 95)))
    yield from (f"{cost.cpu:.1f}", f"{cost.memory / 1e6:.0f}", f"{found.size / 1e6:.1f}")
