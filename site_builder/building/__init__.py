"""The driver: from a loaded project to a finished site, touching only what changed.

`standing` tells how the site stands, `driver` finds what is stale and has it made, `products`
says what there is to make, `workshop` makes it, one piece at a time in any process, `records`
remembers.
"""

from pathlib import Path

from site_builder.building.report import Report
from site_builder.building.standing import Standing
from site_builder.diagnostics import EngineFailed, why_unwritten
from site_builder.loading import Loaded
from site_builder.workers import Crew, Progress

__all__ = ["Report", "bring_up_to_date"]


def bring_up_to_date(
    loaded: Loaded,
    config_file: Path,
    crew: Crew,
    *,
    site_dir: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Bring the site of what was `loaded` up to date.

    Raises `ContentFaults` before anything is touched, `EngineFailed` where settings or the disk
    do not allow it, `SourceChanged` where a file was edited meanwhile: the next run mends.
    """
    report = Report(Path())
    with report.timing("look"):
        loaded.refuse_errors()
        standing = Standing(loaded, config_file, site_dir)
        is_right = standing.is_right
    try:
        if is_right:
            report.folder = standing.folder
            report.pages = sum(file.endswith("index.html") for file in standing.files)
            report.files = len(standing.files)
            report.rows = standing.files.rows
            return report
        from site_builder.building.driver import Driver  # noqa: PLC0415 - takes long to load

        Driver(standing, crew, progress, report).run()
        report.files = len(standing.files.keys() - set(report.removed))
        report.rows = standing.files.rows
    except OSError as error:
        raise EngineFailed(
            f"Không ghi được {error.filename} ({why_unwritten(error)}). "
            "Trang có thể dở dang; sửa xong rồi dựng lại, lần dựng sau sẽ làm nốt."
        ) from error
    finally:
        standing.records.close()
    return report
