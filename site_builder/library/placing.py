"""On which shelves an entry stands, and in which order: one table, read top-down.

Shelves named `all-…` hold drafts and waiting entries too: rules look there. All others hold what
citizens see.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from site_builder.addresses import Reach, destination
from site_builder.domain.choices import AwardStatus, Status
from site_builder.domain.entries import Article, Award, Document, Model
from site_builder.domain.entry import AnyEntry
from site_builder.domain.unit_tree import UnitTree
from site_builder.library.shelves import Placement
from site_builder.text import slug

RECOGNISED = (Status.RECOGNISED, Status.EXEMPLARY, Status.REPLICATED)
EXEMPLARY = (Status.EXEMPLARY, Status.REPLICATED)

EXACT = Context(prec=60)
"""Room for sums of any amounts that can be typed: what is added can be taken away again."""

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


def number_key(number: str) -> str:
    """A number as compared: "52 - ct/tu" and "52-CT/TU" are one."""
    return "".join(number.split()).upper()


def given_awards(model: Model) -> list[Award]:
    """Awards that were given and not taken back."""
    return [award for award in model.awards if award.status is AwardStatus.GIVEN]


@dataclass(frozen=True)
class Placer:
    """Places entries, given the units that they name."""

    units: UnitTree

    def placements(self, entry: AnyEntry, *, is_public: bool) -> frozenset[Placement]:
        """Every shelf on which `entry` stands."""
        found = set(_always(entry))
        if is_public:
            found.update(_public(entry))
            found.update(self._of_units(entry))
        return frozenset(found)

    def _of_units(self, entry: AnyEntry) -> Iterator[Placement]:
        """The lines of the units that it is about: themselves, all above, and their heirs."""
        record = entry.record
        line_group, named = "", tuple[str, ...]()
        if isinstance(record, Model):
            line_group, named = "line", (record.unit,)
        elif isinstance(record, Article):
            line_group, named = "news-line", record.units
        for unit_id in map(slug, named):
            unit = self.units.by_id.get(unit_id)
            for one in (unit, *self.units.ancestors(unit_id)) if unit else ():
                yield line_group, one.id
                yield "shown", one.id
                for heir in self.units.heirs(one.id):
                    yield "shown", heir.id


def _always(entry: AnyEntry) -> Iterator[Placement]:
    record = entry.record
    yield "all-ids", f"{entry.kind}/{entry.id}"
    for alias in getattr(record, "aliases", ()):
        yield "all-aliases", alias
    if isinstance(record, Model):
        yield "all-registered", f"{slug(record.unit)} {record.year or ''}"
        if record.replicated_from:
            yield "all-copies", slug(record.replicated_from)
    if isinstance(record, Document):
        yield "all-numbers", number_key(record.number)


def _public(entry: AnyEntry) -> Iterator[Placement]:
    record = entry.record
    yield "public", entry.kind
    for alias in getattr(record, "aliases", ()):
        yield "aliases", alias
    for path in assets_of(entry):
        yield "assets", path
    if isinstance(record, Model):
        yield from _public_model(record)
    elif isinstance(record, Article):
        yield from _public_article(record)
    elif isinstance(record, Document):
        yield "numbers", number_key(record.number)
    if isinstance(record, Model | Article):
        # By id and by number: which of them is meant is known when the document is (`citing`).
        for reference in record.documents:
            yield f"cites-{entry.kind}", slug(reference)
            yield f"cites-{entry.kind}", f"#{number_key(reference)}"


def _public_model(record: Model) -> Iterator[Placement]:
    year = str(record.shown_year or "")
    yield "field", record.field
    yield "year", year
    dated = record.dated_on.isoformat() if record.dated_on else ""
    yield "dated", dated
    yield f"dated:{record.field}", dated
    yield f"year-field:{year}", record.field
    yield "unit", slug(record.unit)
    yield "registered", f"{slug(record.unit)} {record.year or ''}"
    for group, value in (
        ("period", record.period),
        ("level", record.level),
        ("kind", record.kind),
        ("status", record.status),
    ):
        if value:
            yield group, str(value)
    for topic in record.topics:
        yield "topic", slug(topic)
        yield f"topic-name:{slug(topic)}", topic
        yield f"field-topic:{record.field}", slug(topic)
    for award in given_awards(record):
        yield "award", slug(award.form)
        yield f"award-name:{slug(award.form)}", award.form
        yield f"award-level:{slug(award.form)}", str(record.level or "")
        yield "awarded-level", str(record.level or "")
    # A shelf for each place in the list, so that the lengths of shelves add up to all there are.
    for row in range(len(record.awards)):
        yield "award-row", str(row)
    for row in range(len(record.results)):
        yield "result-row", str(row)
    for step in steps_of(record):
        yield "step", step
        yield f"field-step:{record.field}", step
    if record.replicated_from:
        yield "copies", slug(record.replicated_from)
    for measure in measured(record):
        yield "measure", measure
    yield f"merit:{record.field}", f"{_merit(record):02}"


def _public_article(record: Article) -> Iterator[Placement]:
    yield "news-year", str(record.date.year)
    yield "category", record.category.value
    for model in record.models:
        yield "news-of-model", slug(model)
    for unit in record.units:
        yield "news-of-unit", slug(unit)


def steps_of(record: Model) -> Iterator[str]:
    """How far the model has come; each step counts those of the later ones."""
    yield "registered"
    if record.status in RECOGNISED:
        yield "recognised"
    if record.status in EXEMPLARY:
        yield "exemplary"
    if record.status is Status.REPLICATED:
        yield "replicated"
    if given_awards(record):
        yield "awarded"


def _merit(record: Model) -> int:
    """How well the model serves as an example: far along first, then shown, then measured."""
    steps = set(steps_of(record))
    points = 2 * ("exemplary" in steps) + 2 * ("replicated" in steps)
    points += ("recognised" in steps) + ("awarded" in steps)
    return points * 8 + 4 * bool(record.images) + min(len(record.results), 3)


def measured(record: Model) -> dict[str, Decimal]:
    """The results of a model by unit of measure, in the unit in which they are added up.

    Rates (with "/") and shares (%) cannot be added and are left out.
    """
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for result in record.results:
        if "/" not in result.unit and "%" not in result.unit:
            unit, factor = _MEASURES.get(result.unit.lower(), (result.unit.lower(), Decimal(1)))
            amount = EXACT.multiply(result.value, factor)
            amounts[unit] = EXACT.add(amounts[unit], amount)
    return amounts


def sums_of(record: Model) -> dict[str, Decimal]:
    """What the model adds to the sums of the movement and to those of its field, by their names."""
    own = measured(record)
    return own | {sum_name(measure, record.field): amount for measure, amount in own.items()}


def sum_name(measure: str, field: str) -> str:
    """The name of the sum of a field; no measure that is added up has a slash."""
    return f"{measure}/{field}"


def assets_of(entry: AnyEntry) -> set[str]:
    """Paths of pictures and PDFs that the entry shows or links."""
    named = [image.file for image in getattr(entry.record, "images", ())]
    if isinstance(entry.record, Document) and entry.record.file:
        named.append(entry.record.file)
    goals = [destination(target, entry.path) for target in named]
    found = {goal.path for goal in goals if goal.reach is Reach.INSIDE}
    return found | {link.path for link in entry.links if not link.path.endswith(".md")}
