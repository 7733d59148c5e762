"""By what results can be filtered, and what each document has of it (docs/search-index.md)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from site_builder.search.head import DIGITS, json_bytes
from site_builder.search.terms import SearchDocument

Values = tuple[str, ...]


class Facet(NamedTuple):
    """Something to filter by."""

    name: str
    """As addresses have it: "linh-vuc"."""
    label: str
    values: Mapping[str, str]
    """Labels of all values there may be, in the order in which they are offered."""


def facets_file(facets: Iterable[Facet], documents: Sequence[Mapping[str, Values]]) -> bytes:
    """The file; of each document its values by facet."""
    coded = [_coded(facet, [one.get(facet.name, ()) for one in documents]) for facet in facets]
    return json_bytes({"facets": coded})


def values_of(document: SearchDocument) -> Mapping[str, Values]:
    """The values of a document by facet."""
    return dict(document.facets)


def values_in(data: bytes) -> list[dict[str, Values]]:
    """The values of each document by facet, from the file."""
    coded = json.loads(data)["facets"]
    columns = []
    for facet in coded:
        names = [value for value, _ in facet["values"]]
        sets = [tuple(names[number] for number in some) for some in facet["sets"]]
        columns.append([sets[number] for number in _numbers(facet["column"], len(sets))])
    labels = [facet["name"] for facet in coded]
    return [
        {name: values for name, values in zip(labels, row, strict=True) if values}
        for row in zip(*columns, strict=True)
    ]


def _coded(facet: Facet, column: Sequence[Values]) -> dict[str, object]:
    used = set().union(*column)
    values = [(value, label) for value, label in facet.values.items() if value in used]
    numbers = {value: number for number, (value, _) in enumerate(values)}
    sets: dict[Values, int] = {}
    for some in column:
        sets.setdefault(some, len(sets))
    width = _width(len(sets))
    digits = {some: _base36(number, width) for some, number in sets.items()}
    return {
        "name": facet.name,
        "label": facet.label,
        "values": values,
        "sets": [[numbers[value] for value in some] for some in sets],
        "column": "".join(digits[some] for some in column),
    }


def _width(sets: int) -> int:
    width = 1
    while 36**width < sets:
        width += 1
    return width


def _base36(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def _numbers(column: str, sets: int) -> list[int]:
    width = _width(sets)
    return [int(column[at : at + width], 36) for at in range(0, len(column), width)]
