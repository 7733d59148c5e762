"""Defence: mountains of the border, the sea, daybreak, under a star."""

from site_builder.pages.covers.pen import HEIGHT, Dice, around, dot, hill, polygon, star
from site_builder.pages.views import Layer


def _ridge(dice: Dice, low: int, high: int, count: int) -> str:
    """Peaks from side to side; `low` and `high` are how far from the top."""
    step = 240 // count
    line = "".join(
        f" {step * number + dice.between(-6, 6) + step // 2} {dice.between(high, high + 18)}"
        f" {step * (number + 1)} {dice.between(low - 8, low)}"
        for number in range(count)
    )
    return f"M0 {dice.between(low - 14, low)}L{line[1:]}V{HEIGHT}H0z"


def _road(x: int, bend: int, end: int) -> str:
    """Wide at the foot of the sheet, narrow on the pass."""
    half = x + bend // 2
    return (
        f"M{x - 8} 160Q{x + bend} 148 {half} 138Q{x} 130 {x + 6} {end}"
        f"Q{x + 4} 130 {half + 6} 137Q{x + bend + 12} 148 {x + 10} 160z"
    )


def _mountains(dice: Dice) -> list[Layer]:
    low, bend = dice.between(116, 126), dice.between(14, 30) * (1 - 2 * dice.of(2))
    return [
        Layer(1, _ridge(dice, 100, 54, dice.between(2, 3))),
        Layer(4, star(dice.between(84, 156), dice.between(38, 46), dice.between(15, 20), 7, 5)),
        Layer(2, _ridge(dice, 122, 82, dice.between(3, 4))),
        Layer(3, hill(low + 4, low - 4, low + 4, dice.between(-12, 12))),
        Layer(0, _road(dice.between(90, 150), bend, low + 4)),
    ]


def _sea(dice: Dice) -> list[Layer]:
    top, count = dice.between(86, 98), dice.between(3, 4)
    x, lean = dice.between(92, 148), 1 - 2 * dice.of(2)
    mast, wide, deck = top - dice.between(54, 68), dice.between(26, 36), top - 14
    small = x - 4 * lean
    layers = [
        Layer(1, dot(dice.between(70, 170), dice.between(50, 66)), dice.between(60, 92)),
        Layer(3, f"M{x - wide} {top - 10}h{2 * wide}l-12 16h-{2 * wide - 24}z"),
        Layer(2, polygon([(x, deck), (x, mast), (x + lean * (wide - 2), deck)])),
        Layer(3, polygon([(small, deck), (small, mast + 12), (x - lean * (wide - 8), deck)])),
        Layer(4, star(x + 1, mast - 8, 10, 4, 5)),
    ]
    for number in range(count):
        wave = dice.between(12, 20)
        start = f"M-{dice.between(0, wave)} {top + number * ((HEIGHT - top) // count)}"
        crests = f"q{wave // 2}-7 {wave} 0" + f"t{wave} 0" * (250 // wave)
        layers.append(Layer((2, 1, 3, 2)[number], f"{start}{crests}V{HEIGHT}H0z"))
    return layers


def _daybreak(dice: Dice) -> list[Layer]:
    x, y = dice.between(90, 150), dice.between(56, 70)
    count = dice.between(9, 14)
    ends = around(x, y, 240, 2 * count, dice.of(8) * 3)
    rays = "".join(
        f"M{x} {y}L{a} {b} {c} {d}z" for (a, b), (c, d) in zip(ends[::2], ends[1::2], strict=True)
    )
    low = dice.between(104, 118)
    trees = ""
    left = dice.between(4, 20)
    while left < 236:
        tall = dice.between(16, 30)
        trees += f"M{left} {low + 22}l7-{tall} 7 {tall}z"
        left += dice.between(14, 32)
    return [
        Layer(1, rays),
        Layer(0, dot(x, y), dice.between(56, 64)),
        Layer(4, star(x, y, dice.between(20, 25), 9, 5)),
        Layer(2, hill(low, low - dice.between(4, 16), low + 6, dice.between(-16, 16))),
        Layer(3, trees),
        Layer(3, hill(low + 22, low + 18, low + 22, dice.between(-8, 8))),
    ]


SCENES = (_mountains, _sea, _daybreak)
