"""MH213-MH215: one address, one page; an old address never shadows or repeats another.

Two file names that differ only in case, diacritics or normal form (dân-vận, dan-van, Dan-Van)
fold to one address. Aliases point straight at their entry, so chains, and loops in them, cannot
be written: an alias that is itself a page or another's alias is refused.
"""

from collections.abc import Iterator

from site_builder.addresses import SECTIONS, address_of, asset_address, is_list_address
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entry import AnyEntry
from site_builder.library.cells import asset_at
from site_builder.library.library import KINDS, Library

_LIST = "danh sách của trang"


def among(library: Library, entry: AnyEntry) -> Iterator[Diagnostic]:
    """The entry's address and id, then its aliases. Of several at fault the first is right."""
    address = address_of(entry)
    twins = library.shelf("all-ids", f"{entry.kind}/{entry.id}")
    first = min((twin.path for twin in twins), default=entry.path)
    other = _LIST if address.strip("/") in SECTIONS else first
    if other != entry.path:
        yield fault("MH213", Span(entry.path), address=address, other=other)
    for place, alias in enumerate(entry.record.aliases):
        span = entry.span("aliases", place)
        if owner := _owner(library, alias):
            yield fault("MH214", span, value=alias, other=owner)
        elif (declared := _declared(library, alias, entry, place)) is not None:
            yield fault("MH215", span, value=alias, other=declared)


def _owner(library: Library, address: str) -> str | None:
    """What stands at `address` by itself."""
    entry_id = address.rstrip("/").rpartition("/")[2]
    for kind in KINDS:
        for entry in library.shelf("all-ids", f"{kind}/{entry_id}"):
            if address_of(entry) == address:
                return entry.path
    return _LIST if is_list_address(address) or address.strip("/") in SECTIONS else None


def _declared(library: Library, alias: str, entry: AnyEntry, place: int) -> str | None:
    """The path of an entry that declares `alias` before this one does."""
    if alias in entry.record.aliases[:place]:
        return entry.path
    others = sorted(
        library.shelf("all-aliases", alias), key=lambda o: (KINDS.index(o.kind), o.path)
    )
    return others[0].path if others[0].path != entry.path else None


def registers(library: Library) -> Iterator[Diagnostic]:
    """Pictures and PDFs whose names fold to one."""
    library.ledger.ask(asset_at(""))  # which there are
    taken: dict[str, str] = {}
    for path in library.assets:
        address = asset_address(path)
        if address in taken:
            yield fault("MH213", Span(path), address=address, other=taken[address])
        taken.setdefault(address, path)
