"""Cells: the smallest things that an answer can depend on, as text.

A page, or the check of an entry, is worked out with a `Ledger` that writes down every cell that
was looked at. After an edit, only what looked at a changed cell is worked out again.

| cell | changes when |
| --- | --- |
| `!7` | the record of entry 7 changes, comes or goes |
| `=7` | the body of entry 7 changes |
| `~7` | the models related to entry 7 change |
| `field/an-ninh?` | the shelf becomes empty, or no longer is |
| `field/an-ninh#` | its length changes |
| `field/an-ninh*` | anything on it changes |
| `field/an-ninh@3` | anything on its fourth page changes, counted from the oldest entry |
| `field/an-ninh^3` | its fourth page gets its last entry or loses one |
| `field/` | another shelf of the group gets its first entry or loses its last |
| `field/#` | the length of any shelf of the group changes |
| `+cộng` | a sum over all models changes |
| `:images/a.jpg` | a picture or PDF comes, goes or changes |
| `:` | a picture or PDF comes or goes |
"""

from collections.abc import Iterator
from contextlib import contextmanager


class Ledger:
    """Writes down the cells that are looked at while somebody wants to know."""

    __slots__ = ("asked",)

    def __init__(self) -> None:
        self.asked: set[str] | None = None

    def ask(self, cell: str) -> None:
        """Note that the answer being worked out depends on `cell`."""
        if self.asked is not None:
            self.asked.add(cell)

    @contextmanager
    def recording(self) -> Iterator[set[str]]:
        """Collect the cells that are asked for inside; not to be nested."""
        if self.asked is not None:
            raise RuntimeError("already recording: one answer at a time")
        self.asked = set()
        try:
            yield self.asked
        finally:
            self.asked = None


def record_of(number: int) -> str:
    """The record of an entry."""
    return f"!{number}"


def body_of(number: int) -> str:
    """The body of an entry."""
    return f"={number}"


def related_to(number: int) -> str:
    """The models near a model."""
    return f"~{number}"


def sum_of(name: str) -> str:
    """A sum over all public models."""
    return f"+{name}"


def asset_at(path: str) -> str:
    """A picture or PDF."""
    return f":{path}"
