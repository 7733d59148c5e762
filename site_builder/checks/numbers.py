"""MH216-MH218: document numbers are written as the State and the Party write them.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I (109/KH-UBND, 1606/UBND-NV); Quy định 66-QĐ/TW of the
Ban Bí thư (52-CT/TU); Luật Ban hành văn bản quy phạm pháp luật (42/2022/NĐ-CP, 91/2025/QH15).
Numbers repeat over provinces, so number + issuer + year is the key.
"""

import re
from collections.abc import Iterator
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Document
from site_builder.domain.entry import AnyEntry
from site_builder.library.library import Library
from site_builder.library.placing import number_key
from site_builder.reading.entries import Manuscript
from site_builder.text import slug

_SIGN = r"[A-ZĐ][A-Za-zĐđ.]*"
NUMBER_FORMS = (
    re.compile(rf"\d+[a-z]?-{_SIGN}/{_SIGN}(?:[-.]{_SIGN})*"),
    re.compile(rf"\d+[a-z]?/{_SIGN}(?:-{_SIGN})+"),
    re.compile(rf"\d+/(?:19|20)\d\d/(?:QH\d+|{_SIGN}(?:[-/]{_SIGN})*)"),
)
"""Party, State, legal acts."""


def alone(manuscript: Manuscript[Any], _background: Background) -> Iterator[Diagnostic]:
    """The form of a document's number."""
    record = manuscript.record
    if isinstance(record, Document):
        yield from _form(record.number, record.number_incomplete, manuscript.span("number"))


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """Another document with the same key; the first path is right."""
    record = entry.record
    if not isinstance(record, Document):
        return
    alike = library.shelf("all-numbers", number_key(record.number))
    if len(alike) == 1:
        return
    twins = sorted(other.path for other in alike if _key(other.record) == _key(record))
    if twins[0] != entry.path:
        yield fault("MH218", entry.span("number"), other=twins[0])


def _key(record: Document) -> tuple[str, int | None]:
    return slug(record.issuer), record.year


def _form(number: str, is_incomplete: bool, span: Span) -> Iterator[Diagnostic]:
    if any(form.fullmatch(number) for form in NUMBER_FORMS):
        return
    if not re.fullmatch(r"\d+[a-z]?", number):
        yield fault("MH216", span, value=number)
    elif not is_incomplete:
        yield fault("MH217", span, value=number)
