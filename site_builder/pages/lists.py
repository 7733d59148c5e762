"""Lists of cards, 24 a page, each page with an address of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from site_builder.catalogue import DocumentEntry, ModelEntry
from site_builder.config import PAGE_SIZE
from site_builder.domain.choices import Category
from site_builder.pages.shapes import Shaper, crumbs
from site_builder.pages.views import Badge, Card, Link, LinkGroup, ListView, Page, Pager
from site_builder.text import collation_key

E = TypeVar("E")


@dataclass(frozen=True)
class ListPlan:
    """A list before it is cut into pages."""

    address: str
    heading: str
    intro: str
    trail: tuple[Link, ...] = ()
    """Pages above this one, without home."""
    field: Badge | None = None
    groups: tuple[LinkGroup, ...] = ()
    noun: str = "mô hình"
    empty: str = "Chưa có bài nào trong mục này."


def paginate(plan: ListPlan, entries: Sequence[E], card_of: Callable[[E], Card]) -> Iterator[Page]:
    """The pages of a list; one page even where there is nothing to list."""
    last = max(1, -(-len(entries) // PAGE_SIZE))
    for number in range(1, last + 1):
        shown = entries[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        suffix = f" - trang {number}" if number > 1 else ""
        view = ListView(
            plan.heading,
            crumbs(*plan.trail, Link(plan.heading)),
            intro=plan.intro,
            field=plan.field,
            cards=tuple(map(card_of, shown)),
            count=len(entries),
            noun=plan.noun,
            pager=_pager(plan.address, number, last) if last > 1 else None,
            groups=plan.groups,
            empty=plan.empty,
        )
        address = _page_address(plan.address, number)
        yield Page(address, "list.html", plan.heading + suffix, plan.intro, view)


def _page_address(address: str, number: int) -> str:
    return address if number == 1 else f"{address}trang/{number}/"


def _pager(address: str, number: int, last: int) -> Pager:
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    links = tuple(Link(str(n), None if n == number else _page_address(address, n)) for n in near)
    before = _page_address(address, number - 1) if number > 1 else None
    after = _page_address(address, number + 1) if number < last else None
    return Pager(number, last, links, before, after)


def model_lists(shaper: Shaper) -> Iterator[Page]:
    """All models, then by field, year and topic."""
    catalogue = shaper.catalogue
    everything = catalogue.models.entries
    plan = ListPlan(
        "mo-hinh/",
        "Tất cả mô hình",
        "Mọi mô hình, điển hình “Dân vận khéo” đang được giới thiệu, mới nhất trước.",
        groups=tuple(_ways_in(shaper)),
    )
    yield from paginate(plan, everything, shaper.model_card)
    yield from _field_lists(shaper)
    for year, models in catalogue.by_year.items():
        if year:
            yield from _year_list(shaper, year, models)
    for topic, models in catalogue.by_topic.items():
        name = catalogue.topic_names[topic]
        plan = ListPlan(
            f"chu-de/{topic}/",
            f"Chủ đề: {name}",
            f"Các mô hình “Dân vận khéo” về {name}.",
            trail=(Link("Tất cả mô hình", "mo-hinh/"),),
        )
        yield from paginate(plan, models, shaper.model_card)


def _field_lists(shaper: Shaper) -> Iterator[Page]:
    catalogue = shaper.catalogue
    for field in catalogue.fields.values():
        models = catalogue.by_field.get(field.id, ())
        intro = field.summary or f"Các mô hình thuộc lĩnh vực {field.name.lower()}."
        plan = ListPlan(
            f"linh-vuc/{field.id}/",
            field.name,
            intro,
            trail=(Link("Lĩnh vực", "linh-vuc/"),),
            field=shaper.badge(field.id),
            groups=(_topics_of(shaper, models), _other_fields(shaper, field.id)),
            empty="Chưa có mô hình nào trong lĩnh vực này.",
        )
        yield from paginate(plan, models, shaper.model_card)


def _year_list(shaper: Shaper, year: int, models: Sequence[ModelEntry]) -> Iterator[Page]:
    others = tuple(
        Link(str(other), f"nam/{other}/", note=str(len(found)))
        for other, found in shaper.catalogue.by_year.items()
        if other and other != year
    )
    plan = ListPlan(
        f"nam/{year}/",
        f"Mô hình năm {year}",
        f"Các mô hình đăng ký trong năm {year}, hoặc bắt đầu trong năm ấy khi chưa rõ năm đăng ký.",
        trail=(Link("Năm", "nam/"),),
        groups=(LinkGroup("Năm khác", others),) if others else (),
    )
    yield from paginate(plan, models, shaper.model_card)


def _ways_in(shaper: Shaper) -> Iterator[LinkGroup]:
    catalogue = shaper.catalogue
    yield _other_fields(shaper, "")
    years = [
        Link(str(year), f"nam/{year}/", note=str(len(models)))
        for year, models in catalogue.by_year.items()
        if year
    ]
    yield LinkGroup("Năm", tuple(years))
    yield _topics_of(shaper, catalogue.models.entries)


def _other_fields(shaper: Shaper, but: str) -> LinkGroup:
    catalogue = shaper.catalogue
    links = [
        Link(row.name, f"linh-vuc/{row.id}/", note=str(len(catalogue.by_field.get(row.id, ()))))
        for row in catalogue.fields.values()
        if row.id != but
    ]
    return LinkGroup("Lĩnh vực khác" if but else "Lĩnh vực", tuple(links))


def _topics_of(shaper: Shaper, models: Iterable[ModelEntry], most: int = 12) -> LinkGroup:
    present = {model.id for model in models}
    counted = [
        (topic, sum(model.id in present for model in group))
        for topic, group in shaper.catalogue.by_topic.items()
    ]
    used = sorted(
        (item for item in counted if item[1]),
        key=lambda item: (-item[1], collation_key(shaper.catalogue.topic_names[item[0]])),
    )
    links = [
        Link(shaper.catalogue.topic_names[topic], f"chu-de/{topic}/", note=str(count))
        for topic, count in used[:most]
    ]
    return LinkGroup("Chủ đề", tuple(links))


def article_lists(shaper: Shaper) -> Iterator[Page]:
    """All news, then by year and by category."""
    catalogue = shaper.catalogue
    years = [
        Link(str(year), f"tin-tuc/{year}/", note=str(len(found)))
        for year, found in sorted(catalogue.articles_by_year.items(), reverse=True)
    ]
    categories = [
        Link(c.label, f"tin-tuc/{c.value}/", note=str(len(catalogue.articles_by_category[c])))
        for c in Category
        if c in catalogue.articles_by_category
    ]
    groups = (LinkGroup("Chuyên mục", tuple(categories)), LinkGroup("Năm", tuple(years)))
    news = Link("Tin tức", "tin-tuc/")
    intro = "Tin về phong trào thi đua “Dân vận khéo”: chỉ đạo, ra mắt mô hình, khen thưởng."
    plan = ListPlan("tin-tuc/", news.text, intro, groups=groups, noun="tin")
    yield from paginate(plan, catalogue.articles.entries, shaper.article_card)
    for year, articles in catalogue.articles_by_year.items():
        plan = _news_plan(f"tin-tuc/{year}/", f"Tin năm {year}", news, groups)
        yield from paginate(plan, articles, shaper.article_card)
    for category, articles in catalogue.articles_by_category.items():
        heading = f"Tin {Category(category).label.lower()}"  # type: ignore[call-arg]
        plan = _news_plan(f"tin-tuc/{category}/", heading, news, groups)
        yield from paginate(plan, articles, shaper.article_card)


def _news_plan(address: str, heading: str, news: Link, groups: tuple[LinkGroup, ...]) -> ListPlan:
    return ListPlan(
        address, heading, f"{heading} về phong trào “Dân vận khéo”.", (news,), None, groups, "tin"
    )


def document_lists(shaper: Shaper) -> Iterator[Page]:
    """All documents, newest first."""
    intro = "Văn bản của Đảng và Nhà nước mà các mô hình và tin tức trên trang nhắc tới."
    documents: tuple[DocumentEntry, ...] = shaper.catalogue.documents.entries
    plan = ListPlan("van-ban/", "Văn bản", intro, noun="văn bản")
    yield from paginate(plan, documents, shaper.document_card)
