"""Looks at pictures: how large they are, and whether they can be published.

A picture is looked at once, whole; what was seen is kept with the stamp of its file.
"""

import warnings
from collections.abc import Sequence
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING

from site_builder.diagnostics import why_unread
from site_builder.domain.photos import WIDTHS, Photo
from site_builder.files import read_whole

if TYPE_CHECKING:
    from PIL.Image import Image

PIXEL_LIMIT = 100_000_000
"""Pixels of the largest picture taken; phones of today make 50 to 200 million at most."""
QUALITY = 80
"""Of published pictures, as WebP counts it."""

_SETTINGS = f"1 {WIDTHS} {QUALITY}".encode()
"""Another number where the same file is to become other pictures."""
_FORMATS = ("JPEG", "PNG", "WEBP")
_HEIC = ("HEIF",)
_MOVING = ("PNG", "WEBP")
"""Formats in which more than one picture is a film; phones put small copies behind a JPEG."""
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""What stands a picture upright, as `PIL.Image.Transpose` counts, by EXIF's orientation."""
_TORN = "tệp hỏng hoặc chưa chép xong"
_NO_PICTURE = "không phải ảnh JPEG, PNG, WebP hay HEIC"


class Unfit(Exception):
    """A picture cannot be published; says why, in Vietnamese."""


def look_at_all(places: Sequence[str]) -> list[Photo]:
    """Look at the pictures that lie at `places` on this disk."""
    return [look_at(place) for place in places]


def look_at(place: str) -> Photo:
    """Look at a picture, fit or not."""
    try:
        data = read_whole(place)
        picture = open_picture(data)
        width, height = picture.size
        # An eighth of a JPEG says as well whether all of it is there.
        is_smaller = picture.draft(None, (1, 1)) is not None
        load(picture)
        if not is_smaller:  # HEIC knows for sure now
            width, height = picture.size
        if _orientation(picture) > 4:
            width, height = height, width
        return Photo(photo_digest(data), width, height)
    except OSError as error:
        return Photo(fault=f"không mở được tệp: {why_unread(error)}")
    except Unfit as error:
        return Photo(fault=str(error))


def photo_digest(data: bytes) -> str:
    """Tells one picture from another, and one way of publishing it from another."""
    return blake2b(_SETTINGS + data, digest_size=16).hexdigest()


def open_picture(data: bytes) -> "Image":
    """A picture of which only the header was read. Raises `Unfit`."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most runs see no picture

    formats = _formats(data)
    try:
        with warnings.catch_warnings(action="ignore"):  # writers are told in their own words
            picture = Image.open(BytesIO(data), formats=formats)
    except UnidentifiedImageError as error:
        raise Unfit(_TORN if formats == _HEIC else _NO_PICTURE) from error
    except Image.DecompressionBombError:
        raise Unfit("quá nhiều điểm ảnh") from None
    except Exception as error:  # whatever a decoder says of bytes that it cannot read
        raise Unfit(_TORN) from error
    width, height = picture.size
    if width * height > PIXEL_LIMIT:
        raise Unfit(f"quá lớn, {width} × {height} điểm")
    if picture.format in _MOVING and getattr(picture, "is_animated", False):
        raise Unfit("ảnh động")
    return picture


def load(picture: "Image") -> None:
    """Read the pixels of an opened picture. Raises `Unfit`."""
    try:
        picture.load()
    except Exception as error:  # the same
        raise Unfit(_TORN) from error


def turned(picture: "Image") -> "Image":
    """A loaded picture as it is held upright."""
    from PIL.Image import Transpose  # noqa: PLC0415

    turn = _TURNS.get(_orientation(picture))
    return picture if turn is None else picture.transpose(Transpose(turn))


def _orientation(picture: "Image") -> int:
    """By EXIF, 1 to 8; from 5 the camera was held on its side."""
    try:
        with warnings.catch_warnings(action="ignore"):
            found = picture.getexif().get(_ORIENTATION)
    except Exception:  # EXIF is what each maker makes of it
        return 1
    return found if isinstance(found, int) and found in _TURNS else 1


def _formats(data: bytes) -> tuple[str, ...]:
    """The formats that the file may have, whatever its name says: phones send HEIC as .jpg."""
    if data[4:8] != b"ftyp":
        return _FORMATS
    import pi_heif  # type: ignore[import-untyped] # noqa: PLC0415 - few pictures need it

    if not pi_heif.is_supported(BytesIO(data)):
        raise Unfit(_NO_PICTURE)
    pi_heif.register_heif_opener()
    return _HEIC
