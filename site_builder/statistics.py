"""The movement in figures, read off the shelves: no entry has to be opened."""

from dataclasses import dataclass
from decimal import Decimal

from site_builder.catalogue import Catalogue
from site_builder.domain.registers import Duty, Unit
from site_builder.text import collation_key


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
    by_field: dict[str, Decimal]


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


def count_models(catalogue: Catalogue, field_id: str | None = None) -> Counts:
    """Counts of all models, or of those of a field."""
    steps = catalogue.group(f"field-step:{field_id}" if field_id else "step").counts()
    return Counts(*(steps.get(step, 0) for step in Counts.__slots__))


def by_year_and_field(catalogue: Catalogue) -> dict[str, dict[str, int]]:
    """Models of each year (newest first, "" for unknown last) and each field."""
    counted = {}
    for year in catalogue.by_year:
        counts = catalogue.group(f"year-field:{year}").counts()
        counted[year] = {field_id: counts.get(field_id, 0) for field_id in catalogue.fields}
    return counted


def results_added_up(catalogue: Catalogue) -> tuple[Total, ...]:
    """Sums by unit of measure, the one that most models have first."""
    amount = catalogue.library.amount
    totals = [
        Total(measure, amount(measure), models, {f: amount(measure, f) for f in catalogue.fields})
        for measure, models in catalogue.group("measure").counts().items()
    ]
    return tuple(sorted(totals, key=lambda t: (-t.models, collation_key(t.unit))))


def awarded_by_level(catalogue: Catalogue, form: str = "") -> dict[str, int]:
    """Models that were given an award, or one of a form, by their level ("": not known)."""
    return catalogue.group(f"award-level:{form}" if form else "awarded-level").counts()


def duties_below(catalogue: Catalogue, parent_id: str, year: int) -> tuple[DutyState, ...]:
    """For each unit below `parent_id` that owes models in `year`: has it registered them?

    Alphabetical. Only a unit's own models count.
    """
    units = catalogue.units.descendants(parent_id)
    return tuple(
        _duty_state(catalogue, unit, duty)
        for unit in sorted(units, key=_alphabetical)
        for duty in unit.duty
        if duty.year == year
    )


def duties_by_year(catalogue: Catalogue) -> dict[int, tuple[DutyState, ...]]:
    """What all units owe in each year that has begun: newest first, units alphabetical."""
    states = [
        _duty_state(catalogue, unit, duty)
        for unit in sorted(catalogue.units.by_id.values(), key=_alphabetical)
        for duty in unit.duty
        if duty.year <= catalogue.today.year
    ]
    years = sorted({state.year for state in states}, reverse=True)
    return {year: tuple(state for state in states if state.year == year) for year in years}


def _alphabetical(unit: Unit) -> tuple[str, str]:
    return collation_key(unit.name), unit.id


def _duty_state(catalogue: Catalogue, unit: Unit, duty: Duty) -> DutyState:
    count = len(catalogue.group("registered")[f"{unit.id} {duty.year}"])
    return DutyState(unit, duty.year, int(duty.min_models), count, duty.exempt)
