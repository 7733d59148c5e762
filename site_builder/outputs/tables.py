"""Tables as CSV files that Excel opens rightly in Việt Nam by a double click.

Vietnamese number formats have a comma before decimals, and Excel parts columns by a semicolon
wherever the comma is taken by decimals, whatever list separator the system names. So columns are
parted by `;`, numbers have no dots between thousands (which another format would take for a
decimal point), and a byte order mark says that the text is UTF-8. Other programs ask or guess.
"""

import csv
from decimal import Decimal
from io import StringIO

from site_builder.outputs.formats import defused
from site_builder.pages.views import Cell, Sheet
from site_builder.text import vietnamese_number


def csv_file(sheet: Sheet) -> bytes:
    """The sheet as RFC 4180 has it but for the separator: UTF-8 with a mark, CRLF."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_cell, sheet.head))
    writer.writerows(map(_cell, row) for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str:
    if isinstance(value, Decimal | int):
        return vietnamese_number(value).replace(".", "")
    return defused(value if isinstance(value, str) else value.text)
