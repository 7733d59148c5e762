"""Addresses that other portals had, and the pages that took their place.

A table with the columns `from` and `to`, parted by commas, or by semicolons as Excel in Việt Nam
writes it. What comes out has been checked: every target is there, no old address hides a page.
"""

import csv
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from site_builder.config import REGISTER_LIMIT
from site_builder.diagnostics import ContentFaults, Diagnostic, Span, fault, why_unread
from site_builder.files import read_whole
from site_builder.reading.decode import HIDDEN, decode
from site_builder.serving.place import Place

_COLUMNS = ["from", "to"]
_SENT_AS_IT_IS = "!$&'()*+,-./:;=?@_~[]{}|\\^`%"
"""What browsers leave in a query as it was typed; the rest is sent as %XX."""
_MACHINERY = ("assets/", "search/")
"""Folders whose files are named by the program."""
_TAKEN_OUT = re.compile(r"//|/\.\.?(?:/|$)|\\|%2f", re.IGNORECASE)
"""What servers change in an address, or refuse, before they compare it."""


class RedirectFaults(ContentFaults):
    """The table of old addresses has faults."""

    text = "Bảng địa chỉ cũ còn lỗi. Chưa ghi cấu hình nào."


class Key(NamedTuple):
    """An address on the site's host."""

    path: str
    """Decoded, from the host's root."""
    query: str
    """As browsers send it; "" where any will do, none included."""


@dataclass(frozen=True)
class OldAddress:
    """An address of another portal, and where it leads now."""

    key: Key
    target: str
    """From the host's root: ASCII, nothing that would have to be escaped."""
    is_page: bool
    """Whether a page of ours is at its path, which other queries, or none, go on to show."""


@dataclass(frozen=True)
class Site:
    """What the table is held against: addresses from the home page, no slash in front."""

    place: Place
    pages: Set[str]
    """Whatever may be led to: pages, which end in a slash, and files."""
    redirects: Set[str]
    """Old addresses that the site itself leads on from."""

    def has(self, path: str) -> bool:
        """Whether something of the site is at `path`, which counts from the host's root."""
        if f"{path}/" == self.place.base:
            return True
        if not path.startswith(self.place.base):
            return False
        below = path.removeprefix(self.place.base)
        likely = {below, f"{below}/", below.removesuffix("index.html")}
        return below.startswith(_MACHINERY) or bool(likely & (self.pages | self.redirects))


def old_addresses(file: Path, root: Path, site: Site) -> tuple[OldAddress, ...]:
    """The old addresses in `file`. Raises `RedirectFaults` with every fault."""
    path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    table = _Table(path, site)
    found = table.read(file)
    if table.faults:
        raise RedirectFaults(root, tuple(sorted(table.faults)))
    return found


class _Row(NamedTuple):
    line: int
    text: str
    old: str
    new: str


class _Table:
    """A table while it is read; its faults are collected."""

    def __init__(self, path: str, site: Site) -> None:
        self.faults: list[Diagnostic] = []
        self._path = path
        self._site = site

    def read(self, file: Path) -> tuple[OldAddress, ...]:
        lines = self._lines_of(file)
        rows = self._by_key(self._rows(lines)) if lines else {}
        found = []
        for key, row in rows.items():
            target = self._target(row, rows)
            if target:
                found.append(OldAddress(key, target, self._site.has(key.path)))
        return tuple(found)

    def _lines_of(self, file: Path) -> list[str]:
        try:
            data = read_whole(str(file))
        except OSError as error:
            self.faults.append(fault("MH012", Span(self._path), reason=why_unread(error)))
            return []
        if len(data) > REGISTER_LIMIT:
            size = f"{len(data) // 1_000_000} MB"
            self.faults.append(fault("MH006", Span(self._path), size=size, limit="16 MB"))
            return []
        text, faults = decode(self._path, data)
        self.faults += faults
        return [] if faults else text.split("\n")

    def _rows(self, lines: list[str]) -> Iterator[_Row]:
        """The rows below the heading, each in one line."""
        mark = ";" if ";" in lines[0] else ","
        if [cell.lower() for cell in _cells(lines[0], mark)] != _COLUMNS:
            self._tell("MH411", 1, lines[0], lines[0])
            return
        for number, line in enumerate(lines[1:], 2):
            cells = _cells(line, mark)
            if len(cells) == 2 and all(cells):
                yield _Row(number, line, *cells)
            elif any(cells):
                self._tell("MH412", number, line, line)

    def _by_key(self, rows: Iterator[_Row]) -> dict[Key, _Row]:
        """Rows whose old address is one, and of which none was before them."""
        found: dict[Key, _Row] = {}
        for row in rows:
            key = self._key_of(row.old)
            if key is None:
                self._tell("MH413", row.line, row.text, row.old)
            elif key in found:
                self._tell("MH414", row.line, row.text, row.old, first=found[key].line)
            elif not key.query and self._site.has(key.path):
                self._tell("MH415", row.line, row.text, row.old)
            else:
                found[key] = row
        return found

    def _key_of(self, address: str) -> Key | None:
        """An address as it is compared; None where it is none on the site's host."""
        origin = self._site.place.origin
        below = address.removeprefix(origin).removeprefix(origin.replace("https:", "http:"))
        encoded, _, query = below.partition("?")
        try:
            path = unquote(encoded, errors="strict")
        except UnicodeDecodeError:
            return None
        is_text = path.isprintable() and query.isprintable() and not HIDDEN.search(path)
        is_kept = not (_TAKEN_OUT.search(path) or _TAKEN_OUT.search(encoded) or "#" in address)
        if not (path.startswith("/") and is_text and is_kept):
            return None
        return Key(path, quote(query, safe=_SENT_AS_IT_IS))

    def _target(self, row: _Row, rows: dict[Key, _Row]) -> str | None:
        """Where a row leads; told of where that is nowhere, or to another old address."""
        place = self._site.place
        address = row.new.removeprefix(place.origin)
        if address.startswith(place.base) and address.removeprefix(place.base) in self._site.pages:
            return address
        key = self._key_of(row.new)
        other = (rows.get(key) or rows.get(Key(key.path, ""))) if key else None
        if other:
            self._tell("MH417", row.line, row.text, row.new, first=other.line)
        else:
            self._tell("MH416", row.line, row.text, row.new, base=place.base)
        return None

    def _tell(self, code: str, line: int, text: str, value: str, **values: object) -> None:
        start = max(text.find(value), 0) + 1
        span = Span(self._path, line, start, line, start + len(value))
        self.faults.append(fault(code, span, value=value, **values))


def _cells(line: str, mark: str) -> list[str]:
    """The cells of a line; what cannot be read as such is one cell."""
    try:
        (cells,) = csv.reader([line], delimiter=mark, strict=True)
    except (csv.Error, ValueError):
        return [line] if line.strip() else []
    return [cell.strip() for cell in cells]
