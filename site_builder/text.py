"""Vietnamese text: normal form, folding, slugs, alphabetical order, tone placement, width.

Everything here is pure and takes and gives `str` in NFC.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import cast

_MARKS = re.compile(r"[\u0300-\u036f]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def nfc(text: str) -> str:
    """One form for each letter: files from macOS and old input methods come decomposed."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without diacritics, as citizens type: "Đường Quê" → "duong que"."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    # đ is a letter of its own, not d + mark: NFD leaves it alone.
    bare = unicodedata.normalize("NFKD", lowered.replace("đ", "d").replace("ð", "d"))
    return _MARKS.sub("", bare)


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """ASCII words joined by hyphens; idempotent; empty when nothing is left."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def heading_slug(value: str, separator: str = "-") -> str:
    """`slug` in the form that Python-Markdown's `toc` extension calls (its own drops đ)."""
    return slug(value).replace("-", separator) or "muc"


def closest(word: str, candidates: list[str]) -> str | None:
    """The candidate that a writer most probably meant, or None; blind to case and diacritics."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a typo needs it

    by_slug = {slug(candidate): candidate for candidate in reversed(candidates)}
    found = process.extractOne(slug(word), list(by_slug), scorer=fuzz.ratio, score_cutoff=60)
    return by_slug[found[0]] if found else None


# --- alphabetical order -------------------------------------------------------------------

# Order of CLDR's `vi` collation (common/collation/vi.xml): ă â after a, đ after d, ê after e,
# ô ơ after o, ư after u are letters; the tones ngang < huyền < hỏi < ngã < sắc < nặng differ
# only on the second level, case only on the third. Punctuation before digits before letters,
# in the order of the CLDR root.
_PUNCTUATION = "_-‐‑–—,;:!?.'‘’\"“”«»()[]{}@*/\\&#%`^+<=>|~$"
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {("a", "\u0306"): "ă", ("a", "\u0302"): "â", ("e", "\u0302"): "ê"} | {
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}
_END, _BLANK, _NUMBER, _OTHER = "\x00", "\x01", "\x40", "\x7f"
"""Ends a level; stands for blanks; goes before numbers and before signs of no known place."""
_PRIMARY = (
    dict.fromkeys(" \t\u00a0", _BLANK)
    | {mark: chr(0x02 + place) for place, mark in enumerate(_PUNCTUATION)}
    | {letter: chr(0x41 + place) for place, letter in enumerate(_LETTERS)}
)
_LETTERS_BY_PRIMARY = {_PRIMARY[letter]: letter for letter in _LETTERS}
_DIGITS = re.compile(r"\d+|\D", re.DOTALL)

Weight = tuple[str, str, str]
"""Of a number or a letter: what it is, its tone, its case."""


@lru_cache(maxsize=65536)
def collation_key(text: str) -> str:
    """A sort key for Vietnamese alphabetical order with natural numbers (Phường 2, Phường 10).

    Text itself: it is kept with each entry, and compared a million times. The sign between its
    levels is less than all others.
    """
    weights = _whole_weights(text) or _whole_weights(nfc(text)) or _weights_by_marks(text)
    return _END.join(map("".join, zip(*weights, strict=True)))


def _whole_weights(text: str) -> "list[Weight] | None":
    """The weights; None where there are marks of their own, as in decomposed text."""
    weights = [_WEIGHTS[piece] for piece in _DIGITS.findall(text)]
    return None if None in weights else cast("list[Weight]", weights)


class _Weights(dict[str, "Weight | None"]):
    """The weight of a number or a letter that stands whole, worked out once."""

    def __missing__(self, piece: str) -> "Weight | None":
        weights = _weights_by_marks(piece)
        weight = weights[0] if len(weights) == 1 else None
        if len(piece) == 1:  # numbers are too many to be kept
            self[piece] = weight
        return weight


_WEIGHTS = _Weights()


def _weights_by_marks(text: str) -> list[Weight]:
    """The weights, letter by letter and mark by mark."""
    weights: list[Weight] = []
    for piece in _DIGITS.findall(unicodedata.normalize("NFD", text)):
        if piece in _TONES:
            if weights:
                weights[-1] = (weights[-1][0], _TONES[piece], weights[-1][2])
        elif unicodedata.combining(piece[0]):
            if weights:
                weights[-1] = (_shaped(weights[-1][0], piece), *weights[-1][1:])
        else:
            case = "2" if piece.isupper() else "1"
            weights.append((_primary(piece), "0", case))
    return weights


def _primary(piece: str) -> str:
    if piece[0].isdecimal():
        digits = "".join(str(unicodedata.decimal(digit)) for digit in piece).lstrip("0") or "0"
        return f"{_NUMBER}{chr(len(digits))}{digits}"  # the longer one is the greater one
    lowered = piece.lower()
    return _PRIMARY.get(lowered, f"{_OTHER}{lowered[0]}")


def _shaped(primary: str, mark: str) -> str:
    """a + breve is ă, and the like: marks that make another letter; other marks make none."""
    letter = _LETTERS_BY_PRIMARY.get(primary, "")
    return _PRIMARY[_SHAPES.get((letter, mark), letter)] if letter else primary


# --- tone placement -----------------------------------------------------------------------

# Each begins with the rarest letter, so that the search skips from one to the next.
_OLD_TONE = re.compile(r"[òóỏõọùúủũụ](?:(?<=[òóỏõọ])[ae]|(?<=[ùúủũụ])(?<!q.)y)\b")
_NEW_TONE = re.compile(r"[àáảãạèéẻẽẹỳýỷỹỵ](?:(?<=o[àáảãạèéẻẽẹ])|(?<=u[ỳýỷỹỵ])(?<!qu.))\b")
_WORD_END = re.compile(r"\w+$")


def tone_placements(text: str) -> tuple[str | None, str | None]:
    """The first word of the old style (hòa) and the first of the new style (hoà), or None."""
    lowered = text.lower()
    old, new = _OLD_TONE.search(lowered), _NEW_TONE.search(lowered)
    return (_word_to(text, old), _word_to(text, new))


def _word_to(text: str, found: re.Match[str] | None) -> str | None:
    """The word that ends where `found` ends."""
    if found is None:
        return None
    word = _WORD_END.search(text[max(0, found.end() - 20) : found.end()])
    return word.group() if word else found.group()


# --- width --------------------------------------------------------------------------------


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: marks take none, wide characters two."""
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def vietnamese_number(value: Decimal | int) -> str:
    """1647 → "1.647", 4.20 → "4,2": dots between thousands, a comma before decimals."""
    number = Decimal(value)
    if number == number.to_integral_value():
        return f"{int(number):,}".replace(",", ".")
    whole, _, part = f"{number:,f}".partition(".")
    return f"{whole.replace(',', '.')},{part.rstrip('0')}"
