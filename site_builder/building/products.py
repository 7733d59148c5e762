"""What there is to build: every file of the site that content decides, and how to make it."""

from collections.abc import Mapping
from typing import NamedTuple

from site_builder.catalogue import Catalogue
from site_builder.domain.photos import Photo, Size
from site_builder.files import Stamp
from site_builder.outputs.feeds import FEED_NAMES
from site_builder.outputs.fixed import fixed_names
from site_builder.pages.feeds import feed_folders
from site_builder.pages.pictures import assets
from site_builder.pages.plan import Job, site_map
from site_builder.pages.sharing import share_cards
from site_builder.pages.sheets import SHEETS
from site_builder.pages.views import sheet_address
from site_builder.reading.find import SourceFile


class Product(NamedTuple):
    """A file of the site that is still to be made. Plain, so that any process can make it."""

    file: str
    """POSIX path in the site."""
    kind: str
    """page, redirect, asset, picture, share, feed, sheet or fixed."""
    job: Job | None = None
    """Of a page or of a share card."""
    subject: str = ""
    """Of a redirect the old address, an asset or a picture its path in the project, a feed its
    folder, a sheet its name."""
    source: str = ""
    """Of an asset or a picture: where it lies on this disk."""
    stamp: Stamp | None = None
    photo: Photo | None = None
    """Of a picture, with the size that is wanted."""
    size: Size | None = None


def products(catalogue: Catalogue, files: Mapping[str, SourceFile]) -> dict[str, Product]:
    """Every product by its file; `files` are the assets of the tree."""
    found = {}
    for address, job in site_map(catalogue).items():
        file = f"{address}index.html"
        found[file] = Product(file, "page", job)
    for alias in catalogue.group("aliases"):
        file = f"{alias.lstrip('/')}index.html"
        found[file] = Product(file, "redirect", subject=alias)
    for asset in assets(catalogue):
        source = files[asset.path]
        found[asset.address] = Product(
            asset.address,
            "picture" if asset.photo else "asset",
            None,
            asset.path,
            source.place,
            source.stamp,
            asset.photo,
            asset.size,
        )
    for file, number in share_cards(catalogue).items():
        found[file] = Product(file, "share", Job("share", number=number))
    for name in SHEETS:
        file = sheet_address(name)
        found[file] = Product(file, "sheet", subject=name)
    for folder in feed_folders(catalogue):
        for name in FEED_NAMES:
            found[folder + name] = Product(folder + name, "feed", subject=folder)
    for file in fixed_names(catalogue.site):
        found[file] = Product(file, "fixed")
    return found


def page_address(file: str) -> str:
    """The address of the page in a file of the site."""
    return file.removesuffix("index.html")
