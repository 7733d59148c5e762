"""The page of open data: what there is, what it means, on what terms it may be used."""

from collections.abc import Iterator

from site_builder.catalogue import Catalogue
from site_builder.pages.shapes import Shaper, crumbs
from site_builder.pages.tables import (
    ARTICLES,
    AWARDS,
    DOCUMENTS,
    FOLDER,
    MODELS,
    RESULTS,
    TABLES,
    UNITS,
    Column,
    DataTable,
)
from site_builder.pages.views import Link, Page, Section, SectionsView, Table, Work

HEADING = "Dữ liệu mở"
INTRO = (
    "Tải toàn bộ dữ liệu đang có trên trang để thống kê, nghiên cứu, làm ứng dụng. Chỉ gồm những "
    "gì đã công khai trên trang; cập nhật mỗi khi trang được dựng lại."
)
PACKAGE = f"{FOLDER}datapackage.json"
"""Describes all tables (Frictionless Data Package)."""

_KINDS = {
    "text": "chữ",
    "texts": "danh sách chữ",
    "page": "địa chỉ trên trang này",
    "url": "địa chỉ",
    "day": "ngày",
    "date": "năm, năm-tháng hoặc năm-tháng-ngày",
    "year": "năm",
    "number": "số",
    "count": "số nguyên",
}
_FILES = (
    "CSV mở được bằng Excel, LibreOffice, Google Trang tính: mã UTF-8 có đánh dấu (BOM) để Excel "
    "đọc đúng chữ Việt, cột cách nhau bằng dấu phẩy, mục trong danh sách cách nhau bằng dấu chấm "
    "phẩy. Nếu Excel dồn tất cả vào một cột: chọn Dữ liệu, Từ văn bản/CSV. Ô chữ bắt đầu bằng "
    "=, +, - hoặc @ có thêm dấu nháy đơn ở trước, để Excel không chạy nó như công thức. "
    "JSON giữ nguyên chữ và danh sách."
)


def open_data_page(shaper: Shaper) -> Page:
    """The page at /du-lieu/."""
    catalogue = shaper.catalogue
    sections = (
        Section("Tải về", "tai-ve", _FILES, table=_downloads(catalogue)),
        Section(
            "Giấy phép và cách ghi nguồn", "giay-phep", _terms(catalogue), links=_licence(shaper)
        ),
        *(Section(f"Bảng {t.title}", f"cot-{t.name}", t.about, table=_columns(t)) for t in TABLES),
    )
    view = SectionsView(HEADING, crumbs(Link(HEADING)), intro=INTRO, sections=sections)
    work = Work("Dataset", files=tuple(_files()))
    return Page(FOLDER, "sections.html", HEADING, INTRO, view, work=work)


def _files() -> Iterator[Link]:
    """What can be downloaded, with its media type."""
    for table in TABLES:
        yield Link(f"{table.title} (CSV)", table.file(".csv"), note="text/csv")
        yield Link(f"{table.title} (JSON)", table.file(".json"), note="application/json")


def _downloads(catalogue: Catalogue) -> Table:
    rows = tuple(
        (
            Link(table.title),
            Link(str(count)),
            Link("CSV", table.file(".csv")),
            Link("JSON", table.file(".json")),
            Link("JSON Schema", table.file(".schema.json")),
        )
        for table, count in row_counts(catalogue)
    )
    head = ("Bảng", "Số dòng", "Cho bảng tính", "Cho chương trình", "Mô tả cho chương trình")
    return Table("Các bảng dữ liệu", head, rows)


def row_counts(catalogue: Catalogue) -> tuple[tuple[DataTable, int], ...]:
    """Every table with the number of its rows."""

    def added_up(group: str) -> int:
        return sum(catalogue.group(group).counts().values())

    return (
        (MODELS, len(catalogue.models)),
        (RESULTS, added_up("result-row")),
        (AWARDS, added_up("award-row")),
        (ARTICLES, len(catalogue.articles)),
        (DOCUMENTS, len(catalogue.documents)),
        (UNITS, sum(1 for _ in catalogue.group("shown"))),
    )


def _terms(catalogue: Catalogue) -> str:
    site = catalogue.site
    return (
        f"{site.licence}. Khi dùng lại, ghi: “Nguồn: {site.name}, {site.agency}”, địa chỉ của "
        "trang này và ngày tải. Số ghi “hơn”, “gần”, “khoảng” thì giữ nguyên chữ ấy."
    )


def _licence(shaper: Shaper) -> tuple[Link, ...]:
    site = shaper.catalogue.site
    licence = (Link(site.licence, url=site.licence_url),) if site.licence_url else ()
    return (*licence, Link("Mô tả chung của các bảng (Data Package)", PACKAGE))


def _columns(table: DataTable) -> Table:
    rows = tuple((Link(c.name), Link(c.title), Link(_kind(c))) for c in table.columns)
    return Table(f"Các cột của bảng {table.title}", ("Cột", "Ý nghĩa", "Kiểu"), rows)


def _kind(column: Column) -> str:
    if column.choices:
        return ", ".join(f"{one.value} ({one.label})" for one in column.choices)
    return _KINDS[column.kind]
