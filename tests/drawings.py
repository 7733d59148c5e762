"""Covers as whole SVG files, in the tones of the day: goldens that one can open and look at."""

from site_builder.outputs.tones import tones_of
from site_builder.pages.covers.pen import HEIGHT, WIDTH


def svg_of(cover, field: str) -> str:
    tones = tones_of(field)
    lines = "\n".join(f'  <path {_look(layer, tones)} d="{layer.path}"/>' for layer in cover)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return f"{head}\n{lines}\n</svg>\n"


def _look(layer, tones) -> str:
    tone = tones[layer.tone]
    if not layer.width:
        return f'fill="{tone}"'
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'fill="none" stroke="{tone}" stroke-width="{layer.width}" {ends}'
