"""MH213-MH215: one address, one page; an old address never shadows or repeats another.

Two file names that differ only in case, diacritics or normal form (dân-vận, dan-van, Dan-Van)
fold to one address. Aliases point straight at their entry, so chains, and loops in them, cannot
be written: an alias that is itself a page or another's alias is refused.
"""

from collections.abc import Iterator

from site_builder.addresses import SECTIONS, address_of, asset_address, is_list_address
from site_builder.checks.library import Library
from site_builder.diagnostics import Diagnostic, Span, fault


def check(library: Library) -> Iterator[Diagnostic]:
    """Addresses of entries, ids within a type, aliases, then assets."""
    owners: dict[str, str] = {f"/{section}/": "danh sách của trang" for section in SECTIONS}
    ids: dict[tuple[str, str], str] = {}
    for entry in library.sources.entries:
        address = address_of(entry)
        key = (type(entry.record).__name__, entry.id)
        other = owners.get(address) or ids.get(key)
        if other:
            yield fault("MH213", Span(entry.path), address=address, other=other)
        owners.setdefault(address, entry.path)
        ids.setdefault(key, entry.path)
    yield from _aliases(library, owners)
    yield from _assets(library)


def _aliases(library: Library, owners: dict[str, str]) -> Iterator[Diagnostic]:
    declared: dict[str, str] = {}
    for entry in library.sources.entries:
        for place, alias in enumerate(getattr(entry.record, "aliases", ())):
            span = entry.span("aliases", place)
            if alias in owners or is_list_address(alias):
                other = owners.get(alias, "danh sách của trang")
                yield fault("MH214", span, value=alias, other=other)
            elif alias in declared:
                yield fault("MH215", span, value=alias, other=declared[alias])
            declared.setdefault(alias, entry.path)


def _assets(library: Library) -> Iterator[Diagnostic]:
    taken: dict[str, str] = {}
    for path in library.sources.assets:
        address = asset_address(path)
        if address in taken:
            yield fault("MH213", Span(path), address=address, other=taken[address])
        taken.setdefault(address, path)
