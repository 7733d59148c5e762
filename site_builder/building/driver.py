"""Decides what of a site is stale, has it made, and keeps what was done for the next time."""

import pickle
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from site_builder.building.products import Product, page_address, products
from site_builder.building.records import EVERYTHING, BuiltFrom, Record, Records
from site_builder.building.report import Report
from site_builder.building.summaries import summaries, summary_files
from site_builder.building.workshop import Made, Order, Workshop, make_piece, write
from site_builder.diagnostics import EngineFailed
from site_builder.files import MADE_SUFFIX, code_digest, digest_of, remove, write_whole
from site_builder.loading import FOLDER, Loaded, Progress
from site_builder.pages.plan import chrome_of
from site_builder.pages.views import Chrome
from site_builder.rendering.engine import Engine, refuse_foreign
from site_builder.rendering.engine_key import engine_key
from site_builder.rendering.frames import FrameKey, Keys
from site_builder.workers import Crew, cut

_PIECE = 100
"""Products that one process makes at a time; as few as that are made right here."""


@dataclass
class Build:
    """One run of the driver."""

    loaded: Loaded
    config_file: Path
    crew: Crew
    site_dir: Path | None = None
    progress: Progress | None = None
    report: Report = field(default_factory=lambda: Report(Path()))

    def run(self) -> Report:
        """Bring the site of what was loaded up to date.

        Raises `ContentFaults` before anything is touched, `EngineFailed` where settings or the
        disk do not allow it, `SourceChanged` where a file was edited meanwhile: the next run mends.
        """
        try:
            self._run()
        except OSError as error:
            raise EngineFailed(
                f"Không ghi được trang ({error.strerror}: {error.filename}). "
                "Trang có thể dở dang; sửa xong rồi dựng lại, lần dựng sau sẽ làm nốt."
            ) from error
        finally:
            self.records.close()
        return self.report

    def _run(self) -> None:
        with self.report.timing("look"):
            self.report.folder = self._site_before()
            damaged = self._damaged()
            if self._is_as_built() and not damaged:
                self.report.pages = sum(file.endswith("index.html") for file in self.files)
                return
        with self.report.timing("plan"):
            found = products(self.loaded.require_catalogue(), self.loaded.library.assets)
            engine = self._engine(found)
            self.report.folder = engine.site_dir
            if not self.last:
                refuse_foreign(engine.site_dir)
            stale = self._stale(found, damaged)
        own = {file: data for file, data in engine.files if file not in found}
        kept = found.keys() | own.keys() | summary_files(engine)
        gone = sorted((self.files.keys() | damaged) - kept)
        self.records.begin([*stale, *own, *gone] if self._is_engine_known else [EVERYTHING])
        with self.report.timing("render"):
            self._make(engine, [found[file] for file in sorted(stale)], damaged)
            self._write_own(engine, own, damaged)
        with self.report.timing("finish"):
            pages = [file for file, product in found.items() if product.kind == "page"]
            pages.sort(key=page_address)
            self._write_summaries(engine, pages, damaged)
            self._remove(engine.site_dir, gone)
            if not self.last:
                self._sweep(engine.site_dir, kept)
            self.report.pages = len(pages)
            self.files = {file: record for file, record in self.files.items() if file in kept}
            self.records.keep("chrome", pickle.dumps(self.chrome))
            self.records.finish(self.files, self.now)

    # --- what is there ---------------------------------------------------------------------

    @cached_property
    def records(self) -> Records:
        """What was built the last time."""
        return Records(self.loaded.project.root / FOLDER, self.site_dir)

    @cached_property
    def last(self) -> BuiltFrom | None:
        """What the site was built from."""
        return self.records.built_from()

    @cached_property
    def files(self) -> dict[str, Record]:
        """Every file of the site, brought up to date as we go."""
        return self.records.files() if self.last else {}

    @cached_property
    def chrome(self) -> Chrome:
        """What surrounds every page."""
        header = self.loaded.header
        if self.last and self.last[:2] == (header.lineage, header.generation):
            chrome: Chrome = pickle.loads(self.records.kept("chrome"))
            return chrome
        return chrome_of(self.loaded.require_catalogue())

    @cached_property
    def now(self) -> BuiltFrom:
        """What the site is to be built from."""
        header = self.loaded.header
        key = engine_key(self.config_file, self.chrome)
        return BuiltFrom(header.lineage, header.generation, code_digest(), key)

    def _is_as_built(self) -> bool:
        return self.last == self.now

    @property
    def _is_engine_known(self) -> bool:
        """Whether frames, templates and program are those of the last time."""
        return self.last is not None and self.last[2:] == self.now[2:]

    def _site_before(self) -> Path:
        try:
            return Path(self.records.kept("site_dir").decode()) if self.last else Path()
        except KeyError:
            return Path()

    def _damaged(self) -> set[str]:
        """Files that are not as they were left: somebody touched them, or a build was killed."""
        journal = self.records.journal() if self.last else []
        if EVERYTHING in journal:
            return set(self.files)
        return {
            *journal,
            *(file for file, record in self.files.items() if not self._lies(file, record)),
        }

    def _lies(self, file: str, record: Record) -> bool:
        """Whether a file of the site is as it was written."""
        try:
            status = (self.report.folder / file).stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (record.size, record.modified)

    def _stale(self, found: dict[str, Product], damaged: set[str]) -> set[str]:
        """Products that have to be worked out anew."""
        if self.last is None or self.last.lineage != self.now.lineage or not self._is_engine_known:
            return set(found)
        changed = self.loaded.memory.changed_since(self.last.generation)
        missing = found.keys() - self.files.keys()
        return (self.records.asking(changed) | missing | damaged) & found.keys()

    # --- making ----------------------------------------------------------------------------

    def _engine(self, found: dict[str, Product]) -> Engine:
        """The engine of the last time where it will do, else a new one."""
        keys = Keys(self.chrome)
        place = self.records.engine_place
        if self._is_engine_known and place.is_file():
            engine: Engine = pickle.loads(place.read_bytes())
            new = (file for file in found.keys() - self.files.keys())
            if all(keys.of(page_address(file)) in engine.frames for file in new):
                return engine
        wanted: set[FrameKey] = {
            keys.of(page_address(file)) for file, p in found.items() if p.kind == "page"
        }
        # Takes half a second to load, and only a new engine needs it.
        from site_builder.rendering.mkdocs_bridge import prepare  # noqa: PLC0415

        engine = prepare(self.config_file, self.chrome, sorted(wanted), site_dir=self.site_dir)
        shutil.rmtree(self.records.templates_place, ignore_errors=True)
        self.records.templates_place.mkdir(parents=True)
        write_whole(place, pickle.dumps(engine))
        self.records.keep("site_dir", str(engine.site_dir).encode())
        return engine

    def _make(self, engine: Engine, wanted: list[Product], damaged: set[str]) -> None:
        """Have products made, by several processes where they are many."""
        self.report.planned = len(wanted)
        orders = [Order(product, self._key_of(product.file, damaged)) for product in wanted]
        workshop = Workshop(
            self.loaded.project,
            self.records.engine_place,
            self.chrome,
            self.records.templates_place,
        )
        for done, made in enumerate(self._made(engine, workshop, orders), 1):
            if made.record:
                self.files[made.file] = made.record
                self.report.changed.append(made.file)
                self.records.keep_search(made.file, made.search)
            self.records.keep_asked(made.file, made.asked)
            if self.progress:
                self.progress(done, len(orders))

    def _made(self, engine: Engine, workshop: Workshop, orders: list[Order]) -> Iterator[Made]:
        if len(orders) <= _PIECE or self.crew.jobs == 1:
            workshop.library, workshop.engine = self.loaded.library, engine
            yield from map(workshop.make, orders)
            return
        packed = pickle.dumps(workshop)
        pieces = [(packed, piece) for piece in cut(orders, _PIECE)]
        for piece in self.crew.spread(make_piece, pieces):
            yield from piece

    def _key_of(self, file: str, damaged: set[str]) -> bytes | None:
        """The key of a file that may stay as it lies."""
        if not self._is_engine_known or file in damaged or file not in self.files:
            return None
        return self.files[file].key

    def _write_own(self, engine: Engine, own: dict[str, bytes], damaged: set[str]) -> None:
        """Write what the theme publishes beside pages."""
        if self._is_engine_known and not damaged & own.keys():
            return
        for file, data in own.items():
            self._write(engine.site_dir, file, data, digest_of(data), damaged)

    def _write_summaries(self, engine: Engine, pages: list[str], damaged: set[str]) -> None:
        for file in summary_files(engine) & damaged:
            self.files.pop(file, None)
        for file, data, key in summaries(engine, pages, self.files, self.records):
            self._write(engine.site_dir, file, data, key, damaged)

    def _write(self, site: Path, file: str, data: bytes, key: bytes, damaged: set[str]) -> None:
        if file in damaged or file not in self.files or self.files[file].key != key:
            self.files[file] = write(site, file, data, key)
            self.report.changed.append(file)

    # --- clearing up -----------------------------------------------------------------------

    def _remove(self, site: Path, gone: Iterable[str]) -> None:
        for file in gone:
            remove(site / f"{file}{MADE_SUFFIX}", site)
            remove(site / file, site)
            self.report.removed.append(file)
        self.records.drop(self.report.removed)

    def _sweep(self, site: Path, kept: Iterable[str]) -> None:
        """Remove what lay in the folder before the first build, but for hidden files."""
        wanted = set(kept)
        for place in sorted(site.rglob("*")):
            file = place.relative_to(site).as_posix()
            if place.is_file() and file not in wanted and not file.startswith("."):
                remove(place, site)
                self.report.removed.append(file)
