"""A folder that a server serves as it is, where nothing can be switched: a share of IIS, WebDAV.

    TOP/…                        the site
    TOP/.site-builder/ID.json    the manifest of the live release; beside it, those of releases
                                 that were begun and not finished

A manifest is there before the first file that it names, and goes after the last that only it
names. So it is always known what in the folder is ours; nothing else is ever touched.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from site_builder.diagnostics import PublishFailed
from site_builder.files import MADE_SUFFIX, Damaged, remove, write_whole
from site_builder.releasing.lock import alone_at
from site_builder.releasing.manifest import (
    VERSION_FILE,
    Listed,
    Manifest,
    from_bytes,
    is_id,
    to_bytes,
)
from site_builder.releasing.ordering import Rank, put, rank
from site_builder.releasing.placing import amiss, scan
from site_builder.releasing.release import Release
from site_builder.releasing.switching import version_in

_MEMORY = ".site-builder"
_OF_SERVERS = frozenset({"web.config", ".htaccess"})
"""Settings of servers that may lie in a folder before its first release."""


class OrderedTarget:
    """One release in a folder, changed file by file."""

    live_name = "Trang đang chạy"
    mixes = True

    def __init__(self, top: Path) -> None:
        self.top = top
        self.memory = top / _MEMORY
        self._laid: Release | None = None
        self._ours: set[str] = set()
        """Every file that we have, or may have, put there."""
        self._trusted: set[str] = set()
        """Files of which the folder can hold one state only, and what was written and read."""

    @property
    def place(self) -> str:
        """What citizens are shown."""
        return str(self.top)

    @property
    def half(self) -> str | None:
        """A release of which a part lies there."""
        live = self.live()
        return max((one for one in self._begun() if one != live), default=None)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others out; `lay` goes on from what a killed command has left."""
        self.memory.mkdir(parents=True, exist_ok=True)
        with alone_at(self.memory):
            yield

    def ids(self) -> list[str]:
        """The live release alone."""
        live = self.live()
        return [live] if live else []

    def live(self) -> str | None:
        """The release that was last written to its end, but for what it does away with.

        Raises `PublishFailed` where the folder is not ours.
        """
        begun = self._begun()
        if not begun and self.top.is_dir():
            others = {place.name for place in self.top.iterdir()} - {_MEMORY} - _OF_SERVERS
            if others:
                raise PublishFailed(
                    f"Thư mục {self.top} đã có tệp không phải do site-builder tạo ra "
                    f"({min(others)}) nên không được ghi vào. Chuyển chúng đi nơi khác, hoặc chọn "
                    "thư mục khác trong publish.yml."
                )
        found = version_in(self.top)
        return found if found in begun else None

    def manifest(self, release: str) -> Manifest:
        """What a release should hold. Raises `Damaged`."""
        try:
            return from_bytes(self._manifest_place(release).read_bytes())
        except FileNotFoundError as error:
            raise Damaged from error

    def lay(self, release: Release, live: Manifest | None, spare: str | None) -> None:
        """Write what no page asks for yet. Raises `Damaged` where a carried file is not right."""
        there = scan(str(self.top)) if self.top.is_dir() else {}
        past = list(self._manifests())
        new = self._lent(release.manifest, past, there)
        self._trusted = {
            path
            for path, row in new.files.items()
            if None not in past and all(one and one.files.get(path) == row for one in past)
        }
        if bad := self._amiss({path: new.files[path] for path in new.carried}, there):
            raise Damaged(min(bad))
        self._ours = {path for one in past if one for path in one.files}
        if None not in past:  # else nobody knows any more whose is what
            self._refuse_taking((new.files.keys() & there.keys()) - self._ours)
        self._ours |= new.files.keys()
        write_whole(str(self._manifest_place(new.id)), to_bytes(new))
        self._laid = Release(new, release.sources)
        for path in there:
            if path.endswith(MADE_SUFFIX) and path.removesuffix(MADE_SUFFIX) in self._ours:
                remove(self.top / path, self.top)
        unasked = {path for path in new.files if rank(path) <= Rank.ASSET} - there.keys()
        self._put(unasked)

    def check(self, release: Manifest, live: Manifest | None) -> None:
        """Hold the folder against a manifest. Raises `Damaged` with what is wrong."""
        if bad := self._amiss(release.files, scan(str(self.top))):
            raise Damaged(min(bad))

    def lend(self, release: Manifest, live: Manifest, paths: Sequence[str]) -> None:
        """Nobody goes back: there is no older release."""

    def switch(self, release: str) -> float:
        """Write the rest in its order, deletions last; for how many seconds there were two."""
        assert self._laid and self._laid.manifest.id == release
        new = self._laid.manifest
        pages = {path: row for path, row in new.files.items() if path != VERSION_FILE}
        rest = self._amiss(pages, scan(str(self.top)))
        began = time.perf_counter()
        self._put(rest)
        self.check(replace(new, files=pages), None)
        if hasattr(os, "sync"):  # a power cut must not leave empty files that nobody looks for
            os.sync()
        self._put({VERSION_FILE})
        for path in sorted(self._ours - new.files.keys()):
            remove(self.top / path, self.top)
        for other in self._begun() - {release}:
            self.drop(other)
        return time.perf_counter() - began

    def drop(self, release: str) -> None:
        """Forget a release of which nothing is there."""
        self._manifest_place(release).unlink(missing_ok=True)

    def _put(self, paths: set[str]) -> None:
        assert self._laid
        manifest, sources = self._laid.manifest, self._laid.sources
        put(str(self.top), manifest, sources, paths, self._ours)
        self._trusted |= paths

    def _amiss(self, files: Mapping[str, Listed], there: Mapping[str, tuple[int, int]]) -> set[str]:
        return amiss(str(self.top), files, there, self._trusted)

    def _begun(self) -> set[str]:
        if not self.memory.is_dir():
            return set()
        return {place.stem for place in self.memory.glob("*.json") if is_id(place.stem)}

    def _manifests(self) -> Iterator[Manifest | None]:
        """Of all releases of which something may be there; None where one does not read."""
        for one in sorted(self._begun()):
            try:
                yield self.manifest(one)
            except Damaged:
                yield None

    def _lent(
        self, new: Manifest, past: Sequence[Manifest | None], there: Mapping[str, tuple[int, int]]
    ) -> Manifest:
        """Carry what pages of a release that was begun will still ask for, too."""
        if not new.carried:  # nothing of before may stay
            return new
        lent = {
            path: listed
            for one in past
            if one and one.id != new.previous
            for path, listed in one.still_asked_for(new.files).items()
        }
        for path in amiss(str(self.top), lent, there, ()):
            del lent[path]
        return replace(new, files={**new.files, **lent}, carried=new.carried | lent.keys())

    def _refuse_taking(self, foreign: set[str]) -> None:
        """Nothing is written over a file of somebody else's."""
        if foreign:
            raise PublishFailed(
                f"Tệp {self.top / min(foreign)} không phải do site-builder tạo ra nên không được "
                "ghi đè. Chuyển nó đi nơi khác rồi chạy lại."
            )

    def _manifest_place(self, release: str) -> Path:
        return self.memory / f"{release}.json"
