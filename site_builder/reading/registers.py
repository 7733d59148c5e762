"""The registers under content/data/, read by the same decoder as front matter."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from site_builder.config import ABBREVIATIONS, FIELDS, REGISTER_LIMIT, SITE, UNITS, Project
from site_builder.diagnostics import Diagnostic, Span, fault, why_unread
from site_builder.domain.registers import (
    Abbreviation,
    AbbreviationRegister,
    FieldRegister,
    SiteParticulars,
    Unit,
    UnitRegister,
)
from site_builder.domain.unit_tree import UnitTree, unit_tree
from site_builder.files import read_whole
from site_builder.reading.decode import decode
from site_builder.reading.schema import decode_record
from site_builder.reading.yaml_tree import Node, read_tree
from site_builder.text import slug

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Registers:
    """The registers, each None or empty where its file cannot be used."""

    fields: FieldRegister | None
    units: tuple[Unit, ...]
    has_units: bool
    """Whether the register of units could be read at all."""
    unit_spans: dict[str, Span]
    site: SiteParticulars | None
    security_span: Span
    """Of the day on which the contact for security faults expires, where there is one."""
    abbreviations: tuple[Abbreviation, ...]
    diagnostics: tuple[Diagnostic, ...]

    @cached_property
    def tree(self) -> UnitTree:
        """The units with their relations."""
        return unit_tree(self.units)

    def field_names(self) -> dict[str, str]:
        """Every spelling of a field, folded, with the id that it means."""
        rows = (
            [row for scheme in self.fields.schemes for row in scheme.fields_] if self.fields else []
        )
        names = {slug(alias): row.id for row in rows for alias in row.aliases}
        return names | {slug(row.name): row.id for row in rows} | {row.id: row.id for row in rows}


def read_registers(project: Project) -> Registers:
    """Read them all; a missing or broken one is a diagnostic."""
    diagnostics: list[Diagnostic] = []
    fields, fields_tree = read_record(project.root, FIELDS, FieldRegister, diagnostics)
    units, units_tree = read_record(project.root, UNITS, UnitRegister, diagnostics)
    site, site_tree = read_record(project.root, SITE, SiteParticulars, diagnostics)
    short: AbbreviationRegister | None = None
    if (project.root / ABBREVIATIONS).is_file():
        short, _ = read_record(project.root, ABBREVIATIONS, AbbreviationRegister, diagnostics)
    if fields_tree:
        for place, _scheme in enumerate(fields.schemes if fields else ()):
            diagnostics += _duplicates(fields_tree, ("schemes", place, "fields"))
    spans: dict[str, Span] = {}
    if units and units_tree:
        diagnostics += _duplicates(units_tree, ("units",))
        spans = {u.id: units_tree.span_of(("units", n, "id")) for n, u in enumerate(units.units)}
    return Registers(
        fields=fields,
        units=units.units if units else (),
        has_units=units is not None,
        unit_spans=spans,
        site=site,
        security_span=site_tree.span_of(("security", "expires")) if site_tree else Span(SITE),
        abbreviations=short.abbreviations if short else (),
        diagnostics=tuple(diagnostics),
    )


def read_record(
    root: Path, path: str, kind: type[R], diagnostics: list[Diagnostic]
) -> tuple[R | None, Node | None]:
    """The record in a YAML file of the project, with its tree; what is wrong is added."""
    place = root / path
    start = Span(path)
    if not place.is_file():
        diagnostics.append(fault("MH401", start, value=path))
        return None, None
    try:
        data = read_whole(str(place))
    except OSError as error:
        diagnostics.append(fault("MH012", start, reason=why_unread(error)))
        return None, None
    if len(data) > REGISTER_LIMIT:
        size = f"{len(data) // 1_000_000} MB"
        diagnostics.append(fault("MH006", start, size=size, limit="16 MB"))
        return None, None
    text, faults = decode(path, data)
    tree, tree_faults = read_tree(path, text, 1) if not faults else (None, [])
    diagnostics += [*faults, *tree_faults]
    if faults or tree_faults:
        return None, None
    if tree is None or not isinstance(tree.value, dict):
        diagnostics.append(fault("MH057", tree.span if tree else start))
        return None, None
    record, record_faults = decode_record(kind, tree, tree.plain(), {})
    diagnostics += record_faults
    return record, tree


def _duplicates(tree: Node, keys: tuple[str | int, ...]) -> list[Diagnostic]:
    rows = tree.find(keys)
    seen: dict[str, int] = {}
    found: list[Diagnostic] = []
    for row in rows.value if rows and isinstance(rows.value, list) else []:
        own = row.find(("id",))
        if own is None or not isinstance(own.value, str):
            continue
        if own.value in seen:
            found.append(fault("MH402", own.span, value=own.value, line=seen[own.value]))
        seen.setdefault(own.value, own.span.line)
    return found
