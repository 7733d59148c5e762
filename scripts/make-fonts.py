#!/usr/bin/env python3
"""Make the two font files of the site again (docs/theme.md says how it is run).

Be Vietnam Pro comes whole from PyPI; what is kept are the letters of Vietnamese and of languages
in Latin script around it, the figures and signs that texts use, and the kerning between them.
"""

import shutil
import sys
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

FONTS = Path(__file__).parent.parent / "site_builder" / "theme" / "assets" / "fonts"
WEIGHTS = {"Regular": 400, "SemiBold": 600}

# ASCII and Latin-1; ă đ ĩ ũ ơ ư; marks that are typed by themselves; all of Vietnamese with marks;
# dashes, quotation marks, ellipsis, per mille; the đồng; minus and comparisons. (It has no arrows.)
KEPT = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ĂăĐđĨĩŨũƠơƯư"),
    *(0x0300, 0x0301, 0x0303, 0x0309, 0x0323),
    *range(0x1EA0, 0x1EFA),
    *map(ord, "–—‘’“”•…‰₫−≤≥"),
]
# What shapes words: marks in their places, kerning.
FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]


def main(target: Path) -> None:
    """Write one WOFF2 file for each weight into `target`, and the licence beside them."""
    package = files("fontpkg_be_vietnam_pro")
    target.mkdir(parents=True, exist_ok=True)
    for style, weight in WEIGHTS.items():
        source = str(package / "files" / f"BeVietnamPro-{style}.ttf")
        subset(source, target / f"be-vietnam-pro-{weight}.woff2")
    shutil.copyfile(str(package / "LICENSE"), target / "LICENSE")


def subset(source: str, target: Path) -> None:
    """One weight. Hinting goes: screens of today do without, and it is a third of the bytes."""
    options = Options(
        flavor="woff2", hinting=False, layout_features=FEATURES, name_IDs=[0, 1, 2, 13, 14]
    )
    # The time of making would make other bytes each time.
    font = load_font(source, options)
    font.recalcTimestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=KEPT)
    subsetter.subset(font)
    save_font(font, str(target), options)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FONTS)
