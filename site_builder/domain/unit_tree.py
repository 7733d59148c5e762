"""Units with their relations worked out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.domain.registers import Unit
from site_builder.text import collation_key


@dataclass(frozen=True)
class UnitTree:
    """Units with their relations worked out."""

    by_id: Mapping[str, Unit]
    children: Mapping[str, tuple[Unit, ...]]
    predecessors: Mapping[str, tuple[Unit, ...]]
    """Units that a unit was formed from."""

    def ancestors(self, unit_id: str) -> tuple[Unit, ...]:
        """Parents from the nearest up; a faulty loop ends where it closes."""
        found: list[Unit] = []
        current = self.by_id.get(unit_id)
        while current and current.parent and current.parent in self.by_id:
            current = self.by_id[current.parent]
            if current in found:
                break
            found.append(current)
        return tuple(found)

    def heirs(self, unit_id: str) -> tuple[Unit, ...]:
        """What the unit is today: the living ends of its chain of successors.

        Nothing for a unit that lives on, or that ended with nothing in its place.
        """
        ends: dict[str, Unit] = {}
        seen: set[str] = set()
        waiting = [unit_id]
        while waiting:
            current = self.by_id.get(waiting.pop())
            if current is None or current.id in seen:
                continue
            seen.add(current.id)
            followers = [s.id for s in current.successors if s.id and s.id in self.by_id]
            waiting.extend(reversed(followers))
            if not current.successors and current.id != unit_id:
                ends[current.id] = current
        return tuple(ends.values())

    def descendants(self, unit_id: str) -> tuple[Unit, ...]:
        """Everything below the unit, in alphabetical order of each level."""
        found: list[Unit] = []
        waiting = [unit_id]
        seen = {unit_id}
        while waiting:
            for child in self.children.get(waiting.pop(), ()):
                if child.id not in seen:
                    seen.add(child.id)
                    found.append(child)
                    waiting.append(child.id)
        return tuple(found)


def unit_tree(units: Iterable[Unit]) -> UnitTree:
    """Units by id, and the children of each in alphabetical order."""
    ordered = sorted(units, key=lambda unit: (collation_key(unit.name), unit.id))
    children: dict[str, list[Unit]] = defaultdict(list)
    predecessors: dict[str, list[Unit]] = defaultdict(list)
    for unit in ordered:
        if unit.parent:
            children[unit.parent].append(unit)
        for successor in unit.successors:
            if successor.id:
                predecessors[successor.id].append(unit)
    return UnitTree(
        {unit.id: unit for unit in ordered},
        {parent: tuple(found) for parent, found in children.items()},
        {heir: tuple(found) for heir, found in predecessors.items()},
    )
