"""Brings a site up to date: finds what is stale, has it made, keeps what was done."""

import pickle
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from site_builder.building.engines import keep_engine, kept_engine
from site_builder.building.gathering import Gathering
from site_builder.building.products import Product, page_address, products
from site_builder.building.records import EVERYTHING
from site_builder.building.report import Report
from site_builder.building.searching import Searching
from site_builder.building.standing import Standing
from site_builder.building.summaries import SUMMARIES, summaries
from site_builder.building.workshop import Made, Order, Workshop, make_piece, write
from site_builder.domain.photos import PUBLISHED_SUFFIX
from site_builder.files import MADE_SUFFIX, digest_of, remove
from site_builder.outputs.open_data import DATA_FILES
from site_builder.outputs.pictures import Darkroom, cache_name
from site_builder.rendering.engine import Engine, holds_files, refuse_foreign
from site_builder.rendering.frames import FrameKey, Keys
from site_builder.search.documents import FOLDER, abbreviations, facets, index_files
from site_builder.search.writer import START
from site_builder.workers import Crew, Progress, cut

_PIECE = 100
"""Products that one process makes at a time; as few as that are made right here."""
_PHOTO_FILES = 9
"""The same of files of photos, which take a hundred times as long: those of three photos."""


def _pieces(orders: Sequence[Order]) -> list[Sequence[Order]]:
    """Orders, pictures first, as processes get them: a few photos at a time, many of the others."""
    first = sum(order.product.kind == "picture" for order in orders)
    return [*cut(orders[:first], _PHOTO_FILES), *cut(orders[first:], _PIECE)]


@dataclass
class Driver:
    """One run over one site."""

    standing: Standing
    crew: Crew
    progress: Progress | None
    report: Report
    _documents: dict[str, tuple[bytes, bytes]] = field(default_factory=dict, init=False)
    """What the search knew of pages, and what it knows now; by file, packed."""

    def __post_init__(self) -> None:
        self._gathering = Gathering(self.standing.records)

    def run(self) -> None:
        """Bring the site up to date."""
        standing, report = self.standing, self.report
        with report.timing("plan"):
            found = products(standing.loaded.require_catalogue(), standing.loaded.assets)
            stale = self._stale(found)
            engine = self._engine(found, stale)
            report.folder = engine.site_dir
            if standing.last and engine.site_dir != standing.folder:
                standing.forget()
                stale = set(found)
            if not standing.last:
                refuse_foreign(engine.site_dir)
            has_others = bool(standing.damaged) or (
                not standing.last and holds_files(engine.site_dir)
            )
        own = {file: data for file, data in engine.files if file not in found}
        kept = found.keys() | own.keys() | {*SUMMARIES, *DATA_FILES}
        # Files of the search's index come and go on their own.
        gone = (standing.files.keys() | standing.damaged) - kept
        gone -= {FOLDER + name for name in index_files(gone)}
        is_partial = standing.is_engine_known
        touched = [*stale, *own, *gone, FOLDER + START]
        standing.records.begin(touched if is_partial else [EVERYTHING])
        if len(stale) == len(found):
            standing.records.forget_asked()
        if not is_partial:
            standing.records.forget_documents()
        with report.timing("render"):
            # First of all what `refuse_foreign` knows a site by.
            for file in sorted(own, key=lambda file: (not file.startswith("assets/"), file)):
                self._write(engine, file, own[file], digest_of(own[file]))
            self._make(engine, [found[file] for file in sorted(stale)])
        with report.timing("finish"):
            pages = [file for file, product in found.items() if product.kind == "page"]
            report.pages = len(pages)
            self._sum_up(engine, sorted(pages, key=page_address))
            self._gather(engine, gone)
            searching = self._search(engine, gone)
            kept |= {FOLDER + name for name in searching.names}
            expired = (FOLDER + name for name in searching.expired())
            self._remove(engine, sorted([*gone, *expired]))
            if has_others:
                self._sweep(engine, kept | {FOLDER + name for name in searching.left})
            searching.keep()
            self._clear_cache(found, stale, gone)
            self._keep(kept)

    def _stale(self, found: dict[str, Product]) -> set[str]:
        """Products that have to be worked out anew."""
        standing = self.standing
        if standing.last is None or not standing.is_engine_known:
            return set(found)
        if standing.last.lineage != standing.now.lineage:
            return set(found)
        if standing.last.generation > standing.now.generation:  # somebody put back an old library
            return set(found)
        changed = standing.loaded.memory.changed_since(standing.last.generation)
        missing = found.keys() - standing.files.keys()
        return (standing.records.asking(changed) | missing | standing.damaged) & found.keys()

    def _engine(self, found: dict[str, Product], stale: set[str]) -> Engine:
        """The engine of the last time where it will do for what is `stale`, else a new one."""
        standing = self.standing
        keys = Keys(standing.chrome)
        pages = {file for file, product in found.items() if product.kind == "page"}
        engine = kept_engine(standing.records.engine_place, standing.engine_name)
        needed = {keys.of(page_address(file)) for file in pages & stale}
        if engine and needed <= engine.frames.keys():
            return engine
        wanted: set[FrameKey] = {keys.of(page_address(file)) for file in pages}
        # Takes half a second to load, and only a new engine needs it.
        from site_builder.rendering.mkdocs_bridge import prepare  # noqa: PLC0415

        engine = prepare(
            standing.config_file, standing.chrome, sorted(wanted), site_dir=standing.site_dir
        )
        shutil.rmtree(standing.records.templates_place, ignore_errors=True)
        standing.records.templates_place.mkdir(parents=True)
        keep_engine(standing.records.engine_place, standing.engine_name, engine)
        return engine

    # --- making ----------------------------------------------------------------------------

    def _make(self, engine: Engine, wanted: list[Product]) -> None:
        """Have products made."""
        standing = self.standing
        self.report.planned = len(wanted)
        # Pictures first: no page may lead to one that is not there yet.
        wanted = sorted(wanted, key=lambda product: product.kind != "picture")
        orders = [
            Order(product, standing.key_of(product.file, is_whole=product.kind == "share"))
            for product in wanted
        ]
        for done, made in enumerate(self._made(engine, orders), 1):
            if made.record:
                standing.files[made.file] = made.record
                self.report.changed.append(made.file)
                self._note_document(made.file, made.document)
                self._gathering.note(made.file, made.lines)
            standing.records.keep_asked(made.file, made.asked)
            if self.progress:
                self.progress(done, len(orders))

    def _made(self, engine: Engine, orders: list[Order]) -> Iterator[Made]:
        """By several processes where they are many."""
        records = self.standing.records
        workshop = Workshop(
            self.standing.loaded.project,
            records.engine_place,
            self.standing.engine_name,
            self.standing.chrome,
            records.templates_place,
            "-".join(map(str, self.standing.now)),
        )
        pieces = _pieces(orders)
        if len(pieces) <= 1 or self.crew.jobs == 1:
            workshop.library, workshop.engine = self.standing.loaded.library, engine
            yield from map(workshop.make, orders)
            return
        packed = pickle.dumps(workshop)
        for some in self.crew.spread(make_piece, [(packed, piece) for piece in pieces]):
            yield from some

    def _sum_up(self, engine: Engine, pages: list[str]) -> None:
        files, standing = self.standing.files, self.standing
        # Their keys tell nothing of settings, nor of how they are written.
        is_known = standing.is_engine_known
        for file in SUMMARIES:
            if not is_known or file in standing.damaged:
                files.pop(file, None)
        for file, data, key in summaries(engine, pages, files):
            self._write(engine, file, data, key)

    def _gather(self, engine: Engine, gone: Iterable[str]) -> None:
        """Bring open data up to date."""
        standing, files = self.standing, self.standing.files
        for file in gone:
            self._gathering.note(file, b"")
        wrong = standing.damaged if standing.is_engine_known else DATA_FILES
        for file, data in self._gathering.files(engine.site_dir, files, wrong):
            self._write(engine, file, data, digest_of(data))

    # --- search ----------------------------------------------------------------------------

    def _note_document(self, file: str, data: bytes) -> None:
        """Note what the search knows of a page now, and what it knew."""
        records = self.standing.records
        if (before := records.document(file)) != data:
            records.keep_document(file, data)
            self._documents[file] = before, data

    def _search(self, engine: Engine, gone: Iterable[str]) -> Searching:
        """Bring the index of the search up to date."""
        standing, files = self.standing, self.standing.files
        for file in gone:
            self._note_document(file, b"")
        catalogue = standing.loaded.require_catalogue()
        searching = Searching(
            standing.records, engine.site_dir, facets(catalogue), abbreviations(catalogue)
        )
        is_right = standing.is_engine_known and not index_files(standing.damaged)
        found = searching.update(self._documents, index_files(files), is_right=is_right)
        for name in sorted(found, key=lambda name: name == START):  # what leads to them comes last
            self._write(engine, FOLDER + name, found[name], digest_of(found[name]))
        return searching

    def _write(self, engine: Engine, file: str, data: bytes, key: bytes) -> None:
        """Write a file unless it lies there already."""
        files = self.standing.files
        if file in self.standing.damaged or file not in files or files[file].key != key:
            files[file] = write(engine.site_dir, file, data, key)
            self.report.changed.append(file)

    # --- clearing up -----------------------------------------------------------------------

    def _remove(self, engine: Engine, gone: Iterable[str]) -> None:
        for file in gone:
            remove(engine.site_dir / f"{file}{MADE_SUFFIX}", engine.site_dir)
            remove(engine.site_dir / file, engine.site_dir)
            self.report.removed.append(file)

    def _clear_cache(self, found: dict[str, Product], stale: set[str], gone: set[str]) -> None:
        """Drop encoded pictures that nothing shows, where that may have changed."""
        if any(file.endswith(PUBLISHED_SUFFIX) for file in (*gone, *stale)):
            Darkroom(self.standing.loaded.project.root).keep_only(
                cache_name(product.photo, product.size)
                for product in found.values()
                if product.photo and product.size
            )

    def _sweep(self, engine: Engine, kept: Iterable[str]) -> None:
        """Remove what no build of ours has left there, but for hidden files."""
        wanted, site = set(kept), engine.site_dir
        for place in sorted(site.rglob("*")):
            file = place.relative_to(site).as_posix()
            if place.is_file() and file not in wanted and not file.startswith("."):
                remove(place, site)
                self.report.removed.append(file)

    def _keep(self, kept: Iterable[str]) -> None:
        """Write down how the site stands now; last of all."""
        standing, records = self.standing, self.standing.records
        records.keep("chrome", standing.chrome_text.encode())
        records.keep("site_dir", str(self.report.folder).encode())
        for file in standing.files.keys() - set(kept):
            del standing.files[file]
        records.finish(standing.files, standing.now)
