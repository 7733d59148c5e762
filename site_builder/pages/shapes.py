"""Small shapes that many pages share: cards, badges, links, crumbs, dates in Vietnamese."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from site_builder.addresses import address_of, destination
from site_builder.catalogue import ArticleEntry, Catalogue, DocumentEntry, ModelEntry
from site_builder.domain.entries import Image, Model, Result
from site_builder.domain.entry import AnyEntry
from site_builder.domain.registers import Unit
from site_builder.domain.values import PartialDate
from site_builder.pages.covers import cover_of
from site_builder.pages.pictures import picture_of
from site_builder.pages.views import Badge, Card, Cover, Figure, Link, Picture
from site_builder.text import slug, vietnamese_number

HOME = Link("Trang chủ", "")


def relative(address: str) -> str:
    """An address without its leading slash, as views hold it."""
    return address.lstrip("/")


def crumbs(*steps: Link) -> tuple[Link, ...]:
    """The way from home; the last step is the page itself and leads nowhere."""
    return (HOME, *steps[:-1], Link(steps[-1].text))


def day_text(day: date) -> str:
    """dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y")


def figure_of(result: Result) -> Figure:
    """A result as shown: "hơn 1.647", with the figure before where there is one."""
    about = f"{result.about.label} " if result.about else ""
    before = vietnamese_number(result.before) if result.before is not None else ""
    as_of = result.as_of.vietnamese if result.as_of else ""
    return Figure(
        result.label, f"{about}{vietnamese_number(result.value)}", result.unit, before, as_of
    )


@dataclass(frozen=True)
class Shaper:
    """Makes shapes of one catalogue."""

    catalogue: Catalogue
    _cards: dict[str, tuple[Card, str]] = field(default_factory=dict, repr=False)
    """Made once, by path, with the path of its picture: an entry stands in many lists."""
    _names: dict[tuple[str, PartialDate | None], tuple[Unit, str, str]] = field(
        default_factory=dict, repr=False
    )
    """Units with their name at a time and what became of them; only the registers decide that."""

    @cached_property
    def badges(self) -> dict[str, Badge]:
        """The badge of each field."""
        rows = self.catalogue.fields.values()
        return {
            row.id: Badge(row.id, row.name, f"linh-vuc/{row.id}/", row.colour, row.icon)
            for row in rows
        }

    def badge(self, field_id: str) -> Badge:
        """The field's badge."""
        return self.badges[field_id]

    def entry(self, entry: AnyEntry, note: str = "") -> Link:
        """A link to the entry's page."""
        return Link(entry.record.title, relative(address_of(entry)), note=note)

    def document(self, entry: DocumentEntry) -> Link:
        """A link that names the document as texts do: type, number, issuer."""
        record = entry.record
        issued = f", ngày {record.date.vietnamese}" if record.date else ""
        text = f"{record.type.label} số {record.number}"
        note = f"{record.issuer}{issued}: {record.title}"
        return Link(text, relative(address_of(entry)), note=note)

    def reference(self, written: str) -> Link:
        """A document by id or number; plain text where it is not in the catalogue."""
        found = self.catalogue.resolve(written)
        return self.document(found[0]) if len(found) == 1 else Link(written)

    def unit(self, unit: Unit, on: date | None = None) -> Link:
        """A link to the unit under its name on a day (today's without one)."""
        return Link(unit.name_on(on or self.catalogue.today), self._address(unit))

    def _address(self, unit: Unit) -> str | None:
        return f"don-vi/{unit.id}/" if self.catalogue.is_shown(unit.id) else None

    def unit_then(self, unit_id: str, used: PartialDate | None) -> Link:
        """The unit under its name at the time, with "nay là …" where that has changed."""
        if (known := self._names.get((unit_id, used))) is None:
            unit = self.catalogue.units.by_id[slug(unit_id)]
            name = unit.name_on(used.first if used else self.catalogue.today)
            known = self._names[unit_id, used] = unit, name, self.today_note(unit, name)
        unit, name, note = known
        return Link(name, self._address(unit), note=note)

    def today_note(self, unit: Unit, shown: str) -> str:
        """ "nay là …" or "nay thuộc …" where the unit, or what it belonged to, has changed."""
        heirs = self.catalogue.units.heirs(unit.id)
        if heirs:
            return f"nay là {', '.join(heir.name for heir in heirs)}"
        if unit.name != shown:
            return f"nay là {unit.name}"
        for ancestor in self.catalogue.units.ancestors(unit.id):
            if successors := self.catalogue.units.heirs(ancestor.id):
                return f"nay thuộc {', '.join(heir.name for heir in successors)}"
        return ""

    def model_card(self, entry: ModelEntry) -> Card:
        """A model in a list."""
        card, picture = self._cards.get(entry.path, (None, ""))
        if card is None:
            card = self._model_card(entry)
            first = next((destination(i.file, entry.path).path for i in entry.record.images), "")
            self._cards[entry.path] = card, first
        elif picture:
            self.catalogue.library.photo(picture)  # every list that shows it depends on it
        return card

    def _model_card(self, entry: ModelEntry) -> Card:
        record = entry.record
        return Card(
            record.title,
            relative(address_of(entry)),
            record.summary,
            self.badge(record.field),
            self.unit_and_year(record),
            figure_of(record.results[0]) if record.results else None,
            self.first_picture(entry),
            self.cover(entry),
        )

    def cover(self, entry: ModelEntry) -> Cover:
        """What is drawn for a model without pictures."""
        if entry.record.images:
            return ()
        return cover_of(entry.record.field, relative(address_of(entry)))

    def unit_and_year(self, record: Model) -> tuple[str, ...]:
        """Whose model it is and since when; a year that is not known is left out."""
        unit = self.unit_then(record.unit, record.known_at).text
        return (unit, f"năm {record.shown_year}") if record.shown_year else (unit,)

    def article_card(self, entry: ArticleEntry) -> Card:
        """An article in a list."""
        record = entry.record
        notes = (record.date.vietnamese, record.category.label)
        address = relative(address_of(entry))
        return Card(
            record.title,
            address,
            record.summary,
            notes=notes,
            image=self.first_picture(entry),
        )

    def document_card(self, entry: DocumentEntry) -> Card:
        """A document in a list."""
        record = entry.record
        issued = record.date.vietnamese if record.date else "chưa rõ ngày"
        title = f"{record.type.label} số {record.number}"
        notes = (record.issuer, issued)
        return Card(title, relative(address_of(entry)), record.title, notes=notes)

    def first_picture(self, entry: ModelEntry | ArticleEntry) -> Picture | None:
        """The first picture, where there is one."""
        return next((self._picture(entry.path, image) for image in entry.record.images), None)

    def pictures(self, entry: ModelEntry | ArticleEntry) -> tuple[Picture, ...]:
        """The entry's pictures as published."""
        return tuple(self._picture(entry.path, image) for image in entry.record.images)

    def _picture(self, path: str, image: Image) -> Picture:
        place = destination(image.file, path).path
        caption, credit = image.caption or "", image.credit or ""
        return picture_of(self.catalogue, place, image.alt, caption, credit)
