"""Every file of the site that is not a rendered page, as (address, bytes)."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.outputs.feeds import FEED_NAMES, feed_file
from site_builder.outputs.fixed import fixed_file, fixed_names
from site_builder.outputs.open_data import data_files
from site_builder.outputs.pictures import Darkroom
from site_builder.outputs.redirects import redirect_html
from site_builder.outputs.share_cards import share_card
from site_builder.outputs.tables import csv_file
from site_builder.pages.views import Plan, ShareCard


def output_files(
    plan: Plan, places: Mapping[str, Path], site_url: str, darkroom: Darkroom
) -> Iterator[tuple[str, bytes]]:
    """Redirects, tables, feeds, what describes the site, open data, share cards, pictures and PDFs.

    `places` tells where each asset lies on this disk, whose names may be decomposed. Addresses
    have no leading slash. `site_url` is the public address of the home page.
    """
    for redirect in plan.redirects:
        html = redirect_html(redirect.address, redirect.target, redirect.title, site_url)
        yield f"{redirect.address}index.html", html.encode()
    for sheet in plan.sheets:
        yield sheet.address, csv_file(sheet)
    for feed in plan.feeds:
        for name in FEED_NAMES:
            yield feed.folder + name, feed_file(name, feed, plan.chrome, site_url)
    yield from data_files(plan.pages, site_url)
    for file in fixed_names(plan.site):
        yield file, fixed_file(file, plan.site, site_url)
    for card in plan.shares:
        yield card.address, share_card(card, _photo_of(card, places, darkroom))
    for address, asset in {asset.address: asset for asset in plan.assets}.items():
        yield address, darkroom.published(str(places[asset.path]), asset)


def _photo_of(card: ShareCard, places: Mapping[str, Path], darkroom: Darkroom) -> bytes | None:
    photo = card.photo
    return darkroom.published(str(places[photo.path]), photo) if photo else None
