"""The movement in figures, counted from the catalogue."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from site_builder.catalogue import Catalogue, ModelEntry, given_awards
from site_builder.domain.choices import Status
from site_builder.domain.registers import Unit
from site_builder.text import collation_key

_RECOGNISED = (Status.RECOGNISED, Status.EXEMPLARY, Status.REPLICATED)
_EXEMPLARY = (Status.EXEMPLARY, Status.REPLICATED)

_MEASURES = {
    "m2": ("m²", Decimal(1)),
    "m²": ("m²", Decimal(1)),
    "ha": ("m²", Decimal(10_000)),
    "m": ("km", Decimal("0.001")),
    "mét": ("km", Decimal("0.001")),
    "km": ("km", Decimal(1)),
    "đồng": ("triệu đồng", Decimal("0.000001")),
    "nghìn đồng": ("triệu đồng", Decimal("0.001")),
    "triệu đồng": ("triệu đồng", Decimal(1)),
    "tỷ đồng": ("triệu đồng", Decimal(1000)),
    "tỉ đồng": ("triệu đồng", Decimal(1000)),
}
"""Units of measure that mean the same: the one they are added up in, and the factor."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a group of models has come; each step counts those of the later ones."""

    registered: int
    recognised: int
    exemplary: int
    replicated: int
    awarded: int


@dataclass(frozen=True, slots=True)
class Total:
    """Results of one unit of measure added up."""

    unit: str
    amount: Decimal
    models: int


@dataclass(frozen=True, slots=True)
class DutyState:
    """Whether a unit registered what it owes in a year."""

    unit: Unit
    year: int
    needed: int
    count: int
    exempt: bool

    @property
    def is_reached(self) -> bool:
        """Enough models, or none owed."""
        return self.exempt or self.count >= self.needed


def count_models(models: Iterable[ModelEntry]) -> Counts:
    """Registered, recognised, exemplary, replicated and awarded among `models`."""
    records = [model.record for model in models]
    return Counts(
        registered=len(records),
        recognised=sum(r.status in _RECOGNISED for r in records),
        exemplary=sum(r.status in _EXEMPLARY for r in records),
        replicated=sum(r.status is Status.REPLICATED for r in records),
        awarded=sum(bool(given_awards(r)) for r in records),
    )


def by_year_and_field(catalogue: Catalogue) -> dict[int | None, dict[str, Counts]]:
    """Counts for each year (newest first, unknown last) and each field."""
    return {
        year: {
            field_id: count_models(m for m in models if m.record.field == field_id)
            for field_id in catalogue.fields
        }
        for year, models in catalogue.by_year.items()
    }


def results_added_up(models: Iterable[ModelEntry]) -> tuple[Total, ...]:
    """Sums by unit of measure, the one that most models have first.

    Rates (with "/") and shares (%) cannot be added and are left out.
    """
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    having: dict[str, set[str]] = defaultdict(set)
    for model in models:
        for result in model.record.results:
            if "/" in result.unit or "%" in result.unit:
                continue
            unit, factor = _MEASURES.get(result.unit.lower(), (result.unit.lower(), Decimal(1)))
            amounts[unit] += result.value * factor
            having[unit].add(model.id)
    totals = [Total(unit, amount, len(having[unit])) for unit, amount in amounts.items()]
    return tuple(sorted(totals, key=lambda t: (-t.models, collation_key(t.unit))))


def duties_below(catalogue: Catalogue, parent_id: str, year: int) -> tuple[DutyState, ...]:
    """For each unit below `parent_id` that owes models in `year`: has it registered them?

    Alphabetical. Only a unit's own models count.
    """
    states: list[DutyState] = []
    for unit in catalogue.units.descendants(parent_id):
        for duty in unit.duty:
            if duty.year == year:
                own = catalogue.by_unit.get(unit.id, ())
                count = sum(model.record.year == year for model in own)
                states.append(DutyState(unit, year, int(duty.min_models), count, duty.exempt))
    return tuple(sorted(states, key=lambda s: (collation_key(s.unit.name), s.unit.id)))
