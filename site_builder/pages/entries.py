"""The pages of single entries: model, article, document, page of text."""

from collections.abc import Iterable
from functools import cache

from site_builder.addresses import address_of, destination
from site_builder.catalogue import ArticleEntry, DocumentEntry, ModelEntry
from site_builder.config import PAGE_SIZE
from site_builder.domain.choices import STATUS_PATH, AwardStatus, Status
from site_builder.domain.entries import Article, Model, Source
from site_builder.domain.entries import Page as TextPage
from site_builder.domain.entry import Entry
from site_builder.pages.findings import (
    FINDING_OF_TEXT,
    finding_of_article,
    finding_of_document,
    finding_of_model,
)
from site_builder.pages.pictures import file_address
from site_builder.pages.shapes import Shaper, crumbs, day_text, figure_of, relative
from site_builder.pages.sharing import share_address
from site_builder.pages.tables import rows_of_article, rows_of_document, rows_of_model
from site_builder.pages.views import (
    NOTHING_KNOWN,
    EntryView,
    Fact,
    Link,
    ModelView,
    Page,
    Section,
    Step,
    Table,
    Work,
)
from site_builder.text import slug

_UNKNOWN = Link(NOTHING_KNOWN)
_MOST_CITING = 2 * PAGE_SIZE
"""Models or articles shown below a document: a circular is cited by thousands."""


def model_page(shaper: Shaper, entry: ModelEntry, body: str) -> Page:
    """The page of a model: the story, and everything known around it."""
    record = entry.record
    badge = shaper.badge(record.field)
    view = ModelView(
        record.title,
        crumbs(Link("Lĩnh vực", "linh-vuc/"), Link(badge.text, badge.address), Link(record.title)),
        summary=record.summary,
        field=badge,
        notes=shaper.unit_and_year(record),
        facts=tuple(_model_facts(shaper, entry)),
        steps=_steps(record.status),
        status=record.status.label if record.status else NOTHING_KNOWN,
        figures=tuple(map(figure_of, record.results)),
        pictures=shaper.pictures(entry),
        cover=shaper.cover(entry),
        sections=tuple(_model_sections(shaper, entry)),
        sources=_sources(record.sources),
        verified=day_text(record.verified_on) if record.verified_on else "",
    )
    return Page(
        relative(address_of(entry)),
        "model.html",
        record.title,
        record.summary,
        view,
        body,
        record.verified_on.isoformat() if record.verified_on else "",
        finding_of_model(shaper.catalogue, record),
        rows_of_model(shaper, entry),
        _work_of_model(shaper, record, badge.text),
        share_address(shaper.catalogue, entry),
    )


def _work_of_model(shaper: Shaper, record: Model, field: str) -> Work:
    return Work(
        "Article",
        record.publish_on.isoformat() if record.publish_on else "",
        record.verified_on.isoformat() if record.verified_on else "",
        section=field,
        keywords=record.topics,
        unit=shaper.unit_then(record.unit, record.known_at),
        place=record.place or "",
        started=str(record.started or ""),
    )


def _model_facts(shaper: Shaper, entry: ModelEntry) -> Iterable[Fact]:
    record = entry.record
    year = Link(str(record.year), f"nam/{record.year}/") if record.year else _UNKNOWN
    started = Link(record.started.vietnamese) if record.started else _UNKNOWN
    yield Fact("Đơn vị", (shaper.unit_then(record.unit, record.known_at),))
    if record.owner:
        yield Fact("Người thực hiện", (Link(record.owner),))
    if record.partners:
        yield Fact("Cùng thực hiện", tuple(map(Link, record.partners)))
    if record.place:
        yield Fact("Địa điểm", (Link(record.place),))
    yield Fact("Năm đăng ký", (year,))
    yield Fact("Bắt đầu", (started,))
    if record.ended:
        yield Fact("Kết thúc", (Link(record.ended.vietnamese),))
    if record.period:
        yield Fact("Giai đoạn", (Link(record.period.value.replace("-", " - ")),))
    if record.kind:
        yield Fact("Loại điển hình", (Link(record.kind.label),))
    yield Fact("Cấp", (Link(record.level.label) if record.level else _UNKNOWN,))
    if record.topics:
        topics = tuple(Link(topic, f"chu-de/{slug(topic)}/") for topic in record.topics)
        yield Fact("Chủ đề", topics)


@cache
def _steps(status: Status | None) -> tuple[Step, ...]:
    """The visible path; a model that ended or rests, or is not known, stands on none of it."""
    if status not in STATUS_PATH:
        return ()
    reached = STATUS_PATH.index(status)
    return tuple(
        Step(step.label, place <= reached, place == reached)
        for place, step in enumerate(STATUS_PATH)
    )


def _model_sections(shaper: Shaper, entry: ModelEntry) -> Iterable[Section]:
    catalogue, record = shaper.catalogue, entry.record
    if record.awards:
        yield Section("Khen thưởng", "khen-thuong", table=_awards_table(shaper, record))
    copies = tuple(catalogue.group("copies")[entry.id])
    if record.replicated_to or copies:
        links = (*map(Link, record.replicated_to), *map(shaper.entry, copies))
        yield Section("Đã nhân rộng tới", "nhan-rong-toi", links=links)
    if record.replicated_from:
        origin = catalogue.model(record.replicated_from)
        yield Section("Học từ mô hình", "hoc-tu", links=(shaper.entry(origin),))
    if record.documents:
        links = tuple(map(shaper.reference, record.documents))
        yield Section("Văn bản liên quan", "van-ban", links=links)
    if articles := catalogue.group("news-of-model")[entry.id][:PAGE_SIZE]:
        cards = tuple(map(shaper.article_card, articles))
        yield Section("Tin về mô hình", "tin-tuc", cards=cards)
    if related := catalogue.related(entry):
        cards = tuple(map(shaper.model_card, related))
        yield Section("Mô hình gần với mô hình này", "lien-quan", cards=cards)


def _awards_table(shaper: Shaper, record: Model) -> Table:
    rows = tuple(
        (
            Link(award.form),
            Link(award.by),
            Link(str(award.year)) if award.year else _UNKNOWN,
            shaper.reference(award.decision) if award.decision else _UNKNOWN,
            Link(award.status.label if award.status is not AwardStatus.GIVEN else "Đã tặng"),
        )
        for award in record.awards
    )
    head = ("Hình thức", "Cấp khen", "Năm", "Quyết định", "Trạng thái")
    return Table("Các hình thức khen thưởng của mô hình", head, rows)


def _sources(sources: Iterable[Source]) -> tuple[Link, ...]:
    return tuple(
        Link(s.title, url=s.url, note=s.date.vietnamese if s.date else "") for s in sources
    )


def article_page(shaper: Shaper, entry: ArticleEntry, body: str) -> Page:
    """The page of an article."""
    record = entry.record
    year = record.date.year
    models = [shaper.catalogue.model(ref) for ref in record.models]
    facts: list[Fact] = []
    if record.units:
        units = tuple(shaper.unit_then(unit, record.date) for unit in record.units)
        facts.append(Fact("Đơn vị", units))
    if record.documents:
        facts.append(Fact("Văn bản", tuple(map(shaper.reference, record.documents))))
    cards = tuple(map(shaper.model_card, models))
    named = (Section("Mô hình được nhắc tới", "mo-hinh", cards=cards),) if models else ()
    category = record.category
    view = EntryView(
        record.title,
        crumbs(
            Link("Tin tức", "tin-tuc/"), Link(str(year), f"tin-tuc/{year}/"), Link(record.title)
        ),
        summary=record.summary,
        notes=tuple(_article_notes(entry)),
        facts=(Fact("Chuyên mục", (Link(category.label, f"tin-tuc/{category}/"),)), *facts),
        pictures=shaper.pictures(entry),
        sections=named,
        sources=(Link(record.source, url=record.source_url),) if record.source else (),
    )
    return Page(
        relative(address_of(entry)),
        "article.html",
        record.title,
        record.summary,
        view,
        body,
        updated_of(record),
        finding_of_article(shaper.catalogue, record),
        rows_of_article(shaper.catalogue, entry),
        _work_of_article(record),
        share_address(shaper.catalogue, entry),
    )


def _work_of_article(record: Article) -> Work:
    return Work(
        "NewsArticle",
        str(record.date),
        str(record.updated or ""),
        (record.author,) if record.author else (),
        origin=record.source_url or "",
        section=record.category.label,
        keywords=record.topics,
    )


def updated_of(record: Article) -> str:
    """The ISO date of an article's last change."""
    return (record.updated or record.date).first.isoformat()


def _article_notes(entry: ArticleEntry) -> Iterable[str]:
    record = entry.record
    yield record.date.vietnamese
    if record.author:
        yield record.author
    if record.updated:
        yield f"cập nhật {record.updated.vietnamese}"


def document_page(shaper: Shaper, entry: DocumentEntry, body: str) -> Page:
    """The page of a document, with everything that cites it."""
    record, catalogue = entry.record, shaper.catalogue
    name = f"{record.type.label} số {record.number}"
    models = tuple(map(shaper.model_card, catalogue.citing("Model", entry)[:_MOST_CITING]))
    articles = tuple(map(shaper.article_card, catalogue.citing("Article", entry)[:_MOST_CITING]))
    sections = [
        Section(heading, anchor, cards=cards)
        for heading, anchor, cards in (
            ("Mô hình thực hiện văn bản này", "mo-hinh", models),
            ("Tin nhắc tới văn bản này", "tin-tuc", articles),
        )
        if cards
    ]
    view = EntryView(
        name,
        crumbs(Link("Văn bản", "van-ban/"), Link(name)),
        summary=record.title,
        facts=tuple(_document_facts(shaper, entry)),
        sections=tuple(sections),
        sources=_sources(record.sources),
    )
    return Page(
        relative(address_of(entry)),
        "document.html",
        f"{name} của {record.issuer}",
        record.summary,
        view,
        body,
        record.date.first.isoformat() if record.date else "",
        finding_of_document(record),
        rows_of_document(catalogue, entry),
        Work(
            "CreativeWork",
            str(record.date or ""),
            issuer=record.issuer,
            identifier=record.number,
        ),
    )


def _document_facts(shaper: Shaper, entry: DocumentEntry) -> Iterable[Fact]:
    record = entry.record
    number = record.number
    note = "nguồn không ghi ký hiệu đuôi" if record.number_incomplete else ""
    yield Fact("Số, ký hiệu", (Link(number, note=note),))
    yield Fact("Loại văn bản", (Link(record.type.label),))
    yield Fact("Cơ quan ban hành", (Link(record.issuer),))
    issued = Link(record.date.vietnamese) if record.date else _UNKNOWN
    yield Fact("Ngày ban hành", (issued,))
    for label, day in (("Có hiệu lực từ", record.effective), ("Hết hiệu lực từ", record.expired)):
        if day:
            yield Fact(label, (Link(day.vietnamese),))
    if record.replaced_by:
        yield Fact("Được thay bằng", (shaper.reference(record.replaced_by),))
    if record.file:
        address = file_address(shaper.catalogue, destination(record.file, entry.path).path)
        yield Fact("Tệp văn bản", (Link("Tải văn bản (PDF)", address),))
    if record.url:
        yield Fact("Địa chỉ văn bản", (Link("Xem văn bản", url=record.url),))


def text_page(_shaper: Shaper, entry: Entry[TextPage], body: str) -> Page:
    """A page of standing text."""
    record = entry.record
    summary = record.summary or record.title
    view = EntryView(record.title, crumbs(Link(record.title)))
    return Page(
        relative(address_of(entry)),
        "text.html",
        record.title,
        summary,
        view,
        body,
        finding=FINDING_OF_TEXT,
    )
