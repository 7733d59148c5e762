"""The table of contents: what each command does, one step a line."""

from pathlib import Path

from site_builder.building import Report, bring_up_to_date
from site_builder.diagnostics import EngineFailed, ProjectNotFound, SourceChanged
from site_builder.loading import Loaded, Memory, Progress, load_site
from site_builder.workers import Crew

__all__ = ["build_site", "check_site", "serve_site", "stage_site"]

_ATTEMPTS = 3
"""How often a build begins again because somebody edits files meanwhile."""


def check_site(root: Path, crew: Crew, progress: Progress | None = None) -> Loaded:
    """Read and check the project in `root`, as far as it has changed."""
    return load_site(root, progress=progress, memory=Memory(root), crew=crew)


def build_site(
    root: Path,
    crew: Crew,
    *,
    site_dir: Path | None = None,
    reading: Progress | None = None,
    rendering: Progress | None = None,
) -> tuple[Loaded, Report]:
    """Check the project in `root`, then bring its site up to date.

    Raises `ContentFaults` before anything is written.
    """
    settings = settings_file(root)
    for attempt in range(1, _ATTEMPTS + 1):
        loaded = check_site(root, crew, reading)
        try:
            report = bring_up_to_date(loaded, settings, crew, site_dir=site_dir, progress=rendering)
        except SourceChanged:
            if attempt == _ATTEMPTS:
                raise
        else:
            return loaded, report
    raise AssertionError


def serve_site(root: Path, address: str) -> None:
    """Preview the project in `root` on `address` until interrupted."""
    from site_builder.rendering import mkdocs_bridge  # noqa: PLC0415

    mkdocs_bridge.serve(settings_file(root), address=address)


def stage_site(root: Path, folder: Path) -> int:
    """Write the plain tree of the project in `root` into `folder`; returns the page count."""
    from site_builder.outputs.files import output_files  # noqa: PLC0415
    from site_builder.pages.plan import plan_site  # noqa: PLC0415
    from site_builder.rendering import mkdocs_bridge, stage  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise EngineFailed(f"Thư mục {folder} không trống. Chọn thư mục khác; chưa ghi gì.")
    loaded = load_site(root)
    plan = plan_site(loaded.require_catalogue())
    settings = mkdocs_bridge.plain_settings(settings_file(root), plan)
    places = {path: Path(file.place) for path, file in loaded.library.assets.items()}
    others = output_files(plan, places, str(settings["site_url"]))
    return stage.stage_site(plan, others, settings, folder)


def settings_file(root: Path) -> Path:
    """The project's mkdocs.yml. Raises `ProjectNotFound` where there is none."""
    place = root / "mkdocs.yml"
    if not place.is_file():
        raise ProjectNotFound(
            f"Thư mục {root} thiếu tệp mkdocs.yml nên chưa dựng được. Chưa ghi gì."
        )
    return place
