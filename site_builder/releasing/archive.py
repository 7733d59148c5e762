"""Archives for servers that no cable reaches: the whole release with scripts that install it.

TOP/ID.zip    site/ with all files, SHA256SUMS, manifest.json, install.sh, install.ps1
TOP/ID.json   the manifest, to compare the next release with
"""

import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

from site_builder.diagnostics import PublishFailed, why_unread
from site_builder.files import MADE_SUFFIX, Damaged, read_whole, write_whole
from site_builder.releasing.lock import alone_at
from site_builder.releasing.manifest import Manifest, from_bytes, is_id, to_bytes
from site_builder.releasing.packing import is_packable
from site_builder.releasing.release import Release

_SCRIPTS = Path(__file__).parent / "installing"
_SITE = "site/"


class ZipTarget:
    """Archives in a folder; the newest counts as the live release."""

    live_name = "Gói mới nhất"
    mixes = False
    half = None

    def __init__(self, top: Path) -> None:
        self.top = top

    @property
    def place(self) -> str:
        """Where the archives are."""
        return str(self.top)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others out, and clear up what a killed command has left."""
        self.top.mkdir(parents=True, exist_ok=True)
        with alone_at(self.top):
            ids = set(self.ids())
            for place in self.top.iterdir():
                name = place.name.partition(".")[0]
                if is_id(name) and (name not in ids or place.suffix == MADE_SUFFIX):
                    place.unlink()
            yield

    def ids(self) -> list[str]:
        """All archives, the oldest first."""
        if not self.top.is_dir():
            return []
        names = {place.name for place in self.top.iterdir()}
        found = (name.removesuffix(".zip") for name in names if name.endswith(".zip"))
        return sorted(one for one in found if is_id(one) and f"{one}.json" in names)

    def live(self) -> str | None:
        """The newest archive."""
        return next(reversed(self.ids()), None)

    def manifest(self, release: str) -> Manifest:
        """What an archive should hold. Raises `Damaged`."""
        try:
            return from_bytes((self.top / f"{release}.json").read_bytes())
        except FileNotFoundError as error:
            raise Damaged from error

    def lay(self, release: Release, live: Manifest | None, spare: str | None) -> None:
        """Write an archive and read it again. Raises `Damaged` where it is not right."""
        new = release.manifest
        place = self.top / f"{new.id}.zip"
        making = place.with_name(place.name + MADE_SUFFIX)
        with ExitStack() as stack:
            old = None
            if live and new.carried:
                old = stack.enter_context(self._opened(live.id))
            archive = stack.enter_context(zipfile.ZipFile(making, "w"))
            for path, listed in sorted(new.files.items()):
                source = release.sources.get(path)
                data = _read(source) if source else _member(old, path)
                if sha256(data).hexdigest() != listed.sha256:
                    raise Damaged(path)
                archive.writestr(_info(_SITE + path, listed.modified), data)
            for name, data in _extras(new).items():
                archive.writestr(_info(name, 0), data)
        self._check(making, new)
        write_whole(str(self.top / f"{new.id}.json"), to_bytes(new))
        making.replace(place)

    def check(self, release: Manifest, live: Manifest | None) -> None:
        """Read an archive. Raises `Damaged` with what is wrong."""
        self._check(self.top / f"{release.id}.zip", release)

    def lend(self, release: Manifest, live: Manifest, paths: Sequence[str]) -> None:
        """Nobody goes back to an archive: it stays as it is."""

    def switch(self, release: str) -> float:
        """An archive that is there is the newest; older ones are installed on the server."""
        if release != self.live():
            raise PublishFailed(
                "Nơi kiểu zip không tự quay lại: trên máy chủ, chạy install.sh --rollback hoặc "
                f"install.ps1 -Rollback, hoặc cài lại gói {self.top / release}.zip."
            )
        return 0.0

    def drop(self, release: str) -> None:
        """Remove an archive."""
        for suffix in (".json", ".zip"):
            (self.top / f"{release}{suffix}").unlink(missing_ok=True)

    def _opened(self, release: str) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.top / f"{release}.zip")
        except zipfile.BadZipFile as error:
            raise Damaged(f"{release}.zip") from error

    def _check(self, place: Path, release: Manifest) -> None:
        try:
            with zipfile.ZipFile(place) as archive:
                names = {name for name in archive.namelist() if name.startswith(_SITE)}
                if names != {_SITE + path for path in release.files}:
                    raise Damaged(place.name)
                for path, listed in release.files.items():
                    if sha256(archive.read(_SITE + path)).hexdigest() != listed.sha256:
                        raise Damaged(path)
        except zipfile.BadZipFile as error:
            raise Damaged(place.name) from error


def _read(source: str) -> bytes:
    try:
        return read_whole(source)
    except OSError as error:
        raise PublishFailed(f"Không đọc được tệp {source} ({why_unread(error)}).") from error


def _member(archive: zipfile.ZipFile | None, path: str) -> bytes:
    """A file that only the archive before has."""
    try:
        return archive.read(_SITE + path) if archive else b""
    except (KeyError, zipfile.BadZipFile) as error:
        raise Damaged(path) from error


def _extras(manifest: Manifest) -> dict[str, bytes]:
    """What stands beside the site."""
    sums = (f"{listed.sha256}  {path}\n" for path, listed in sorted(manifest.files.items()))
    return {
        "ID": f"{manifest.id}\n".encode(),
        "SHA256SUMS": "".join(sums).encode(),
        "install.ps1": (_SCRIPTS / "install.ps1").read_bytes(),
        "install.sh": (_SCRIPTS / "install.sh").read_bytes(),
        "manifest.json": to_bytes(manifest),
    }


def _info(name: str, modified: int) -> zipfile.ZipInfo:
    """How a file is kept: the same files make the same archive anywhere."""
    # No earlier time has a place in an archive.
    when = time.gmtime(max(modified, 315_532_800))[:6]
    found = zipfile.ZipInfo(name, when)
    found.create_system = 3  # as on Unix, so that rights are kept
    found.external_attr = 0o100644 << 16
    found.compress_type = zipfile.ZIP_DEFLATED if is_packable(name) else zipfile.ZIP_STORED
    return found
