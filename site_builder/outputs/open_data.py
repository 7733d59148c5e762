"""Open data as files: each table as CSV and as JSON.

CSV begins with a byte order mark: Excel, which most who want these tables in Việt Nam will use,
takes UTF-8 without it for the system's old code page and breaks every accented letter. Python
(utf-8-sig), pandas, R, LibreOffice and Google Sheets skip it.

Lines are made with their page and kept, so that one edited story does not have all others opened.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, NamedTuple

from site_builder.outputs.formats import defused
from site_builder.pages.tables import TABLES, DataTable
from site_builder.pages.views import DataRow, Page

_TABLES = {table.name: table for table in TABLES}
DATA_FILES = {table.file(suffix): table for table in TABLES for suffix in (".csv", ".json")}
"""Every file of this module with its table."""


class Lines(NamedTuple):
    """Some rows of one table."""

    csv: str
    json: str


def lines_of(rows: Iterable[DataRow], site_url: str) -> dict[str, Lines]:
    """The lines of a page's rows, by the name of their table."""
    base = site_url.rstrip("/") + "/"
    found: dict[str, list[Lines]] = {}
    for row in rows:
        table = _TABLES[row.table]
        values = [
            base + value if column.kind == "page" and value is not None else value
            for column, value in zip(table.columns, row.values, strict=True)
        ]
        line = Lines(_csv_line(map(_cell, values)), _json_line(table, values))
        found.setdefault(row.table, []).append(line)
    return {
        name: Lines("".join(line.csv for line in lines), ",\n".join(line.json for line in lines))
        for name, lines in found.items()
    }


def data_file(file: str, lines: Iterable[Lines]) -> bytes:
    """One of `DATA_FILES` with the lines of all pages, in the order of their files."""
    if file.endswith(".json"):
        text = ",\n".join(some.json for some in lines)
        return f"[\n{text}\n]\n".encode() if text else b"[]\n"
    head = _csv_line(column.name for column in DATA_FILES[file].columns)
    return (head + "".join(some.csv for some in lines)).encode("utf-8-sig")


def data_files(pages: Iterable[Page], site_url: str) -> Iterator[tuple[str, bytes]]:
    """All data of a whole site, as (address, bytes)."""
    ordered = sorted(pages, key=lambda page: f"{page.address}index.html")
    found = [lines_of(page.rows, site_url) for page in ordered]
    for file, table in DATA_FILES.items():
        yield file, data_file(file, (lines[table.name] for lines in found if table.name in lines))


def _json_line(table: DataTable, values: list[Any]) -> str:
    names = (column.name for column in table.columns)
    return json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        value = "; ".join(value)
    return defused(value) if isinstance(value, str) else value


def _csv_line(cells: Iterable[Any]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)  # commas and CRLF, as RFC 4180 has it
    return out.getvalue()
