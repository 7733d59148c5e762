"""Culture and society: lanterns, a lotus, the rings of a bronze drum, houses side by side."""

from site_builder.pages.covers.pen import HEIGHT, Dice, around, box, dot, hill, star
from site_builder.pages.views import Layer


def _lanterns(dice: Dice) -> list[Layer]:
    count = dice.between(3, 5)
    gap = 210 // count
    left, sag = dice.between(10, 26), dice.between(10, 26)
    # Round ones, or long ones.
    wide = min(gap - 10, dice.between(34, 50))
    tall = wide + 16 * dice.of(2)
    strings, caps, bodies, ribs = f"M0 {left}Q120 {left + 2 * sag} 240 {left}", "", ["", ""], ""
    for number in range(count):
        x = 120 + round((number - (count - 1) / 2) * gap) + dice.between(-4, 4)
        away = (x - 120) / 120
        y = left + round(sag * (1 - away * away))
        top = y + dice.between(8, 26)
        strings += f"M{x} {y}V{top}"
        caps += f"M{x - 6} {top}h12m-12 {tall}h12m-6 0v{dice.between(8, 15)}"
        bodies[number & 1] += f"M{x} {top + wide // 2}v{tall - wide}"
        ribs += f"M{x} {top + wide // 4}v{tall - wide // 2}"
    shore = dice.between(126, 142)
    tones = (2, 3) if dice.of(2) else (3, 2)
    return [
        Layer(1, hill(shore, shore - 8, shore, dice.between(-14, 14))),
        Layer(3, strings, 2),
        Layer(tones[0], bodies[0], wide),
        Layer(tones[1], bodies[1], wide),
        Layer(1, ribs, wide // 2),
        Layer(tones[1], ribs, 3),
        Layer(4, caps, 5),
    ]


def _petals(x: int, y: int, length: int, width: int, places: range) -> str:
    """Leaves that spread from one point; places are twelfths of a half turn, 0 upright."""
    petals = ""
    for place in places:
        (tip_x, tip_y), *_ = around(x, y, length, 1, place * 15)
        middle_x, middle_y = (x + tip_x) // 2, (y + tip_y) // 2
        off_x, off_y = (tip_y - y) * width // length, (x - tip_x) * width // length
        petals += (
            f"M{x} {y}Q{middle_x + off_x} {middle_y + off_y} {tip_x} {tip_y}"
            f"Q{middle_x - off_x} {middle_y - off_y} {x} {y}z"
        )
    return petals


def _lotus(dice: Dice) -> list[Layer]:
    x, y = dice.between(104, 136), dice.between(112, 120)
    length, width = dice.between(62, 76), dice.between(24, 34)
    spread = dice.between(3, 5)
    water = dice.between(4, 8)
    lines = "".join(
        f"M{dice.between(8, 130)} {y + 10 + 7 * number}h{dice.between(40, 100)}"
        for number in range(water // 2 + 1)
    )
    return [
        Layer(1, dot(x + dice.between(-30, 30), dice.between(58, 74)), dice.between(88, 116)),
        Layer(2, f"M0 {y}h240V{HEIGHT}H0z"),
        Layer(1, lines, 3),
        Layer(2, _petals(x, y, length, width, range(-spread, spread + 1, 2))),
        Layer(3, _petals(x, y, length - 10, width - 4, range(-spread + 1, spread, 2))),
        Layer(4, _petals(x, y, length - 32, width - 10, range(-1, 2, 2 - dice.of(2)))),
    ]


def _drum(dice: Dice) -> list[Layer]:
    x, y = dice.between(96, 144), dice.between(72, 88)
    rays = 6 + 2 * dice.of(5)
    outer = dice.between(92, 112)
    ring = dice.between(58, 68)
    beads = dice.between(14, 22)
    return [
        Layer(1, dot(x, y), 2 * outer),
        Layer(0, dot(x, y), 2 * outer - dice.between(10, 18)),
        Layer(2, dot(x, y), 2 * ring + 26),
        Layer(0, "".join(dot(a, b) for a, b in around(x, y, ring, beads)), dice.between(7, 11)),
        Layer(3, dot(x, y), 2 * ring - 24),
        Layer(4, star(x, y, ring - 16, dice.between(11, 17), rays)),
    ]


def _houses(dice: Dice) -> list[Layer]:
    walls, roofs, windows = ["", ""], "", ""
    x = dice.between(-24, 0)
    number = dice.of(2)
    while x < 240:
        width, top = dice.between(34, 52), dice.between(84, 110)
        rise, half = dice.between(18, 28), width // 2
        walls[number & 1] += box(x, top, width, HEIGHT - top)
        roofs += f"M{x - 5} {top}l{half + 5}-{rise} {width - half + 5} {rise}z"
        windows += f"M{x + half - 7} {top + 14}v8m14-8v8"
        x += width + dice.between(4, 12)
        number += 1
    return [
        Layer(1, dot(dice.between(70, 170), dice.between(44, 64)), dice.between(56, 84)),
        Layer(2, walls[0]),
        Layer(1, walls[1]),
        Layer(3, roofs),
        Layer(4, windows, 6),
        Layer(3, box(0, dice.between(140, 148), 240, HEIGHT)),
    ]


SCENES = (_lanterns, _lotus, _drum, _houses)
