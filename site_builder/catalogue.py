"""The frozen catalogue: what is public, in order, in groups, with every relation both ways.

Built once from what was read; nothing in it changes afterwards. Lists are tuples, groups are
mappings from an id to a tuple, models stand newest first unless said otherwise.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Generic, TypeVar

from site_builder.domain.choices import AwardStatus
from site_builder.domain.entries import Article, Award, Document, Model, Page, Record
from site_builder.domain.entry import Entry, Sources
from site_builder.domain.registers import FieldRow, Scheme, SiteParticulars, Unit
from site_builder.text import collation_key, slug

R = TypeVar("R", bound=Record)
K = TypeVar("K")
ModelEntry = Entry[Model]
ArticleEntry = Entry[Article]
DocumentEntry = Entry[Document]


@dataclass(frozen=True)
class Index(Generic[R]):
    """Entries of one type in order, found by id."""

    entries: tuple[Entry[R], ...]
    by_id: Mapping[str, Entry[R]]

    @classmethod
    def of(cls, entries: Iterable[Entry[R]]) -> "Index[R]":
        """An index in the order given."""
        ordered = tuple(entries)
        return cls(ordered, MappingProxyType({entry.id: entry for entry in ordered}))


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


@dataclass(frozen=True)
class DocumentNumbers:
    """Finds documents by the number that texts cite."""

    by_number: Mapping[str, tuple[DocumentEntry, ...]]
    by_id: Mapping[str, DocumentEntry]

    def resolve(self, reference: str) -> tuple[DocumentEntry, ...]:
        """The document with this id, else all that have this number."""
        own = self.by_id.get(slug(reference))
        return (own,) if own else self.by_number.get(number_key(reference), ())


def number_key(number: str) -> str:
    """A number as compared: "52 - ct/tu" and "52-CT/TU" are one."""
    return "".join(number.split()).upper()


@dataclass(frozen=True)
class Catalogue:
    """Everything that citizens may see on one day."""

    today: date
    site: SiteParticulars
    schemes: tuple[Scheme, ...]
    fields: Mapping[str, FieldRow]
    """Every field of any scheme, as the newest scheme names it, in the register's order."""
    units: UnitTree
    models: Index[Model]
    """Newest first: by year, then by start, then alphabetically; unknown years last."""
    articles: Index[Article]
    """Pinned ones first, then newest first."""
    documents: Index[Document]
    """Newest first; unknown dates last."""
    pages: Index[Page]
    numbers: DocumentNumbers
    shared_numbers: frozenset[str]
    """Numbers that several documents bear, public or not: a bare citation is not clear."""
    by_field: Mapping[str, tuple[ModelEntry, ...]]
    by_unit: Mapping[str, tuple[ModelEntry, ...]]
    by_year: Mapping[int | None, tuple[ModelEntry, ...]]
    """By year of registration, else of the start; newest first, None (unknown) last."""
    by_period: Mapping[str, tuple[ModelEntry, ...]]
    by_level: Mapping[str, tuple[ModelEntry, ...]]
    by_kind: Mapping[str, tuple[ModelEntry, ...]]
    by_status: Mapping[str, tuple[ModelEntry, ...]]
    by_award: Mapping[str, tuple[ModelEntry, ...]]
    """By the form of award, folded to a slug; only awards given."""
    by_topic: Mapping[str, tuple[ModelEntry, ...]]
    """By topic, folded to a slug, most used first."""
    topic_names: Mapping[str, str]
    articles_of_model: Mapping[str, tuple[ArticleEntry, ...]]
    articles_of_unit: Mapping[str, tuple[ArticleEntry, ...]]
    articles_by_year: Mapping[int, tuple[ArticleEntry, ...]]
    articles_by_category: Mapping[str, tuple[ArticleEntry, ...]]
    models_citing: Mapping[str, tuple[ModelEntry, ...]]
    """By document id."""
    articles_citing: Mapping[str, tuple[ArticleEntry, ...]]
    copies_of: Mapping[str, tuple[ModelEntry, ...]]
    """Models that copied the model."""

    def unit_name(self, unit_id: str, day: date) -> str:
        """The unit's name on `day`."""
        unit = self.units.by_id.get(unit_id)
        return unit.name_on(day) if unit else unit_id

    def fields_of_year(self, year: int | None) -> tuple[FieldRow, ...]:
        """The fields of the schemes in force in `year` (today's, where it is unknown)."""
        return fields_in_force(self.schemes, year or self.today.year)


def fields_in_force(schemes: Iterable[Scheme], year: int) -> tuple[FieldRow, ...]:
    """The fields that a model of `year` may belong to, without repetition."""
    rows = {row.id: row for s in schemes if s.covers(year) for row in s.fields_}
    return tuple(rows.values())


def build_catalogue(sources: Sources, today: date) -> Catalogue:
    """The catalogue of what is public on `today`. `sources` must have passed all checks."""
    if sources.site is None or sources.fields is None:
        raise ValueError("registers are missing: check the sources first")
    models = Index.of(sorted(_public(sources.models, today), key=_newest_model))
    articles = Index.of(sorted(_public(sources.articles, today), key=_newest_article))
    documents = Index.of(sorted(_public(sources.documents, today), key=_newest_document))
    numbers = document_numbers(documents.entries)
    topics = _group(models.entries, lambda m: {slug(topic): topic for topic in m.record.topics})
    return Catalogue(
        today=today,
        site=sources.site,
        schemes=sources.fields.schemes,
        fields=_all_fields(sources.fields.schemes),
        units=unit_tree(sources.units),
        models=models,
        articles=articles,
        documents=documents,
        pages=Index.of(_public(sources.pages, today)),
        numbers=numbers,
        shared_numbers=_shared_numbers(sources.documents),
        by_field=_group(models.entries, lambda m: [m.record.field]),
        by_unit=_group(models.entries, lambda m: [slug(m.record.unit)]),
        by_year=_group(models.entries, lambda m: [m.record.shown_year]),
        by_period=_group(models.entries, lambda m: _one(m.record.period)),
        by_level=_group(models.entries, lambda m: _one(m.record.level)),
        by_kind=_group(models.entries, lambda m: _one(m.record.kind)),
        by_status=_group(models.entries, lambda m: _one(m.record.status)),
        by_award=_group(models.entries, lambda m: [slug(a.form) for a in given_awards(m.record)]),
        by_topic=MappingProxyType(
            dict(sorted(topics.items(), key=lambda item: (-len(item[1]), item[0])))
        ),
        topic_names=_topic_names(models.entries),
        articles_of_model=_group(articles.entries, lambda a: map(slug, a.record.models)),
        articles_of_unit=_group(articles.entries, lambda a: map(slug, a.record.units)),
        articles_by_year=_group(articles.entries, lambda a: [a.record.date.year]),
        articles_by_category=_group(articles.entries, lambda a: [a.record.category.value]),
        models_citing=_group(models.entries, lambda m: _document_ids(m.record, numbers)),
        articles_citing=_group(articles.entries, lambda a: _document_ids(a.record, numbers)),
        copies_of=_group(models.entries, lambda m: map(slug, _one(m.record.replicated_from))),
    )


def given_awards(model: Model) -> list[Award]:
    """Awards that were given and not taken back."""
    return [award for award in model.awards if award.status is AwardStatus.GIVEN]


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
        MappingProxyType({unit.id: unit for unit in ordered}),
        MappingProxyType({parent: tuple(found) for parent, found in children.items()}),
        MappingProxyType({heir: tuple(found) for heir, found in predecessors.items()}),
    )


def document_numbers(documents: Iterable[DocumentEntry]) -> DocumentNumbers:
    """The index by number; works on unchecked documents too."""
    entries = tuple(documents)
    return DocumentNumbers(
        _group(entries, lambda d: [number_key(d.record.number)]),
        MappingProxyType({entry.id: entry for entry in entries}),
    )


def _shared_numbers(documents: Iterable[DocumentEntry]) -> frozenset[str]:
    counted = Counter(number_key(document.record.number) for document in documents)
    return frozenset(number for number, count in counted.items() if count > 1)


def _public(entries: Iterable[Entry[R]], today: date) -> list[Entry[R]]:
    return [entry for entry in entries if entry.record.is_public(today)]


def _group(
    entries: Iterable[Entry[R]], keys_of: Callable[[Entry[R]], Iterable[K]]
) -> Mapping[K, tuple[Entry[R], ...]]:
    """Entries under each of their keys, once, in the order given."""
    groups: dict[K, list[Entry[R]]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(keys_of(entry)):
            groups[key].append(entry)
    return MappingProxyType({key: tuple(found) for key, found in groups.items()})


def _one(value: str | None) -> list[str]:
    return [str(value)] if value else []


def _document_ids(record: Model | Article, numbers: DocumentNumbers) -> list[str]:
    return [found.id for ref in record.documents for found in numbers.resolve(ref)[:1]]


def _topic_names(models: Iterable[ModelEntry]) -> Mapping[str, str]:
    """The spelling of each topic that is met first in alphabetical order."""
    names = sorted({topic for m in models for topic in m.record.topics}, reverse=True)
    return MappingProxyType({slug(name): name for name in names})


def _all_fields(schemes: Iterable[Scheme]) -> Mapping[str, FieldRow]:
    newest: dict[str, FieldRow] = {}
    for scheme in sorted(schemes, key=lambda s: s.valid_from):
        newest |= {row.id: row for row in scheme.fields_}
    return MappingProxyType(newest)


def _newest_model(entry: ModelEntry) -> tuple[object, ...]:
    record = entry.record
    begun = record.started.first.toordinal() if record.started else 0
    return (-(record.shown_year or 0), -begun, collation_key(record.title), entry.id)


def _newest_article(entry: ArticleEntry) -> tuple[object, ...]:
    record = entry.record
    return (
        not record.pinned,
        -record.date.first.toordinal(),
        collation_key(record.title),
        entry.id,
    )


def _newest_document(entry: DocumentEntry) -> tuple[object, ...]:
    issued = entry.record.date.first.toordinal() if entry.record.date else 0
    return (-issued, collation_key(entry.record.number), entry.id)
