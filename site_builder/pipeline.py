"""The table of contents: what each command does, one step a line."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.building import Report, bring_up_to_date
from site_builder.config import REDIRECTS, open_project
from site_builder.diagnostics import (
    ContentFaults,
    EngineFailed,
    ProjectNotFound,
    SourceChanged,
    why_unwritten,
)
from site_builder.files import Damaged, alone_in, forget
from site_builder.loading import FOLDER, Loaded, Memory, Progress, load_site
from site_builder.workers import Crew

if TYPE_CHECKING:
    from site_builder.releasing.outcome import Outcome, Wish
    from site_builder.releasing.returning import Listing
    from site_builder.serving import Setup

__all__ = [
    "build_site",
    "check_site",
    "publish_site",
    "releases_of",
    "roll_back",
    "serve_site",
    "server_config",
    "stage_site",
]

Explain = Callable[[ContentFaults], str]

_ATTEMPTS = 3
"""How often a build begins again because somebody edits files meanwhile."""


def check_site(root: Path, crew: Crew | None = None, progress: Progress | None = None) -> Loaded:
    """Read and check the project in `root`, as far as it has changed."""
    open_project(root)  # before anything is made in a folder that is none of ours
    try:
        with alone_in(root / FOLDER):
            loaded = load_site(root, progress=progress, memory=Memory(root), crew=crew)
            loaded.read_diagnostics()
            _ = loaded.library  # read now as well, before others may change what is kept
            return loaded
    # Nothing can be kept here: a folder for reading only can be checked as well.
    except (OSError, sqlite3.Error, Damaged):
        return load_site(root, progress=progress, crew=crew)


def build_site(
    root: Path,
    crew: Crew | None = None,
    *,
    site_dir: Path | None = None,
    reading: Progress | None = None,
    rendering: Progress | None = None,
) -> tuple[Loaded, Report]:
    """Check the project in `root`, then bring its site up to date.

    Raises `ContentFaults` before anything is written.
    """
    started = time.perf_counter()
    with _alone(root):
        loaded, report = _built(root, crew or Crew(1), site_dir, reading, rendering)
    report.seconds["total"] = time.perf_counter() - started
    return loaded, report


def _built(
    root: Path,
    crew: Crew,
    site_dir: Path | None,
    reading: Progress | None,
    rendering: Progress | None,
) -> tuple[Loaded, Report]:
    """Check and build as somebody who is alone in the project."""
    settings = settings_file(root)

    def build() -> tuple[Loaded, Report]:
        began, memory = time.perf_counter(), Memory(root)
        try:
            loaded = load_site(root, progress=reading, memory=memory, crew=crew)
            seconds = time.perf_counter() - began
            report = bring_up_to_date(loaded, settings, crew, site_dir=site_dir, progress=rendering)
        except BaseException:
            memory.close()  # Windows removes no file that is open
            raise
        report.seconds["read"] = seconds
        return loaded, report

    for _ in range(1, _ATTEMPTS):
        try:
            return build()
        except SourceChanged:
            pass
        except (sqlite3.DatabaseError, Damaged) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            forget(root / FOLDER)
    return build()


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Be alone in what the project remembers; a disk that fails is told as such."""
    settings_file(root)  # before anything is made in a folder that is none of ours
    folder = root / FOLDER
    try:
        with alone_in(folder):
            yield
    except (OSError, sqlite3.Error, Damaged) as error:
        raise EngineFailed(
            f"Không ghi được vào {folder}, nơi giữ kết quả của lần dựng trước "
            f"({why_unwritten(error)}). Trang có thể dở dang; sửa xong, hoặc xóa {folder} đi, "
            "rồi dựng lại."
        ) from error


def publish_site(
    root: Path,
    crew: Crew,
    wish: "Wish",
    progress: Sequence[Progress | None] = (None,) * 4,
) -> "Outcome":
    """Check and build the project in `root`, verify its site, make it the live release of a target.

    `progress` is told of reading, rendering, preparing and sending. Raises `ContentFaults` before
    anything is built, `PublishFailed` with what citizens are shown.
    """
    from site_builder.pages.plan import public_files  # noqa: PLC0415
    from site_builder.releasing.outcome import telling  # noqa: PLC0415
    from site_builder.releasing.preparing import prepare  # noqa: PLC0415
    from site_builder.releasing.publishing import Publication  # noqa: PLC0415
    from site_builder.releasing.settings import read_settings  # noqa: PLC0415
    from site_builder.releasing.targets import opened  # noqa: PLC0415
    from site_builder.releasing.verifying import verify  # noqa: PLC0415

    settings = read_settings(open_project(root).root, wish.target)
    reading, rendering, preparing, sending = progress
    with (
        opened(settings.row, root, sending) as target,
        telling(target),
        _alone(root),
    ):
        loaded, report = _built(root, crew, None, reading, rendering)
        built = {path: row[1:3] for path, row in report.rows.items()}
        with closing(prepare(report.folder, built, root / FOLDER, crew, preparing)) as site:
            verify(site, public_files(loaded.require_catalogue()))
            site.keep()
            publication = Publication(site, target, settings, wish.may_remove)
            return publication.try_out() if wish.is_trial else publication.run()


def releases_of(root: Path, name: str | None) -> "tuple[str, str, list[Listing]]":
    """The name of a target, how people call its live release, all releases, the newest first."""
    from site_builder.releasing.returning import listed  # noqa: PLC0415
    from site_builder.releasing.settings import read_settings  # noqa: PLC0415
    from site_builder.releasing.targets import opened  # noqa: PLC0415

    settings = read_settings(open_project(root).root, name)
    with opened(settings.row, root) as target:
        return settings.name, target.live_name, listed(target)


def roll_back(root: Path, name: str | None, release: str | None) -> "Outcome":
    """Make an older release of a target the live one."""
    from site_builder.releasing.returning import rollback  # noqa: PLC0415
    from site_builder.releasing.settings import read_settings  # noqa: PLC0415
    from site_builder.releasing.targets import opened  # noqa: PLC0415

    settings = read_settings(open_project(root).root, name)
    with opened(settings.row, root) as target:
        return rollback(target, settings, release)


def serve_site(
    root: Path, address: str, crew: Crew, tell: Callable[[str], None], explain: Explain
) -> None:
    """Preview the project in `root` on `address` until interrupted.

    `explain` turns faults into text for people.
    """
    from site_builder.previewing.loop import Outcome, preview  # noqa: PLC0415
    from site_builder.rendering import THEME  # noqa: PLC0415

    site = root / FOLDER / "preview"

    def rebuild() -> Outcome:
        began = time.perf_counter()
        try:
            _, report = build_site(root, crew, site_dir=site)
        except ContentFaults as faults:
            return Outcome((), explain(faults), time.perf_counter() - began)
        changed = (*report.changed, *report.removed)
        return Outcome(changed, "", time.perf_counter() - began)

    watched = [root / "models", root / "content", settings_file(root), THEME]
    preview(rebuild, watched, site, address, tell)


def stage_site(root: Path, folder: Path) -> int:
    """Write the plain tree of the project in `root` into `folder`; returns the page count."""
    from site_builder.outputs.files import output_files  # noqa: PLC0415
    from site_builder.outputs.pictures import Darkroom  # noqa: PLC0415
    from site_builder.pages.plan import plan_site  # noqa: PLC0415
    from site_builder.rendering import mkdocs_bridge, stage  # noqa: PLC0415
    from site_builder.search.documents import search_files  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise EngineFailed(f"Thư mục {folder} không trống. Chọn thư mục khác; chưa ghi gì.")
    loaded = load_site(root)
    plan = plan_site(loaded.require_catalogue())
    settings = mkdocs_bridge.plain_settings(settings_file(root), plan)
    places = {path: Path(file.place) for path, file in loaded.library.assets.items()}
    others = chain(
        output_files(plan, places, str(settings["site_url"]), Darkroom(root)),
        search_files(plan.pages, loaded.require_catalogue()),
    )
    return stage.stage_site(plan, others, settings, folder)


def server_config(root: Path, server: str, setup: "Setup", redirects: Path | None) -> str:
    """What a web server is told to serve the site of the project in `root`.

    `redirects` is a table of old addresses; unless said, the project's own, if it has one. Raises
    `ContentFaults` where the content or the table has faults, `Misplaced` where `setup` or the
    public address cannot be used.
    """
    from site_builder.building.products import products  # noqa: PLC0415
    from site_builder.rendering.mkdocs_bridge import public_address  # noqa: PLC0415
    from site_builder.serving import configuration  # noqa: PLC0415
    from site_builder.serving.old_addresses import Site, old_addresses  # noqa: PLC0415
    from site_builder.serving.place import place_of  # noqa: PLC0415

    place = place_of(public_address(settings_file(root)), setup.https_port)
    loaded = load_site(root)
    catalogue = loaded.require_catalogue()
    table = redirects or root / REDIRECTS
    if not redirects and not table.is_file():
        return configuration(server, catalogue.site.name, place, setup)
    there: dict[bool, set[str]] = {True: set(), False: set()}
    for file, product in products(catalogue, loaded.library.assets).items():
        there[product.kind == "redirect"].add(file.removesuffix("index.html"))
    site = Site(place, pages=there[False], redirects=there[True])
    old = old_addresses(table.absolute(), root, site)
    return configuration(server, catalogue.site.name, place, setup, old)


def settings_file(root: Path) -> Path:
    """The project's mkdocs.yml. Raises `ProjectNotFound` where there is none, or no project."""
    place = open_project(root).root / "mkdocs.yml"
    if not place.is_file():
        raise ProjectNotFound(
            f"Thư mục {root} thiếu tệp mkdocs.yml nên chưa dựng được. Chưa ghi gì."
        )
    return place
