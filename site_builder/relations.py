"""Which models are related: same unit, same topics, same field, and words in common.

Rare words weigh more (inverse document frequency), ties fall to the alphabet, so the answer
does not depend on the order of files.
"""

import math
import re
from collections import defaultdict

from site_builder.catalogue import Catalogue, ModelEntry
from site_builder.text import collation_key, fold, slug

_UNIT, _TOPIC, _FIELD = 2.5, 2.0, 1.0
_COMMON = 200
"""A word or topic that more models share than this tells nothing, and would cost n² pairs."""
_WORD = re.compile(r"\w{2,}")


class Relations:
    """Answers for one catalogue; building it costs one pass over the models."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._words = {m.id: _words(m) for m in catalogue.models.entries}
        self._having: dict[str, list[str]] = defaultdict(list)
        for model_id, words in self._words.items():
            for word in words:
                self._having[word].append(model_id)

    def related(self, model: ModelEntry, most: int = 4) -> tuple[ModelEntry, ...]:
        """The models nearest to `model`, nearest first; never itself."""
        scores: dict[str, float] = defaultdict(float)
        self._add_groups(model, scores)
        total = len(self._words)
        for word in self._words[model.id]:
            sharing = self._having[word]
            if 1 < len(sharing) <= _COMMON:
                weight = math.log(total / len(sharing)) / 4
                for other in sharing:
                    scores[other] += weight
        scores.pop(model.id, None)
        by_id = self._catalogue.models.by_id
        for other in scores:
            scores[other] += _FIELD * (by_id[other].record.field == model.record.field)
        ordered = sorted(
            scores,
            key=lambda i: (-round(scores[i], 6), collation_key(by_id[i].record.title), i),
        )
        return tuple(by_id[other] for other in ordered[:most])

    def _add_groups(self, model: ModelEntry, scores: dict[str, float]) -> None:
        topics = [self._catalogue.by_topic[slug(topic)] for topic in model.record.topics]
        own_unit = self._catalogue.by_unit[slug(model.record.unit)]
        for group, weight in [(own_unit, _UNIT), *((topic, _TOPIC) for topic in topics)]:
            if len(group) <= _COMMON:
                for other in group:
                    scores[other.id] += weight


def _words(model: ModelEntry) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(f"{model.record.title} {model.record.summary}")))
