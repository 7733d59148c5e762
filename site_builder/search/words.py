"""Text as words: the same here and in the reader (docs/search-index.md, "Words")."""

import re
from typing import NamedTuple

from site_builder.text import fold, nfc

# After NFC marks stand alone only where no letter with them exists; they belong to the word.
_TOKEN = re.compile(r"\w[\w\u0300-\u036f]*")
_OLD_TONE = re.compile(r"(?<!q)(?:[òóỏõọ][ae]|[ùúủũụ]y)\Z")
_MOVED = dict(
    zip(
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),  # noqa: SIM905 - reads as words
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),  # noqa: SIM905
        strict=True,
    )
)


class Word(NamedTuple):
    """A token in two forms."""

    folded: str
    """As citizens type it."""
    accented: str
    """As it is written, the tone where it is written today."""
    form: int
    """Tells accented forms of one folded form apart; 16 bits."""


class Analyser:
    """Takes texts apart; numbers the words, of which a language has few."""

    def __init__(self) -> None:
        self.known: list[Word] = []
        self._numbers = _Numbers(self.known)

    def numbers(self, text: str) -> list[int]:
        """The words of a text, in order, as numbers among `known`."""
        tokens = _TOKEN.findall(nfc(text).lower().replace("_", " "))
        return list(map(self._numbers.__getitem__, tokens))

    def words(self, text: str) -> list[Word]:
        """The words of a text, in order."""
        return [self.known[number] for number in self.numbers(text)]


class _Numbers(dict[str, int]):
    """Numbers of tokens; one that is new gets the next."""

    def __init__(self, known: list[Word]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self._known)
        self._known.append(_word(token))
        return number


def _word(token: str) -> Word:
    # Lower case can come apart ("İ"): what it is made of belongs together again.
    accented = _OLD_TONE.sub(lambda old: _MOVED[old[0]], nfc(token))
    return Word(fold(accented), accented, _hash_of(accented))


def together(first: Word, second: Word) -> Word:
    """Two words that stand side by side, as one."""
    form = (31 * first.form + second.form) & 0xFFFF
    return Word(f"{first.folded} {second.folded}", f"{first.accented} {second.accented}", form)


def _hash_of(accented: str) -> int:
    value = 0x811C9DC5
    for byte in accented.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (value >> 16) ^ (value & 0xFFFF)
