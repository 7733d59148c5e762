"""The whole site as data: every page, redirect and file, and what surrounds them."""

from collections.abc import Iterator, Mapping

from site_builder.addresses import Reach, address_of, asset_address, destination, source_of
from site_builder.catalogue import Catalogue
from site_builder.domain.entries import Document
from site_builder.domain.entry import AnyEntry
from site_builder.pages.bodies import assets_in, staged_body
from site_builder.pages.entries import article_page, document_page, model_page, text_page
from site_builder.pages.lists import article_lists, document_lists, model_lists
from site_builder.pages.overviews import overview_pages
from site_builder.pages.shapes import Shaper, relative
from site_builder.pages.units import unit_pages, units_with_pages
from site_builder.pages.views import Asset, Chrome, Link, Page, Plan, Redirect
from site_builder.reading.body import BodyScan, scan_body
from site_builder.relations import Relations

_MENU = (
    Link("Mô hình", "mo-hinh/"),
    Link("Lĩnh vực", "linh-vuc/"),
    Link("Tin tức", "tin-tuc/"),
    Link("Văn bản", "van-ban/"),
    Link("Đơn vị", "don-vi/"),
    Link("Thống kê", "thong-ke/"),
)


def plan_site(catalogue: Catalogue) -> Plan:
    """Plan everything that citizens see. The same catalogue gives the same plan."""
    shaper = Shaper(catalogue, units_with_pages(catalogue))
    scans = {entry.path: scan_body(entry.body) for entry in _public_entries(catalogue)}
    pages = (
        *overview_pages(shaper),
        *model_lists(shaper),
        *article_lists(shaper),
        *document_lists(shaper),
        *unit_pages(shaper),
        *_entry_pages(shaper, scans),
    )
    return Plan(
        tuple(sorted(pages, key=lambda page: page.address)),
        tuple(_redirects(catalogue)),
        tuple(_assets(catalogue, scans)),
        _chrome(catalogue),
    )


def _public_entries(catalogue: Catalogue) -> tuple[AnyEntry, ...]:
    return (
        *catalogue.models.entries,
        *catalogue.articles.entries,
        *catalogue.documents.entries,
        *catalogue.pages.entries,
    )


def _entry_pages(shaper: Shaper, scans: Mapping[str, BodyScan]) -> Iterator[Page]:
    catalogue = shaper.catalogue
    relations = Relations(catalogue)
    sources = {entry.path: source_of(address_of(entry)) for entry in _public_entries(catalogue)}

    def body(entry: AnyEntry) -> str:
        return staged_body(catalogue, entry, scans[entry.path], sources)

    for model in catalogue.models.entries:
        yield model_page(shaper, relations, model, body(model))
    for article in catalogue.articles.entries:
        yield article_page(shaper, article, body(article))
    for document in catalogue.documents.entries:
        yield document_page(shaper, document, body(document))
    for page in catalogue.pages.entries:
        yield text_page(page, body(page))


def _redirects(catalogue: Catalogue) -> Iterator[Redirect]:
    for entry in _public_entries(catalogue):
        for alias in map(relative, getattr(entry.record, "aliases", ())):
            yield Redirect(alias, relative(address_of(entry)), entry.record.title)


def _assets(catalogue: Catalogue, scans: Mapping[str, BodyScan]) -> Iterator[Asset]:
    """Files that public entries show; nothing else of the tree is ever published."""
    used: set[str] = set()
    for entry in _public_entries(catalogue):
        used.update(assets_in(entry, scans[entry.path]))
        named = [image.file for image in getattr(entry.record, "images", ())]
        if isinstance(entry.record, Document) and entry.record.file:
            named.append(entry.record.file)
        for target in named:
            goal = destination(target, entry.path)
            if goal.reach is Reach.INSIDE:
                used.add(goal.path)
    for path in sorted(used):
        yield Asset(path, relative(asset_address(path)))


def _chrome(catalogue: Catalogue) -> Chrome:
    site = catalogue.site
    standing = tuple(
        Link(page.record.title, relative(address_of(page))) for page in catalogue.pages.entries
    )
    return Chrome(
        site.name,
        site.agency,
        site.responsible,
        site.address or "",
        site.email or "",
        tuple(Link(line.number, note=line.label) for line in site.hotlines),
        Link(site.licence, url=site.licence_url),
        tuple(Link(social.name, url=social.url) for social in site.social),
        (site.sample_note or "") if site.sample else "",
        _MENU,
        (
            *standing,
            Link("Liên hệ", "lien-he/"),
            Link("Khen thưởng", "khen-thuong/"),
            # Not a <link rel="alternate">: Material's script takes any such for a translation.
            Link("Nhận tin (Atom)", "tin-tuc/atom.xml"),
        ),
    )
