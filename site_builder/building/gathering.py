"""Keeps the open data of a site up to date: keeps lines by page, joins what changed.

Where pages only say something else, their lines are replaced in the file that lies in the site:
to join 10,000 again takes longer than all the rest of an edit.
"""

import marshal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_builder.building.records import Files, Records
from site_builder.outputs.open_data import DATA_FILES, Lines, data_file

_FEW = 100
"""Pages whose lines are replaced one by one."""


def packed(lines: dict[str, Lines]) -> bytes:
    """The lines of a page as they are kept; nothing where there are none."""
    return marshal.dumps({name: tuple(some) for name, some in lines.items()}) if lines else b""


class Gathering:
    """The open data of one site during one build."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._changes: dict[str, list[tuple[Any, Any]]] = {}
        """Lines of pages as they were and as they are, None where there are none, by table."""

    def note(self, file: str, data: bytes) -> None:
        """Note the lines of a page now; nothing where it has none, or is gone."""
        now = marshal.loads(data) if data else {}
        before = self._records.lines(file)
        for table in sorted(now.keys() | before.keys()):
            if now.get(table) != before.get(table):
                self._records.keep_lines(file, table, now.get(table))
                change = before.get(table), now.get(table)
                self._changes.setdefault(table, []).append(change)

    def files(self, site: Path, files: Files, wrong: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Each file that may have changed, is not among `files`, or is `wrong`, with its bytes."""
        right = files.keys() - set(wrong)
        joined: dict[str, list[Lines]] = {}
        for file, table in DATA_FILES.items():
            if file in right and table.name not in self._changes:
                continue
            data = self._revised(site / file, table.name) if file in right else None
            if data is None:
                if table.name not in joined:
                    kept = self._records.all_lines(table.name)
                    joined[table.name] = [Lines(*some) for some in kept]
                data = data_file(file, joined[table.name])
            yield file, data

    def _revised(self, place: Path, table: str) -> bytes | None:
        """The file in the site with other lines; None where it has to be joined again."""
        changes = self._changes[table]
        if len(changes) > _FEW or any(None in change for change in changes):
            return None
        part = Lines._fields.index(place.suffix[1:])
        data = place.read_bytes()
        for before, now in changes:
            # No other line can be the same, nor stand within another: all name their page.
            old, new = (f"\n{lines[part]}".encode() for lines in (before, now))
            if data.count(old) != 1:
                return None
            data = data.replace(old, new)
        return data
