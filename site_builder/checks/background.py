"""What rules for one file may know besides the file."""

from datetime import date
from typing import NamedTuple

from site_builder.reading.registers import Registers

KIND_LABELS = {
    "Model": "mô hình",
    "Article": "tin",
    "Document": "văn bản",
    "Page": "trang",
    "Unit": "đơn vị",
}


class Background(NamedTuple):
    """The registers, and the day in Việt Nam."""

    registers: Registers
    today: date
