"""How a site stands: what it was built from, what it should be, who has touched it since.

Quick, and knows no content: a run that finds nothing new needs no more.
"""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.building.records import EVERYTHING, BuiltFrom, Files, Records
from site_builder.files import code_digest
from site_builder.loading import FOLDER, Loaded
from site_builder.rendering.engine_key import engine_key

if TYPE_CHECKING:
    from site_builder.pages.views import Chrome


class Standing:
    """The site of what was `loaded`, before and during one build."""

    def __init__(self, loaded: Loaded, config_file: Path, site_dir: Path | None) -> None:
        self.loaded = loaded
        self.config_file = config_file
        self.site_dir = site_dir
        """As asked for; None means what the settings say."""
        self.records = Records(loaded.project.root / FOLDER, site_dir)
        self.last = self.records.built_from()
        self.files = self.records.files() if self.last else Files()
        """Every file of the site; the build brings it up to date as it goes."""
        self.damaged = self._damaged()
        """Files that are not as they were left: somebody touched them, or a build was killed."""

    @property
    def folder(self) -> Path:
        """Where the site is; a first build does not know yet."""
        return Path(self.records.kept("site_dir").decode()) if self.last else Path()

    @cached_property
    def chrome(self) -> "Chrome":
        """What surrounds every page."""
        from site_builder.pages.plan import chrome_of  # noqa: PLC0415

        return chrome_of(self.loaded.require_catalogue())

    @cached_property
    def chrome_text(self) -> str:
        """The same to be compared; as it was kept, where the content is the same."""
        header = self.loaded.header
        if self.last and self.last[:2] == (header.lineage, header.generation):
            return self.records.kept("chrome").decode()
        return repr(self.chrome)

    @cached_property
    def now(self) -> BuiltFrom:
        """What the site is to be built from."""
        header = self.loaded.header
        key = engine_key(self.config_file, self.chrome_text)
        return BuiltFrom(header.lineage, header.generation, code_digest(), key)

    @property
    def engine_name(self) -> bytes:
        """What an engine is kept under: that of a build that was killed may be another."""
        return self.now.program + self.now.engine.encode()

    def forget(self) -> None:
        """Take the site for one that was never built."""
        self.records.start_afresh()
        self.last, self.files, self.damaged = None, Files(), set()

    @property
    def is_right(self) -> bool:
        """Whether nothing has to be done."""
        return self.last == self.now and not self.damaged

    @property
    def is_engine_known(self) -> bool:
        """Whether frames, templates and program are those of the last time."""
        return self.last is not None and self.last[2:] == self.now[2:]

    def key_of(self, file: str, *, is_whole: bool = False) -> bytes | None:
        """The key of a file that may stay as it lies.

        `is_whole` where the key tells also of the program: nothing else has to be as it was.
        """
        if file in self.damaged or file not in self.files:
            return None
        if not (is_whole or self.is_engine_known):
            return None
        return self.files[file].key

    def _damaged(self) -> set[str]:
        journal = self.records.journal() if self.last else []
        if EVERYTHING in journal:
            return set(self.files)
        folder = str(self.folder)
        touched = (
            file
            for file, (_, size, modified, _) in self.files.rows.items()
            if _state(f"{folder}/{file}") != (size, modified)
        )
        return {*journal, *touched}


def _state(place: str) -> tuple[int, int] | None:
    """Size of a file and when it was modified; None where there is none."""
    try:
        status = os.stat(place)  # noqa: PTH116 - of every file in every run
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
