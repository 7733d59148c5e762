"""YAML as a tree of text with places, built from the parser's events.

Building from events, never from constructed objects, is what keeps reading safe: an alias is
refused where it stands, so nothing can expand; tags are refused, so nothing is constructed;
scalars keep their text, so `no`, `012` and `2024-13-40` reach the schema as typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from site_builder.config import NESTING_LIMIT
from site_builder.diagnostics import Diagnostic, Span, fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_KEYS: dict[str, Span] = {}
"""Shared by all scalars, of which there are a hundred to an entry."""
_MOST_ALIASES = 5
"""Anchors and aliases reported for one YAML text."""
_MOST_FAULTS = 20
"""Faults reported for one YAML text; a binary or hostile file has thousands."""


@dataclass(slots=True)
class Node:
    """A scalar (`str`, or None where empty), a list of nodes, or a mapping of nodes."""

    value: "str | list[Node] | dict[str, Node] | None"
    span: Span
    keys: dict[str, Span] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    has_escapes: bool = False
    """Of the root: whether the text has a backslash, so that values may differ from it."""

    def plain(self) -> Any:
        """The same without places; empty values are left out, as if not written."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items() if not node.is_empty}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value if not node.is_empty]
        return self.value

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written: `key:` or `key: ~`."""
        return self.value is None

    def find(self, keys: tuple[str | int, ...]) -> "Node | None":
        """The node at the end of `keys`; list positions count the items that are not empty."""
        node: Node | None = self
        for key in keys:
            if node is None:
                return None
            if isinstance(node.value, dict):
                node = node.value.get(str(key))
            elif isinstance(node.value, list) and isinstance(key, int):
                filled = [item for item in node.value if not item.is_empty]
                node = filled[key] if key < len(filled) else None
            else:
                return None
        return node

    def scalars(self) -> Iterator[tuple[str, Span]]:
        """Every text that is written as a value, with its place."""
        if isinstance(self.value, str):
            yield self.value, self.span
        elif self.value is not None:
            below = self.value.values() if isinstance(self.value, dict) else self.value
            for node in below:
                yield from node.scalars()

    def span_of(self, keys: tuple[str | int, ...]) -> Span:
        """The place of the value at `keys`, else of the nearest part that is written."""
        for length in range(len(keys), 0, -1):
            if node := self.find(keys[:length]):
                return node.span
        return self.span

    def key_span(self, keys: tuple[str | int, ...]) -> Span:
        """The place of the last key of `keys`, where it is written as a key."""
        parent = self.find(keys[:-1])
        return (parent and parent.keys.get(str(keys[-1]))) or self.span_of(keys)


def read_tree(path: str, text: str, first_line: int) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of `text`, which begins on line `first_line` of `path`, and its faults.

    None where there is no tree: broken syntax, or nothing but comments.
    """
    builder = _Builder(path, first_line)
    tabs = _tabs(path, text, first_line)
    if tabs:
        return None, tabs
    try:
        builder.build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = builder.point(mark.line, mark.column) if mark else Span(path)
        builder.diagnostics.append(fault("MH052", span))
    except (yaml.YAMLError, _Stop):
        if not builder.diagnostics:
            builder.diagnostics.append(fault("MH052", Span(path, first_line, 1, first_line, 1)))
    else:
        if builder.root:
            builder.root.has_escapes = "\\" in text
        return builder.root, builder.diagnostics
    # What was built before the parser gave up would only add faults that are none.
    return None, builder.diagnostics


def _tabs(path: str, text: str, first_line: int) -> list[Diagnostic]:
    """The first lines that are indented by a tab."""
    found: list[Diagnostic] = []
    if "\t" not in text:
        return found
    for number, line in enumerate(text.split("\n"), first_line):
        if "\t" in line[: len(line) - len(line.lstrip())] and len(found) < _MOST_FAULTS:
            found.append(fault("MH053", Span(path, number, 1, number, len(line) + 1)))
    return found


class _Stop(Exception):
    """Nothing more of this text is worth reading."""


class _Builder:
    """Collects events into nodes. One instance builds one tree."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self._open: list[Node] = []
        self._waiting_keys: list[tuple[str, Span] | None] = []
        self._documents = 0
        self._aliases = 0

    def report(self, code: str, span: Span, **values: object) -> None:
        """Keep a fault; a bomb of aliases repeats one fault a thousand times."""
        if code == "MH055" and self._aliases >= _MOST_ALIASES:
            return
        self._aliases += code == "MH055"
        self.diagnostics.append(fault(code, span, **values))
        if len(self.diagnostics) >= _MOST_FAULTS:
            raise _Stop

    def point(self, line: int, column: int) -> Span:
        number = self.first_line + line
        return Span(self.path, number, column + 1, number, column + 2)

    def build(self, text: str) -> None:
        """Read events until the stream ends; what they mean goes by type, scalars first."""
        parser = _Loader(text)
        try:
            while (event := parser.get_event()) is not None:
                if isinstance(event, yaml.NodeEvent):
                    self._node(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._open.pop()
                    self._waiting_keys.pop()
                elif isinstance(event, yaml.DocumentStartEvent):
                    self._document(event)
        finally:
            parser.dispose()

    def _document(self, event: Any) -> None:
        """A second document would be left out in silence."""
        self._documents += 1
        if self._documents > 1:
            self.report("MH052", self._span(event))
            raise _Stop

    def _node(self, event: Any) -> None:
        span = self._span(event)
        if isinstance(event, yaml.AliasEvent):
            self.report("MH055", span, value="*")
            self._place(Node(None, span))
            return
        if event.anchor is not None:
            self.report("MH055", span, value="&")
        if event.tag is not None:
            self.report("MH056", span, value=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.ScalarEvent):
            is_empty = event.implicit[0] and event.value in ("", "~", "null")
            self._place(Node(None if is_empty else event.value, span, _NO_KEYS))
            return
        if len(self._open) >= NESTING_LIMIT:
            self.report("MH058", span, limit=NESTING_LIMIT)
            raise _Stop
        node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], span)
        self._place(node)
        self._open.append(node)
        self._waiting_keys.append(None)

    def _place(self, node: Node) -> None:
        """Put `node` where the events have come to: root, list item, key or value."""
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            self._place_in_mapping(parent, parent.value, node)

    def _place_in_mapping(self, parent: Node, mapping: dict[str, Node], node: Node) -> None:
        waiting = self._waiting_keys[-1]
        if waiting is None:
            if not isinstance(node.value, str):
                self.report("MH052", node.span)
                raise _Stop
            self._waiting_keys[-1] = (node.value, node.span)
            return
        self._waiting_keys[-1] = None
        key, span = waiting
        if key in mapping:
            self.report("MH054", span, key=key, line=parent.keys[key].line)
            return
        mapping[key] = node
        parent.keys[key] = span

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        first = self.first_line + start.line
        last = self.first_line + end.line
        return Span(self.path, first, start.column + 1, last, end.column + 1)
