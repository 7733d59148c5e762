"""Which files of the project are read, and what each of them is.

Files that offices leave lying about (Word's ~$ locks, Thumbs.db, dot files, backups) are passed
over in silence: they are never entries and never published.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from site_builder.diagnostics import Diagnostic, Span, fault, why_unread
from site_builder.files import Stamp
from site_builder.text import nfc, slug

_LITTER = re.compile(r"^(?:\.|~\$|~|Thumbs\.db$|desktop\.ini$)|(?:~|\.bak|\.tmp|\.swp)$", re.I)
_WINDOWS_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
_WINDOWS_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f\ud800-\udfff]|[. ]$')
_NAME_LIMIT = 120
"""Characters of a file name: with its folders it stays under Windows' 260."""

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
FILE_SUFFIXES = frozenset({".pdf"})
PUBLISHED_SUFFIXES = IMAGE_SUFFIXES | FILE_SUFFIXES


class SourceFile(NamedTuple):
    """A file found in the tree."""

    path: str
    """POSIX path from the root, NFC: what messages show."""
    place: str
    """Where it is on this disk, as the disk spells it."""
    stamp: Stamp

    @property
    def name(self) -> str:
        """Its name on this disk."""
        return Path(self.place).name

    @property
    def stem_slug(self) -> str:
        """The id that its name gives."""
        return slug(Path(self.place).stem)


ASSET = "asset"


@dataclass(frozen=True, slots=True)
class Found:
    """Everything in the tree, sorted by path."""

    entries: tuple[tuple[str, SourceFile], ...]
    """With the type of entry that each should be."""
    assets: dict[str, SourceFile]
    """Pictures and PDFs that a public entry may publish, by path."""
    diagnostics: tuple[Diagnostic, ...]


def find_files(root: Path, known: Mapping[str, str] = MappingProxyType({})) -> Found:
    """Walk models/ and content/ below `root`, without following links.

    `known` has the kinds of files by path whose names were found good before.
    """
    entries: list[tuple[str, SourceFile]] = []
    assets: dict[str, SourceFile] = {}
    diagnostics: list[Diagnostic] = []
    for file in sorted(_walk(root, diagnostics), key=_by_path):
        kind = known.get(file.path)
        if kind is None:
            kind, faults = _classify(file)
            diagnostics.extend(faults)
        if kind == ASSET:
            if file.path in assets:
                twin = "một tệp cùng tên, gõ dấu theo kiểu khác"
                diagnostics.append(fault("MH213", Span(file.path), address=file.path, other=twin))
            assets[file.path] = file
        elif kind:
            entries.append((kind, file))
    return Found(tuple(entries), assets, tuple(diagnostics))


def _by_path(file: SourceFile) -> str:
    return file.path


_KINDS = {
    "Model": re.compile(r"models/[^/]+/[^/]+$"),
    "Article": re.compile(r"content/news/\d{4}/[^/]+$"),
    "Document": re.compile(r"content/documents/[^/]+$"),
    "Page": re.compile(r"content/[^/]+$"),
}


def _classify(file: SourceFile) -> tuple[str, list[Diagnostic]]:
    """The kind of a file, "" where it is none of ours or its name is at fault."""
    suffix = Path(file.place).suffix.lower()
    if suffix in PUBLISHED_SUFFIXES:
        return ASSET, list(_name_faults(file, is_entry=False))
    if suffix != ".md":
        return "", []
    faults = list(_name_faults(file, is_entry=True))
    kind = next((kind for kind, pattern in _KINDS.items() if pattern.match(file.path)), None)
    if kind is None:
        faults.append(fault("MH011", Span(file.path)))
    return kind if kind and not faults else "", faults


def _walk(root: Path, diagnostics: list[Diagnostic]) -> list[SourceFile]:
    found: list[SourceFile] = []
    for top in ("models", "content"):
        if (root / top).is_symlink():
            diagnostics.append(fault("MH009", Span(top), value=top))
        elif (root / top).is_dir():
            _walk_folder(str(root / top), top, found, diagnostics)
    return found


def _walk_folder(
    folder: str, prefix: str, found: list[SourceFile], diagnostics: list[Diagnostic]
) -> None:
    try:
        listing = list(os.scandir(folder))
    except OSError as error:
        diagnostics.append(fault("MH012", Span(prefix), reason=why_unread(error)))
        return
    for item in listing:  # of every build, so nothing is done twice here
        name = item.name
        if _LITTER.search(name):
            continue
        path = f"{prefix}/{name if name.isascii() else nfc(name)}"
        if item.is_file(follow_symlinks=False):
            found.append(SourceFile(path, item.path, _stamp(item)))
        elif item.is_symlink():
            diagnostics.append(fault("MH009", Span(path), value=name))
        elif item.is_dir():
            _walk_folder(item.path, path, found, diagnostics)


def _stamp(item: "os.DirEntry[str]") -> Stamp:
    # On Windows a listing may be behind the file, and has no times worth comparing.
    status = Path(item.path).stat() if os.name == "nt" else item.stat(follow_symlinks=False)
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _name_faults(file: SourceFile, *, is_entry: bool) -> Iterator[Diagnostic]:
    span = Span(file.path)
    for name in file.path.split("/"):
        if (
            _WINDOWS_RESERVED.match(name)
            or _WINDOWS_FORBIDDEN.search(name)
            or len(name) > _NAME_LIMIT
        ):
            yield fault("MH008", span, value=name)
    if not is_entry:
        return
    if file.stem_slug == "index":
        yield fault("MH010", span)
    elif not file.stem_slug:
        yield fault("MH013", span, value=file.name)
