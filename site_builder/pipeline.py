"""The table of contents: what each command does, one step a line."""

from pathlib import Path
from typing import NamedTuple

from site_builder.diagnostics import EngineFailed, ProjectNotFound
from site_builder.loading import Loaded, load_site
from site_builder.loading.files import Progress
from site_builder.outputs.files import output_files
from site_builder.pages.plan import plan_site

__all__ = ["build_site", "load_site", "serve_site", "stage_site"]


class Built(NamedTuple):
    """What was built, where, and how many pages."""

    loaded: Loaded
    folder: Path
    pages: int


def build_site(
    root: Path,
    *,
    site_dir: Path | None = None,
    reading: Progress | None = None,
    rendering: Progress | None = None,
) -> Built:
    """Check the project in `root`, then write its site. Raises `ContentFaults` before writing."""
    from site_builder.rendering import mkdocs_bridge  # noqa: PLC0415 - `check` must not wait for it

    loaded = load_site(root, progress=reading)
    loaded.require_catalogue()
    settings = settings_file(root)
    folder, pages = mkdocs_bridge.build(settings, loaded, site_dir=site_dir, progress=rendering)
    return Built(loaded, folder, pages)


def serve_site(root: Path, address: str) -> None:
    """Preview the project in `root` on `address` until interrupted."""
    from site_builder.rendering import mkdocs_bridge  # noqa: PLC0415

    mkdocs_bridge.serve(settings_file(root), address=address)


def stage_site(root: Path, folder: Path) -> int:
    """Write the plain tree of the project in `root` into `folder`; returns the page count."""
    from site_builder.rendering import mkdocs_bridge, stage  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise EngineFailed(f"Thư mục {folder} không trống. Chọn thư mục khác; chưa ghi gì.")
    loaded = load_site(root)
    plan = plan_site(loaded.require_catalogue())
    settings = mkdocs_bridge.plain_settings(settings_file(root), plan)
    others = output_files(plan, loaded.library.assets, str(settings["site_url"]))
    return stage.stage_site(plan, others, settings, folder)


def settings_file(root: Path) -> Path:
    """The project's mkdocs.yml. Raises `ProjectNotFound` where there is none."""
    place = root / "mkdocs.yml"
    if not place.is_file():
        raise ProjectNotFound(
            f"Thư mục {root} thiếu tệp mkdocs.yml nên chưa dựng được. Chưa ghi gì."
        )
    return place
