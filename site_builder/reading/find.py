"""Which files of the project are read, and what each of them is.

Files that offices leave lying about (Word's ~$ locks, Thumbs.db, dot files, backups) are passed
over in silence: they are never entries and never published.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.diagnostics import Diagnostic, Span, fault, why_unread
from site_builder.text import nfc, slug

_LITTER = re.compile(r"^(?:\.|~\$|~|Thumbs\.db$|desktop\.ini$)|(?:~|\.bak|\.tmp|\.swp)$", re.I)
_WINDOWS_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)
_WINDOWS_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f\ud800-\udfff]|[. ]$')
_NAME_LIMIT = 120
"""Characters of a file name: with its folders it stays under Windows' 260."""

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
FILE_SUFFIXES = frozenset({".pdf"})
PUBLISHED_SUFFIXES = IMAGE_SUFFIXES | FILE_SUFFIXES


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file found in the tree."""

    path: str
    """POSIX path from the root, NFC: what messages show."""
    place: Path
    """Where it is on this disk, as the disk spells it."""

    @property
    def stem_slug(self) -> str:
        """The id that its name gives."""
        return slug(self.place.stem)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything in the tree, sorted by path."""

    models: tuple[SourceFile, ...]
    articles: tuple[SourceFile, ...]
    documents: tuple[SourceFile, ...]
    pages: tuple[SourceFile, ...]
    assets: dict[str, Path]
    """Pictures and PDFs that a public entry may publish, by path."""
    diagnostics: tuple[Diagnostic, ...]


def find_files(root: Path) -> Found:
    """Walk models/ and content/ below `root`, without following links."""
    kinds: dict[str, list[SourceFile]] = {name: [] for name in _KINDS}
    assets: dict[str, Path] = {}
    diagnostics: list[Diagnostic] = []
    for file in sorted(_walk(root, diagnostics), key=lambda found: found.path):
        suffix = file.place.suffix.lower()
        if suffix in PUBLISHED_SUFFIXES:
            diagnostics.extend(_name_faults(file, is_entry=False))
            if file.path in assets:
                twin = "một tệp cùng tên, gõ dấu theo kiểu khác"
                diagnostics.append(fault("MH213", Span(file.path), address=file.path, other=twin))
            assets[file.path] = file.place
        elif suffix == ".md":
            faults = tuple(_name_faults(file, is_entry=True))
            diagnostics.extend(faults)
            kind = _kind(file.path)
            if kind is None:
                diagnostics.append(fault("MH011", Span(file.path)))
            elif not faults:
                kinds[kind].append(file)
    sorted_kinds = {name: tuple(files) for name, files in kinds.items()}
    return Found(**sorted_kinds, assets=assets, diagnostics=tuple(diagnostics))


_KINDS = {
    "models": re.compile(r"models/[^/]+/[^/]+$"),
    "articles": re.compile(r"content/news/\d{4}/[^/]+$"),
    "documents": re.compile(r"content/documents/[^/]+$"),
    "pages": re.compile(r"content/[^/]+$"),
}


def _kind(path: str) -> str | None:
    return next((kind for kind, pattern in _KINDS.items() if pattern.match(path)), None)


def _walk(root: Path, diagnostics: list[Diagnostic]) -> Iterator[SourceFile]:
    for top in ("models", "content"):
        if (root / top).is_symlink():
            diagnostics.append(fault("MH009", Span(top), value=top))
        elif (root / top).is_dir():
            yield from _walk_folder(root / top, top, diagnostics)


def _walk_folder(folder: Path, prefix: str, diagnostics: list[Diagnostic]) -> Iterator[SourceFile]:
    try:
        listing = sorted(os.scandir(folder), key=lambda item: item.name)
    except OSError as error:
        diagnostics.append(fault("MH012", Span(prefix), reason=why_unread(error)))
        return
    for item in listing:
        path = f"{prefix}/{nfc(item.name)}"
        if _LITTER.search(item.name):
            continue
        if item.is_symlink():
            diagnostics.append(fault("MH009", Span(path), value=item.name))
        elif item.is_dir():
            yield from _walk_folder(folder / item.name, path, diagnostics)
        elif item.is_file():
            yield SourceFile(path, folder / item.name)


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
        yield fault("MH013", span, value=file.place.name)
