"""The schema for editors and the references in docs/, all from the one declaration."""

import json
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from site_builder.domain.entries import Article, Document, Model, Page
from site_builder.domain.registers import (
    AbbreviationRegister,
    FieldRegister,
    SiteParticulars,
    UnitRegister,
)
from site_builder.domain.values import Choice
from site_builder.messages import MESSAGES
from site_builder.reading.schema import keys_of, row_type

KINDS: dict[str, tuple[type[BaseModel], str, str]] = {
    "model": (Model, "Mô hình", "models/<lĩnh vực>/<tên>.md"),
    "article": (Article, "Tin, bài", "content/news/<năm>/<tên>.md"),
    "document": (Document, "Văn bản", "content/documents/<tên>.md"),
    "page": (Page, "Trang", "content/<tên>.md"),
    "fields": (FieldRegister, "Lĩnh vực", "content/data/fields.yml"),
    "units": (UnitRegister, "Đơn vị", "content/data/units.yml"),
    "site": (SiteParticulars, "Thông tin trang", "content/data/site.yml"),
    "abbreviations": (AbbreviationRegister, "Chữ viết tắt", "content/data/abbreviations.yml"),
}


def json_schema(kind: str) -> str:
    """JSON Schema (draft 2020-12) of one kind of file, for completion in editors."""
    model, label, path = KINDS[kind]
    schema = model.model_json_schema(by_alias=True)
    schema["$defs"] = {n: _for_writers(part) for n, part in schema.get("$defs", {}).items()}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    shown = head | schema | {"title": label, "description": f"Phần khai báo của {path}"}
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


_CHOICES = {kind.__name__: kind for kind in Choice.__subclasses__()}


def _for_writers(part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema with Vietnamese labels in place of our English docstrings."""
    choice = _CHOICES.get(part.get("title", ""))
    shown = {key: value for key, value in part.items() if key not in ("title", "description")}
    if choice:
        shown["description"] = " · ".join(f"{member.value}: {member.label}" for member in choice)
    return shown


def key_reference() -> str:
    """Every key of every kind of file, as a Markdown page for writers."""
    parts = [
        "# Các mục khai báo\n",
        "Trang này được sinh ra từ khai báo trong mã nguồn (`site-builder schema --format "
        "markdown`); đừng sửa tay.\n",
        "Cột Bắt buộc: **có** là phải ghi; nơi cho phép thì ghi `chua-ro` khi chưa biết.\n",
    ]
    for model, label, path in KINDS.values():
        parts.append(f"## {label}\n\nTệp: `{path}`\n\n{_table(model)}")
    return "\n".join(parts)


def _table(model: type[BaseModel]) -> str:
    lines = ["| mục | tên | bắt buộc | kiểu | ghi chú |", "| --- | --- | --- | --- | --- |"]
    nested: list[tuple[str, type[BaseModel]]] = []
    for key, info in keys_of(model).items():
        required = "**có**" if info.is_required() else ""
        note = info.description or ""
        row = row_type(info.annotation)
        if row:
            nested.append((f"{info.title} (`{key}`)", row))
        lines.append(
            f"| `{key}` | {info.title} | {required} | {_kind_of(info.annotation)} | {note} |"
        )
    text = "\n".join(lines) + "\n"
    for heading, row in nested:
        text += f"\n### {heading}\n\n{_table(row)}"
    return text


def _kind_of(annotation: Any) -> str:
    """What a writer puts there, in words."""
    if hasattr(annotation, "__metadata__"):
        return _kind_of(annotation.__origin__)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return next(_kind_of(part) for part in parts if part is not type(None))
    if origin is tuple:
        return f"danh sách: {_kind_of(parts[0])}"
    if row_type(annotation):
        return "các mục con"
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        return " · ".join(f"`{member.value}` {member.label}" for member in annotation)
    named = {"int": "năm", "bool": "true hoặc false", "Decimal": "số"}
    dates = {"date": "ngày", "PartialDate": "ngày, tháng hoặc năm"}
    return (named | dates).get(getattr(annotation, "__name__", ""), "chữ")


def error_reference() -> str:
    """Every message with its remedy, as a Markdown page for writers."""
    parts = [
        "# Các thông báo của lệnh kiểm tra\n",
        "Trang này được sinh ra từ mã nguồn (`site-builder schema --format messages`); đừng sửa "
        "tay. Mã không bao giờ đổi nghĩa. Chữ trong ngoặc nhọn là chỗ điền giá trị của bạn.\n",
        "| mã | mức | thông báo | cách sửa |",
        "| --- | --- | --- | --- |",
    ]
    labels = {"error": "lỗi", "warning": "cảnh báo"}
    for code, message in sorted(MESSAGES.items()):
        text, hint = (part.replace("|", "\\|") for part in (message.text, message.hint))
        parts.append(f"| {code} | {labels[message.severity]} | {text} | {hint} |")
    return "\n".join(parts) + "\n"
