"""The political system: rings that hold together, people side by side, steps to an open house."""

from site_builder.pages.covers.pen import HEIGHT, Dice, around, box, circle, dot
from site_builder.pages.views import Layer


def _rings(dice: Dice) -> list[Layer]:
    count = dice.between(3, 6)
    x, y = dice.between(96, 144), dice.between(76, 84)
    size = dice.between(30, 40)
    turn = 15 * dice.of(6)
    places = around(x, y, dice.between(24, 34), count, turn)
    width = dice.between(6, 9)
    tones = (2, 3) if dice.of(2) else (3, 2)
    back = dice.between(92, 110)
    return [
        Layer(1, dot(x, y), 2 * back),
        Layer(0, dot(x, y), 2 * back - 28),
        Layer(tones[0], "".join(circle(a, b, size) for a, b in places[::2]), width),
        Layer(tones[1], "".join(circle(a, b, size) for a, b in places[1::2]), width),
        Layer(4, dot(x, y), dice.between(18, 26)),
    ]


def _roof(x: int, foot: int, wide: int, rise: int) -> str:
    """As of a communal house: its eaves turn up."""
    eave, ridge = rise + 6, x + wide - rise - 6
    return (
        f"M{x - wide} {foot}q{rise}-4 {eave}-{rise}H{ridge}q6 {rise - 4} {eave} {rise}"
        f"q-{wide}-6-{2 * wide} 0z"
    )


def _house(dice: Dice) -> list[Layer]:
    x, count = dice.between(104, 136), dice.between(4, 6)
    gap, steps = dice.between(18, 22), dice.between(2, 4)
    wide = gap * (count - 1) // 2 + 10
    foot, top = 136 - 7 * (steps - 2), dice.between(76, 84)
    rise = dice.between(20, 28)
    stairs = "".join(
        box(x - wide - 8 * number, foot + 7 * number, 2 * (wide + 8 * number), 7)
        for number in range(steps)
    )
    left = x - gap * (count - 1) // 2
    columns = "".join(f"M{left + gap * number} {top}V{foot}" for number in range(count))
    return [
        Layer(1, dot(x, top + dice.between(-16, 6)), dice.between(112, 142)),
        Layer(1, box(0, foot + 7 * steps, 240, HEIGHT)),
        Layer(2, columns, dice.between(7, 10)),
        Layer(3, stairs + _roof(x, top + 6, wide + 18, rise)),
        Layer(2, _roof(x, top - rise + 3, wide - dice.between(6, 12), rise - 6)),
        Layer(4, dot(x, top - rise // 2 + 6), dice.between(9, 12)),
    ]


def _people(dice: Dice) -> list[Layer]:
    gap, base = dice.between(40, 50), dice.between(98, 108)
    start = 120 + dice.between(-8, 8)
    head, wide = dice.between(22, 27), gap // 2 - 2
    places = [start + gap * number for number in range(-3, 4)]
    one = places.pop(dice.between(2, 4))
    layers = [Layer(1, dot(start, base - 26), dice.between(110, 150))]
    for tone, some, y in (
        (2, [x + gap // 2 for x in (*places, one)], base - 22),
        (3, places, base),
        (4, [one], base),
    ):
        arms = y + wide + head // 2 - 6
        bodies = "".join(
            f"M{x - wide} {HEIGHT}V{arms}a{wide} {wide} 0 0 1 {2 * wide} 0V{HEIGHT}z" for x in some
        )
        layers.append(Layer(tone, bodies))
        layers.append(Layer(tone, "".join(dot(x, y - dice.of(5)) for x in some), head))
    return layers


SCENES = (_rings, _house, _people)
