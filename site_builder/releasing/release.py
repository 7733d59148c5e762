"""Composes a release: what it holds and where each file comes from."""

import getpass
import json
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from site_builder.files import write_whole
from site_builder.releasing.manifest import (
    VERSION_FILE,
    Listed,
    Manifest,
    new_id,
)
from site_builder.releasing.preparing import Preparation


@dataclass(frozen=True)
class Release:
    """A release to be made."""

    manifest: Manifest
    sources: dict[str, str]
    """Where each file lies here; carried files lie in the live release only."""


@dataclass(frozen=True)
class Past:
    """What there is before a release."""

    live: str | None
    known: Manifest | None
    """What the live release holds, where its manifest can be trusted."""
    ids: Sequence[str]
    """All releases."""


def compose(site: Preparation, past: Past, now: datetime, *, carries: bool = True) -> Release:
    """The release of a site; where it `carries` nothing, pages that are open may break."""
    files: dict[str, Listed] = {}
    sources: dict[str, str] = {}
    before = past.known.files if past.known else {}
    top, cache = str(site.site), str(site.cache)
    for path, file in site.files.items():
        modified = _modified(file.stamp.modified, file.sha256, before.get(path))
        files[path] = Listed(file.stamp.size, file.sha256, modified)
        sources[path] = f"{top}/{path}"
        for suffix, size, digest in file.packed:
            files[path + suffix] = Listed(size, digest, modified)
            sources[path + suffix] = f"{cache}/{digest}"
    carried = past.known.still_asked_for(files) if past.known and carries else {}
    release_id = new_id(files, now, past.ids)
    files |= carried
    found = Manifest(
        release_id,
        now.astimezone(UTC).isoformat(timespec="seconds"),
        maker(),
        past.live,
        files,
        frozenset(carried),
    )
    place = site.cache.with_name(VERSION_FILE)
    data = json.dumps({"release": found.id}).encode() + b"\n"
    write_whole(str(place), data)
    files[VERSION_FILE] = Listed(len(data), sha256(data).hexdigest(), int(now.timestamp()))
    sources[VERSION_FILE] = str(place)
    return Release(replace(found, files=files), sources)


def _modified(nanoseconds: int, digest: str, before: Listed | None) -> int:
    """Whole seconds. Browsers and `lay` tell two states of a file by it and the size."""
    if before and before.sha256 == digest:
        return before.modified
    own = nanoseconds // 1_000_000_000
    return max(own, before.modified + 1) if before else own


def maker() -> str:
    """Who makes a release: user and computer."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        user = str(os.getuid()) if hasattr(os, "getuid") else "?"
    return f"{user}@{socket.gethostname()}"
