"""What decides how share cards look, beside what they say; quick to know, and without Pillow."""

from functools import cache
from importlib.metadata import version

from site_builder.files import PACKAGE, digest_of

FONT = PACKAGE / "theme" / "assets" / "fonts" / "be-vietnam-pro-600.woff2"
SIGN = PACKAGE / "theme" / "assets" / "images" / "icon-192.png"
"""The site's sign."""
_CODE = ("drawing.py", "share_cards.py", "tones.py", "typesetting.py")


@cache
def drawing_key() -> bytes:
    """Changes when cards have to be drawn anew, and only then: each takes as long as ten pages."""
    code = (PACKAGE / "outputs" / name for name in _CODE)
    parts = [version("pillow").encode(), *(place.read_bytes() for place in (*code, FONT, SIGN))]
    return digest_of(b"".join(map(digest_of, parts)))
