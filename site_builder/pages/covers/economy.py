"""Economy: terraced fields, ears of rice, furrows, always in the sun."""

from site_builder.pages.covers.pen import Dice, dot, hill
from site_builder.pages.views import Layer


def _terraces(dice: Dice) -> list[Layer]:
    count = dice.between(4, 6)
    top = dice.between(66, 82)
    step = (150 - top) // count
    slope = dice.between(-14, 14)
    layers = [Layer(4, dot(dice.between(66, 174), dice.between(40, 56)), dice.between(36, 60))]
    first = dice.of(3)
    for number in range(count):
        middle = top + number * step + dice.between(-3, 3)
        edge = hill(middle + slope, middle, middle - slope, dice.between(-20, 20))
        layers.append(Layer((1, 2, 3)[(first + number) % 3], edge))
        # The water in the field catches the light.
        layers.append(Layer(0, edge.partition("V")[0], 2))
    return layers


_GRAINS = [
    ((1 - share) ** 2, 2 * share * (1 - share), share * share)
    for share in (0.5, 0.58, 0.66, 0.74, 0.8, 0.86, 0.93, 1)
]
"""Where grains hang, from the crest of a stalk to its tip: shares of its curve's three points."""


def _ears(dice: Dice) -> list[Layer]:
    count, side = dice.between(3, 4), 1 - 2 * dice.of(2)
    lean, fall = dice.between(42, 58) * side, dice.between(30, 48)
    gap = dice.between(26, 34)
    start = 120 - gap * (count - 1) // 2 - lean // 2
    stalks = grains = ""
    for number in range(count):
        x, top = start + number * gap, dice.between(16, 44)
        stalks += f"M{x} 160Q{x} {top - 10} {x + lean} {top + fall}"
        way = 3
        for foot, bend, tip in _GRAINS:
            at_y = round(160 * foot + (top - 10) * bend + (top + fall) * tip)
            grains += f"M{round(x + lean * tip) + way} {at_y + 1}l{way + side} 6"
            way = -way
    ground = dice.between(122, 136)
    return [
        Layer(1, dot(dice.between(96, 144), dice.between(68, 84)), dice.between(96, 124)),
        Layer(2, hill(ground, ground - 6, ground, dice.between(-16, 16))),
        Layer(3, stalks, 3),
        Layer(4, grains, 6),
    ]


def _furrows(dice: Dice) -> list[Layer]:
    horizon, far = dice.between(70, 84), dice.between(70, 170)
    count = dice.between(8, 12)
    spread = dice.between(50, 66)
    left = far - spread * count // 2
    rows = "".join(
        f"M{far} {horizon}L{left + spread * number} 160h{spread // 2}z" for number in range(count)
    )
    trees = "".join(dot(dice.between(0, 240), horizon - 3) for _ in range(dice.between(5, 9)))
    return [
        Layer(4, dot(dice.between(80, 160), horizon - dice.between(4, 22)), dice.between(44, 68)),
        Layer(1, hill(horizon - 8, horizon - dice.between(12, 22), horizon, 10)),
        Layer(3, trees, dice.between(8, 13)),
        Layer(2, f"M0 {horizon}h240V160H0z"),
        Layer(3, rows),
    ]


SCENES = (_terraces, _ears, _furrows)
