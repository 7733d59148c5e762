"""Pages that look at the whole: home, fields, years, awards, statistics, contact, search."""

from collections.abc import Callable, Iterator
from itertools import islice, zip_longest

from site_builder.catalogue import Catalogue, ModelEntry
from site_builder.pages.figures import figures_page
from site_builder.pages.open_data import open_data_page
from site_builder.pages.shapes import Shaper, crumbs
from site_builder.pages.views import (
    NOTHING_KNOWN,
    Card,
    Figure,
    HomeView,
    Link,
    Page,
    SearchView,
    Section,
    SectionsView,
    Table,
)
from site_builder.statistics import count_models
from site_builder.text import vietnamese_number

_FEATURED = 6
_LATEST = 6


def _sections_page(address: str, heading: str, intro: str, sections: tuple[Section, ...]) -> Page:
    view = SectionsView(heading, crumbs(Link(heading)), intro=intro, sections=sections)
    return Page(address, "sections.html", heading, intro, view)


def _home(shaper: Shaper) -> Page:
    catalogue = shaper.catalogue
    site = catalogue.site
    view = HomeView(
        site.name,
        tagline=site.tagline,
        note=(site.sample_note or "") if site.sample else "",
        figures=_movement_in_figures(catalogue),
        fields=tuple(_field_cards(shaper)),
        featured=tuple(map(shaper.model_card, featured_models(catalogue))),
        news=tuple(map(shaper.article_card, catalogue.articles[:_LATEST])),
        hotlines=tuple(Link(h.number, url=h.url, note=h.label) for h in site.hotlines),
    )
    return Page("", "home.html", site.name, site.tagline, view)


def _movement_in_figures(catalogue: Catalogue) -> tuple[Figure, ...]:
    counts = count_models(catalogue)
    shown = (
        ("Mô hình", counts.registered),
        ("Đơn vị thực hiện", len(catalogue.by_unit.counts())),
        ("Được nhân rộng", counts.replicated),
        ("Tin, bài", len(catalogue.articles)),
    )
    return tuple(Figure(label, vietnamese_number(number), "") for label, number in shown)


def featured_models(catalogue: Catalogue, most: int = _FEATURED) -> tuple[ModelEntry, ...]:
    """The farthest along first, one of each field before the second of any; always the same."""
    queues = []
    for field_id in catalogue.fields:
        merits = catalogue.group(f"merit:{field_id}")
        best = sorted(merits, reverse=True)
        ranked = ((merit, entry) for merit in best for entry in merits[merit][:most])
        queues.append(list(islice(ranked, most)))
    rounds = zip_longest(*queues)
    chosen: list[ModelEntry] = []
    for found in rounds:
        ranked_round = sorted(filter(None, found), key=lambda pair: (-int(pair[0]), pair[1].order))
        chosen += [entry for _, entry in ranked_round]
    return tuple(chosen[:most])


def _field_cards(shaper: Shaper) -> Iterator[Card]:
    for row in shaper.catalogue.fields.values():
        counts = count_models(shaper.catalogue, row.id)
        notes = [f"{counts.registered} mô hình"]
        if counts.replicated:
            notes.append(f"{counts.replicated} được nhân rộng")
        badge = shaper.badge(row.id)
        yield Card(row.name, badge.address, row.summary or "", badge, tuple(notes))


def _fields(shaper: Shaper) -> Page:
    catalogue = shaper.catalogue
    cards = tuple(_field_cards(shaper))
    schemes = tuple(
        (
            Link(scheme.name),
            Link(_validity(scheme.valid_from, scheme.valid_to)),
            Link(", ".join(row.name for row in scheme.fields_)),
        )
        for scheme in catalogue.schemes
    )
    table = Table("Các bộ lĩnh vực", ("Bộ lĩnh vực", "Áp dụng", "Các lĩnh vực"), schemes)
    sections = (
        Section("Chọn một lĩnh vực", "linh-vuc", cards=cards),
        Section("Cách chia lĩnh vực", "bo-linh-vuc", table=table),
    )
    intro = "Các mô hình “Dân vận khéo” được xếp theo lĩnh vực của phong trào thi đua."
    return _sections_page("linh-vuc/", "Lĩnh vực", intro, sections)


def _validity(first: int, last: int) -> str:
    return f"từ năm {first}" if last == 2100 else f"{first} - {last}"


def _years(shaper: Shaper) -> Page:
    counts = shaper.catalogue.by_year.counts()
    links = tuple(
        Link(f"Năm {year}", f"nam/{year}/", note=f"{count} mô hình")
        for year, count in counts.items()
        if year
    )
    unknown = counts.get("", 0)
    text = f"{unknown} mô hình chưa có thông tin về năm." if unknown else ""
    sections = (Section("Các năm", "nam", text, links=links),)
    return _sections_page(
        "nam/",
        "Năm",
        "Mô hình “Dân vận khéo” theo năm đăng ký, hoặc năm bắt đầu khi chưa rõ.",
        sections,
    )


def _awards(shaper: Shaper) -> Page:
    catalogue = shaper.catalogue
    links = tuple(
        Link(catalogue.name_of_award(form), f"khen-thuong/{form}/", note=f"{count} mô hình")
        for form, count in catalogue.by_award.counts().items()
    )
    text = "" if links else "Chưa có mô hình nào được ghi nhận khen thưởng."
    intro = "Các mô hình, điển hình “Dân vận khéo” đã được khen thưởng, theo hình thức khen."
    sections = (Section("Hình thức khen thưởng", "hinh-thuc", text, links=links),)
    return _sections_page("khen-thuong/", "Khen thưởng", intro, sections)


def _contact(shaper: Shaper) -> Page:
    site = shaper.catalogue.site
    email = Link(site.email, url=f"mailto:{site.email}") if site.email else Link(NOTHING_KNOWN)
    rows = [
        (Link("Cơ quan chủ quản"), Link(site.agency)),
        (Link("Người chịu trách nhiệm"), Link(site.responsible)),
        (Link("Địa chỉ"), Link(site.address or NOTHING_KNOWN)),
        (Link("Thư điện tử"), email),
    ]
    for line in site.hotlines:
        number = Link(line.number, url=line.url)
        rows.append((Link(f"Đường dây nóng: {line.label.lower()}"), number))
    table = Table("Thông tin liên hệ", ("Mục", "Thông tin"), tuple(rows))
    links = tuple(Link(social.name, url=social.url) for social in site.social)
    sections = [Section("Cơ quan chủ quản", "co-quan", table=table)]
    if links:
        sections.append(Section("Mạng xã hội", "mang-xa-hoi", links=links))
    intro = "Gửi góp ý, báo sai sót, giới thiệu mô hình hay: liên hệ theo các địa chỉ dưới đây."
    return _sections_page("lien-he/", "Liên hệ và đường dây nóng", intro, tuple(sections))


def _search(_: Shaper) -> Page:
    ways = (
        Link("Tất cả mô hình", "mo-hinh/"),
        Link("Theo lĩnh vực", "linh-vuc/"),
        Link("Theo năm", "nam/"),
        Link("Theo đơn vị", "don-vi/"),
        Link("Tin tức", "tin-tuc/"),
        Link("Văn bản", "van-ban/"),
    )
    heading, intro = "Tìm kiếm", "Tìm mô hình, tin tức, văn bản"
    view = SearchView(heading, crumbs(Link(heading)), intro=intro, ways=ways)
    return Page("tim-kiem/", "search.html", heading, intro, view)


OVERVIEWS: dict[str, Callable[[Shaper], Page]] = {
    "": _home,
    "linh-vuc/": _fields,
    "nam/": _years,
    "khen-thuong/": _awards,
    "thong-ke/": figures_page,
    "lien-he/": _contact,
    "tim-kiem/": _search,
    "du-lieu/": open_data_page,
}
"""By address."""
