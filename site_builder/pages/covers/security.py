"""Security: a bell that calls, lamps over lanes, a shield around homes."""

from site_builder.pages.covers.pen import HEIGHT, Dice, box, circle, dot, polygon
from site_builder.pages.views import Layer


def _calls(dice: Dice, x: int, y: int) -> list[Layer]:
    """Sound that spreads."""
    gap, first = dice.between(14, 22), dice.between(48, 56)
    rings = "".join(circle(x, y, first + gap * number) for number in range(dice.between(2, 5)))
    return [Layer(1, rings, dice.between(4, 8)), Layer(1, dot(x, y), 2 * first - 20)]


def _bell(dice: Dice) -> list[Layer]:
    x, y, size = dice.between(88, 152), dice.between(74, 84), dice.between(22, 30)
    foot, crown = y + size, size - 4
    bell = (
        f"M{x - size - 8} {foot}Q{x - crown} {foot - 8} {x - crown} {y - 6}"
        f"a{crown} {crown} 0 0 1 {2 * crown} 0Q{x + crown} {foot - 8} {x + size + 8} {foot}z"
    )
    return [
        *_calls(dice, x, y),
        Layer(3, f"M{x} {y - size}V0", 3),
        Layer(4, dot(x, foot + 4), 14),
        Layer(3 - dice.of(2), bell),
        Layer(4, f"M{x - size + 2} {foot - 9}h{2 * size - 4}", 4),
    ]


def _gong(dice: Dice) -> list[Layer]:
    x, y, size = dice.between(96, 144), dice.between(80, 90), dice.between(26, 34)
    reach, beam = dice.between(52, 66), dice.between(28, 36)
    return [
        *_calls(dice, x, y),
        Layer(3, f"M{x - reach} 150V{beam}H{x + reach}V150M0 152h240", 6),
        Layer(3, f"M{x - size // 2} {beam}V{y}M{x + size // 2} {beam}V{y}", 2),
        Layer(2, dot(x, y), 2 * size),
        Layer(3, dot(x, y), 2 * size - dice.between(12, 18)),
        Layer(4, dot(x, y), dice.between(16, 24)),
    ]


def _lamps(dice: Dice) -> list[Layer]:
    count, side = dice.between(2, 4), 1 - 2 * dice.of(2)
    gap = 232 // count
    poles = lights = heads = homes = windows = ""
    ground = dice.between(128, 140)
    for number in range(count):
        x = 120 - 14 * side + round((number - (count - 1) / 2) * gap) + dice.between(-6, 6)
        top, wide = dice.between(36, 50), dice.between(22, 32)
        poles += f"M{x} {ground}V{top + 12}q0-12 {12 * side}-12h{4 * side}"
        x += 18 * side
        heads += f"M{x - 7} {top}h14"
        lights += f"M{x - 7} {top}L{x - wide} {ground}h{2 * wide}L{x + 7} {top}z"
    left = dice.between(-20, 4)
    while left < 240:
        width, tall = dice.between(30, 46), dice.between(22, 44)
        homes += f"M{left} {ground}v-{tall}l{width // 2}-14 {width - width // 2} 14v{tall}z"
        windows += dot(left + width // 2, ground - tall + 6)
        left += width + dice.between(2, 26)
    return [
        Layer(1, lights),
        Layer(2, homes),
        Layer(4, windows, 8),
        Layer(3, poles, 4),
        Layer(4, heads, dice.between(7, 10)),
        Layer(3, box(0, ground, 240, HEIGHT - ground)),
    ]


def _shield_at(x: int, y: int, size: int) -> str:
    tall = size * 9 // 8
    top, foot, shoulder, waist = y - tall, y + tall, y - tall * 2 // 3, y + size * 3 // 4
    return (
        f"M{x} {top}L{x + size} {shoulder}V{y}Q{x + size} {waist} {x} {foot}"
        f"Q{x - size} {waist} {x - size} {y}V{shoulder}z"
    )


def _sign(dice: Dice, x: int, y: int, size: int) -> list[Layer]:
    """A home, or a tick: all is well."""
    if dice.of(2):
        return [Layer(4, f"M{x - size + 2} {y}l{size - 8} {size - 6} {size + 6}-{size + 8}", 9)]
    left, right = x - size, x + size
    walls = [(left + 8, y + 8), (x, y - size + 16), (right - 8, y + 8), (right - 8, y + 22)]
    return [
        Layer(4, f"M{left} {y + 2}L{x} {y - size + 2} {right} {y + 2}", 6),
        Layer(0, polygon([*walls, (left + 8, y + 22)])),
    ]


def _shield(dice: Dice) -> list[Layer]:
    x, y, size = dice.between(90, 150), dice.between(76, 84), dice.between(46, 54)
    gap, start = dice.between(18, 26), dice.of(18)
    homes = "".join(
        dot(a, b) for b in range(dice.of(gap), HEIGHT, gap) for a in range(start, 240, gap * 2)
    )
    return [
        Layer(1, homes, dice.between(5, 10)),
        Layer(2, _shield_at(x, y, size)),
        Layer(3, _shield_at(x, y, size - dice.between(6, 11))),
        *_sign(dice, x, y, size // 2),
    ]


SCENES = (_bell, _gong, _lamps, _shield)
