"""What the search knows of entries: by what they are found, filtered and told apart."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from site_builder.catalogue import Catalogue
from site_builder.domain.choices import Kind, Level, Status
from site_builder.domain.entries import Article, Document, Model
from site_builder.domain.values import FIRST_YEAR, LAST_YEAR, Choice
from site_builder.library.placing import given_awards
from site_builder.pages.views import Finding
from site_builder.text import collation_key, slug

_KINDS = {"mo-hinh": "Mô hình", "tin-bai": "Tin, bài", "van-ban": "Văn bản", "trang": "Trang"}

Values = dict[str, tuple[str, ...]]
"""Of one entry, by the name of the facet."""


def finding_of_model(catalogue: Catalogue, record: Model) -> Finding:
    """Of a model."""
    then = record.known_at
    unit = catalogue.units.by_id[slug(record.unit)]
    shown = unit.name_on(then.first if then else catalogue.today)
    year = (f"năm {record.shown_year}",) if record.shown_year else ()
    values: Values = {
        "loai": ("mo-hinh",),
        "linh-vuc": (record.field,),
        "don-vi": tuple(_line(catalogue, [record.unit])),
        "nam": (str(record.shown_year),) if record.shown_year else (),
        "cap": _chosen(record.level),
        "dien-hinh": _chosen(record.kind),
        "tinh-trang": _chosen(record.status),
        "khen-thuong": tuple(dict.fromkeys(slug(a.form) for a in given_awards(record))),
    }
    words = (
        *_names(catalogue, [record.unit]),
        record.owner,
        record.place,
        *record.partners,
        *record.topics,
        *(result.label for result in record.results),
        *(f"{award.form} {award.by} {award.decision or ''}" for award in record.awards),
        *_numbers(catalogue, record.documents),
        *record.replicated_to,
    )
    return Finding(
        _KINDS["mo-hinh"],
        then.iso if then else "",
        facts=(shown, *year),
        field=record.field,
        facets=_facets(values),
        words=_known(words),
    )


def finding_of_article(catalogue: Catalogue, record: Article) -> Finding:
    """Of an article."""
    values: Values = {
        "loai": ("tin-bai",),
        "don-vi": tuple(dict.fromkeys(_line(catalogue, record.units))),
        "nam": (str(record.date.year),),
    }
    words = (
        record.category.label,
        record.author,
        record.source,
        *_names(catalogue, record.units),
        *record.topics,
        *_numbers(catalogue, record.documents),
    )
    facts = (record.date.vietnamese, record.category.label)
    return Finding(
        _KINDS["tin-bai"],
        record.date.iso,
        facts=facts,
        facets=_facets(values),
        words=_known(words),
    )


def finding_of_document(record: Document) -> Finding:
    """Of a document."""
    values: Values = {
        "loai": ("van-ban",),
        "nam": (str(record.date.year),) if record.date else (),
    }
    facts = (record.issuer, *((record.date.vietnamese,) if record.date else ()))
    return Finding(
        _KINDS["van-ban"],
        record.date.iso if record.date else "",
        f"{record.type.label} số {record.number}",  # who issued it is among the facts
        facts,
        facets=_facets(values),
        words=(record.title, record.issuer),
    )


FINDING_OF_TEXT = Finding(_KINDS["trang"], facets=(("loai", ("trang",)),))
"""Of a page of standing text."""


def _facets(values: Values) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, some) for name, some in values.items() if some)


def _known(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(filter(None, words))


def _chosen(choice: Choice | None) -> tuple[str, ...]:
    return (choice.value,) if choice else ()


def _line(catalogue: Catalogue, units: Iterable[str]) -> Iterator[str]:
    """Units and all above them: who filters by a province finds its communes."""
    for unit_id in map(slug, units):
        yield unit_id
        yield from (unit.id for unit in catalogue.units.ancestors(unit_id))


def _names(catalogue: Catalogue, units: Iterable[str]) -> Iterator[str]:
    """All names of units and of those above them, then and now."""
    for unit_id in _line(catalogue, units):
        here = catalogue.units.by_id[unit_id]
        for unit in (here, *catalogue.units.heirs(unit_id)):
            yield from (name.name for name in unit.names)


def _numbers(catalogue: Catalogue, documents: Iterable[str]) -> Iterator[str]:
    """Documents as people name them."""
    for reference in documents:
        found = [entry.record for entry in catalogue.resolve(reference)]
        numbers = [record.number for record in found if isinstance(record, Document)]
        yield numbers[0] if len(numbers) == 1 else reference


# --- by what one can filter ---------------------------------------------------------------


def facets_of(catalogue: Catalogue) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Name and label of each facet, and the labels of its values in the order of the offer."""
    yield "loai", "Loại", _KINDS
    yield "linh-vuc", "Lĩnh vực", {row.id: row.name for row in catalogue.fields.values()}
    yield "nam", "Năm", {str(year): str(year) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)}
    yield "don-vi", "Đơn vị", _units(catalogue)
    yield "tinh-trang", "Tình trạng", _labels(Status)
    yield "cap", "Cấp", _labels(Level)
    yield "dien-hinh", "Điển hình", _labels(Kind)
    yield "khen-thuong", "Khen thưởng", _awards(catalogue)


def _labels(choices: Iterable[Choice]) -> Mapping[str, str]:
    return {choice.value: choice.label for choice in choices}


def _awards(catalogue: Catalogue) -> Mapping[str, str]:
    names = {form: catalogue.name_of_award(form) for form in catalogue.by_award}
    return dict(sorted(names.items(), key=lambda item: collation_key(item[1])))


def _units(catalogue: Catalogue) -> Mapping[str, str]:
    """In alphabetical order; of units with the same name, each with that of the one above."""
    bearers = Counter(unit.name for unit in catalogue.units.by_id.values())
    names: dict[str, str] = {}
    for unit in catalogue.units.by_id.values():
        above = catalogue.units.ancestors(unit.id)[:1] if bearers[unit.name] > 1 else ()
        names[unit.id] = ", ".join(one.name for one in (unit, *above))
    return dict(sorted(names.items(), key=lambda item: collation_key(item[1])))
