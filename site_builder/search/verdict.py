"""Tells what was measured, and whether it is what was promised."""

import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.search.judging import Scores
from site_builder.search.measuring import Measured

JUDGED = 2_884
"""Documents of the collection that the queries were judged for."""
_LEAST = {
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
_TIMED = 10_000
"""The most documents for which times and memory were promised."""
_WARM_MS = (10, 60)
"""Median and 95th percentile."""
_INDEX_SECONDS, _INDEX_MB = 8, 700


class Target(NamedTuple):
    """What was promised, and what came out."""

    what: str
    limit: str
    figure: str
    is_met: bool


def targets(measured: Measured) -> list[Target]:
    """Every target that counts for this many documents."""
    documents = measured.index.documents
    found: list[Target] = []
    if documents == JUDGED:
        found += [*_good(measured.scores), *_near(measured.scores)]
    found += _cold(documents, measured.answers.cold)
    if documents <= _TIMED:
        found += _quick(measured)
    return found


def _good(scores: Scores) -> Iterator[Target]:
    for (kind, variant), least in _LEAST.items():
        if score := scores.get((kind, variant)):
            met = score.main >= least
            yield Target(f"{kind} {variant}", f"≥ {least:.2f}", f"{score.main:.3f}", met)


def _near(scores: Scores) -> Iterator[Target]:
    """Normal form, tone placement and a stripped syllable must hardly matter."""
    for (kind, variant), score in sorted(scores.items()):
        if variant in ("c", "d", "e") and kind in "TH":
            least = score.written - 0.01
            met = score.main >= least
            yield Target(f"{kind} {variant}", f"≥ {least:.3f}", f"{score.main:.3f}", met)


def _cold(documents: int, cold: Sequence[int]) -> Iterator[Target]:
    size = next((most for most in _COLD_KB if documents <= most), None)
    if size and cold:
        median, p90 = _COLD_KB[size]
        yield _at_most("cold bytes, median", statistics.median(cold) / 1000, median, "KB")
        yield _at_most("cold bytes, p90", percentile(cold, 90) / 1000, p90, "KB")


def _quick(measured: Measured) -> Iterator[Target]:
    warm, cost = measured.answers.warm, measured.index
    median, p95 = _WARM_MS
    yield _at_most("warm query, median", statistics.median(warm), median, "ms")
    yield _at_most("warm query, p95", percentile(warm, 95), p95, "ms")
    yield _at_most("index, processor time", cost.seconds, _INDEX_SECONDS, "s")
    if cost.peak is not None:
        yield _at_most("index, peak memory", cost.peak / 1e6, _INDEX_MB, "MB")


def _at_most(what: str, figure: float, most: float, unit: str) -> Target:
    return Target(what, f"≤ {most} {unit}", f"{figure:.1f} {unit}", figure <= most)


def percentile(figures: Sequence[float], percent: int) -> float:
    """The least figure that so many of a hundred do not exceed."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


def as_text(measured: Measured) -> str:
    """The tables that the command prints."""
    lines = ["set variant      n   main   even    odd  first    ten"]
    for (kind, variant), score in sorted(measured.scores.items()):
        lines.append(f"{kind:3} {variant:7} {score.queries:6} {_figures(score[1:6])}")
    lines += ["", *_costs(measured), ""]
    lines += [
        f"{'PASS' if target.is_met else 'FAIL'} {target.what}: {target.figure} ({target.limit})"
        for target in targets(measured)
    ]
    return "\n".join(lines) + "\n"


def _figures(figures: Sequence[float | None]) -> str:
    return " ".join("     -" if figure is None else f"{figure:6.3f}" for figure in figures)


def _costs(measured: Measured) -> Iterator[str]:
    cost, answers = measured.index, measured.answers
    peak = "" if cost.peak is None else f", peak {cost.peak / 1e6:.0f} MB"
    yield (
        f"index: {cost.documents} documents, {measured.files} files, "
        f"{measured.index_bytes / 1e6:.2f} MB in {cost.seconds:.2f} s CPU{peak}"
    )
    if cold := [size / 1000 for size in answers.cold]:
        yield (
            f"cold bytes: median {statistics.median(cold):.1f} KB, "
            f"p90 {percentile(cold, 90):.1f} KB, worst {max(cold):.1f} KB "
            "(reader included, compressed as a server would)"
        )
    yield (
        f"warm query: median {statistics.median(answers.warm):.2f} ms, "
        f"p95 {percentile(answers.warm, 95):.2f} ms, worst {max(answers.warm):.2f} ms"
    )
