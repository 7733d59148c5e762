"""What a target can do, and which one a row of publish.yml means."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from site_builder.diagnostics import PublishFailed
from site_builder.loading import FOLDER
from site_builder.releasing.archive import ZipTarget
from site_builder.releasing.local import LocalTarget
from site_builder.releasing.manifest import Manifest
from site_builder.releasing.ordered import OrderedTarget
from site_builder.releasing.release import Release
from site_builder.releasing.settings import LocalRow, OrderedRow, SftpRow, TargetRow, ZipRow
from site_builder.workers import Progress


class Target(Protocol):
    """Where releases go. `Damaged` is raised for what does not agree with its manifest, `OSError`
    where disk or network fail; `live` never changes but by `switch`."""

    live_name: str
    """How people call the live release."""
    mixes: bool
    """Whether files of two releases lie side by side while one becomes live; then none is kept."""

    @property
    def place(self) -> str:
        """What citizens are shown, for people."""

    @property
    def half(self) -> str | None:
        """A release that a killed command has mixed into the live one."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep others out, and clear up what a killed command has left."""

    def ids(self) -> list[str]:
        """All releases, the oldest first."""

    def live(self) -> str | None:
        """The release that citizens see."""

    def manifest(self, release: str) -> Manifest:
        """What a release should hold."""

    def lay(self, release: Release, live: Manifest | None, spare: str | None) -> None:
        """Make a release and hold it against its manifest; `spare` may be used up for it."""

    def check(self, release: Manifest, live: Manifest | None) -> None:
        """Hold a release that is there against its manifest."""

    def lend(self, release: Manifest, live: Manifest, paths: Sequence[str]) -> None:
        """Make `release` be as it is given, by files of the live one that it lacks."""

    def switch(self, release: str) -> float:
        """Make a release the live one; returns for how many seconds there was none, or two."""

    def drop(self, release: str) -> None:
        """Remove a release that is not live."""


@contextmanager
def opened(row: TargetRow, root: Path, progress: Progress | None = None) -> Iterator[Target]:
    """The target that a row means; paths count from the project's folder `root`.

    `progress` is told how much is sent, where that takes long.
    """
    if isinstance(row, SftpRow):
        from site_builder.releasing.sftp import SftpTarget  # noqa: PLC0415 - takes long to load

        target = SftpTarget(row, progress)
        try:
            yield target
        finally:
            target.close()
        return
    assert isinstance(row, LocalRow)
    place = Path(os.path.abspath(root / row.path))  # noqa: PTH100 - links stay links
    _refuse_sources(place, root)
    if isinstance(row, ZipRow):
        yield ZipTarget(place)
    elif isinstance(row, OrderedRow):
        yield OrderedTarget(place)
    else:
        yield LocalTarget(place)


def _refuse_sources(place: Path, root: Path) -> None:
    """A build sweeps its folder, and sources are not for a server."""
    for name in ("", "content", "models", "site", FOLDER):
        folder = root / name
        if place == folder or (name and place.is_relative_to(folder)):
            raise PublishFailed(
                f"Mục path trong publish.yml trỏ vào {place}, là thư mục của dự án. Chọn một thư "
                "mục khác. Chưa có gì thay đổi."
            )
