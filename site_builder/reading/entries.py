"""Reads entries: every file becomes a manuscript or diagnostics, never an exception."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar

from site_builder.addresses import Reach, destination
from site_builder.config import BODY_LIMIT, FRONT_MATTER_LIMIT
from site_builder.diagnostics import Diagnostic, Severity, Span, fault, why_unread
from site_builder.domain.choices import PublishState
from site_builder.domain.entries import Article, Document, Model, Record
from site_builder.domain.entry import BodyLink, Entry, Keys, Mark
from site_builder.domain.order import order_of
from site_builder.files import digest_of, read_whole
from site_builder.reading.body import BodyScan, scan_body
from site_builder.reading.complexity import find_overgrowth
from site_builder.reading.decode import decode, span_at, text_of
from site_builder.reading.front_matter import body_of, split_entry
from site_builder.reading.schema import decode_record
from site_builder.reading.yaml_tree import Node
from site_builder.text import slug

R = TypeVar("R", bound=Record)

_MOST_BYTES = BODY_LIMIT * 2 + FRONT_MATTER_LIMIT
"""A file beyond this is not even loaded; the exact limits are checked on the text."""


@dataclass(frozen=True, slots=True)
class Manuscript(Generic[R]):
    """An entry with its text at hand, as the rules for one file read it."""

    entry: Entry[R]
    body: str
    """Markdown, NFC."""
    body_line: int
    """The line of the file on which the body begins."""
    scan: BodyScan
    places: Node
    """The front matter with the place of each value."""

    @property
    def path(self) -> str:
        """POSIX path from the project's root."""
        return self.entry.path

    @property
    def record(self) -> R:
        """What the front matter declares."""
        return self.entry.record

    def span(self, *keys: str | int) -> Span:
        """Where the value at `keys` of the front matter stands."""
        return self.places.span_of(keys)

    def body_span(self, start: int, end: int) -> Span:
        """The place of a part of the body, given in offsets."""
        return span_at(self.path, self.body, start, end, self.body_line)


def load_bytes(place: str, path: str) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The bytes of a file, or why they cannot be had."""
    try:
        if (size := os.stat(place).st_size) > _MOST_BYTES:  # noqa: PTH116 - of every file
            shown = f"{size // 1_000_000} MB"
            return b"", (fault("MH006", Span(path), size=shown, limit="1 MB"),)
        return read_whole(place), ()
    except OSError as error:
        return b"", (fault("MH012", Span(path), reason=why_unread(error)),)


def read_manuscript(
    kind: type[R], path: str, data: bytes, context: dict[str, Any]
) -> tuple[Manuscript[R] | None, tuple[Diagnostic, ...]]:
    """A manuscript from the bytes of its file, or the faults that kept it from being one.

    `context` is what the schema needs to know: the spellings of fields.
    """
    text, faults = decode(path, data)
    if faults:
        return None, faults
    split, found = split_entry(path, text)
    if split is None:
        return None, tuple(found)
    record, record_faults = decode_record(kind, split.tree, split.values, context)
    found += record_faults
    found += find_overgrowth(path, split.body, split.body_line)
    found = _forgive_drafts(split.tree, found)
    if record is None or any(item.code == "MH306" for item in found):
        return None, tuple(found)
    scan = scan_body(split.body)
    entry_id = slug(PurePosixPath(path).stem)
    entry = Entry(
        entry_id,
        path,
        record,
        order_of(record, entry_id),
        digest_of(data),
        {keys: mark for keys in _pointed_at(record) if (mark := _mark(split.tree, keys))},
        tuple(_links_inside(path, split.body, split.body_line, scan)),
    )
    return Manuscript(entry, split.body, split.body_line, scan, split.tree), tuple(found)


def read_body(data: bytes) -> tuple[str, BodyScan]:
    """The body of a file that has passed all checks, and what stands in it."""
    body = body_of(text_of(data))
    return body, scan_body(body)


def _links_inside(path: str, body: str, line: int, scan: BodyScan) -> Iterator[BodyLink]:
    for link in scan.links:
        goal = destination(link.target, path)
        if goal.reach is Reach.INSIDE:
            span = span_at(path, body, link.start, link.end, line)
            yield BodyLink(goal.path, span[1:], link.is_image)


def _pointed_at(record: Record) -> Iterator[Keys]:
    """Keys at which rules across entries point."""
    if isinstance(record, Model):
        yield from (("title",), ("status",), ("unit",), ("replicated_from",))
    if isinstance(record, Document):
        yield from (("number",), ("replaced_by",), ("file",))
    if isinstance(record, Article) and record.figures:
        yield from (("figures", "tap_the"), ("figures", "ca_nhan"))
    for name in ("models", "units", "documents", "aliases"):
        yield from ((name, place) for place in range(len(getattr(record, name, ()))))
    for place in range(len(getattr(record, "images", ()))):
        yield ("images", place, "file")


def _mark(tree: Node, keys: Keys) -> Mark | None:
    node = tree.find(keys)
    return node.span[1:] if node else None


def _forgive_drafts(tree: Node, found: list[Diagnostic]) -> list[Diagnostic]:
    """A draft may be unfinished: its faults are listed but stop nobody else's build."""
    state = tree.find(("publish",))
    typed = state.value if state else None
    is_draft = isinstance(typed, str) and slug(typed) in ("nhap", slug(PublishState.DRAFT.label))
    if not is_draft:
        return found
    return [replace(item, severity=Severity.WARNING) for item in found]
