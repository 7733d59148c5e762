"""Sets Vietnamese titles: breaks them between words so that lines are about equally long.

Knows no fonts: whoever asks hands in how wide a text is.
"""

import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from site_builder.text import nfc

Measure = Callable[[str], float]
"""The width of a text in pixels."""
ELLIPSIS = "…"


class Size(NamedTuple):
    """A size of letters that a title may have."""

    pixels: int
    lines: int
    """How many of them there is room for."""


def settable(text: str, has: Callable[[str], bool]) -> str:
    """The text in letters that the font `has`; what has no likeness there is left out."""
    return " ".join("".join(_likeness(letter, has) for letter in nfc(text)).split())


def _likeness(letter: str, has: Callable[[str], bool]) -> str:
    if letter.isspace() or unicodedata.category(letter) == "Cc":
        return " "
    if has(letter):
        return letter
    # ﬁ is f and i, ş an s, a full-width A an A: better than a hole.
    apart = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in apart if part != letter and has(part))


def title_lines(
    text: str, sizes: Iterable[Size], width: float, measure_at: Callable[[int], Measure]
) -> tuple[Size, list[str]]:
    """The largest of `sizes` at which the title has room, and its lines.

    Where even the smallest is too large, the title ends with “…” behind a whole word.
    """
    for size in sizes:
        measure = cache(measure_at(size.pixels))
        # A word is broken at the smallest size only.
        if max(map(measure, text.split()), default=0) <= width:
            lines = broken(text, width, measure)
            if len(lines) <= size.lines:
                return size, lines
    lines = broken(text, width, measure, is_even=False)
    return size, lines if len(lines) <= size.lines else shortened(lines, size.lines, width, measure)


def broken(text: str, width: float, measure: Measure, *, is_even: bool = True) -> list[str]:
    """Lines no wider than `width`, as few as can be; `is_even` makes them equally long."""
    pieces = [piece for word in text.split() for piece in _pieces(word, width, measure)]
    widths, blank = [measure(piece) for piece in pieces], measure(" ")
    counts: Sequence[int] = _filled(widths, blank, width)
    if is_even and len(counts) > 1:
        counts = _even(widths, blank, width, len(counts), _tied(pieces))
    rest = iter(pieces)
    return [" ".join(next(rest) for _ in range(count)) for count in counts]


def shortened(lines: Sequence[str], most: int, width: float, measure: Measure) -> list[str]:
    """The first `most` lines; the last one says that there is more."""
    kept = list(lines[:most])
    words = kept[-1].split()
    while len(words) > 1 and measure(" ".join(words) + ELLIPSIS) > width:
        words.pop()
    last = " ".join(words).rstrip(",;:.–-(“ ")
    while last and measure(last + ELLIPSIS) > width:
        last = last[:-1]
    return [*kept[:-1], last + ELLIPSIS]


def _pieces(word: str, width: float, measure: Measure) -> Iterable[str]:
    """The word; in pieces where it is wider than a line."""
    while len(word) > 1 and measure(word) > width:
        fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or measure(word[:n]) <= width)
        yield word[:fits]
        word = word[fits:]
    yield word


def _filled(widths: Sequence[float], blank: float, width: float) -> list[int]:
    """How many words stand on each line when each takes as many as it can."""
    counts: list[int] = []
    room = -1.0
    for needed in widths:
        if counts and needed + blank <= room:
            counts[-1] += 1
            room -= needed + blank
        else:
            counts.append(1)
            room = width - needed
    return counts


def _tied(words: Sequence[str]) -> set[int]:
    """Words that belong to the one before: no line should begin inside a name (Hải Dương)."""
    return {
        number
        for number, (before, word) in enumerate(pairwise(words), 1)
        if before[0].isupper() and before[-1].isalpha() and word[0].isupper()
    }


def _even(
    widths: Sequence[float], blank: float, width: float, lines: int, tied: Container[int]
) -> Sequence[int]:
    """The words of each of so many lines when what stays empty is shared out best."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(lines):
        further: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (so_far, counts) in best.items():
            torn = width * width / 6 if start in tied else 0.0
            room = width + blank
            for end in range(start + 1, len(widths) + 1):
                room -= widths[end - 1] + blank
                if room < 0:
                    break
                is_orphan = end == len(widths) and end == start + 1
                cost = so_far + room * room + torn + is_orphan * width * width
                if end not in further or cost < further[end][0]:
                    further[end] = cost, (*counts, end - start)
        best = further
    return best[len(widths)][1]
