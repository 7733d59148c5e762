"""What rendering needs of MkDocs, as plain data: made once, kept, handed to other processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.diagnostics import EngineFailed
from site_builder.rendering.frames import Frame, FrameKey


@dataclass(frozen=True)
class Engine:
    """MkDocs and its theme, set up for one project."""

    site_dir: Path
    """The folder of the finished site."""
    site_url: str
    """The public address of the home page, with a slash at its end; "" where none is set."""
    frames: Mapping[FrameKey, Frame]
    files: tuple[tuple[str, bytes], ...]
    """What the theme publishes beside pages, as (address, bytes)."""
    template_dirs: tuple[str, ...]
    """Where templates and icons are looked for, first come first."""


def holds_files(site_dir: Path) -> bool:
    """Whether anything lies in the folder of the site."""
    return site_dir.is_dir() and any(site_dir.iterdir())


def refuse_foreign(site_dir: Path) -> None:
    """A first build clears the folder: that must not be somebody's documents."""
    if not holds_files(site_dir):
        return
    if not any((site_dir / name).exists() for name in ("assets", "404.html", "index.html")):
        raise EngineFailed(
            f"Thư mục {site_dir} có tệp khác, dựng trang vào đó sẽ xóa hết. Chọn thư mục trống "
            "hoặc thư mục của trang cũ. Chưa ghi gì."
        )
