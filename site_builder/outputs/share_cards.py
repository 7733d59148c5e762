"""Share cards: the pictures of 1200 by 630 that networks show beside links to pages."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

from site_builder.outputs.drawing import drawn
from site_builder.outputs.share_key import FONT, SIGN
from site_builder.outputs.tones import BRAND, INK, MUTED, PAPER, tones_of
from site_builder.outputs.typesetting import Measure, Size, broken, settable, shortened, title_lines
from site_builder.pages.sharing import PANEL
from site_builder.pages.views import ShareCard

WIDTH, HEIGHT = 1200, PANEL.height
_MARGIN = 60
_COLUMN = WIDTH - PANEL.width - 2 * _MARGIN
"""The width of the text."""
_SIZES = (Size(60, 3), Size(54, 4), Size(48, 4), Size(42, 5), Size(38, 6))
_LEADING = 1.26
"""Room for two marks on a capital."""
_NOTE, _SITE_NAME = 27, 24
_GAP = 22
"""Between topic, title and notes."""
_FOOT = HEIGHT - _MARGIN
_QUALITY = 76
"""Flat shapes and letters stay clean at it, and a card has 50 KB."""


def share_card(card: ShareCard, photo: bytes | None = None) -> bytes:
    """A card as JPEG; `photo` is the file of its photo as published, where it has one."""
    tones = tones_of(card.field)
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    panel = _panel_of(photo) if photo else drawn(card.cover, tones, *PANEL)
    picture.paste(panel, (WIDTH - PANEL.width, 0))
    draw = ImageDraw.Draw(picture)
    foot = _draw_site(picture, draw, card.site)
    _draw_words(draw, card, tones[3], foot)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling="4:2:0", optimize=True)
    return out.getvalue()


def _panel_of(photo: bytes) -> Image.Image:
    """The middle of a photo, as large as the cover would be."""
    with Image.open(BytesIO(photo)) as published:
        whole = ImageOps.fit(published.convert("RGBA"), PANEL)
    panel = Image.new("RGB", PANEL, PAPER)
    panel.paste(whole, mask=whole)
    return panel


def _draw_site(picture: Image.Image, draw: ImageDraw.ImageDraw, name: str) -> int:
    """The sign and the name of the site at the foot; how far up that reaches."""
    sign = _sign()
    left = _MARGIN + sign.width + 16
    lines = _few_lines(name, _SITE_NAME, WIDTH - PANEL.width - _MARGIN - left)
    height = max(sign.height, len(lines) * round(_SITE_NAME * _LEADING))
    top = _FOOT - height
    picture.paste(sign, (_MARGIN, top + (height - sign.height) // 2), sign)
    block = len(lines) * round(_SITE_NAME * _LEADING)
    _draw_lines(draw, lines, _SITE_NAME, (left, top + (height - block) // 2), BRAND)
    return top


def _draw_words(draw: ImageDraw.ImageDraw, card: ShareCard, tone: str, foot: int) -> None:
    """Topic, title and notes, in the middle of what is above `foot`."""
    topic = _few_lines(card.topic, _NOTE, _COLUMN)
    notes = _few_lines(" · ".join(card.notes), _NOTE, _COLUMN)
    size, title = _title(card.title or card.site)
    blocks = [(topic, _NOTE, tone), (title, size, INK), (notes, _NOTE, MUTED)]
    blocks = [block for block in blocks if block[0]]
    height = sum(len(lines) * round(pixels * _LEADING) for lines, pixels, _ in blocks)
    top = max(_MARGIN, (_MARGIN + foot - height - _GAP * (len(blocks) - 1)) // 2 - _GAP // 2)
    for lines, pixels, colour in blocks:
        _draw_lines(draw, lines, pixels, (_MARGIN, top), colour)
        top += len(lines) * round(pixels * _LEADING) + _GAP


def _title(text: str) -> tuple[int, list[str]]:
    size, lines = title_lines(settable(text, has_letter), _SIZES, _COLUMN, measure_at)
    return size.pixels, lines


def _few_lines(text: str, pixels: int, width: int) -> list[str]:
    """At most two lines."""
    measure = measure_at(pixels)
    lines = broken(settable(text, has_letter), width, measure, is_even=False)
    return lines if len(lines) <= 2 else shortened(lines, 2, width, measure)


def _draw_lines(
    draw: ImageDraw.ImageDraw, lines: list[str], pixels: int, at: tuple[int, int], colour: str
) -> None:
    left, top = at
    for line in lines:
        # All lines stand as far apart, whatever marks they have.
        draw.text((left, top + round(pixels * 1.02)), line, colour, font_at(pixels), anchor="ls")
        top += round(pixels * _LEADING)


@cache
def font_at(pixels: int) -> ImageFont.FreeTypeFont:
    """The one bold font of the site."""
    return ImageFont.truetype(FONT, pixels)


def measure_at(pixels: int) -> Measure:
    """How wide texts are at a size."""
    return font_at(pixels).getlength


@cache
def has_letter(letter: str) -> bool:
    """Whether the font has it: what it lacks all looks alike."""
    font = font_at(_NOTE)
    return letter == " " or bytes(font.getmask(letter)) != _missing(font)


@cache
def _missing(font: ImageFont.FreeTypeFont) -> bytes:
    return bytes(font.getmask("\uffff"))


@cache
def _sign() -> Image.Image:
    """Small, with round corners as in favicon.svg."""
    with Image.open(SIGN) as icon:
        sign = icon.convert("RGBA")
    corners = Image.new("L", sign.size)
    box = (0, 0, sign.width - 1, sign.height - 1)
    ImageDraw.Draw(corners).rounded_rectangle(box, sign.width * 6 // 32, 255)
    sign.putalpha(corners)
    return sign.resize((44, 44), Image.Resampling.LANCZOS)
