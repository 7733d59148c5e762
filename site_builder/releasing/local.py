"""A folder of this machine or of a mounted share as a target.

    TOP/current         the live release, which the web server serves
    TOP/releases/ID     every release, beside ID.json, its manifest
    TOP/releases/.making-ID   one that is being made

Files that releases have in common are one file with many names, so nothing ever writes into one.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from site_builder.files import MADE_SUFFIX, Damaged, write_whole
from site_builder.releasing.lock import alone_at
from site_builder.releasing.manifest import Manifest, from_bytes, is_id, to_bytes
from site_builder.releasing.placing import Laid, lend, place, wrong, wrong_among
from site_builder.releasing.release import Release
from site_builder.releasing.switching import Switch

_MAKING = ".making-"


class LocalTarget:
    """Releases in a folder."""

    live_name = "Trang đang chạy"
    mixes = False
    half = None

    def __init__(self, top: Path) -> None:
        self.top = top
        self.releases = top / "releases"
        self.switching = Switch(top)

    @property
    def place(self) -> str:
        """What citizens are shown."""
        return str(self.switching.current)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others out, and clear up what a killed command has left."""
        self.releases.mkdir(parents=True, exist_ok=True)
        with alone_at(self.top):
            self.switching.mend()
            self._clear_up()
            yield

    def ids(self) -> list[str]:
        """All releases, the oldest first."""
        if not self.releases.is_dir():
            return []
        names = {place.name for place in self.releases.iterdir()}
        there = {name for name in names if is_id(name)} | ({self.live()} - {None})
        return sorted(name for name in there if name and f"{name}.json" in names)

    def live(self) -> str | None:
        """The release that citizens see."""
        return self.switching.live()

    def manifest(self, release: str) -> Manifest:
        """What a release should hold. Raises `Damaged`."""
        try:
            found = from_bytes(self._manifest_place(release).read_bytes())
        except FileNotFoundError as error:
            raise Damaged from error
        if found.id != release:
            raise Damaged
        return found

    def lay(self, release: Release, live: Manifest | None, spare: str | None) -> None:
        """Make a release, all of it right. Raises `Damaged` where the live one is not.

        `spare` is a release that nobody needs any more: its directory is made into the new one,
        which takes a tenth of the time of making 15,000 directories and removing as many.
        """
        new = release.manifest
        making = self.releases / f"{_MAKING}{new.id}"
        was = self._take_over(spare, making)
        laid = Laid(str(self.switching.place_of(live.id)), live) if live else None
        if bad := place(str(making), new, release.sources, laid, was):
            raise Damaged(min(bad))
        write_whole(str(self._manifest_place(new.id)), to_bytes(new))
        if hasattr(os, "sync"):  # a power cut must not leave empty files under new names
            os.sync()
        making.rename(self.releases / new.id)

    def _take_over(self, spare: str | None, making: Path) -> Manifest | None:
        """Make `making` out of a half release, of a spare one, or of nothing; what it holds."""
        left = sorted(self.releases.glob(f"{_MAKING}*"))
        if left:
            left[0].rename(making)
            return None
        if spare is None:
            making.mkdir()
            return None
        try:
            was = self.manifest(spare)
        except Damaged:
            was = None
        self._manifest_place(spare).unlink(missing_ok=True)
        (self.releases / spare).rename(making)
        return was

    def check(self, release: Manifest, live: Manifest | None) -> None:
        """Hold a release against its manifest. Raises `Damaged` with what is wrong.

        What differs from the live release is read; of the rest, which citizens are shown at this
        moment, size and time have to be right.
        """
        same = live.files if live else {}
        unread = {path for path, listed in release.files.items() if same.get(path) != listed}
        folder = self.switching.place_of(release.id)
        bad, others = wrong(str(folder), release.files, unread)
        # What was lent by a rollback that was killed is no fault.
        others = {path for path in others if not path.endswith(MADE_SUFFIX)}
        lent = {path: same[path] for path in others if path in same}
        bad |= wrong_among(str(folder), lent) | (others - lent.keys())
        if bad:
            raise Damaged(min(bad))

    def lend(self, release: Manifest, live: Manifest, paths: Sequence[str]) -> None:
        """Make `release` be as it is given, by files of the live one that it lacks."""
        folders = (self.switching.place_of(one.id) for one in (live, release))
        source, folder = map(str, folders)
        lend(source, folder, release.files, paths)
        write_whole(str(self._manifest_place(release.id)), to_bytes(release))

    def switch(self, release: str) -> float:
        """Make a release the live one; returns for how many seconds there was none."""
        return self.switching.to(release)

    def drop(self, release: str) -> None:
        """Remove a release that is not live."""
        self._manifest_place(release).unlink(missing_ok=True)
        shutil.rmtree(self.releases / release)

    def _manifest_place(self, release: str) -> Path:
        return self.releases / f"{release}.json"

    def _clear_up(self) -> None:
        """Remove what is no release; one half release stays for the next to begin with."""
        ids = set(self.ids())
        making = sorted(self.releases.glob(f"{_MAKING}*"))
        for place_ in self.releases.iterdir():
            if place_.name.removesuffix(".json") in ids or place_ in making[:1]:
                continue
            if place_.is_dir() and not place_.is_symlink():
                shutil.rmtree(place_)
            else:
                place_.unlink()
