"""Charts as whole numbers: how long a bar is, where a column stands. Templates draw them.

All lengths are in thousandths of the drawing, so that it grows with the page while its words keep
the size that the reader has set.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.text import vietnamese_number

WHOLE = 1000
_LEAST = 8, 12
"""Length of a bar and height of a column of what is little: it is seen beside however much more."""
_BASE, _TOP = 840, 200
"""Where columns begin and where the highest ends, from above: words stand over and under them."""
_WIDEST = 110
_MOST_NUMBERED = 8
"""Years; of more only the highest column bears its number."""
_MOST_TICKS = 5


class Bar(NamedTuple):
    """One bar with its words."""

    label: str
    value: str
    length: int
    of: int = 0
    """Length of the whole that it is a part of; 0 where it is none."""
    field: str = ""
    """Id of the field whose colour it has."""


class Bars(NamedTuple):
    """Bars that are compared with each other."""

    heading: str
    bars: tuple[Bar, ...]
    told: str
    """What it shows, for those who do not see it."""
    note: str = ""


class Column(NamedTuple):
    """One column: its place, and the number over it where there is room for one."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    """Where its number stands."""
    value: str


class Tick(NamedTuple):
    """A word under the columns."""

    x: int
    text: str


class Columns(NamedTuple):
    """Columns by year."""

    heading: str
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    told: str
    field: str = ""
    note: str = ""


def length_of(amount: Decimal | int, most: Decimal | int) -> int:
    """The length of a bar beside one of `most`, which fills the drawing; nothing below zero."""
    if amount <= 0:
        return 0
    return max(_LEAST[0], round(amount * WHOLE / most))


def share(part: int, whole: int) -> str:
    """ "12%"; what is little is not nothing, and what is nearly all is not all."""
    if not whole:
        return "0%"
    percent = (200 * part + whole) // (2 * whole)
    if percent == 0 and part:
        return "dưới 1%"
    return "trên 99%" if percent == 100 and part < whole else f"{percent}%"


def columns_of(
    counts: Mapping[int, int], years: Sequence[int], most: int
) -> tuple[tuple[Column, ...], tuple[Tick, ...]]:
    """A column for each of `years` (consecutive) that has a count.

    `most` is the count of the highest column of all charts that are compared.
    """
    places = [(year, _slot(place, len(years))) for place, year in enumerate(years)]
    peak = max(counts, key=lambda year: (counts[year], year), default=0)
    columns = tuple(
        _column(slot, counts[year], most, len(years) <= _MOST_NUMBERED or year == peak)
        for year, slot in places
        if counts.get(year)
    )
    step = -(-len(years) // _MOST_TICKS)
    ticks = tuple(
        Tick(sum(slot) // 2, str(year)) for year, slot in places if (years[-1] - year) % step == 0
    )
    return columns, ticks


def _slot(place: int, places: int) -> tuple[int, int]:
    return place * WHOLE // places, (place + 1) * WHOLE // places


def _column(slot: tuple[int, int], count: int, most: int, is_numbered: bool) -> Column:
    first, end = slot
    width = max(1, min(_WIDEST, (end - first) * 3 // 4))
    height = max(_LEAST[1], count * (_BASE - _TOP) // most)
    number = vietnamese_number(count) if is_numbered else ""
    middle = (first + end) // 2
    return Column(middle - width // 2, _BASE - height, width, height, middle, number)
