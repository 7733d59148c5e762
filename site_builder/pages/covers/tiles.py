"""For whatever has no motif of its own: floor tiles of quarter circles."""

from site_builder.pages.covers.pen import Dice
from site_builder.pages.views import Layer

_SIDE = 40
_CORNERS = (
    "M{x} {y}h40a40 40 0 0 1-40 40z",
    "M{r} {y}v40a40 40 0 0 1-40-40z",
    "M{r} {b}h-40a40 40 0 0 1 40-40z",
    "M{x} {b}v-40a40 40 0 0 1 40 40z",
)


def _tiles(dice: Dice) -> list[Layer]:
    paths = [""] * 5
    for y in range(0, 160, _SIDE):
        for x in range(0, 240, _SIDE):
            corner = _CORNERS[dice.of(4)]
            paths[dice.of(5)] += corner.format(x=x, y=y, r=x + _SIDE, b=y + _SIDE)
    # The first tone is that of the ground: some places stay empty.
    return [Layer(tone, paths[tone]) for tone in range(1, 5)]


SCENES = (_tiles,)
