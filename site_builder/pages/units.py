"""Unit pages: what a unit is, then and now, and its models by year."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from site_builder.catalogue import Catalogue, ModelEntry
from site_builder.config import PAGE_SIZE
from site_builder.domain.registers import Unit
from site_builder.pages.lists import ListPlan, first_pager, older_pages
from site_builder.pages.shapes import Shaper, crumbs, day_text
from site_builder.pages.tables import rows_of_unit
from site_builder.pages.views import Card, Fact, Link, ListView, Page, Section, UnitView
from site_builder.statistics import DutyState, duties_below


def units_page(shaper: Shaper) -> Page:
    """The index: provinces and other units that belong to no other."""
    catalogue = shaper.catalogue
    heading = "Đơn vị"
    intro = (
        "Tỉnh, thành phố và các đơn vị có mô hình “Dân vận khéo” trên trang. "
        "Chọn một nơi để xem các đơn vị trực thuộc."
    )
    tops = [u for u in catalogue.units.by_id.values() if not u.parent and catalogue.is_shown(u.id)]
    cards = tuple(_unit_card(shaper, unit) for unit in tops)
    view = ListView(
        heading, crumbs(Link(heading)), intro=intro, cards=cards, count=len(cards), noun="nơi"
    )
    return Page("don-vi/", "list.html", heading, intro, view)


def _unit_card(shaper: Shaper, unit: Unit) -> Card:
    today = shaper.today_note(unit, unit.name)
    notes = tuple(filter(None, (_holdings(shaper, unit), today)))
    return Card(unit.name, f"don-vi/{unit.id}/", notes=notes)


def unit_list(shaper: Shaper, unit_id: str) -> ListPlan:
    """The models of a unit and of everything below it; its own page stands for the first."""
    unit = shaper.catalogue.units.by_id[unit_id]
    return ListPlan(
        f"don-vi/{unit.id}/",
        shaper.catalogue.by_line[unit_id],
        unit.name,
        "",
        shaper.model_card,
        trail=tuple(_way_to(shaper, unit)),
    )


def unit_page(shaper: Shaper, unit_id: str) -> Page:
    """The page of a unit."""
    unit = shaper.catalogue.units.by_id[unit_id]
    models = shaper.catalogue.by_line[unit_id]
    older = older_pages(len(models))
    view = UnitView(
        unit.name,
        crumbs(*_way_to(shaper, unit), Link(unit.name)),
        facts=tuple(_facts(shaper, unit)),
        note=unit.note or "",
        sections=tuple(_sections(shaper, unit, models[: len(models) - older * PAGE_SIZE])),
        pager=first_pager(f"don-vi/{unit.id}/", older) if older else None,
    )
    description = f"Các mô hình “Dân vận khéo” của {unit.name}."
    return Page(
        f"don-vi/{unit.id}/",
        "unit.html",
        _full_name(shaper, unit),
        description,
        view,
        rows=rows_of_unit(shaper.catalogue, unit),
    )


def _way_to(shaper: Shaper, unit: Unit) -> Iterator[Link]:
    yield Link("Đơn vị", "don-vi/")
    yield from map(shaper.unit, reversed(shaper.catalogue.units.ancestors(unit.id)))


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


def _sections(shaper: Shaper, unit: Unit, models: Sequence[ModelEntry]) -> Iterator[Section]:
    catalogue = shaper.catalogue
    yield from _models_by_year(shaper, models)
    if origins := _origins(shaper, unit):
        yield Section("Đơn vị trước đây", "truoc-day", links=_unit_links(shaper, origins))
    children = [c for c in catalogue.units.children.get(unit.id, ()) if catalogue.is_shown(c.id)]
    if children:
        yield Section("Đơn vị trực thuộc", "truc-thuoc", links=_unit_links(shaper, children))
    for year in _duty_years(catalogue, unit):
        states = duties_below(catalogue, unit.id, year)
        links = tuple(_duty_link(shaper, state) for state in states)
        reached = sum(state.is_reached for state in states)
        text = f"{reached}/{len(states)} đơn vị đã đăng ký đủ số mô hình theo chỉ tiêu."
        yield Section(f"Chỉ tiêu đăng ký năm {year}", f"chi-tieu-{year}", text, links=links)
    if articles := catalogue.group("news-of-unit")[unit.id][:PAGE_SIZE]:
        cards = tuple(map(shaper.article_card, articles))
        yield Section("Tin tức", "tin-tuc", cards=cards)


def _unit_links(shaper: Shaper, units: Iterable[Unit]) -> tuple[Link, ...]:
    """Units that have a page, each with what it has to show."""
    return tuple(Link(u.name, f"don-vi/{u.id}/", note=_holdings(shaper, u)) for u in units)


def _holdings(shaper: Shaper, unit: Unit) -> str:
    """What the unit has to show: models, else news, else what it was formed from."""
    models = len(shaper.catalogue.by_line[unit.id])
    news = len(shaper.catalogue.group("news-line")[unit.id])
    origins = _origins(shaper, unit)
    if models or not (news or origins):
        return f"{models} mô hình"
    return f"{news} tin" if news else f"từ {', '.join(u.name for u in origins)}"


def _origins(shaper: Shaper, unit: Unit) -> list[Unit]:
    """Units with a page that this one was formed from."""
    formed_from = shaper.catalogue.units.predecessors.get(unit.id, ())
    return [other for other in formed_from if shaper.catalogue.is_shown(other.id)]


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
