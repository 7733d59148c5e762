"""Which models are near each other: same unit, same topics, same field, rare words in common.

Points depend only on what the two models share and on how many others share it, so one edit
changes few answers; ties fall to the id, so the answer does not depend on the order of files.
"""

import heapq
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from site_builder.domain.entries import Model
from site_builder.library.shelves import Shelves
from site_builder.text import fold, slug

MOST = 4
"""Neighbours of one model."""
# Points, in whole numbers so that sums do not depend on the order of adding.
_UNIT, _TOPIC, _FIELD, _WORD = 2500, 2000, 1000, 250
_COMMON_GROUP, _COMMON_WORD = 100, 32
"""What more models share tells nothing, and would cost n² pairs."""
_WORDS = re.compile(r"\w{2,}")

Trait = tuple[str, str]
"""What models may share: ("unit", "xa-moi"), ("topic", "moi-truong"), ("word", "keng")."""


def traits_of(model: Model) -> frozenset[Trait]:
    """Everything by which the model may be near another, but for its field."""
    topics = {("topic", slug(topic)) for topic in model.topics}
    words = (("word", word) for word in words_of(model))
    return frozenset({("unit", slug(model.unit)), *topics, *words})


def words_of(model: Model) -> frozenset[str]:
    """The words of its title and summary, folded."""
    return frozenset(_WORDS.findall(fold(f"{model.title} {model.summary}")))


class Neighbours:
    """The models that have each trait: units and topics from the shelves, words of its own."""

    def __init__(
        self, shelves: Shelves, ids: Sequence[str], words: dict[str, "array[int]"]
    ) -> None:
        self._shelves = shelves
        self._ids = ids
        self._words = words
        self._of_field: dict[str, frozenset[int]] = {}

    def add(self, number: int, words: Iterable[str]) -> None:
        """Note the words of a public model."""
        for word in words:
            if (numbers := self._words.get(word)) is None:
                numbers = self._words[word] = array("I")
            numbers.append(number)

    def remove(self, number: int, words: Iterable[str]) -> None:
        """Forget the words of a model."""
        for word in words:
            self._words[word].remove(number)

    def near(self, number: int, model: Model) -> tuple[int, ...]:
        """The nearest models, nearest first; never itself."""
        scores: dict[int, int] = defaultdict(int)
        for numbers, points in self._sharing(model):
            for other in numbers:
                scores[other] += points
        scores.pop(number, None)
        same = self._in_field(model.field)
        for other in scores:
            if other in same:
                scores[other] += _FIELD
        least = min(heapq.nlargest(MOST, scores.values()), default=0)
        found = sorted(
            (-score, self._ids[other], other) for other, score in scores.items() if score >= least
        )
        return tuple(other for _, _, other in found[:MOST])

    def touched(self, before: Model | None, after: Model | None) -> set[int]:
        """Models whose neighbours may change when one model changes from `before` to `after`.

        To be asked before and after it is moved: a trait may tell something only then.
        """
        old = traits_of(before) if before else frozenset()
        new = traits_of(after) if after else frozenset()
        is_elsewhere = bool(before and after and before.field != after.field)
        traits = old | new if is_elsewhere else old ^ new
        self._of_field.clear()
        return {
            number
            for trait in traits
            if len(numbers := self._having(trait)) <= _limit(trait)
            for number in numbers
        }

    def packed(self) -> dict[str, bytes]:
        """The words as plain values, to be kept."""
        return {word: numbers.tobytes() for word, numbers in self._words.items() if numbers}

    def _having(self, trait: Trait) -> "array[int]":
        kind, name = trait
        if kind == "word":
            return self._words.get(name, array("I"))
        return self._shelves.numbers(kind, name)

    def _sharing(self, model: Model) -> Iterator[tuple["array[int]", int]]:
        """Models that share a trait with `model`, and the points for it."""
        for trait in traits_of(model):
            numbers = self._having(trait)
            if 1 < len(numbers) <= _limit(trait):
                yield numbers, _points(trait, len(numbers))

    def _in_field(self, field: str) -> frozenset[int]:
        if field not in self._of_field:
            self._of_field[field] = frozenset(self._shelves.numbers("field", field))
        return self._of_field[field]


def _limit(trait: Trait) -> int:
    return _COMMON_WORD if trait[0] == "word" else _COMMON_GROUP


def _points(trait: Trait, sharing: int) -> int:
    """A word that two models share weighs most, one that 32 share least."""
    if trait[0] == "word":
        return round(math.log(2 * _COMMON_WORD / sharing) * _WORD)
    return _UNIT if trait[0] == "unit" else _TOPIC
