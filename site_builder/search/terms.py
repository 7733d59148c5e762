"""What a document says, weighed: its keys, each with an impact and an accented form.

Weights depend on the document alone, not on the others: so an edited story changes no other's.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from site_builder.search.shards import IMPACT_BITS, posting
from site_builder.search.words import Analyser, together

TITLE = 4.0
"""How much more a word tells in the title than in the body."""
_TITLE_EVEN, _BODY_EVEN = 0.5, 0.4
"""How far the length of each field is evened out, 0 to 1 (b of BM25F)."""
_TITLE_WORDS, _BODY_WORDS = 12, 600
"""Words of a usual title and body."""
_SATURATION = 1.2
"""k1 of BM25F."""
IMPACTS = (1 << IMPACT_BITS) - 1


class SearchDocument(NamedTuple):
    """A page as the search knows it."""

    address: str
    """From the site's root, without leading slash."""
    title: str
    kind: str
    text: str
    """Short, to be shown."""
    body: str
    """All else that is to be found."""
    date: str = ""
    """ISO, or "" where it is not known."""
    facts: tuple[str, ...] = ()
    """Shown with a result: unit, year."""
    field: str = ""
    """Id of the field whose colour a result has."""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Values to filter by, by facet; without those that it has no value of."""


Words = int | tuple[int, int]
"""A word, or two that stand side by side, by their numbers."""


class Weigher:
    """Weighs documents; knows every key that it has met, and who has it.

    Words, keys and forms are numbers in here: there are four million of them in 10,000 documents.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.postings: list[list[int]] = []
        """Of each key: `shards.posting` of every document, as they came."""
        self._numbers: dict[str, int] = {}
        self._analyser = Analyser()
        self._forms = _Forms(self)

    def add(self, number: int, document: SearchDocument) -> None:
        """Note every key of a document."""
        title, by_title = self._field(document.title, _TITLE_WORDS, _TITLE_EVEN)
        body, by_body = self._field(document.body, _BODY_WORDS, _BODY_EVEN)
        by_title *= TITLE

        def amount(words: Words) -> float:
            return title[words] * by_title + body[words] * by_body

        by_count = [_impact(by_body * count) for count in range(max(body.values(), default=0) + 1)]
        impacts = [(words, by_count[count]) for words, count in body.items() if words not in title]
        impacts += [(words, _impact(amount(words))) for words in title]

        forms, postings, place = self._forms, self.postings, number << IMPACT_BITS
        seen: dict[int, Words] = {}
        doubles: dict[int, list[Words]] = {}
        for words, impact in impacts:
            key, form = forms[words]
            if key in seen:
                doubles.setdefault(key, [seen[key]]).append(words)
            else:
                seen[key] = words
                postings[key].append(form | place | impact)
        for key, several in doubles.items():
            weighed = sorted((-amount(words), forms[words][1]) for words in several)
            together = _impact(-sum(less for less, _ in weighed))
            postings[key][-1] = weighed[0][1] | place | together

    def by_key(self) -> Mapping[str, list[int]]:
        """The postings of each key."""
        return dict(zip(self.keys, self.postings, strict=True))

    def form_of(self, words: Words) -> tuple[int, int]:
        """The key of words, and the part of a posting that tells how they are accented."""
        known = self._analyser.known
        if isinstance(words, int):
            word = known[words]
        else:
            word = together(known[words[0]], known[words[1]])
        if (number := self._numbers.get(word.folded)) is None:
            number = self._numbers[word.folded] = len(self.keys)
            self.keys.append(word.folded)
            self.postings.append([])
        return number, posting(word.form, 0, 0)

    def _field(self, text: str, usual: int, even: float) -> tuple[Counter[Words], float]:
        """How often it has each word and each two words, and what one of them weighs."""
        words = self._analyser.numbers(text)
        counts: Counter[Words] = Counter(words)
        counts.update(pairwise(words))
        return counts, 1 / (1 - even + even * len(words) / usual)


class _Forms(dict[Words, tuple[int, int]]):
    """`Weigher.form_of`, asked for once."""

    def __init__(self, weigher: Weigher) -> None:
        super().__init__()
        self._form_of = weigher.form_of

    def __missing__(self, words: Words) -> tuple[int, int]:
        form = self[words] = self._form_of(words)
        return form


def _impact(amount: float) -> int:
    """The part of BM25F that grows ever more slowly, in steps."""
    return round(IMPACTS * amount / (amount + _SATURATION)) or 1
