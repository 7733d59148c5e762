"""Which lists there are: all models, by field, year, topic, award; news; documents."""

from collections.abc import Iterable, Iterator

from site_builder.catalogue import Catalogue
from site_builder.domain.choices import Category
from site_builder.library.shelf import Shelf
from site_builder.pages.lists import ListPlan
from site_builder.pages.shapes import Shaper
from site_builder.pages.views import Link, LinkGroup
from site_builder.text import collation_key

_ALL_MODELS = Link("Tất cả mô hình", "mo-hinh/")
_NEWS = Link("Tin tức", "tin-tuc/")
_MOST_TOPICS = 12


def lists_of(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Kind and key of every list; a kind that has one list has the key ""."""
    keys: dict[str, Iterable[str]] = {
        "models": ("",),
        "field": catalogue.fields,
        "year": filter(None, catalogue.by_year),
        "topic": catalogue.by_topic,
        "award": catalogue.by_award,
        "news": ("",),
        "news-year": catalogue.news_by_year,
        "category": catalogue.group("category"),
        "documents": ("",),
    }
    return ((kind, key) for kind, found in keys.items() for key in found)


def list_place(catalogue: Catalogue, kind: str, key: str) -> tuple[str, Shelf]:
    """The address of a list and the shelf that it shows."""
    folder, group = _PLACES[kind]
    if key:
        return f"{folder}{key}/", catalogue.group(group)[key]
    return folder, catalogue.group("public")[group]


_PLACES = {
    "models": ("mo-hinh/", "Model"),
    "field": ("linh-vuc/", "field"),
    "year": ("nam/", "year"),
    "topic": ("chu-de/", "topic"),
    "award": ("khen-thuong/", "award"),
    "news": ("tin-tuc/", "Article"),
    "news-year": ("tin-tuc/", "news-year"),
    "category": ("tin-tuc/", "category"),
    "documents": ("van-ban/", "Document"),
}
"""Folder and group; of a kind that has one list, the type of its entries."""


def list_plan(shaper: Shaper, kind: str, key: str) -> ListPlan:
    """One list, by its kind and key."""
    return _PLANS[kind](shaper, key)


def _models(shaper: Shaper, _key: str) -> ListPlan:
    return ListPlan(
        *list_place(shaper.catalogue, "models", ""),
        "Tất cả mô hình",
        "Mọi mô hình, điển hình “Dân vận khéo” đang được giới thiệu, mới nhất trước.",
        shaper.model_card,
        groups=lambda: (_fields(shaper), _years(shaper), _topics(shaper, "topic")),
        narrowed="mo-hinh",
    )


def _field(shaper: Shaper, field_id: str) -> ListPlan:
    field = shaper.catalogue.fields[field_id]
    return ListPlan(
        *list_place(shaper.catalogue, "field", field_id),
        field.name,
        field.summary or f"Các mô hình thuộc lĩnh vực {field.name.lower()}.",
        shaper.model_card,
        trail=(Link("Lĩnh vực", "linh-vuc/"),),
        field=shaper.badge(field_id),
        groups=lambda: (_topics(shaper, f"field-topic:{field_id}"), _fields(shaper, field_id)),
        empty="Chưa có mô hình nào trong lĩnh vực này.",
    )


def _year(shaper: Shaper, year: str) -> ListPlan:
    return ListPlan(
        *list_place(shaper.catalogue, "year", year),
        f"Mô hình năm {year}",
        f"Các mô hình đăng ký trong năm {year}, hoặc bắt đầu trong năm ấy khi chưa rõ năm đăng ký.",
        shaper.model_card,
        trail=(Link("Năm", "nam/"),),
        groups=lambda: (_years(shaper, year),),
    )


def _topic(shaper: Shaper, topic: str) -> ListPlan:
    name = shaper.catalogue.name_of_topic(topic)
    return ListPlan(
        *list_place(shaper.catalogue, "topic", topic),
        f"Chủ đề: {name}",
        f"Các mô hình “Dân vận khéo” về {name}.",
        shaper.model_card,
        trail=(_ALL_MODELS,),
    )


def _award(shaper: Shaper, form: str) -> ListPlan:
    name = shaper.catalogue.name_of_award(form)
    return ListPlan(
        *list_place(shaper.catalogue, "award", form),
        name,
        f"Các mô hình, điển hình “Dân vận khéo” đã được tặng {name}.",
        shaper.model_card,
        trail=(Link("Khen thưởng", "khen-thuong/"),),
    )


def _news(shaper: Shaper, _key: str) -> ListPlan:
    return ListPlan(
        *list_place(shaper.catalogue, "news", ""),
        _NEWS.text,
        "Tin về phong trào thi đua “Dân vận khéo”: chỉ đạo, ra mắt mô hình, khen thưởng.",
        shaper.article_card,
        groups=lambda: _news_groups(shaper.catalogue),
        noun="tin",
    )


def _news_year(shaper: Shaper, year: str) -> ListPlan:
    return _some_news(shaper, f"Tin năm {year}", "news-year", year)


def _category(shaper: Shaper, category: str) -> ListPlan:
    heading = f"Tin {Category(category).label.lower()}"  # type: ignore[call-arg]
    return _some_news(shaper, heading, "category", category)


def _some_news(shaper: Shaper, heading: str, kind: str, key: str) -> ListPlan:
    return ListPlan(
        *list_place(shaper.catalogue, kind, key),
        heading,
        f"{heading} về phong trào “Dân vận khéo”.",
        shaper.article_card,
        trail=(_NEWS,),
        groups=lambda: _news_groups(shaper.catalogue),
        noun="tin",
    )


def _documents(shaper: Shaper, _key: str) -> ListPlan:
    return ListPlan(
        *list_place(shaper.catalogue, "documents", ""),
        "Văn bản",
        "Văn bản của Đảng và Nhà nước mà các mô hình và tin tức trên trang nhắc tới.",
        shaper.document_card,
        noun="văn bản",
    )


_PLANS = {
    "models": _models,
    "field": _field,
    "year": _year,
    "topic": _topic,
    "award": _award,
    "news": _news,
    "news-year": _news_year,
    "category": _category,
    "documents": _documents,
}


# --- other ways in ------------------------------------------------------------------------


def _fields(shaper: Shaper, but: str = "") -> LinkGroup:
    counts = shaper.catalogue.by_field.counts()
    links = [
        Link(row.name, f"linh-vuc/{row.id}/", note=str(counts.get(row.id, 0)))
        for row in shaper.catalogue.fields.values()
        if row.id != but
    ]
    return LinkGroup("Lĩnh vực khác" if but else "Lĩnh vực", tuple(links))


def _years(shaper: Shaper, but: str = "") -> LinkGroup:
    links = [
        Link(year, f"nam/{year}/", note=str(count))
        for year, count in shaper.catalogue.by_year.counts().items()
        if year and year != but
    ]
    return LinkGroup("Năm khác" if but else "Năm", tuple(links))


def _topics(shaper: Shaper, group: str) -> LinkGroup:
    """The topics that most models of the group have."""
    counts = sorted(shaper.catalogue.group(group).counts().items(), key=lambda item: -item[1])
    least = counts[:_MOST_TOPICS][-1][1] if counts else 0
    named = [(n, shaper.catalogue.name_of_topic(t), t) for t, n in counts if n >= least]
    named.sort(key=lambda item: (-item[0], collation_key(item[1])))
    links = [Link(name, f"chu-de/{topic}/", note=str(n)) for n, name, topic in named]
    return LinkGroup("Chủ đề", tuple(links[:_MOST_TOPICS]))


def _news_groups(catalogue: Catalogue) -> tuple[LinkGroup, ...]:
    years = [
        Link(year, f"tin-tuc/{year}/", note=str(count))
        for year, count in catalogue.news_by_year.counts().items()
    ]
    counts = catalogue.group("category").counts()
    categories = [
        Link(c.label, f"tin-tuc/{c.value}/", note=str(counts[c.value]))
        for c in Category
        if c.value in counts
    ]
    return LinkGroup("Chuyên mục", tuple(categories)), LinkGroup("Năm", tuple(years))
