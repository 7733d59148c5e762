"""MH216-MH218: document numbers are written as the State and the Party write them.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I (109/KH-UBND, 1606/UBND-NV); Quy định 66-QĐ/TW of the
Ban Bí thư (52-CT/TU); Luật Ban hành văn bản quy phạm pháp luật (42/2022/NĐ-CP, 91/2025/QH15).
Numbers repeat over provinces, so number + issuer + year is the key.
"""

import re
from collections.abc import Iterator

from site_builder.catalogue import number_key
from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.text import slug

_SIGN = r"[A-ZĐ][A-Za-zĐđ.]*"
NUMBER_FORMS = (
    re.compile(rf"\d+[a-z]?-{_SIGN}/{_SIGN}(?:[-.]{_SIGN})*"),
    re.compile(rf"\d+[a-z]?/{_SIGN}(?:-{_SIGN})+"),
    re.compile(rf"\d+/(?:19|20)\d\d/(?:QH\d+|{_SIGN}(?:[-/]{_SIGN})*)"),
)
"""Party, State, legal acts."""


def check(library: Library) -> Iterator[Diagnostic]:
    """The form of each number, then keys that repeat."""
    keys: dict[tuple[str, str, int | None], str] = {}
    for document in library.sources.documents:
        record = document.record
        yield from _form(record.number, record.number_incomplete, document.span("number"))
        key = (number_key(record.number), slug(record.issuer), record.year)
        if key in keys:
            yield fault("MH218", document.span("number"), other=keys[key])
        keys.setdefault(key, document.path)


def _form(number: str, is_incomplete: bool, span: Span) -> Iterator[Diagnostic]:
    if any(form.fullmatch(number) for form in NUMBER_FORMS):
        return
    if not re.fullmatch(r"\d+[a-z]?", number):
        yield fault("MH216", span, value=number)
    elif not is_incomplete:
        yield fault("MH217", span, value=number)
