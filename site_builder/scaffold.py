"""New entries: a file that is ready to fill and that `check` accepts as it stands."""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic.fields import FieldInfo

from site_builder.config import open_project
from site_builder.diagnostics import SiteBuilderError, Span, why_unread
from site_builder.domain.entries import Article, Document, Model, Record
from site_builder.reading.registers import read_registers
from site_builder.reading.schema import decode_record, keys_of
from site_builder.reading.yaml_tree import Node
from site_builder.text import closest, slug

KINDS: dict[str, type[Record]] = {"model": Model, "article": Article, "document": Document}

_ASKED = {
    "model": ("title", "field", "unit", "year"),
    "article": ("title", "date", "category", "author"),
    "document": ("number", "type", "issuer", "date", "title"),
}
_FILLED_IN = {
    "model": {"summary": "Viết một hai câu tóm tắt ở đây.", "status": "dang-ky"},
    "article": {"summary": "Viết một hai câu tóm tắt ở đây."},
    "document": {},
}

_BODIES = {
    "model": "\nMột đoạn ngắn kể mô hình là gì.\n\n## Cách làm\n\n## Kết quả\n",
    "article": "\nViết tin ở đây.\n",
    "document": "",
}


class CannotWrite(SiteBuilderError):
    """What was asked for cannot be a file: wrong values, or another file stands there."""


@dataclass(frozen=True)
class NewEntry:
    """A file to be written."""

    path: str
    """POSIX path from the project's root."""
    text: str


def missing_keys(kind: str, values: dict[str, str]) -> list[tuple[str, str]]:
    """Keys that still have to be asked for, with their labels."""
    fields = keys_of(KINDS[kind])
    return [(key, fields[key].title or key) for key in _ASKED[kind] if key not in values]


def create(root: Path, kind: str, values: dict[str, str]) -> NewEntry:
    """Write a new entry of `kind` into the project in `root`.

    Raises `CannotWrite` where `check` would refuse the values, or a file stands there already.
    """
    registers = read_registers(open_project(root))
    record = _checked(kind, values | _FILLED_IN[kind], {"fields": registers.field_names()})
    if isinstance(record, Model):
        ids = sorted(unit.id for unit in registers.units)
        if slug(record.unit) not in ids:
            meant = closest(record.unit, ids) or "thêm đơn vị vào content/data/units.yml"
            raise CannotWrite(f"Không có đơn vị “{record.unit}” ({meant}?). Chưa ghi gì.")
        values = values | {"field": record.field}
    if isinstance(record, Article):
        values = values | {"date": record.date.iso}
    entry = new_entry(kind, values | _FILLED_IN[kind])
    write_new(root, entry)
    return entry


def _checked(kind: str, values: dict[str, str], context: dict[str, object]) -> Record:
    nodes = {key: Node(value, Span("")) for key, value in values.items()}
    record, faults = decode_record(KINDS[kind], Node(dict(nodes), Span("")), values, context)
    if record is None:
        listed = "\n".join(f"- {item.message} {item.hint}" for item in faults)
        raise CannotWrite(f"Chưa tạo được tệp:\n{listed}")
    return record


def new_entry(kind: str, values: dict[str, str]) -> NewEntry:
    """The file of a new entry of `kind` with `values` by key; the rest stands as comments."""
    name = slug(f"{values['number']} {values['issuer']}" if kind == "document" else values["title"])
    if not name:
        raise CannotWrite("Tên bài không có chữ hay số nào để đặt tên tệp. Chưa ghi gì.")
    lines = ["---"]
    for key, info in keys_of(KINDS[kind]).items():
        if key in values:
            lines.append(f"{key}: {json.dumps(values[key], ensure_ascii=False)}")
        elif key != "publish":
            lines.append(_commented(key, info))
    lines += ["publish: nhap   # đổi thành da-duyet khi được duyệt đăng", "---", ""]
    return NewEntry(_path(kind, name[:100], values), "\n".join(lines) + _BODIES[kind])


def _path(kind: str, name: str, values: dict[str, str]) -> str:
    if kind == "model":
        return f"models/{values['field']}/{name}.md"
    if kind == "article":
        return f"content/news/{values['date'][:4]}/{name}.md"
    return f"content/documents/{name}.md"


def _commented(key: str, info: FieldInfo) -> str:
    hint = f" - {info.description}" if info.description else ""
    return f"# {key}:   # {info.title}{hint}"


def write_new(root: Path, entry: NewEntry) -> Path:
    """Write `entry`; raises `CannotWrite` rather than replace a file."""
    place = root / entry.path
    if place.exists():
        raise CannotWrite(f"Đã có tệp {entry.path}. Hãy đặt tên khác. Tệp cũ còn nguyên.")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(entry.text)
    except OSError as error:
        raise CannotWrite(f"Không ghi được tệp {entry.path} ({why_unread(error)}).") from error
    return place
