"""Pictures and PDFs of entries, and where they stand in the site."""

from collections.abc import Iterator

from site_builder.addresses import asset_address, photo_address
from site_builder.catalogue import Catalogue
from site_builder.pages.views import Asset, Picture, PictureFile


def assets(catalogue: Catalogue) -> Iterator[Asset]:
    """Files that public entries show; nothing else of the tree is ever published."""
    for path in catalogue.group("assets"):
        yield from files_of(catalogue, path)


def files_of(catalogue: Catalogue, path: str) -> tuple[Asset, ...]:
    """What is published of a file of the tree: a picture in each of its sizes, narrowest first."""
    photo = catalogue.library.photo(path)
    if photo is None:
        return (Asset(path, asset_address(path).lstrip("/")),)
    return tuple(
        Asset(path, photo_address(path, photo, size.width).lstrip("/"), photo, size)
        for size in photo.sizes
    )


def file_address(catalogue: Catalogue, path: str) -> str:
    """Where a link to a picture or PDF leads; the largest picture, as originals stay here."""
    return files_of(catalogue, path)[-1].address


def picture_of(
    catalogue: Catalogue, path: str, alt: str = "", caption: str = "", credit: str = ""
) -> Picture:
    """A picture of the tree as pages show it."""
    photo = catalogue.library.photo(path)
    if photo is None:
        raise ValueError(f"an unchecked picture reached planning: {path}")
    files = tuple(
        PictureFile(file.address, size.width)
        for file, size in zip(files_of(catalogue, path), photo.sizes, strict=True)
    )
    return Picture(files[-1].address, alt, caption, credit, *photo.sizes[-1], files)
