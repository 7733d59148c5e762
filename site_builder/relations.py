"""Which models are related: same unit, same topics, same field, and words in common.

Rare words weigh more (inverse document frequency), ties fall to the alphabet, so the answer
does not depend on the order of files.
"""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Iterator

from site_builder.catalogue import Catalogue, ModelEntry
from site_builder.text import collation_key, fold, slug

# Points, in whole numbers so that sums do not depend on the order of adding.
_UNIT, _TOPIC, _FIELD, _WORD_POINTS = 2500, 2000, 1000, 250
_COMMON = 100
"""A word, topic or unit that more models share tells nothing, and would cost n² pairs."""
_WORD = re.compile(r"\w{2,}")


class Relations:
    """Answers for one catalogue; building it costs one pass over the models."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fields = {m.id: m.record.field for m in catalogue.models.entries}
        self._words = {m.id: _words(m) for m in catalogue.models.entries}
        self._having: dict[str, list[str]] = defaultdict(list)
        for model_id, words in self._words.items():
            for word in words:
                self._having[word].append(model_id)

    def related(self, model: ModelEntry, most: int = 4) -> tuple[ModelEntry, ...]:
        """The models nearest to `model`, nearest first; never itself."""
        scores: dict[str, int] = defaultdict(int)
        for group, points in self._groups(model):
            for other in group:
                scores[other] += points
        scores.pop(model.id, None)
        for other in scores:
            if self._fields[other] == model.record.field:
                scores[other] += _FIELD
        least = min(heapq.nlargest(most, scores.values()), default=0)
        by_id = self._catalogue.models.by_id
        nearest = sorted(
            (other for other, score in scores.items() if score >= least),
            key=lambda i: (-scores[i], collation_key(by_id[i].record.title), i),
        )
        return tuple(by_id[other] for other in nearest[:most])

    def _groups(self, model: ModelEntry) -> Iterator[tuple[list[str], int]]:
        """Models that share something with `model`, and the points for each such thing."""
        topics = [self._catalogue.by_topic[slug(topic)] for topic in model.record.topics]
        unit = self._catalogue.by_unit[slug(model.record.unit)]
        for entries, points in [(unit, _UNIT), *((topic, _TOPIC) for topic in topics)]:
            if len(entries) <= _COMMON:
                yield [entry.id for entry in entries], points
        total = len(self._words)
        for word in self._words[model.id]:
            sharing = self._having[word]
            if 1 < len(sharing) <= _COMMON:
                yield sharing, round(math.log(total / len(sharing)) * _WORD_POINTS)


def _words(model: ModelEntry) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(f"{model.record.title} {model.record.summary}")))
