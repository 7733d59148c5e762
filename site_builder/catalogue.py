"""The catalogue: what is public, in order, in groups, with every relation both ways.

A view of the library that shows nothing hidden. Lists are newest first unless said otherwise.
Whatever is looked at is written down in the library's ledger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from site_builder.domain.entry import AnyEntry, Entry
from site_builder.domain.registers import FieldRow, Scheme, SiteParticulars
from site_builder.domain.unit_tree import UnitTree
from site_builder.library.library import Library
from site_builder.library.placing import number_key
from site_builder.library.shelf import Group, Shelf
from site_builder.text import slug

ModelEntry = Entry[Any]
ArticleEntry = Entry[Any]
DocumentEntry = Entry[Any]


@dataclass(frozen=True)
class Catalogue:
    """Everything that citizens may see on one day."""

    library: Library

    @property
    def today(self) -> date:
        """The day in Việt Nam."""
        return self.library.today

    @cached_property
    def site(self) -> SiteParticulars:
        """What the site says of itself."""
        if self.library.registers.site is None:
            raise ValueError("registers are missing: check the content first")
        return self.library.registers.site

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The ways of dividing the movement into fields."""
        if self.library.registers.fields is None:
            raise ValueError("registers are missing: check the content first")
        return self.library.registers.fields.schemes

    @cached_property
    def fields(self) -> Mapping[str, FieldRow]:
        """Every field of any scheme, as the newest scheme names it, in the register's order."""
        newest: dict[str, FieldRow] = {}
        for scheme in sorted(self.schemes, key=lambda s: s.valid_from):
            newest |= {row.id: row for row in scheme.fields_}
        return newest

    @property
    def units(self) -> UnitTree:
        """All units."""
        return self.library.units

    # --- entries ---------------------------------------------------------------------------

    @property
    def models(self) -> Shelf:
        """By year, then by start, then alphabetically; unknown years last."""
        return self.library.shelf("public", "Model")

    @property
    def articles(self) -> Shelf:
        """Pinned ones first."""
        return self.library.shelf("public", "Article")

    @property
    def documents(self) -> Shelf:
        """Unknown dates last."""
        return self.library.shelf("public", "Document")

    @property
    def pages(self) -> Shelf:
        """Pages of standing text, by id."""
        return self.library.shelf("public", "Page")

    def entry(self, kind: str, entry_id: str) -> AnyEntry | None:
        """The public entry of a type with this id."""
        found = self.library.find(kind, entry_id)
        return found if found and self.library.is_public(found) else None

    def model(self, reference: str) -> ModelEntry:
        """The public model that a checked reference means."""
        found = self.entry("Model", slug(reference))
        if found is None:
            raise KeyError(reference)
        return found

    # --- groups ----------------------------------------------------------------------------

    def group(self, name: str) -> Group:
        """Any group of `library/placing.py` by its name."""
        return self.library.group(name)

    @property
    def by_field(self) -> Group:
        """Models by field."""
        return self.group("field")

    @property
    def by_unit(self) -> Group:
        """Models by unit; only its own."""
        return self.group("unit")

    @property
    def by_line(self) -> Group:
        """Models of a unit and of everything below it."""
        return self.group("line")

    @property
    def by_year(self) -> Group:
        """Models by year of registration, else of the start; newest first, "" (unknown) last."""
        return self.library.group("year", lambda year: -int(year or 0))

    @property
    def by_topic(self) -> Group:
        """Models by topic, folded to a slug."""
        return self.group("topic")

    @property
    def by_award(self) -> Group:
        """Models by the form of award, folded to a slug; only awards given."""
        return self.group("award")

    @property
    def news_by_year(self) -> Group:
        """Articles by year, newest first."""
        return self.library.group("news-year", lambda year: -int(year))

    def name_of_topic(self, topic: str) -> str:
        """The spelling of a topic that comes first in alphabetical order."""
        return next(iter(self.group(f"topic-name:{topic}")))

    def name_of_award(self, form: str) -> str:
        """The spelling of a form of award that comes first in alphabetical order."""
        return next(iter(self.group(f"award-name:{form}")))

    # --- relations -------------------------------------------------------------------------

    def related(self, model: ModelEntry) -> tuple[AnyEntry, ...]:
        """The models nearest to `model`, nearest first."""
        return self.library.related(self.library.number_of(model))

    def resolve(self, reference: str) -> tuple[AnyEntry, ...]:
        """The public document with this id, else all that have this number."""
        own = self.entry("Document", slug(reference))
        return (own,) if own else tuple(self.library.shelf("numbers", number_key(reference)))

    def is_shared_number(self, number: str) -> bool:
        """Whether several documents bear it, public or not: a bare citation is not clear."""
        return len(self.library.shelf("all-numbers", number_key(number))) > 1

    def citing(self, kind: str, document: DocumentEntry) -> list[AnyEntry]:
        """The entries of a type that refer to `document`, by its id or by its number."""
        group = self.group(f"cites-{kind}")
        found = {entry.id: entry for entry in group[document.id]}
        number = document.record.number
        if self.resolve(number)[:1] == (document,):
            found |= {entry.id: entry for entry in group[f"#{number_key(number)}"]}
        return sorted(found.values(), key=lambda entry: entry.order)

    def is_shown(self, unit_id: str) -> bool:
        """Whether a unit has a page: models or news, its own, below it or before it."""
        return unit_id in self.group("shown")
