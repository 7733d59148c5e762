"""What a document says, weighed: its keys, each with an impact and an accented form.

Weights depend on the document alone, not on the others: so an edited story changes no other's.
"""

from collections import Counter
from typing import NamedTuple

from site_builder.search.words import Analyser, hash_of

TITLE = 4.0
"""How much more a word tells in the title than in the body."""
_TITLE_EVEN, _BODY_EVEN = 0.5, 0.6
"""How far the length of each field is evened out, 0 to 1 (b of BM25F)."""
_TITLE_WORDS, _BODY_WORDS = 12, 600
"""Words of a usual title and body."""
_SATURATION = 1.2
"""k1 of BM25F."""
IMPACTS = 15


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
    values: tuple[tuple[str, str], ...] = ()
    """Facets by name."""


class Term(NamedTuple):
    """A key of a document."""

    key: int
    """Its number among `Weigher.keys`."""
    form: int
    """Hash of the accented form that weighs most in the document."""
    impact: int
    """1 to `IMPACTS`."""


class Weigher:
    """Weighs documents; knows every key that it has met.

    Words, keys and forms are numbers in here: there are four million of them in 10,000 documents.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._analyser = Analyser()
        self._forms: list[tuple[int, int]] = []
        """Key and hash of each accented form."""
        self._known: dict[int, int] = {}
        """Number of the form of a word, or of two (see `_together`)."""

    def terms(self, document: SearchDocument) -> list[Term]:
        """The keys of a document, in no order."""
        title = self._analyser.numbers(document.title)
        body = self._analyser.numbers(document.body)
        by_title = TITLE / _evened(len(title), _TITLE_WORDS, _TITLE_EVEN)
        by_body = 1 / _evened(len(body), _BODY_WORDS, _BODY_EVEN)
        amounts: dict[int, float] = {}
        for words, weight in ((title, by_title), (body, by_body)):
            counts = Counter(words)
            counts.update(map(_together, words, words[1:]))
            self._add(amounts, counts, weight)
        return self._merged(amounts)

    def _add(self, amounts: dict[int, float], counts: Counter[int], weight: float) -> None:
        known = self._known
        for words, count in counts.items():
            if (form := known.get(words)) is None:
                form = known[words] = self._form_of(words)
            amounts[form] = amounts.get(form, 0.0) + count * weight

    def _form_of(self, words: int) -> int:
        """The number of a new form."""
        known = self._analyser.known
        first, second = divmod(words, _PLACE)
        found = [known[first - 1], known[second]] if first else [known[second]]
        key = " ".join(word.folded for word in found)
        if (number := self._numbers.get(key)) is None:
            number = self._numbers[key] = len(self.keys)
            self.keys.append(key)
        self._forms.append((number, hash_of(" ".join(word.accented for word in found))))
        return len(self._forms) - 1

    def _merged(self, amounts: dict[int, float]) -> list[Term]:
        """One term for each key, of all its forms together."""
        found: dict[int, list[tuple[float, int]]] = {}
        for form, amount in amounts.items():
            key, hashed = self._forms[form]
            if key in found:
                found[key].append((-amount, hashed))
            else:
                found[key] = [(-amount, hashed)]
        return [
            Term(key, forms[0][1], _impact(-forms[0][0])) if len(forms) == 1 else _term(key, forms)
            for key, forms in found.items()
        ]


_PLACE = 1 << 24
"""More than there are words."""


def _together(first: int, second: int) -> int:
    """Two words as one number, greater than that of any word."""
    return (first + 1) * _PLACE + second


def _evened(length: int, usual: int, share: float) -> float:
    return 1 - share + share * length / usual


def _term(key: int, forms: list[tuple[float, int]]) -> Term:
    return Term(key, min(forms)[1], _impact(-sum(amount for amount, _ in forms)))


def _impact(amount: float) -> int:
    """The part of BM25F that grows ever more slowly, in steps."""
    return round(IMPACTS * amount / (amount + _SATURATION)) or 1
