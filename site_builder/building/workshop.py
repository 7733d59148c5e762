"""Makes products: plans them, sees whether they are as they were, renders and writes them."""

import gc
import pickle
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from site_builder.building import gathering, searching
from site_builder.building.engines import kept_engine
from site_builder.building.products import Product
from site_builder.building.records import Record
from site_builder.catalogue import Catalogue
from site_builder.config import Project
from site_builder.files import Damaged, digest_of, is_settled, write_whole
from site_builder.library.cells import asset_at
from site_builder.library.library import Library
from site_builder.loading import Memory, open_library
from site_builder.outputs.feeds import feed_file
from site_builder.outputs.fixed import fixed_file
from site_builder.outputs.open_data import lines_of
from site_builder.outputs.pictures import Darkroom, original
from site_builder.outputs.redirects import redirect_html
from site_builder.outputs.share_key import drawing_key
from site_builder.outputs.tables import csv_file
from site_builder.pages.feeds import feed_in
from site_builder.pages.plan import page_of, redirect_of
from site_builder.pages.shapes import Shaper
from site_builder.pages.sharing import share_card_of
from site_builder.pages.sheets import sheet_of
from site_builder.pages.views import Chrome
from site_builder.rendering.engine import Engine
from site_builder.rendering.renderer import Renderer
from site_builder.search.documents import document_of

_MOST_OPENED = 40_000
"""Entries that a process keeps at hand between two pieces: some 5 KB each."""
_FORMAT = b"1"
"""Part of every key: a new number makes everything anew."""


class Order(NamedTuple):
    """A product to be made."""

    product: Product
    key: bytes | None
    """Of the file that lies in the site; None where there is none that could stay."""


class Made(NamedTuple):
    """A product that is in the site as it should be."""

    file: str
    record: Record | None
    """None where the file that lies in the site is right already."""
    updated: str
    asked: frozenset[str]
    document: bytes = b""
    """What the search knows of a page, packed."""
    lines: bytes = b""
    """What open data say of it, packed."""


@dataclass
class Workshop:
    """All that making takes. Handed to other processes without what can be had there."""

    project: Project
    engine_place: Path
    """Where the engine is kept."""
    engine_name: bytes
    chrome: Chrome
    cache: Path
    """Folder of compiled templates."""
    state: str
    """Names the state of the library: in a preview, processes live on while it changes."""
    library: Library | None = field(default=None, repr=False)

    def __getstate__(self) -> dict[str, object]:
        own = ("project", "engine_place", "engine_name", "chrome", "cache", "state")
        return {name: getattr(self, name) for name in own} | {"library": None}

    @cached_property
    def engine(self) -> Engine:
        """What rendering needs of MkDocs."""
        engine = kept_engine(self.engine_place, self.engine_name)
        if engine is None:
            raise Damaged
        return engine

    @cached_property
    def shaper(self) -> Shaper:
        """Plans pages."""
        return Shaper(Catalogue(self.library or self._kept_library()))

    def _kept_library(self) -> Library:
        return open_library(self.project, self.memory, {})

    @cached_property
    def memory(self) -> Memory:
        """Where a process of its own finds what the parent has read."""
        return Memory(self.project.root)

    @cached_property
    def renderer(self) -> Renderer:
        """Renders pages."""
        return Renderer(self.engine, self.chrome, cache=self.cache)

    @cached_property
    def darkroom(self) -> Darkroom:
        """Makes the files of pictures."""
        return Darkroom(self.project.root)

    def rest(self) -> None:
        """Let go of what can be had again, before it fills the memory."""
        self.shaper.catalogue.library.forget_opened(_MOST_OPENED)

    def make(self, order: Order) -> Made:
        """Make one product, unless the file that lies in the site shows the same."""
        product = order.product
        if product.kind == "picture":  # needs no library, which a process would have to open
            return self._picture(order)
        with self.shaper.catalogue.library.ledger.recording() as asked:
            makers = {"page": self._page, "asset": self._asset, "share": self._share}
            make = makers.get(product.kind, self._small)
            return make(order, asked)

    def _page(self, order: Order, asked: set[str]) -> Made:
        product = order.product
        assert product.job is not None
        page = page_of(self.shaper, product.job)
        key = _key(repr(page))
        if key == order.key:
            return Made(product.file, None, page.updated, frozenset(asked))
        html = self.renderer.render(page)
        record = self._write(product.file, html, key, page.updated)
        document = searching.packed(document_of(page))
        lines = gathering.packed(lines_of(page.rows, self.engine.site_url))
        return Made(product.file, record, page.updated, frozenset(asked), document, lines)

    def _asset(self, order: Order, asked: set[str]) -> Made:
        product = order.product
        self.shaper.catalogue.library.asset(product.subject)
        # What may still change under this stamp is made again the next time.
        is_settled_now = product.stamp is not None and is_settled(product.stamp, time.time_ns())
        key = _key(repr(product.stamp)) if is_settled_now else b""
        if key and key == order.key:
            return Made(product.file, None, "", frozenset(asked))
        data = original(product.source)
        return Made(product.file, self._write(product.file, data, key), "", frozenset(asked))

    def _picture(self, order: Order) -> Made:
        product = order.product
        assert product.photo and product.size
        asked = frozenset([asset_at(product.subject)])
        key = _key(f"{product.photo.digest} {product.size.width}")
        if key == order.key:
            return Made(product.file, None, "", asked)
        data = self.darkroom.file(product.source, product.photo, product.size)
        return Made(product.file, self._write(product.file, data, key), "", asked)

    def _share(self, order: Order, asked: set[str]) -> Made:
        product = order.product
        assert product.job is not None
        card = share_card_of(self.shaper, product.job.number)
        key = _key(repr((card, drawing_key())))
        if key == order.key:
            return Made(product.file, None, "", frozenset(asked))
        from site_builder.outputs.share_cards import share_card  # noqa: PLC0415 - loads Pillow

        place, photo = self.shaper.catalogue.library.place, card.photo
        shown = self.darkroom.published(place(photo.path), photo) if photo else None
        data = share_card(card, shown)
        return Made(product.file, self._write(product.file, data, key), "", frozenset(asked))

    def _small(self, order: Order, asked: set[str]) -> Made:
        """A product that is cheaper to make than to compare."""
        data = self._small_data(order.product)
        key = _key(repr(data))
        if key == order.key:
            return Made(order.product.file, None, "", frozenset(asked))
        record = self._write(order.product.file, data, key)
        return Made(order.product.file, record, "", frozenset(asked))

    def _small_data(self, product: Product) -> bytes:
        catalogue, site_url = self.shaper.catalogue, self.engine.site_url
        if product.kind == "redirect":
            redirect = redirect_of(catalogue, product.subject)
            html = redirect_html(redirect.address, redirect.target, redirect.title, site_url)
            return html.encode()
        if product.kind == "sheet":
            return csv_file(sheet_of(self.shaper, product.subject))
        if product.kind == "fixed":
            return fixed_file(product.file, catalogue.site, site_url)
        feed = feed_in(catalogue, product.subject)
        return feed_file(product.file.removeprefix(feed.folder), feed, self.chrome, site_url)

    def _write(self, file: str, data: bytes, key: bytes, updated: str = "") -> Record:
        return write(self.engine.site_dir, file, data, key, updated)


def write(site: Path, file: str, data: bytes, key: bytes, updated: str = "") -> Record:
    """Write a file of the site; its record."""
    return Record(key, len(data), write_whole(f"{site}/{file}", data), updated)


def _key(shown: str) -> bytes:
    return digest_of(_FORMAT + shown.encode())


# --- in a process of its own --------------------------------------------------------------

_own: dict[bytes, Workshop] = {}
"""The workshop of this process, by its pickle: set up once, used for all pieces."""


def make_piece(work: tuple[bytes, Sequence[Order]]) -> list[Made]:
    """Make products with the workshop that is pickled in `work`."""
    packed, orders = work
    if packed not in _own:
        _own.clear()
        _own[packed] = pickle.loads(packed)
        gc.disable()
    try:
        made = [_own[packed].make(order) for order in orders]
    finally:
        _own[packed].memory.close()  # Windows removes no file that is open
    gc.collect(1)  # what this piece has left; the entries of the library stay unlooked at
    _own[packed].rest()
    return made
