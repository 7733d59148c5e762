"""Share cards: which there are, and what each says. Drawn by `outputs/share_cards.py`."""

from collections.abc import Mapping
from operator import ge

from site_builder.addresses import address_of, destination
from site_builder.catalogue import ArticleEntry, Catalogue, ModelEntry
from site_builder.domain.photos import Size
from site_builder.pages.covers import cover_of
from site_builder.pages.pictures import files_of
from site_builder.pages.shapes import Shaper, relative
from site_builder.pages.views import Asset, ShareCard

SITE_CARD = "chia-se/trang.jpg"
"""The card of all pages that have none of their own."""
PANEL = Size(468, 630)
"""The cover, or the photo, at the right of a card."""
_SITE = -1
_SHARED = ("mo-hinh/", "tin-tuc/")
"""Where entries stand that have a card."""


def share_cards(catalogue: Catalogue) -> Mapping[str, int]:
    """Every card by its address: the number of its entry, or what `share_card_of` takes for all."""
    if not catalogue.site.share_cards:
        return {}
    entries = enumerate(catalogue.library.holdings.addresses)
    own = {_beside(page): number for number, page in entries if page.startswith(_SHARED)}
    return {SITE_CARD: _SITE} | own


def share_address(catalogue: Catalogue, entry: ModelEntry | ArticleEntry) -> str:
    """The address of an entry's card; "" where none are drawn."""
    return _beside(relative(address_of(entry))) if catalogue.site.share_cards else ""


def _beside(page: str) -> str:
    return f"chia-se/{page.rstrip('/')}.jpg"


def share_card_of(shaper: Shaper, number: int) -> ShareCard:
    """What a card says."""
    if number == _SITE:
        return _site_card(shaper.catalogue)
    entry = shaper.catalogue.library.entry(number)
    return _model_card(shaper, entry) if entry.kind == "Model" else _article_card(shaper, entry)


def _site_card(catalogue: Catalogue) -> ShareCard:
    site = catalogue.site
    cover = cover_of("", SITE_CARD)
    return ShareCard(SITE_CARD, site.tagline, "", (site.agency,), site.name, "", cover)


def _model_card(shaper: Shaper, entry: ModelEntry) -> ShareCard:
    record, page = entry.record, relative(address_of(entry))
    return ShareCard(
        _beside(page),
        record.title,
        shaper.badge(record.field).text,
        shaper.unit_and_year(record),
        shaper.catalogue.site.name,
        record.field,
        cover_of(record.field, page),
        _photo(shaper.catalogue, entry),
    )


def _article_card(shaper: Shaper, entry: ArticleEntry) -> ShareCard:
    record, page = entry.record, relative(address_of(entry))
    return ShareCard(
        _beside(page),
        record.title,
        record.category.label,
        (record.date.vietnamese,),
        shaper.catalogue.site.name,
        "",
        cover_of("", page),
        _photo(shaper.catalogue, entry),
    )


def _photo(catalogue: Catalogue, entry: ModelEntry | ArticleEntry) -> Asset | None:
    """The first photo, in the smallest of its sizes that fills the panel."""
    if not entry.record.images:
        return None
    files = files_of(catalogue, destination(entry.record.images[0].file, entry.path).path)
    fitting = (file for file in files if _fills_panel(file))
    return next(fitting, files[-1])


def _fills_panel(file: Asset) -> bool:
    return file.size is not None and all(map(ge, file.size, PANEL))
