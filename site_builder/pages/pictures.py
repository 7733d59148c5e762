"""Pictures and PDFs of entries, and where they stand in the site."""

from collections.abc import Iterator

from site_builder.addresses import asset_address, photo_address
from site_builder.catalogue import Catalogue
from site_builder.domain.photos import Photo
from site_builder.pages.views import Asset, Picture, PictureFile


def assets(catalogue: Catalogue) -> Iterator[Asset]:
    """Files that public entries show; nothing else of the tree is ever published."""
    for path in catalogue.group("assets"):
        photo = catalogue.library.photo(path)
        if photo is None:
            yield Asset(path, asset_address(path).lstrip("/"))
        else:
            for size in photo.sizes:
                address = photo_address(path, photo, size.width).lstrip("/")
                yield Asset(path, address, photo, size)


def file_address(catalogue: Catalogue, path: str) -> str:
    """Where a link to a picture or PDF leads; the largest picture, as originals stay here."""
    photo = catalogue.library.photo(path)
    if photo is None:
        return asset_address(path).lstrip("/")
    return photo_address(path, photo, photo.sizes[-1].width).lstrip("/")


def picture_of(
    catalogue: Catalogue, path: str, alt: str = "", caption: str = "", credit: str = ""
) -> Picture:
    """A picture of the tree as pages show it."""
    photo = catalogue.library.photo(path)
    if photo is None:
        raise ValueError(f"an unchecked picture reached planning: {path}")
    files = tuple(_files(path, photo))
    return Picture(files[-1].address, alt, caption, credit, *photo.sizes[-1], files)


def _files(path: str, photo: Photo) -> Iterator[PictureFile]:
    for size in photo.sizes:
        yield PictureFile(photo_address(path, photo, size.width).lstrip("/"), size.width)
