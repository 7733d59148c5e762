"""Keeps the open data of a site up to date: keeps lines by page, joins what changed."""

import marshal
from collections.abc import Iterable, Iterator

from site_builder.building.records import Files, Records
from site_builder.outputs.open_data import DATA_FILES, Lines, data_file


def packed(lines: dict[str, Lines]) -> bytes:
    """The lines of a page as they are kept; nothing where there are none."""
    return marshal.dumps({name: tuple(some) for name, some in lines.items()}) if lines else b""


class Gathering:
    """The open data of one site during one build."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._changed: set[str] = set()
        """Tables."""

    def note(self, file: str, data: bytes) -> None:
        """Note the lines of a page now; nothing where it has none, or is gone."""
        now = marshal.loads(data) if data else {}
        before = self._records.lines(file)
        for table in now.keys() | before.keys():
            if now.get(table) != before.get(table):
                self._records.keep_lines(file, table, now.get(table))
                self._changed.add(table)

    def files(self, files: Files, wrong: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Each file that may have changed, is not among `files`, or is `wrong`, with its bytes."""
        unknown = DATA_FILES.keys() - (files.keys() - set(wrong))
        for file, table in DATA_FILES.items():
            if table.name in self._changed or file in unknown:
                lines = (Lines(*some) for some in self._records.all_lines(table.name))
                yield file, data_file(file, lines)
