"""Cover art for models without a photo: drawn of the motif of their field, different for each.

A cover is decided by its field and address alone. So it stays as it is as long as they do, in
every list and on whichever machine.
"""

from collections.abc import Callable

from site_builder.pages.covers import culture, defence, economy, politics, security, tiles
from site_builder.pages.covers.pen import SHEET, Dice
from site_builder.pages.views import Cover, Layer

Scene = Callable[[Dice], list[Layer]]

_SCENES: dict[str, tuple[Scene, ...]] = {
    "kinh-te": economy.SCENES,
    "van-hoa-xa-hoi": culture.SCENES,
    "quoc-phong": defence.SCENES,
    "an-ninh": security.SCENES,
    "he-thong-chinh-tri": politics.SCENES,
}
_LIGHTS = ((0, 1, 2, 3, 4), (0, 1, 2, 3, 4), (1, 0, 2, 3, 4), (3, 2, 1, 0, 4))
"""Tones in place of those that a scene names: mostly by day, in a haze, by night."""


def cover_of(field: str, address: str) -> Cover:
    """The cover of a model: what is at the back comes first.

    Fields without a motif of their own have tiles.
    """
    dice = Dice(address)
    scenes = _SCENES.get(field, tiles.SCENES)
    light = _LIGHTS[dice.of(len(_LIGHTS))]
    layers = scenes[dice.of(len(scenes))](dice)
    return (
        Layer(light[0], SHEET),
        *(Layer(light[tone], path, width) for tone, path, width in layers),
    )
