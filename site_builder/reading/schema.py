"""From a tree of text to a typed record: pydantic's faults become diagnostics with places."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.domain.entries import Record
from site_builder.messages import MESSAGES
from site_builder.reading.decode import HIDDEN
from site_builder.reading.yaml_tree import Node
from site_builder.text import closest

R = TypeVar("R", bound=BaseModel)

THEME_KEYS = frozenset({"template", "hide", "search", "icon", "render_macros", "nav", "tags"})
"""Keys by which MkDocs and Material would let a page change the site around it."""

_BUILT_IN = {
    "missing": "MH101",
    "extra_forbidden": "MH102",
    "tuple_type": "MH108",
    "list_type": "MH108",
    "model_type": "MH109",
    "model_attributes_type": "MH109",
    "string_too_long": "MH111",
    "too_short": "MH108",
    "string_pattern_mismatch": "MH122",
}

Location = tuple[str | int, ...]


def decode_record(
    kind: type[R], tree: Node, values: Mapping[str, Any], context: dict[str, Any]
) -> tuple[R | None, list[Diagnostic]]:
    """The record of `values`, which `tree` holds with places, or None with every fault of it."""
    hidden = list(_hidden_values(kind, tree, ())) if tree.has_escapes else []
    try:
        record = kind.model_validate(values, context=context)
    except ValidationError as error:
        errors = _without_echoes(error.errors(include_url=False))
        found = [_to_diagnostic(kind, tree, item) for item in errors]
        return None, hidden + found
    return (None if hidden else record), hidden


def field_at(kind: type[BaseModel], location: Location) -> FieldInfo | None:
    """The declaration of the key at `location`, walking into lists and rows."""
    info: FieldInfo | None = None
    current: Any = kind
    for key in location:
        if isinstance(key, int):
            continue
        fields = keys_of(current) if _is_row(current) else {}
        info = fields.get(key)
        if info is None:
            return None
        current = row_type(info.annotation)
    return info


def keys_of(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of a row as writers spell them, its own before those that all entries share."""
    shared = Record.model_fields if issubclass(kind, Record) else {}
    own = {name: info for name, info in kind.model_fields.items() if name not in shared}
    return {info.alias or name: info for name, info in (own | shared).items()}


def row_type(annotation: Any) -> Any:
    """The row class inside `annotation` (`tuple[Row, ...]`, `Row | None`), else None."""
    if _is_row(annotation):
        return annotation
    return next((row for part in get_args(annotation) if (row := row_type(part))), None)


def _is_row(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _without_echoes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Pydantic calls a list whose only row is at fault too short as well."""
    return [
        item
        for item in errors
        if item["type"] != "too_short"
        or not any(_is_below(other["loc"], item["loc"]) for other in errors)
    ]


def _is_below(location: Location, parent: Location) -> bool:
    return len(location) > len(parent) and location[: len(parent)] == parent


def _to_diagnostic(kind: type[BaseModel], tree: Node, error: ErrorDetails) -> Diagnostic:
    location: Location = tuple(error["loc"])
    code = error["type"] if error["type"] in MESSAGES else _BUILT_IN[error["type"]]
    info = field_at(kind, location)
    values: dict[str, Any] = {
        "key": _last_key(location),
        "label": (info.title if info else None) or "một mục trong danh sách",
        "value": error["input"],
        "description": (info.description if info else None) or "Xem lại cách viết.",
    }
    values |= {name: value for name, value in error.get("ctx", {}).items() if name != "code"}
    if code == "MH102":
        return _unknown_key(kind, tree, location)
    if code == "MH101":
        values["example"] = _example(info)
        return fault(code, _missing_span(tree, location), **values)
    if code == "MH111":
        values |= {"length": len(str(error["input"])), "limit": error["ctx"]["max_length"]}
    return fault(code, tree.span_of(location), **values)


def _last_key(location: Location) -> str:
    """The key that a location is about: list positions have no name."""
    return next((part for part in reversed(location) if isinstance(part, str)), "")


def _unknown_key(kind: type[BaseModel], tree: Node, location: Location) -> Diagnostic:
    key = str(location[-1])
    span = tree.key_span(location)
    if key in THEME_KEYS:
        return fault("MH115", span, key=key)
    parent = field_at(kind, location[:-1])
    row = row_type(parent.annotation) if parent else kind
    return fault("MH102", span, key=key, meant=closest(key, list(keys_of(row))))


def _missing_span(tree: Node, location: Location) -> Span:
    """The first line of the mapping that lacks the key, or the key that stands empty."""
    parent = tree.find(location[:-1])
    if parent and str(location[-1]) in parent.keys:
        return parent.keys[str(location[-1])]
    span = parent.span if parent else tree.span
    return Span(span.path, span.line, span.column, span.line, span.column)


def _example(info: FieldInfo | None) -> str:
    if info is None:
        return ""
    if info.examples:
        return f"Ví dụ: {info.examples[0]}."
    return info.description or ""


def _hidden_values(kind: type[BaseModel], node: Node, location: Location) -> Iterator[Diagnostic]:
    """Control characters that an escape such as "\\0" put into a value after decoding."""
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _hidden_values(kind, child, (*location, key))
    elif isinstance(node.value, list):
        for place, child in enumerate(node.value):
            yield from _hidden_values(kind, child, (*location, place))
    elif node.value and (found := HIDDEN.search(node.value)):
        info = field_at(kind, location)
        key = _last_key(location)
        label = (info.title if info else None) or "một giá trị"
        yield fault("MH114", node.span, key=key, label=label, value=f"U+{ord(found.group()):04X}")
