"""Open data: which tables there are, their columns, and the rows of each page.

A row is planned with the page that shows the same, so what is published as data is what citizens
see, no more and no less. Tables are flat: whoever opens them in a spreadsheet can sort and add up.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from site_builder.addresses import address_of, destination
from site_builder.catalogue import ArticleEntry, Catalogue, DocumentEntry, ModelEntry
from site_builder.domain.choices import (
    About,
    AwardStatus,
    Category,
    DocumentType,
    Kind,
    Level,
    Period,
    Status,
    UnitType,
)
from site_builder.domain.registers import Unit
from site_builder.domain.values import Choice
from site_builder.pages.pictures import file_address
from site_builder.pages.shapes import Shaper, relative
from site_builder.pages.views import DataRow
from site_builder.text import slug

FOLDER = "du-lieu/"
"""Where the data stands in the site."""


class Column(NamedTuple):
    """A column of a table."""

    name: str
    title: str
    kind: str = "text"
    """text, texts (a list), page (of our site), url, day, date (as exactly as it is known), year,
    number or count."""
    choices: type[Choice] | None = None
    is_certain: bool = False
    """Whether every row has a value."""


class DataTable(NamedTuple):
    """A table of open data."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]

    def row(self, **values: Any) -> DataRow:
        """A row; each column must be given."""
        assert values.keys() == {column.name for column in self.columns}
        return DataRow(self.name, tuple(values[column.name] for column in self.columns))

    def file(self, suffix: str) -> str:
        """The address of one of its files."""
        return f"{FOLDER}{self.name}{suffix}"


def _known(name: str, title: str, kind: str = "text") -> Column:
    return Column(name, title, kind, is_certain=True)


_MODEL_ID = _known("model", "Mã mô hình")
_MODEL_URL = _known("model_url", "Địa chỉ trang của mô hình", "page")

MODELS = DataTable(
    "mo-hinh",
    "Mô hình",
    "Mỗi dòng một mô hình, điển hình “Dân vận khéo”.",
    (
        _known("id", "Mã mô hình"),
        _known("url", "Địa chỉ trang", "page"),
        _known("title", "Tên mô hình"),
        _known("summary", "Tóm tắt"),
        _known("field", "Mã lĩnh vực"),
        _known("field_name", "Lĩnh vực"),
        _known("unit", "Mã đơn vị"),
        _known("unit_name", "Tên đơn vị lúc đó"),
        Column("place", "Địa điểm"),
        Column("owner", "Người thực hiện, khi khác đơn vị"),
        Column("partners", "Cùng thực hiện", "texts"),
        Column("year", "Năm đăng ký", "year"),
        Column("started", "Bắt đầu", "date"),
        Column("ended", "Kết thúc", "date"),
        Column("status", "Tình trạng", choices=Status),
        Column("kind", "Loại điển hình", choices=Kind),
        Column("level", "Cấp", choices=Level),
        Column("period", "Giai đoạn", choices=Period),
        Column("documents", "Văn bản liên quan: mã, hoặc số ký hiệu", "texts"),
        Column("replicated_from", "Học từ mô hình nào (mã)"),
        Column("replicated_to", "Đã nhân rộng tới", "texts"),
        Column("topics", "Chủ đề", "texts"),
        Column("sources", "Nguồn", "texts"),
        Column("verified_on", "Ngày kiểm chứng", "day"),
    ),
)
RESULTS = DataTable(
    "ket-qua",
    "Kết quả của mô hình",
    "Mỗi dòng một con số mà mô hình đạt được.",
    (
        _MODEL_ID,
        _MODEL_URL,
        _known("label", "Kết quả"),
        Column("about", "Mức: hơn, gần, khoảng", choices=About),
        _known("value", "Số", "number"),
        _known("unit", "Đơn vị tính"),
        Column("before", "Số trước đó", "number"),
        Column("as_of", "Tính đến", "date"),
    ),
)
AWARDS = DataTable(
    "khen-thuong",
    "Khen thưởng",
    "Mỗi dòng một lần mô hình được khen, hoặc được đề nghị khen.",
    (
        _MODEL_ID,
        _MODEL_URL,
        _known("form", "Hình thức"),
        _known("by", "Cấp khen"),
        Column("year", "Năm", "year"),
        Column("decision", "Quyết định: mã văn bản, hoặc số ký hiệu"),
        Column("recipient", "Đối tượng", choices=Kind),
        Column("status", "Trạng thái", choices=AwardStatus, is_certain=True),
    ),
)
ARTICLES = DataTable(
    "tin-tuc",
    "Tin, bài",
    "Mỗi dòng một tin, bài viết.",
    (
        _known("id", "Mã tin"),
        _known("url", "Địa chỉ trang", "page"),
        _known("title", "Tiêu đề"),
        _known("summary", "Tóm tắt"),
        _known("date", "Ngày", "date"),
        Column("updated", "Cập nhật", "date"),
        Column("category", "Chuyên mục", choices=Category, is_certain=True),
        Column("author", "Tác giả"),
        Column("source", "Nguồn"),
        Column("source_url", "Địa chỉ nguồn", "url"),
        Column("models", "Mã các mô hình được nhắc", "texts"),
        Column("units", "Mã các đơn vị được nhắc", "texts"),
        Column("documents", "Văn bản được nhắc: mã, hoặc số ký hiệu", "texts"),
        Column("topics", "Chủ đề", "texts"),
    ),
)
DOCUMENTS = DataTable(
    "van-ban",
    "Văn bản",
    "Mỗi dòng một văn bản.",
    (
        _known("id", "Mã văn bản"),
        _known("url", "Địa chỉ trang", "page"),
        _known("number", "Số, ký hiệu"),
        Column("type", "Loại văn bản", choices=DocumentType, is_certain=True),
        _known("issuer", "Cơ quan ban hành"),
        Column("date", "Ngày ban hành", "date"),
        _known("title", "Trích yếu"),
        Column("effective", "Có hiệu lực từ", "date"),
        Column("expired", "Hết hiệu lực từ", "date"),
        Column("replaced_by", "Được thay bằng: mã văn bản, hoặc số ký hiệu"),
        Column("file", "Tệp văn bản (PDF)", "page"),
        Column("source_url", "Địa chỉ văn bản ở nơi khác", "url"),
    ),
)
UNITS = DataTable(
    "don-vi",
    "Đơn vị",
    "Mỗi dòng một đơn vị có trang riêng.",
    (
        _known("id", "Mã đơn vị"),
        _known("url", "Địa chỉ trang", "page"),
        _known("name", "Tên gọi mới nhất"),
        Column("former_names", "Tên trước đây", "texts"),
        Column("type", "Loại đơn vị", choices=UnitType, is_certain=True),
        Column("code", "Mã hành chính"),
        Column("parent", "Mã đơn vị cấp trên"),
        Column("successors", "Mã các đơn vị kế tiếp", "texts"),
        _known("models", "Số mô hình, kể cả của các đơn vị trực thuộc", "count"),
    ),
)
TABLES = (MODELS, RESULTS, AWARDS, ARTICLES, DOCUMENTS, UNITS)


def rows_of_model(shaper: Shaper, entry: ModelEntry) -> tuple[DataRow, ...]:
    """The model, its results, its awards."""
    record = entry.record
    url = relative(address_of(entry))
    model = MODELS.row(
        id=entry.id,
        url=url,
        title=record.title,
        summary=record.summary,
        field=record.field,
        field_name=shaper.badge(record.field).text,
        unit=slug(record.unit),
        unit_name=shaper.unit_then(record.unit, record.known_at).text,
        place=record.place,
        owner=record.owner,
        partners=record.partners,
        year=record.year,
        started=_iso(record.started),
        ended=_iso(record.ended),
        status=_value(record.status),
        kind=_value(record.kind),
        level=_value(record.level),
        period=_value(record.period),
        documents=_documents(shaper.catalogue, record.documents),
        replicated_from=record.replicated_from and slug(record.replicated_from),
        replicated_to=record.replicated_to,
        topics=record.topics,
        sources=tuple(source.url or source.title for source in record.sources),
        verified_on=_iso(record.verified_on),
    )
    return (model, *_results(entry, url), *_awards(shaper.catalogue, entry, url))


def _results(entry: ModelEntry, url: str) -> Iterator[DataRow]:
    for result in entry.record.results:
        yield RESULTS.row(
            model=entry.id,
            model_url=url,
            label=result.label,
            about=_value(result.about),
            value=_number(result.value),
            unit=result.unit,
            before=_number(result.before),
            as_of=_iso(result.as_of),
        )


def _awards(catalogue: Catalogue, entry: ModelEntry, url: str) -> Iterator[DataRow]:
    for award in entry.record.awards:
        yield AWARDS.row(
            model=entry.id,
            model_url=url,
            form=award.form,
            by=award.by,
            year=award.year,
            decision=award.decision and _document(catalogue, award.decision),
            recipient=_value(award.recipient),
            status=_value(award.status),
        )


def rows_of_article(catalogue: Catalogue, entry: ArticleEntry) -> tuple[DataRow, ...]:
    """The article."""
    record = entry.record
    row = ARTICLES.row(
        id=entry.id,
        url=relative(address_of(entry)),
        title=record.title,
        summary=record.summary,
        date=_iso(record.date),
        updated=_iso(record.updated),
        category=_value(record.category),
        author=record.author,
        source=record.source,
        source_url=record.source_url,
        models=tuple(map(slug, record.models)),
        units=tuple(map(slug, record.units)),
        documents=_documents(catalogue, record.documents),
        topics=record.topics,
    )
    return (row,)


def rows_of_document(catalogue: Catalogue, entry: DocumentEntry) -> tuple[DataRow, ...]:
    """The document."""
    record = entry.record
    path = destination(record.file, entry.path).path if record.file else ""
    row = DOCUMENTS.row(
        id=entry.id,
        url=relative(address_of(entry)),
        number=record.number,
        type=_value(record.type),
        issuer=record.issuer,
        date=_iso(record.date),
        title=record.title,
        effective=_iso(record.effective),
        expired=_iso(record.expired),
        replaced_by=record.replaced_by and _document(catalogue, record.replaced_by),
        file=file_address(catalogue, path) if path else None,
        source_url=record.url,
    )
    return (row,)


def rows_of_unit(catalogue: Catalogue, unit: Unit) -> tuple[DataRow, ...]:
    """The unit."""
    row = UNITS.row(
        id=unit.id,
        url=f"don-vi/{unit.id}/",
        name=unit.name,
        former_names=tuple(name.name for name in unit.names[:-1]),
        type=_value(unit.type),
        code=unit.code,
        parent=unit.parent,
        successors=tuple(heir.id for heir in unit.successors if heir.id),
        models=len(catalogue.by_line[unit.id]),
    )
    return (row,)


def _documents(catalogue: Catalogue, references: Iterable[str]) -> tuple[str, ...]:
    return tuple(_document(catalogue, written) for written in references)


def _document(catalogue: Catalogue, written: str) -> str:
    """The id of the document that is meant, as far as that is clear."""
    found = catalogue.resolve(written)
    return found[0].id if len(found) == 1 else written


def _value(choice: Choice | None) -> str | None:
    return choice and choice.value


def _iso(day: Any) -> str | None:
    return day and str(day)


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else float(amount)
