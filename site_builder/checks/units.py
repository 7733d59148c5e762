"""MH205, MH206, MH403: units exist on the date used, without loops, with names in order.

Source for the district level: Luật Tổ chức chính quyền địa phương 72/2025/QH15, in force from
1 July 2025; the register has the dates, nothing is written here.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from site_builder.checks.background import Background
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Article, Model
from site_builder.domain.registers import Unit
from site_builder.domain.unit_tree import UnitTree
from site_builder.domain.values import PartialDate
from site_builder.library.library import Library
from site_builder.reading.entries import Manuscript
from site_builder.text import slug


def alone(manuscript: Manuscript[Any], background: Background) -> Iterator[Diagnostic]:
    """Units as the entry uses them."""
    tree, record = background.registers.tree, manuscript.record
    if isinstance(record, Model) and record.known_at:
        yield from _existed(tree, record.unit, record.known_at, manuscript.span("unit"))
    if isinstance(record, Article):
        for place, reference in enumerate(record.units):
            yield from _existed(tree, reference, record.date, manuscript.span("units", place))


def registers(library: Library) -> Iterator[Diagnostic]:
    """The register by itself."""
    for unit in library.registers.units:
        yield from _loops(library, unit)
        yield from _names_in_order(library, unit)


def _existed(tree: UnitTree, unit_id: str, used: PartialDate, span: Span) -> Iterator[Diagnostic]:
    unit = tree.by_id.get(slug(unit_id))
    if unit is None or (unit.began <= used.last and used.first <= unit.ended):
        return
    heirs = tree.heirs(unit.id)
    named = ", ".join(f"{heir.name} ({heir.id})" for heir in heirs)
    successor = f": nay là {named}" if named and used.first > unit.ended else ""
    yield fault("MH205", span, name=unit.name, date=used.vietnamese, successor=successor)


def _loops(library: Library, unit: Unit) -> Iterator[Diagnostic]:
    for follow in (_parent, _successors):
        chain = [unit.id]
        waiting = list(follow(unit))
        seen: set[str] = set()
        while waiting:
            current = library.units.by_id.get(waiting.pop())
            if current is None or current.id in seen:
                continue
            chain.append(current.id)
            if current.id == unit.id:
                span = library.registers.unit_spans[unit.id]
                yield fault("MH206", span, value=unit.id, chain=" → ".join(chain))
                break
            seen.add(current.id)
            waiting.extend(follow(current))


def _parent(unit: Unit) -> list[str]:
    return [unit.parent] if unit.parent else []


def _successors(unit: Unit) -> list[str]:
    return [successor.id for successor in unit.successors if successor.id]


def _names_in_order(library: Library, unit: Unit) -> Iterator[Diagnostic]:
    last = date.min
    for name in unit.names:
        start, end = name.from_ or last, name.to or date.max
        if end < start or start < last:
            yield fault("MH403", library.registers.unit_spans[unit.id], value=name.name)
        last = end
