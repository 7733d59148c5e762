"""Pictures as published: upright, without EXIF, GPS or other traces of camera and place."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

_QUALITY = 85


def published_bytes(place: Path) -> bytes:
    """The file as it may be published: pictures are written anew, others are as they are."""
    if place.suffix.lower() == ".pdf":
        return place.read_bytes()
    with Image.open(place) as original:
        kind = original.format or "PNG"
        # Writing from a fresh copy of the pixels leaves every kind of metadata behind.
        upright = ImageOps.exif_transpose(original)
        if upright.has_transparency_data:
            # A transparent colour of a palette is kept beside the pixels: it would be left behind.
            upright = upright.convert("RGBA")
        bare = Image.new(upright.mode, upright.size)
        if upright.palette is not None:
            bare.putpalette(upright.palette)
        bare.paste(upright)
        out = BytesIO()
        bare.save(out, kind, quality=_QUALITY, optimize=True)
        return out.getvalue()
