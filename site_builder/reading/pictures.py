"""Whether a picture can be published, from its header alone."""

import warnings
from pathlib import Path

PIXEL_LIMIT = 100_000_000
"""Pixels of the largest picture taken; phones of today make 50 to 200 million at most."""
_FORMATS = ("JPEG", "PNG", "WEBP")


def picture_fault(place: Path) -> str | None:
    """Why the picture cannot be used, in Vietnamese, or None."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most checks see no picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(place, formats=_FORMATS) as picture:
                width, height = picture.size
                picture.verify()
    except UnidentifiedImageError:
        return "không phải ảnh JPEG, PNG hay WebP"
    except Image.DecompressionBombError:
        return "quá nhiều điểm ảnh"
    except (OSError, SyntaxError, ValueError):
        return "tệp hỏng hoặc chưa chép xong"
    if width * height > PIXEL_LIMIT:
        return f"quá lớn, {width} × {height} điểm"
    return None
