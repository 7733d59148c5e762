"""The tones of covers by day, for pictures that are drawn here; the stylesheet has the same."""

TONES: dict[str, tuple[str, ...]] = {
    "": ("#f4f0e8", "#dfd6c7", "#aaa294", "#4a5058", "#b5483f"),
    "kinh-te": ("#fbf2d8", "#f0d98c", "#a8b04a", "#5f6a1c", "#e2892f"),
    "van-hoa-xa-hoi": ("#fdeef0", "#f7c7d2", "#e0709a", "#a8134d", "#eba52e"),
    "quoc-phong": ("#e9f3ec", "#b9dac6", "#5c9f80", "#0f4c3a", "#e6ae35"),
    "an-ninh": ("#e7f2fb", "#b7d8f0", "#5aa2d4", "#0b4a7c", "#eba328"),
    "he-thong-chinh-tri": ("#f2ecfa", "#d6c4ee", "#9d78d0", "#4a148c", "#e9a034"),
}
"""By id of the field; "" are those of the site, and of fields without tones of their own."""
PAPER, INK, MUTED, BRAND = "#ffffff", "#20242a", "#565c66", "#8f1a1d"


def tones_of(field: str) -> tuple[str, ...]:
    """From the lightest to the deepest, then the one that stands out."""
    return TONES.get(field, TONES[""])
