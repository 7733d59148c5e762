"""The strict handler that python-frontmatter reads our files through.

Its own YAML handler loses faults in silence: a missing closing line or a BOM gives an empty
mapping, a duplicate key keeps the last, an alias bomb eats the memory (content-model.md).
"""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from site_builder.config import BODY_LIMIT, FRONT_MATTER_LIMIT
from site_builder.diagnostics import Diagnostic, Span, fault
from site_builder.reading.yaml_tree import Node, read_tree

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Split:
    """A file taken apart."""

    tree: Node
    """The front matter, a mapping."""
    values: dict[str, Any]
    """The same without places."""
    body: str
    body_line: int
    """The line of the file on which the body begins."""


class _Refused(Exception):
    """Ends python-frontmatter's parse; the handler has the diagnostics."""


class StrictHandler(BaseHandler):
    """Splits and loads one text, keeping every fault with its place."""

    FM_BOUNDARY = _FENCE
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path = path
        self.text = text
        self.diagnostics: list[Diagnostic] = []
        self.result: Split | None = None
        self._body = ""
        self._body_line = 1

    def detect(self, text: str) -> bool:
        """Every file of ours is in this form, or at fault."""
        return True

    def split(self, text: str) -> tuple[str, str]:
        """Front matter and body of the file; python-frontmatter's `text` has lost its places."""
        fences = list(_FENCE.finditer(self.text))
        before = self.text[: fences[0].start()] if fences else self.text
        if before.strip():
            self._refuse("MH050", self._first_line_span())
        if len(fences) < 2:
            self._refuse("MH051", self._first_line_span())
        opening, closing = fences[:2]
        front = self.text[opening.end() + 1 : closing.start()]
        self._body = self.text[closing.end() + 1 :]
        self._body_line = self.text.count("\n", 0, closing.end()) + 2
        self._check_size("MH007", front, FRONT_MATTER_LIMIT, "64 KB")
        self._check_size("MH006", self._body, BODY_LIMIT, "1 MB")
        return front, self._body

    def load(self, fm: str, **kwargs: Any) -> Any:
        """The front matter as plain text values; the tree with its places is in `result`."""
        opened_on = self.text[: self.text.index("---")].count("\n") + 1
        tree, faults = read_tree(self.path, fm, opened_on + 1)
        self.diagnostics.extend(faults)
        if tree is None and not faults:
            self._refuse("MH050", self._first_line_span())
        if tree is None:
            raise _Refused
        if not isinstance(tree.value, dict):
            self._refuse("MH057", tree.span)
        values: dict[str, Any] = tree.plain()
        self.result = Split(tree, values, self._body, self._body_line)
        return values

    def _check_size(self, code: str, text: str, limit: int, shown: str) -> None:
        # No letter takes more than four bytes: short texts need not be encoded to be measured.
        if len(text) * 4 > limit and (size := len(text.encode())) > limit:
            self._refuse(code, self._first_line_span(), size=f"{size // 1000} KB", limit=shown)

    def _first_line_span(self) -> Span:
        first = len(self.text) - len(self.text.lstrip("\n"))
        line = self.text[first:].split("\n", 1)[0]
        return Span(self.path, first + 1, 1, first + 1, len(line) + 1)

    def _refuse(self, code: str, span: Span, **values: object) -> None:
        self.diagnostics.append(fault(code, span, **values))
        raise _Refused


def split_entry(path: str, text: str) -> tuple[Split | None, list[Diagnostic]]:
    """Front matter and body of `text`, and the faults found on the way."""
    handler = StrictHandler(path, text)
    try:
        frontmatter.parse(text, handler=handler)
    except _Refused:
        return None, handler.diagnostics
    return handler.result, handler.diagnostics


def body_of(text: str) -> str:
    """The body of a text that `split_entry` has taken apart before."""
    fences = list(islice(_FENCE.finditer(text), 2))
    return text[fences[-1].end() + 1 :]
