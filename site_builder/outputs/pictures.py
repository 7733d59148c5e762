"""Pictures as published: WebP, upright, in sRGB, without EXIF, GPS or other traces of the camera.

Whatever was encoded is kept under the digest of its original: a site that is built anew, or an
original that was renamed, costs no more than a copy. The originals themselves are not published.
"""

from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.diagnostics import EngineFailed, SourceChanged, why_unread
from site_builder.domain.photos import Photo, Size
from site_builder.files import Damaged, read_whole, sealed, unsealed, write_whole
from site_builder.loading import FOLDER
from site_builder.pages.views import Asset
from site_builder.reading.pictures import QUALITY, Unfit, load, open_picture, photo_digest, turned

if TYPE_CHECKING:
    from PIL.Image import Image

_EFFORT = 4
"""Of WebP's encoder, 0 to 6: 6 takes twice as long for a fiftieth of the bytes."""


class Darkroom:
    """Makes the files of photos of the project in `root`.

    Those of one photo should be asked for one after the other: it is then opened once.
    """

    def __init__(self, root: Path) -> None:
        self._cache = root / FOLDER / "pictures"
        self._print: tuple[str, Image] | None = None
        """The photo that was opened last, in the largest size in which it is published."""

    def file(self, place: str, photo: Photo, size: Size) -> bytes:
        """The file of a photo, which lies at `place`, in one of its sizes.

        Raises `SourceChanged` where the photo is no longer the one that was looked at.
        """
        name = cache_name(photo, size)
        data = self._kept(name)
        if data is None:
            data = _encoded(self._opened(place, photo), size)
            self._keep(name, data)
        return data

    def published(self, place: str, asset: Asset) -> bytes:
        """A file of the project, which lies at `place`, as it is published."""
        if asset.photo and asset.size:
            return self.file(place, asset.photo, asset.size)
        return original(place)

    def keep_only(self, names: Iterable[str]) -> None:
        """Drop what is kept under other names."""
        wanted = set(names)
        if self._cache.is_dir():
            for place in self._cache.iterdir():
                if place.name not in wanted:
                    with suppress(OSError):
                        place.unlink()

    def _kept(self, name: str) -> bytes | None:
        try:
            return unsealed(read_whole(str(self._cache / name)), name.encode())
        except (OSError, Damaged):
            return None

    def _keep(self, name: str, data: bytes) -> None:
        with suppress(OSError):  # where nothing can be kept, all is encoded again the next time
            write_whole(str(self._cache / name), sealed(data, name.encode()))

    def _opened(self, place: str, photo: Photo) -> "Image":
        if self._print is None or self._print[0] != photo.digest:
            self._print = photo.digest, _developed(place, photo)
        return self._print[1]


def original(place: str) -> bytes:
    """The bytes of a file of the project. Raises `SourceChanged` where it is gone."""
    try:
        return read_whole(place)
    except FileNotFoundError as error:
        raise SourceChanged(place) from error
    except OSError as error:
        raise EngineFailed(
            f"Không đọc được tệp {place} ({why_unread(error)}). Sửa xong thì dựng lại; trang có "
            "thể dở dang, lần dựng sau sẽ làm nốt."
        ) from error


def cache_name(photo: Photo, size: Size) -> str:
    """Under which name a file is kept."""
    return f"{photo.digest}-{size.width}"


def _developed(place: str, photo: Photo) -> "Image":
    """The photo upright, in sRGB, in the largest size in which it is published."""
    data = original(place)
    if photo_digest(data) != photo.digest:
        raise SourceChanged(place)
    largest = photo.sizes[-1]
    try:
        picture = open_picture(data)
        # JPEG comes at a half, a quarter or an eighth in a fraction of the time.
        width, height = picture.size  # which may lie on its side
        most, whole = max(largest), max(width, height)
        picture.draft(None, (max(1, width * most // whole), max(1, height * most // whole)))
        load(picture)
    except Unfit as error:  # it was fit when it was looked at: not enough memory, for one
        raise EngineFailed(
            f"Không đọc được ảnh {place} ({error}). Đóng bớt chương trình khác hoặc xuất lại ảnh "
            "nhỏ hơn rồi dựng lại; trang có thể dở dang, lần dựng sau sẽ làm nốt."
        ) from error
    profile = picture.info.get("icc_profile")
    upright = _plain(turned(picture))
    return _in_srgb(_resized(upright, largest), profile)


def _plain(picture: "Image") -> "Image":
    """In a mode that can be resized and seen: grey, colour, print colours, or with see-through."""
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):  # 16 bits of grey; Pillow would cut off what is above 255
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _in_srgb(picture: "Image", profile: bytes | None) -> "Image":
    """The colours of the photo's own profile as browsers show them without one."""
    from PIL import ImageCms  # noqa: PLC0415

    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            wanted = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(picture, own, wanted, outputMode=mode)
            return found or picture
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a profile that is broken, or for other colours than these
    return picture.convert(mode)


def _resized(picture: "Image", size: Size) -> "Image":
    from PIL.Image import Resampling  # noqa: PLC0415

    return picture if picture.size == size else picture.resize(size, Resampling.LANCZOS)


def _encoded(picture: "Image", size: Size) -> bytes:
    from PIL import Image  # noqa: PLC0415

    smaller = _resized(picture, size)
    # From a fresh copy of the pixels: everything else is left behind.
    bare = Image.frombytes(smaller.mode, smaller.size, smaller.tobytes())
    out = BytesIO()
    bare.save(out, "WEBP", quality=QUALITY, method=_EFFORT)
    return out.getvalue()
