"""A photo of the project, and the sizes in which it is published."""

from typing import NamedTuple

WIDTHS = (480, 960, 1600)
"""Pixels: a card, a phone, a large screen."""
_HIGHEST = 16_383
"""Pixels; WebP can hold no more."""
PUBLISHED_SUFFIX = ".webp"


class Size(NamedTuple):
    """Pixels."""

    width: int
    height: int


class Photo(NamedTuple):
    """What is known of a picture file once it was looked at."""

    digest: str = ""
    """Of its bytes and of how they are published; 32 hexadecimal digits."""
    width: int = 0
    """Pixels, as it is held upright."""
    height: int = 0
    fault: str = ""
    """Why it cannot be published, in Vietnamese; "" where it can."""

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes in which it is published, narrowest first; none is larger than it is."""
        widest = min(self.width, WIDTHS[-1], max(1, self.width * _HIGHEST // self.height))
        widths = (*(width for width in WIDTHS if width < widest), widest)
        return tuple(
            Size(width, max(1, round(self.height * width / self.width))) for width in widths
        )
