"""The order in which a folder that cannot switch is changed: nothing before what it asks for."""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from enum import IntEnum, auto
from itertools import groupby
from pathlib import Path, PurePosixPath

from site_builder.addresses import is_list_address
from site_builder.files import MADE_SUFFIX, Damaged
from site_builder.releasing.manifest import (
    PACKED_SUFFIXES,
    VERSION_FILE,
    Listed,
    Manifest,
    is_named_by_content,
)
from site_builder.releasing.placing import make_folder, write_beside, wrong_among

_DATA = frozenset({".json", ".xml", ".csv", ".txt"})
_LOADED = frozenset({"assets", "tep"})
"""Folders of what pages load or offer, whatever its suffix."""


class Rank(IntEnum):
    """What is written before what."""

    BY_CONTENT = auto()
    ASSET = auto()
    PAGE = auto()
    LIST = auto()
    INDEX = auto()
    """What leads to pages from elsewhere: search, feeds, the map of the site, open data."""
    VERSION = auto()


def rank(path: str) -> Rank:
    """When a file is written; a compressed copy goes with its file."""
    if is_named_by_content(path):
        return Rank.BY_CONTENT
    if path == VERSION_FILE:
        return Rank.VERSION
    place = PurePosixPath(path)
    if place.suffix == ".html":
        is_list = path == "index.html" or is_list_address(f"/{place.parent}/")
        return Rank.LIST if is_list else Rank.PAGE
    is_index = place.suffix in _DATA and place.parts[0] not in _LOADED
    return Rank.INDEX if is_index else Rank.ASSET


def in_order(release: Manifest, paths: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Files in the order of writing, each with those of its compressed copies that are in `paths`.

    A file comes before its copies, which are then never newer than the file.
    """

    def file_of(path: str) -> str:
        return path[:-3] if release.is_packed(path) else path

    def key(path: str) -> tuple[Rank, str]:
        return rank(file_of(path)), file_of(path)

    for (_, file), group in groupby(sorted(paths, key=lambda path: (*key(path), path)), key=key):
        yield file, list(group)


def put(
    folder: str,
    release: Manifest,
    sources: Mapping[str, str],
    paths: Collection[str],
    ours: Collection[str],
) -> None:
    """Write files in their order, each beside and read again before it is renamed.

    A file and its compressed copies are renamed one right after the other. Raises `Damaged`.
    """
    folders = {""}
    for file, group in in_order(release, paths):
        make_folder(folder, file.rpartition("/")[0], folders)
        for path in group:
            write_beside(sources[path], folder, path, release.files)
            _refuse_torn(folder, path, release.files[path])
        for path in group:
            os.replace(f"{folder}/{path}{MADE_SUFFIX}", f"{folder}/{path}")  # noqa: PTH105
        for copy in (file + suffix for suffix in PACKED_SUFFIXES):
            if copy not in release.files and copy in ours:  # else it would be sent for the file
                with suppress(FileNotFoundError):
                    Path(folder, copy).unlink()


def _refuse_torn(folder: str, path: str, listed: Listed) -> None:
    if wrong_among(folder, {path + MADE_SUFFIX: listed}):
        raise Damaged(path)
