"""The stylesheet as it is published: with the colours that a project gives its fields."""

from collections.abc import Iterable
from colorsys import hls_to_rgb, rgb_to_hls

STYLESHEET = "assets/stylesheets/site.css"
_BY_DAY, _BY_NIGHT = ("#f8f4ec", 4.6), ("#1d2126", 7.5)
"""What letters stand on at worst, the token --ground in either scheme, and the contrast wanted:
WCAG asks for 4.5 to 1; by night, colours that only just have it look dirty."""
_STEP = 1 / 255


def published_style(source: str, colours: Iterable[tuple[str, str]]) -> str:
    """The stylesheet with `colours`, given as (id of the field, #rrggbb)."""
    rules = (
        f".field--{field} {{ --field: light-dark({readable(colour, *_BY_DAY)}, "
        f"{readable(colour, *_BY_NIGHT)}); }}\n"
        for field, colour in colours
    )
    return source + "".join(rules)


def readable(colour: str, ground: str, wanted: float) -> str:
    """The colour, as much darker or lighter as it takes to have the contrast on `ground`."""
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    step = _STEP if _luminance(_parts(ground)) < 0.18 else -_STEP
    shown = _parts(colour)
    while contrast(shown, _parts(ground)) < wanted:
        lightness += step
        shown = hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in shown)


Parts = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""


def contrast(one: Parts, other: Parts) -> float:
    """How well one is read on the other, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _parts(colour: str) -> Parts:
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _luminance(parts: Parts) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
