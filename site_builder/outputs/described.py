"""What the tables of open data are, for programs: JSON Schema for JSON, Data Package for CSV."""

from typing import Any

from site_builder.domain.registers import SiteParticulars
from site_builder.pages.open_data import HEADING, INTRO
from site_builder.pages.tables import FOLDER, TABLES, Column, DataTable

_DAY = r"\d{4}-\d{2}-\d{2}"
_JSON_KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "page": {"type": "string", "format": "uri-reference"},
    "url": {"type": "string", "format": "uri"},
    "day": {"type": "string", "pattern": f"^{_DAY}$"},
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "year": {"type": "integer"},
    "number": {"type": "number"},
    "count": {"type": "integer", "minimum": 0},
}
_CSV_KINDS: dict[str, dict[str, Any]] = {
    "texts": {"type": "string"},
    "day": {"type": "date"},
    "date": {"type": "string"},
    "year": {"type": "year"},
    "number": {"type": "number"},
    "count": {"type": "integer"},
}
"""Types of Table Schema; of all others "string"."""


def json_schema(table: DataTable) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a table's JSON file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.title,
        "description": table.about,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {column.name: _property(column) for column in table.columns},
            "required": [column.name for column in table.columns],
            "additionalProperties": False,
        },
    }


def _property(column: Column) -> dict[str, Any]:
    kind = dict(_JSON_KINDS[column.kind])
    if not column.is_certain and column.kind != "texts":
        kind["type"] = [kind["type"], "null"]
    if column.choices:
        kind["enum"] = [one.value for one in column.choices]
        kind["enum"] += [] if column.is_certain else [None]
    return {"title": column.title, **_described(column), **kind}


def _described(column: Column) -> dict[str, str]:
    if not column.choices:
        return {}
    return {"description": ", ".join(f"{one.value}: {one.label}" for one in column.choices)}


def data_package(site: SiteParticulars, site_url: str) -> dict[str, Any]:
    """Frictionless Data Package of all tables, as CSV and as JSON."""
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "dan-van-kheo",
        "title": f"{HEADING} - {site.name}",
        "description": INTRO,
        "contributors": [{"title": site.agency, "role": "publisher"}],
    }
    if site_url:
        package["homepage"] = f"{site_url.rstrip('/')}/{FOLDER}"
    if site.licence_url:
        package["licenses"] = [{"title": site.licence, "path": site.licence_url}]
    resources = [resource(table) for table in TABLES for resource in (_csv, _json)]
    return {**package, "resources": resources}


def _csv(table: DataTable) -> dict[str, Any]:
    return {
        "name": f"{table.name}-csv",
        "title": table.title,
        "description": table.about,
        "profile": "tabular-data-resource",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.is_certain else {}
    if column.choices:
        limits["enum"] = [one.value for one in column.choices]
    kind = _CSV_KINDS.get(column.kind, {"type": "string"})
    about = _described(column)
    if column.kind == "texts":
        about = {"description": "Các mục cách nhau bằng dấu chấm phẩy."}
    limited = {"constraints": limits} if limits else {}
    return {"name": column.name, "title": column.title, **kind, **about, **limited}


def _json(table: DataTable) -> dict[str, Any]:
    return {
        "name": f"{table.name}-json",
        "title": table.title,
        "description": table.about,
        "path": f"{table.name}.json",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "jsonSchema": f"{table.name}.schema.json",
    }
