"""Unit pages: what a unit is, then and now, and its models by year."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from site_builder.catalogue import Catalogue, ModelEntry
from site_builder.config import PAGE_SIZE
from site_builder.domain.registers import Unit
from site_builder.pages.lists import ListPlan, paginate
from site_builder.pages.shapes import Shaper, crumbs, day_text
from site_builder.pages.views import Card, Fact, Link, Page, Section, UnitView
from site_builder.statistics import DutyState, duties_below
from site_builder.text import slug


def units_with_pages(catalogue: Catalogue) -> frozenset[str]:
    """Units that have something to show: models or news, their own, below them or before them."""
    used = {slug(model.record.unit) for model in catalogue.models.entries}
    used |= set(catalogue.articles_of_unit)
    shown: set[str] = set()
    for unit_id in used & set(catalogue.units.by_id):
        line = [catalogue.units.by_id[unit_id], *catalogue.units.ancestors(unit_id)]
        for unit in line:
            shown.add(unit.id)
            shown |= {heir.id for heir in catalogue.units.heirs(unit.id)}
    return frozenset(shown)


def unit_pages(shaper: Shaper) -> Iterator[Page]:
    """The index, then a page for each unit that has something to show."""
    catalogue = shaper.catalogue
    shown = [u for u in catalogue.units.by_id.values() if u.id in shaper.shown_units]
    tops = [unit for unit in shown if not unit.parent]
    plan = ListPlan(
        "don-vi/",
        "Đơn vị",
        "Tỉnh, thành phố và các đơn vị có mô hình “Dân vận khéo” trên trang. "
        "Chọn một nơi để xem các đơn vị trực thuộc.",
        noun="nơi",
    )
    yield from paginate(plan, tops, lambda unit: _unit_card(shaper, unit))
    for unit in shown:
        yield _unit_page(shaper, unit)


def _unit_card(shaper: Shaper, unit: Unit) -> Card:
    today = shaper.today_note(unit, unit.name)
    notes = tuple(filter(None, (_holdings(shaper, unit), today)))
    return Card(unit.name, f"don-vi/{unit.id}/", notes=notes)


def models_of(shaper: Shaper, unit: Unit) -> list[ModelEntry]:
    """Models of the unit and of everything below it, newest first."""
    catalogue = shaper.catalogue
    below = [unit, *catalogue.units.descendants(unit.id)]
    found = [model for one in below for model in catalogue.by_unit.get(one.id, ())]
    return sorted(found, key=lambda model: shaper.places[model.id])


def _unit_page(shaper: Shaper, unit: Unit) -> Page:
    catalogue = shaper.catalogue
    above = [shaper.unit(parent) for parent in reversed(catalogue.units.ancestors(unit.id))]
    view = UnitView(
        unit.name,
        crumbs(Link("Đơn vị", "don-vi/"), *above, Link(unit.name)),
        facts=tuple(_facts(shaper, unit)),
        note=unit.note or "",
        sections=tuple(_sections(shaper, unit)),
    )
    description = f"Các mô hình “Dân vận khéo” của {unit.name}."
    return Page(f"don-vi/{unit.id}/", "unit.html", _full_name(shaper, unit), description, view)


def _full_name(shaper: Shaper, unit: Unit) -> str:
    """The name with those of its parents: "Xã An Lạc" is in many districts."""
    names = [unit.name, *(parent.name for parent in shaper.catalogue.units.ancestors(unit.id))]
    return ", ".join(names)


def _facts(shaper: Shaper, unit: Unit) -> Iterator[Fact]:
    catalogue = shaper.catalogue
    yield Fact("Loại đơn vị", (Link(unit.type.label),))
    if parents := catalogue.units.ancestors(unit.id):
        yield Fact("Trực thuộc", tuple(map(shaper.unit, parents)))
    if len(unit.names) > 1:
        yield Fact("Tên trước đây", tuple(Link(name.name) for name in unit.names[:-1]))
    for successor in unit.successors:
        heir = catalogue.units.by_id.get(successor.id or "")
        day = day_text(successor.date_)
        if heir:
            note = f"{successor.kind.label} từ {day}"
            link = shaper.unit(heir)
            yield Fact("Nay là", (Link(link.text, link.address, note=note),))
        else:
            yield Fact("Tình trạng", (Link(f"{successor.kind.label} từ {day}"),))
    if origins := _origins(shaper, unit):
        yield Fact("Hình thành từ", tuple(map(shaper.unit, origins)))


def _sections(shaper: Shaper, unit: Unit) -> Iterator[Section]:
    catalogue = shaper.catalogue
    models = models_of(shaper, unit)
    yield from _models_by_year(shaper, models[:PAGE_SIZE])
    if origins := _origins(shaper, unit):
        yield Section("Đơn vị trước đây", "truoc-day", links=_unit_links(shaper, origins))
    children = [c for c in catalogue.units.children.get(unit.id, ()) if c.id in shaper.shown_units]
    if children:
        links = _unit_links(shaper, children)
        all_of = f"Trang này hiện {PAGE_SIZE} trong {len(models)} mô hình; xem đủ ở từng đơn vị."
        text = all_of if len(models) > PAGE_SIZE else ""
        yield Section("Đơn vị trực thuộc", "truc-thuoc", text, links=links)
    for year in _duty_years(catalogue, unit):
        states = duties_below(catalogue, unit.id, year)
        links = tuple(_duty_link(shaper, state) for state in states)
        reached = sum(state.is_reached for state in states)
        text = f"{reached}/{len(states)} đơn vị đã đăng ký đủ số mô hình theo chỉ tiêu."
        yield Section(f"Chỉ tiêu đăng ký năm {year}", f"chi-tieu-{year}", text, links=links)
    if articles := catalogue.articles_of_unit.get(unit.id):
        cards = tuple(map(shaper.article_card, articles[:PAGE_SIZE]))
        yield Section("Tin tức", "tin-tuc", cards=cards)


def _unit_links(shaper: Shaper, units: Iterable[Unit]) -> tuple[Link, ...]:
    """Units that have a page, each with what it has to show."""
    return tuple(Link(u.name, f"don-vi/{u.id}/", note=_holdings(shaper, u)) for u in units)


def _holdings(shaper: Shaper, unit: Unit) -> str:
    """What the unit has to show: models, else news, else what it was formed from."""
    catalogue = shaper.catalogue
    models = len(models_of(shaper, unit))
    below = [unit, *catalogue.units.descendants(unit.id)]
    news = {a.id for u in below for a in catalogue.articles_of_unit.get(u.id, ())}
    origins = _origins(shaper, unit)
    if models or not (news or origins):
        return f"{models} mô hình"
    return f"{len(news)} tin" if news else f"từ {', '.join(u.name for u in origins)}"


def _origins(shaper: Shaper, unit: Unit) -> list[Unit]:
    """Units with a page that this one was formed from."""
    formed_from = shaper.catalogue.units.predecessors.get(unit.id, ())
    return [other for other in formed_from if other.id in shaper.shown_units]


def _models_by_year(shaper: Shaper, models: Sequence[ModelEntry]) -> Iterator[Section]:
    for year, group in groupby(models, key=lambda model: model.record.shown_year):
        heading = f"Mô hình năm {year}" if year else "Mô hình chưa rõ năm"
        anchor = f"nam-{year}" if year else "chua-ro-nam"
        yield Section(heading, anchor, cards=tuple(map(shaper.model_card, group)))


def _duty_years(catalogue: Catalogue, unit: Unit) -> Iterable[int]:
    below = catalogue.units.descendants(unit.id)
    return sorted({duty.year for other in below for duty in other.duty}, reverse=True)


def _duty_link(shaper: Shaper, state: DutyState) -> Link:
    link = shaper.unit(state.unit)
    done = "được miễn" if state.exempt else f"{state.count}/{state.needed} mô hình"
    return Link(link.text, link.address, note=done)
