"""Where a project keeps things, what is "today", and the limits of what is read."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Việt Nam keeps UTC+7 all year (Quyết định 134/2002/QĐ-TTg), so no time-zone data is needed."""

BODY_LIMIT = 1_000_000
"""Bytes of a body."""
FRONT_MATTER_LIMIT = 64 * 1024
"""Bytes between the two `---` lines."""
REGISTER_LIMIT = 16_000_000
"""Bytes of a register: room for 100,000 units."""
NESTING_LIMIT = 10
"""Levels of mappings and lists in YAML."""
MARKDOWN_EXTENSIONS = ("tables", "footnotes", "sane_lists", "toc", "fenced_code")
"""What bodies may use beyond plain Markdown; MkDocs is told the same list."""
FIELDS, UNITS, SITE, ABBREVIATIONS = REGISTERS = (
    "content/data/fields.yml",
    "content/data/units.yml",
    "content/data/site.yml",
    "content/data/abbreviations.yml",
)
"""Paths of the registers; only that of abbreviations may be absent."""
REDIRECTS = "content/data/redirects.csv"
"""Addresses of other portals that lead to pages of ours; a project need not have it."""
PAGE_SIZE = 24
"""Entries on one page of a list (web.md, "Pages")."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with models/ and content/, seen on a certain day."""

    root: Path
    today: date
    """The day in Việt Nam that decides what is already, and still, public."""

    @property
    def data(self) -> Path:
        """The folder of the registers."""
        return self.root / "content" / "data"


def open_project(root: Path | str, today: date | None = None) -> Project:
    """The project in `root`. Raises `ProjectNotFound` when it has neither folder."""
    folder = Path(root).absolute()
    if not is_project(folder):
        from site_builder.diagnostics import ProjectNotFound  # noqa: PLC0415 - a rare case

        raise ProjectNotFound(
            f"Thư mục {folder} không có models/ hay content/ nên chưa phải là một trang. "
            "Hãy mở đúng thư mục dự án rồi chạy lại. Chưa có gì thay đổi."
        )
    return Project(folder, today or vietnam_today())


def is_project(folder: Path) -> bool:
    """Whether `folder` holds content of ours."""
    return (folder / "models").is_dir() or (folder / "content").is_dir()


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that is a project; `start` when there is none."""
    origin = start.absolute()
    folders = [origin, *origin.parents]
    return next((folder for folder in folders if is_project(folder)), origin)


def vietnam_today() -> date:
    """Today in Việt Nam; SOURCE_DATE_EPOCH fixes it (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return now.astimezone(VIETNAM).date()
