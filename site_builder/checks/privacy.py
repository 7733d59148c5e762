"""MH240, MH241: personal data never reaches the site.

Sources: Luật Căn cước 26/2023/QH15 (a citizen's number has 12 digits), Nghị định 13/2023/NĐ-CP
on personal data; mobile prefixes of the numbering plan (03, 05, 07, 08, 09). Hotlines belong to
site.yml. Addresses of links are passed over: their digits are not for people.
"""

import re
from collections.abc import Iterator
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.reading.entries import Manuscript

_CITIZEN_ID = re.compile(r"(?<![\d/.,-])0\d{11}(?![\d/])")
_MOBILE = re.compile(r"(?<![\d/])(?:\+?84|0)[ .-]?[35789]\d(?:[ .-]?\d){7}(?!\d)")
_DIGITS = re.compile(r"\d(?:[ .-]?\d){8}")
_ADDRESS = re.compile(r"https?://\S+")


def alone(manuscript: Manuscript[Any], _background: Background) -> Iterator[Diagnostic]:
    """Search the body and every text of front matter."""
    for text, own in _texts(manuscript):
        if not _DIGITS.search(text):
            continue
        masked = _ADDRESS.sub(lambda found: "·" * len(found.group()), text)
        for code, pattern in (("MH240", _CITIZEN_ID), ("MH241", _MOBILE)):
            for found in pattern.finditer(masked):
                span = own or manuscript.body_span(*found.span())
                yield fault(code, span, value=found.group())


def _texts(manuscript: Manuscript[Any]) -> Iterator[tuple[str, Span | None]]:
    """Each text to search, with its place where it has one of its own."""
    yield manuscript.body, None
    yield from manuscript.places.scalars()
