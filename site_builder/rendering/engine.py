"""What rendering needs of MkDocs, as plain data: made once, kept, handed to other processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    search: Mapping[str, Any] | None = None
    """Settings that Material's search writes into its index; None without that plugin."""

    @property
    def has_search(self) -> bool:
        """Whether Material's search is to be fed."""
        return self.search is not None
