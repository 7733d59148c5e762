"""The one step that makes another release the live one."""

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from site_builder.diagnostics import PublishFailed
from site_builder.files import write_whole
from site_builder.releasing.manifest import VERSION_FILE, is_id

CURRENT = "current"
_ASIDE = ".switching"
"""While two directories change places: which release was live."""


class Switch:
    """`current` in the folder `top`: a symbolic link, or the live release's own directory."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.current = top / CURRENT
        self.releases = top / "releases"

    def live(self) -> str | None:
        """The id of the live release. Raises `PublishFailed` where `current` is not ours."""
        if self.current.is_symlink():
            target = Path(os.readlink(self.current))  # noqa: PTH115 - on Windows it adds a prefix
            if target.parent == Path("releases") and is_id(target.name):
                return target.name
        elif not os.path.lexists(self.current):
            return None
        elif found := version_in(self.current):
            return found
        raise PublishFailed(
            f"{self.current} không phải do site-builder tạo ra nên không được thay. Chuyển nó đi "
            "nơi khác, hoặc chọn thư mục khác trong publish.yml."
        )

    def place_of(self, release: str) -> Path:
        """The directory of a release."""
        at_home = self.releases / release
        if not at_home.exists() and not self.current.is_symlink() and self.current.is_dir():
            return self.current
        return at_home

    def mend(self) -> None:
        """Finish or undo what a command that was killed has begun."""
        self._new_link.unlink(missing_ok=True)
        aside = self.top / _ASIDE
        if aside.is_file():
            was = aside.read_text("ascii", errors="replace")
            if not os.path.lexists(self.current) and is_id(was):
                (self.releases / was).rename(self.current)
            aside.unlink()

    def to(self, release: str) -> float:
        """Make `release` the live one; returns for how many seconds there was none."""
        if self._link_to(release):
            return 0.0
        return self._change_places(release)

    @property
    def _new_link(self) -> Path:
        return self.top / ".current-new"

    def _link_to(self, release: str) -> bool:
        """By renaming a symbolic link over the old one; False where that is not to be had."""
        # Windows links for administrators only, and renames nothing over a link to a directory.
        is_directory = self.current.is_dir() and not self.current.is_symlink()
        if os.name == "nt" or is_directory:
            return False
        try:
            self._new_link.symlink_to(Path("releases", release))
        except (OSError, NotImplementedError):
            if self.current.is_symlink():
                raise
            return False
        self._new_link.replace(self.current)
        return True

    def _change_places(self, release: str) -> float:
        """By two renamings; between them there is no `current`."""
        was = self.live()
        if was is None:
            (self.releases / release).rename(self.current)
            return 0.0
        write_whole(str(self.top / _ASIDE), was.encode())
        began = time.perf_counter()
        self.current.rename(self.releases / was)
        try:
            (self.releases / release).rename(self.current)
        except OSError:
            (self.releases / was).rename(self.current)
            raise
        seconds = time.perf_counter() - began
        with suppress(OSError):
            (self.top / _ASIDE).unlink()
        return seconds


def version_in(folder: Path) -> str | None:
    """The release that the files in `folder` say they are."""
    try:
        found = json.loads((folder / VERSION_FILE).read_bytes())["release"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) and is_id(found) else None
