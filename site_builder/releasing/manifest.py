"""What a release holds: every file with size, SHA-256 and time, and a digest of the whole."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from site_builder.addresses import NAMED_BY_CONTENT
from site_builder.files import Damaged

VERSION_FILE = "version.json"
"""Says which release one sees; the one file that the release's id does not depend on."""
PACKED_SUFFIXES = (".br", ".gz")
_FORMAT = 1
_TAIL = re.compile(r',\n"digest": "([0-9a-f]{64})"}\n\Z')
_ID = re.compile(r"(\d{8}T\d{6}Z)-([0-9a-f]{8})\Z")
_TIME = "%Y%m%dT%H%M%SZ"
_BY_CONTENT = re.compile(rf"{NAMED_BY_CONTENT}(?:\.br|\.gz)?\Z")


class Listed(NamedTuple):
    """A file of a release."""

    size: int
    sha256: str
    modified: int
    """Whole seconds: servers tell browsers this time, so an unchanged file keeps it."""


@dataclass(frozen=True)
class Manifest:
    """A release as it is meant to be."""

    id: str
    made: str
    """When, by the clock of the computer that made it; ISO, UTC."""
    by: str
    previous: str | None
    """The release that was live before."""
    files: Mapping[str, Listed]
    carried: frozenset[str] = frozenset()
    """Files that only pages of the previous release ask for."""

    @cached_property
    def pages(self) -> frozenset[str]:
        """Its pages."""
        return frozenset(path for path in self.files if path.endswith("index.html"))

    @cached_property
    def own(self) -> dict[str, str]:
        """Digests of what the site itself holds: no carried files, no copies for transport."""
        return {
            path: listed.sha256
            for path, listed in self.files.items()
            if path not in self.carried and path != VERSION_FILE and not self.is_packed(path)
        }

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(listed.size for listed in self.files.values())

    def still_asked_for(self, files: Collection[str]) -> dict[str, Listed]:
        """What pages of this release, open somewhere, may still ask for and `files` lack."""
        return {
            path: listed
            for path, listed in self.files.items()
            if path not in files and path not in self.carried and is_named_by_content(path)
        }

    def is_packed(self, path: str) -> bool:
        """Whether a file is another one, compressed."""
        return path.endswith(PACKED_SUFFIXES) and path[:-3] in self.files


def is_named_by_content(path: str) -> bool:
    """Whether a file of this name never changes: other content has another name."""
    return _BY_CONTENT.match(path) is not None


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON, sorted, one file a line, its own digest at the end."""
    head = {
        "format": _FORMAT,
        "id": manifest.id,
        "made": manifest.made,
        "by": manifest.by,
        "previous": manifest.previous,
        "carried": sorted(manifest.carried),
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    # 50,000 files: to have each line made by `json` takes four times as long.
    rows = ",\n".join(
        f'{_quoted(path)}: [{size}, "{digest}", {modified}]'
        for path, (size, digest, modified) in sorted(manifest.files.items())
    )
    text = "{" + ",\n".join([*lines, f'"files": {{\n{rows}\n}}'])
    digest = sha256(text.encode()).hexdigest()
    return f'{text},\n"digest": "{digest}"}}\n'.encode()


def from_bytes(data: bytes) -> Manifest:
    """The manifest in `data`. Raises `Damaged` where it is not as it was written."""
    try:
        text = data.decode()
        tail = _TAIL.search(text)
        if tail is None or sha256(text[: tail.start()].encode()).hexdigest() != tail[1]:
            raise Damaged
        read = json.loads(text)
        files = {path: Listed._make(row) for path, row in read["files"].items()}
        carried = frozenset(read["carried"])
        found = Manifest(read["id"], read["made"], read["by"], read["previous"], files, carried)
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged from error
    if (
        read["format"] != _FORMAT
        or not is_id(found.id)
        or found.id[-8:] != content_digest(files, carried)
    ):
        raise Damaged
    return found


def _quoted(text: str) -> str:
    return (
        f'"{text}"'
        if text.isascii() and text.isprintable() and not {'"', "\\"} & {*text}
        else json.dumps(text)
    )


def is_id(name: str) -> bool:
    """Whether `name` can be a release's."""
    return _ID.match(name) is not None


def content_digest(files: Mapping[str, Listed], carried: Collection[str] = ()) -> str:
    """Eight hexadecimal digits that tell what a release holds by itself, whenever it was made."""
    left_out = {VERSION_FILE, *carried}
    rows = (
        f"{path}\0{row.sha256}\n" for path, row in sorted(files.items()) if path not in left_out
    )
    return sha256("".join(rows).encode()).hexdigest()[:8]


def new_id(files: Mapping[str, Listed], now: datetime, others: Iterable[str]) -> str:
    """A name for a release of `files`, those that it carries left out.

    It sorts after those of all `others`, also where the clock was set back.
    """
    stamp = now.astimezone(UTC).replace(microsecond=0)
    for other in others:
        if found := _ID.match(other):
            last = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
            stamp = max(stamp, last + timedelta(seconds=1))
    return f"{stamp.strftime(_TIME)}-{content_digest(files)}"
