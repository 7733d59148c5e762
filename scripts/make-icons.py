#!/usr/bin/env python3
"""Make the icons of the site again, for phones that put it on their screens (docs/theme.md).

They show what favicon.svg shows: a word spoken, and done. The ground reaches to the edges, as
phones cut their own shape; the sign stays within the middle that none of them cuts.
"""

import sys
from itertools import pairwise
from math import dist
from pathlib import Path

from PIL import Image, ImageDraw

IMAGES = Path(__file__).parent.parent / "site_builder" / "theme" / "assets" / "images"
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180}
GROUND, SIGN = "#8f1a1d", "#ffffff"
FINE = 4
"""Drawn so many times as large and made smaller: that smooths edges."""
SHARE = 0.58
"""Of the icon that the sign may take; phones show a circle of 0.8 at least."""
# In favicon.svg's own measure, whose sign is 22 wide and 20 high around (16, 17).
BUBBLE, CORNER = (5, 7, 27, 22), 2
TAIL = ((9, 21), (9, 27), (15, 22))
TICK = ((11, 14.5), (14.5, 18), (21, 11.5))


def main(target: Path) -> None:
    """Write every icon into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    for name, size in SIZES.items():
        icon(size).save(target / name, optimize=True)


def icon(size: int) -> Image.Image:
    """The icon, `size` pixels wide and high."""
    whole = size * FINE
    scale = whole * SHARE / 22
    picture = Image.new("RGB", (whole, whole), GROUND)
    draw = ImageDraw.Draw(picture)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return whole / 2 + (point[0] - 16) * scale, whole / 2 + (point[1] - 17) * scale

    box = (*place(BUBBLE[:2]), *place(BUBBLE[2:]))
    draw.rounded_rectangle(box, CORNER * scale, SIGN)
    draw.polygon([place(point) for point in TAIL], SIGN)
    points = [place(point) for point in TICK]
    radius = 1.5 * scale
    for (a, b), (c, d) in pairwise(points):
        # Half the width of the line to its left; Pillow's own slanting lines are too thin.
        share = radius / dist((a, b), (c, d))
        x, y = (b - d) * share, (c - a) * share
        draw.polygon([(a + x, b + y), (c + x, d + y), (c - x, d - y), (a - x, b - y)], GROUND)
    for x, y in points:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), GROUND)
    return picture.reduce(FINE).quantize(32, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
