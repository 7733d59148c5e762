"""What templates are told of a page beside its text: one place for both ways of building."""

import re
from typing import Any, NamedTuple

from markupsafe import escape

from site_builder.pages.views import ModelView, Page

_DARK = re.compile(rb"\x01+")


class QrCode(NamedTuple):
    """An address for cameras."""

    size: int
    """Modules from edge to edge, without the quiet zone of four around it."""
    path: str
    """Of an SVG: each run of dark modules as a line along the middle of its row."""


def meta_of(page: Page, address: str | None) -> dict[str, Any]:
    """The metadata of a page whose public address is `address`, None where nobody knows it.

    The title is escaped: whatever prints it, templates of ours or not, it is text.
    """
    head = {**page.head(), "title": escape(page.title), "view": page.view}
    return {**head, "qr": qr_of(page, address)}


def qr_of(page: Page, address: str | None) -> QrCode | None:
    """The code that leads to the page: of models, which are printed and put up on walls."""
    return qr_code(address) if address and isinstance(page.view, ModelView) else None


def qr_code(address: str) -> QrCode:
    """The code of an address, readable with 15 % of it gone."""
    import segno  # noqa: PLC0415 - most edits of one story are no model

    # Every mask is valid. To find the one that cameras like best takes four times as long.
    code = segno.make_qr(address, error="m", boost_error=False, mask=0)
    rows = [_runs(y, bytes(row)) for y, row in enumerate(code.matrix)]
    return QrCode(len(rows), "".join(rows))


def _runs(y: int, row: bytes) -> str:
    found = ((run.start(), run.end()) for run in _DARK.finditer(row))
    return "".join([f"M{start} {y}h{end - start}" for start, end in found])
