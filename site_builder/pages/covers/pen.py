"""Draws on a sheet of 240 by 160: paths as in SVG, in whole numbers.

Only M, L, H, V, Q, T, Z and A (of circles, at most a half) are used, large or small, so that
`outputs/drawing.py` can draw the same without a browser.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from math import cos, pi, sin

WIDTH, HEIGHT = 240, 160
"""What one knows a motif by stands around the middle: sides or top and bottom may be cut off."""
SHEET = f"M0 0h{WIDTH}v{HEIGHT}H0z"

Point = tuple[int, int]


class Dice:
    """Throws that are the same whenever they are for the same name."""

    __slots__ = ("_rest",)

    def __init__(self, name: str) -> None:
        self._rest = int.from_bytes(blake2b(name.encode(), digest_size=48).digest(), "big")

    def of(self, count: int) -> int:
        """0 to `count` - 1."""
        self._rest, thrown = divmod(self._rest, count)
        return thrown

    def between(self, least: int, most: int) -> int:
        """A number, both ends included."""
        self._rest, thrown = divmod(self._rest, most - least + 1)
        return least + thrown


def dot(x: int, y: int) -> str:
    """A full circle, where the line is as wide as it and has round ends."""
    return f"M{x} {y}h0"


def circle(x: int, y: int, r: int) -> str:
    """A circle to be drawn as a line."""
    return f"M{x - r} {y}a{r} {r} 0 0 0 {2 * r} 0a{r} {r} 0 0 0-{2 * r} 0z"


def box(x: int, y: int, width: int, height: int) -> str:
    """A rectangle."""
    return f"M{x} {y}h{width}v{height}h-{width}z"


def polygon(points: Iterable[Point]) -> str:
    """Straight lines from point to point and back."""
    return f"M{' '.join([f'{x} {y}' for x, y in points])}z"


def hill(left: int, middle: int, right: int, bend: int) -> str:
    """All below a soft line through three heights; `bend` is how far its left half swings."""
    return f"M0 {left}Q60 {left - bend} 120 {middle}T240 {right}V{HEIGHT}H0z"


def around(x: int, y: int, r: int, count: int, turn: int = 0) -> list[Point]:
    """Points on a circle; the first is on top, `turn` in degrees."""
    return [(x + round(r * a), y - round(r * b)) for a, b in _directions(count, turn)]


@cache
def _directions(count: int, turn: int) -> list[tuple[float, float]]:
    angles = [2 * pi * number / count + turn * pi / 180 for number in range(count)]
    return [(sin(angle), cos(angle)) for angle in angles]


def star(x: int, y: int, r: int, inner: int, count: int) -> str:
    """A star of `count` points."""
    outside = around(x, y, r, count)
    inside = around(x, y, inner, count, 180 // count)
    return polygon([point for pair in zip(outside, inside, strict=True) for point in pair])
