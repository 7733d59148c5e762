"""Draws covers into pictures: the paths of `pages/covers/pen.py`, flattened to straight lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import asin, atan2, cos, hypot, sin, sqrt
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw

from site_builder.pages.covers.pen import HEIGHT, WIDTH
from site_builder.pages.views import Cover

Point = tuple[float, float]

_TOKEN = re.compile(r"[A-Za-z]|-?\d+")
_TAKEN = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "A": 7, "Z": 0}
"""How many numbers each command takes."""
_STEPS = 16
"""Straight lines in place of a curve."""
_FINE = 2
"""Drawn so many times as large and made smaller: that smooths edges."""


class Stroke(NamedTuple):
    """A line through points; of a filled shape its edge."""

    points: list[Point]
    is_closed: bool = False


def flattened(path: str) -> list[Stroke]:
    """The strokes of a path. Raises `ValueError` for what no cover has."""
    strokes: list[Stroke] = []
    here, control = (0.0, 0.0), None
    for command, numbers in _commands(path):
        base = here if command.islower() else (0.0, 0.0)
        kind = command.upper()
        if kind == "Z":
            strokes[-1] = strokes[-1]._replace(is_closed=True)
            here = strokes[-1].points[0]
            continue
        goal = _goal(kind, numbers, base, here)
        if kind == "M":
            strokes.append(Stroke([goal]))
        elif kind in "QT":
            bend = _bend(kind, numbers, base, here, control)
            strokes[-1].points.extend(_curve(here, bend, goal))
        elif kind == "A":
            strokes[-1].points.extend(_arc(here, goal, numbers[0], 1 if numbers[4] else -1))
        else:
            strokes[-1].points.append(goal)
        control = bend if kind in "QT" else None
        here = goal
    return strokes


def _commands(path: str) -> Iterator[tuple[str, list[int]]]:
    """Each command with its numbers; one that is not repeated in the path is repeated here."""
    tokens = _TOKEN.findall(path)
    at, command = 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        elif command in "Mm":  # further points of a move are lines
            command = "L" if command == "M" else "l"
        taken = _TAKEN.get(command.upper())
        if taken is None or (not taken and at < len(tokens) and not tokens[at].isalpha()):
            raise ValueError(path)
        yield command, [int(token) for token in tokens[at : at + taken]]
        at += taken


def _goal(kind: str, numbers: Sequence[int], base: Point, here: Point) -> Point:
    """Where the command ends."""
    if kind == "H":
        return base[0] + numbers[0], here[1]
    if kind == "V":
        return here[0], base[1] + numbers[0]
    return base[0] + numbers[-2], base[1] + numbers[-1]


def _bend(kind: str, numbers: Sequence[int], base: Point, here: Point, last: Point | None) -> Point:
    """The point that pulls a curve; T goes on as the curve before it ended."""
    if kind == "Q":
        return base[0] + numbers[0], base[1] + numbers[1]
    return (2 * here[0] - last[0], 2 * here[1] - last[1]) if last else here


def _curve(start: Point, bend: Point, end: Point) -> Iterator[Point]:
    for step in range(1, _STEPS + 1):
        share = step / _STEPS
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share * share
        yield (
            a * start[0] + b * bend[0] + c * end[0],
            a * start[1] + b * bend[1] + c * end[1],
        )


def _arc(start: Point, end: Point, radius: float, way: int) -> Iterator[Point]:
    """Of a circle, at most half of it; `way` is 1 where it runs as a clock does, else -1."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    off = way * sqrt(max(0.0, radius * radius - length * length / 4)) / length
    x = (start[0] + end[0]) / 2 - off * down
    y = (start[1] + end[1]) / 2 + off * across
    first = atan2(start[1] - y, start[0] - x)
    turn = way * 2 * asin(min(1.0, length / 2 / radius))
    steps = _STEPS // 2 + round(abs(turn) * radius / 6)
    for step in range(1, steps + 1):
        angle = first + turn * step / steps
        yield x + radius * cos(angle), y + radius * sin(angle)


def drawn(cover: Cover, tones: Sequence[str], width: int, height: int) -> Image.Image:
    """The cover in these tones, so large that it fills the picture; its middle is shown."""
    scale = _FINE * max(width / WIDTH, height / HEIGHT)
    left = (_FINE * width - scale * WIDTH) / 2
    top = (_FINE * height - scale * HEIGHT) / 2
    # Tones by number take a third of the time of colours.
    picture = Image.new("P", (_FINE * width, _FINE * height))
    picture.putpalette(b"".join(map(bytes, map(ImageColor.getrgb, tones))))
    draw = ImageDraw.Draw(picture)
    for layer in cover:
        for stroke in flattened(layer.path):
            points = [(left + scale * x, top + scale * y) for x, y in stroke.points]
            if layer.width:
                _line(draw, points, stroke.is_closed, scale * layer.width, layer.tone)
            else:
                draw.polygon(points, layer.tone)
    return picture.convert("RGB").reduce(_FINE)


def _line(
    draw: ImageDraw.ImageDraw, points: list[Point], is_closed: bool, width: float, tone: int
) -> None:
    """With round ends and corners. (Pillow's own lines have edges as of a saw.)"""
    radius = width / 2
    for run in _runs([*points, points[0]] if is_closed else points):
        if len(run) > 1:
            draw.polygon(_outline(run, radius), tone)
        for x, y in {run[0], run[-1]}:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), tone)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """The line cut at its corners."""
    path = [point for point, after in pairwise(points) if point != after]
    path.append(points[-1])
    runs = [path[:1]]
    for (a, b), here, (c, d) in zip(path, path[1:], path[2:], strict=False):
        x, y = here
        runs[-1].append(here)
        straight = (x - a) * (c - x) + (y - b) * (d - y)
        if straight < 0.9 * hypot(x - a, y - b) * hypot(c - x, d - y):
            runs.append([here])
    return [*runs[:-1], runs[-1] + path[1:][-1:]]


def _outline(run: Sequence[Point], radius: float) -> list[Point]:
    """The edge of a broad line without corners: along one side, and back along the other."""
    left, right = [], []
    befores, afters = [run[0], *run], [*run[1:], run[-1]]
    for (a, b), (x, y), (c, d) in zip(befores, run, afters, strict=False):
        share = radius / hypot(c - a, d - b)
        off_x, off_y = (b - d) * share, (c - a) * share
        left.append((x + off_x, y + off_y))
        right.append((x - off_x, y - off_y))
    return left + right[::-1]
