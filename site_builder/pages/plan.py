"""The whole site as data: which pages, redirects and files there are, and what each shows.

`site_map` says what there is, which is quick; `page_of` works out one page, which is not. Both
look at the catalogue only, so its ledger knows what each answer depends on.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from site_builder.addresses import address_of
from site_builder.catalogue import Catalogue
from site_builder.domain.entry import AnyEntry, Entry
from site_builder.pages.bodies import staged_body
from site_builder.pages.entries import (
    article_page,
    document_page,
    model_page,
    text_page,
)
from site_builder.pages.feeds import feed_folders, feed_in
from site_builder.pages.indexes import list_place, list_plan, lists_of
from site_builder.pages.lists import list_page, older_pages, page_address
from site_builder.pages.overviews import OVERVIEWS
from site_builder.pages.pictures import assets
from site_builder.pages.shapes import Shaper, relative
from site_builder.pages.sharing import SITE_CARD, share_card_of, share_cards
from site_builder.pages.sheets import SHEETS, sheet_of
from site_builder.pages.units import unit_list, unit_page, units_page
from site_builder.pages.views import Chrome, Link, Page, Plan, Redirect

_MENU = (
    Link("Mô hình", "mo-hinh/"),
    Link("Lĩnh vực", "linh-vuc/"),
    Link("Tin tức", "tin-tuc/"),
    Link("Văn bản", "van-ban/"),
    Link("Đơn vị", "don-vi/"),
    Link("Thống kê", "thong-ke/"),
)


class Job(NamedTuple):
    """A page to be worked out."""

    kind: str
    key: str = ""
    number: int = 0
    """Of a page of a list; 0 is the first."""


def plan_site(catalogue: Catalogue) -> Plan:
    """Plan everything that citizens see. The same catalogue gives the same plan."""
    shaper = Shaper(catalogue)
    return Plan(
        tuple(page_of(shaper, job) for _, job in sorted(site_map(catalogue).items())),
        tuple(redirects(catalogue)),
        tuple(assets(catalogue)),
        tuple(share_card_of(shaper, number) for number in share_cards(catalogue).values()),
        tuple(feed_in(catalogue, folder) for folder in feed_folders(catalogue)),
        tuple(sheet_of(shaper, name) for name in SHEETS),
        chrome_of(catalogue),
        catalogue.site,
    )


def site_map(catalogue: Catalogue) -> dict[str, Job]:
    """Every page of the site: its address and how to work it out."""
    found = {address: Job("overview", address) for address in OVERVIEWS}
    found["don-vi/"] = Job("units")
    for kind, key in lists_of(catalogue):
        address, shelf = list_place(catalogue, kind, key)
        for number in range(older_pages(len(shelf)) + 1):
            found[page_address(address, number)] = Job(kind, key, number)
    for unit_id in catalogue.group("shown"):
        found[f"don-vi/{unit_id}/"] = Job("unit", unit_id)
        older = older_pages(len(catalogue.by_line[unit_id]))
        for number in range(1, older + 1):
            found[page_address(f"don-vi/{unit_id}/", number)] = Job("unit-list", unit_id, number)
    for number, address in enumerate(catalogue.library.holdings.addresses):
        if address:
            found[address] = Job("entry", "", number)
    return found


def public_files(catalogue: Catalogue) -> set[str]:
    """The file of every page and redirect that citizens may see."""
    aliases = (alias.lstrip("/") for alias in catalogue.group("aliases"))
    return {f"{address}index.html" for address in (*site_map(catalogue), *aliases)}


def page_of(shaper: Shaper, job: Job) -> Page:
    """The page of one job."""
    if job.kind == "entry":
        return _entry_page(shaper, job.number)
    if job.kind == "overview":
        return OVERVIEWS[job.key](shaper)
    if job.kind == "units":
        return units_page(shaper)
    if job.kind == "unit":
        return unit_page(shaper, job.key)
    if job.kind == "unit-list":
        return list_page(unit_list(shaper, job.key), job.number)
    return list_page(list_plan(shaper, job.kind, job.key), job.number)


def _entry_page(shaper: Shaper, number: int) -> Page:
    entry = shaper.catalogue.library.entry(number)
    body, pictures = staged_body(shaper.catalogue, entry)
    make: dict[str, Callable[[Shaper, Entry[Any], str], Page]] = {
        "Model": model_page,
        "Article": article_page,
        "Document": document_page,
        "Page": text_page,
    }
    page = make[entry.kind](shaper, entry, body)
    return replace(page, pictures=pictures) if pictures else page


def redirects(catalogue: Catalogue) -> Iterator[Redirect]:
    """Old addresses, each leading to the page of its entry."""
    for alias in catalogue.group("aliases"):
        yield redirect_of(catalogue, alias)


def redirect_of(catalogue: Catalogue, alias: str) -> Redirect:
    """The redirect at one old address."""
    (entry,) = catalogue.group("aliases")[alias]
    return Redirect(relative(alias), relative(address_of(entry)), entry.record.title)


def chrome_of(catalogue: Catalogue) -> Chrome:
    """What every page prints around its content."""
    site = catalogue.site
    standing = tuple(_standing(page) for page in catalogue.pages)
    return Chrome(
        site.name,
        site.agency,
        site.responsible,
        site.address or "",
        site.email or "",
        tuple(Link(line.number, url=line.url, note=line.label) for line in site.hotlines),
        Link(site.licence, url=site.licence_url),
        tuple(Link(social.name, url=social.url) for social in site.social),
        (site.sample_note or "") if site.sample else "",
        _MENU,
        (
            *standing,
            Link("Liên hệ", "lien-he/"),
            Link("Khen thưởng", "khen-thuong/"),
            Link("Dữ liệu mở", "du-lieu/"),
            Link("Nhận tin (Atom)", "tin-tuc/atom.xml"),
        ),
        SITE_CARD if site.share_cards else "",
        tuple((row.id, row.colour) for row in catalogue.fields.values()),
    )


def _standing(page: AnyEntry) -> Link:
    return Link(page.record.title, relative(address_of(page)))
