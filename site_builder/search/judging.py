"""Scores what was found for queries whose right answers are known.

Queries are a JSONL file of {set, rel, v}: `rel` has the ids that are right, `v` the query as
variants of typing. The sets T, H, B and X are scored by the mean reciprocal rank among ten, C and
G by the share of the first ten that is right: that has the phrase as it is written.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.search.indexing import rows
from site_builder.search.terms import SearchDocument
from site_builder.search.words import Analyser

_BY_SHARE = frozenset("CG")
WRITTEN = "a"
"""The variant of a query as it is written, with all its marks."""


class Question(NamedTuple):
    """A query in one way of typing."""

    kind: str
    """The set that it belongs to."""
    number: int
    """Of the query within its set."""
    variant: str
    text: str
    right: frozenset[str]


class Score(NamedTuple):
    """Of one set and variant."""

    queries: int
    main: float
    """Reciprocal rank, or share of ten."""
    even: float | None
    """`main` of the first, third … query of the set; None where there is none."""
    odd: float | None
    """`main` of the others. Whatever was chosen by one half must hold for the other."""
    first: float
    """How often the first result is right."""
    ten: float
    """How often one of ten is."""
    written: float
    """`main` of the same queries as they are written; 0 where they are not."""


Scores = dict[tuple[str, str], Score]
"""By set and variant."""


class _Rated(NamedTuple):
    question: Question
    main: float
    rank: int
    """1 to 10, or 0 where nothing of ten is right."""


def questions_of(queries: Path) -> list[Question]:
    """Every query in every way of typing that says something."""
    count: Counter[str] = Counter()
    found = []
    for row in rows(queries):
        kind, number = row["set"], count[row["set"]]
        count[kind] += 1
        right = frozenset(row["rel"])
        found += [
            Question(kind, number, variant, text, right)
            for variant, text in row["v"].items()
            if _counts(row, variant)
        ]
    return found


def _counts(row: dict[str, Any], variant: str) -> bool:
    """Another tone placement says something only of queries that it changes."""
    return bool(variant != "d" or row["v"]["d"] != row["v"][WRITTEN])


def completed(questions: Sequence[Question], documents: Iterable[SearchDocument]) -> list[Question]:
    """The same, every document that has its phrase being right for a question of C or G.

    So these hold for collections larger than the one that was judged.
    """
    analyser = Analyser()

    def spelled(text: str) -> str:
        return f" {' '.join(word.accented for word in analyser.words(text))} "

    phrases = {
        (one.kind, one.number): spelled(one.text)
        for one in questions
        if one.kind in _BY_SHARE and one.variant == WRITTEN
    }
    having: dict[tuple[str, int], set[str]] = {key: set() for key in phrases}
    for document in documents:
        title, body = spelled(document.title), spelled(document.body)
        for key, phrase in phrases.items():
            if phrase in title or phrase in body:
                having[key].add(document.address)
    return [
        one._replace(right=one.right | having.get((one.kind, one.number), set()))
        for one in questions
    ]


def scores_of(questions: Iterable[Question], found: Iterable[Sequence[str]]) -> Scores:
    """How good the addresses are that were `found` for each question."""
    rated = [_rated(*pair) for pair in zip(questions, found, strict=True)]
    written = {
        (one.question.kind, one.question.number): one.main
        for one in rated
        if one.question.variant == WRITTEN
    }
    grouped: dict[tuple[str, str], list[_Rated]] = {}
    for one in rated:
        grouped.setdefault((one.question.kind, one.question.variant), []).append(one)
    return {key: _score(group, written) for key, group in grouped.items()}


def _rated(question: Question, addresses: Sequence[str]) -> _Rated:
    right = [address in question.right for address in addresses[:10]]
    rank = right.index(True) + 1 if True in right else 0
    if question.kind in _BY_SHARE:
        return _Rated(question, sum(right) / min(10, len(question.right)), rank)
    return _Rated(question, 1 / rank if rank else 0.0, rank)


def _score(group: Sequence[_Rated], written: dict[tuple[str, int], float]) -> Score:
    halves = [[one.main for one in group if one.question.number % 2 == half] for half in (0, 1)]
    even, odd = (statistics.mean(half) if half else None for half in halves)
    return Score(
        len(group),
        statistics.mean(one.main for one in group),
        even,
        odd,
        statistics.mean(one.rank == 1 for one in group),
        statistics.mean(one.rank > 0 for one in group),
        statistics.mean(
            written.get((one.question.kind, one.question.number), 0.0) for one in group
        ),
    )
