"""An entry: a record with its id, and what others need to know without opening its file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from site_builder.diagnostics import Span
from site_builder.domain.entries import Article, Document, Model, Page, Record

R = TypeVar("R", bound=Record)

Keys = tuple[str | int, ...]

Mark = tuple[int, int, int, int]
"""A span without its path: line, column, end line, end column."""


class BodyLink(NamedTuple):
    """Where a body leads to another file of the project."""

    path: str
    """POSIX path from the root."""
    mark: Mark
    is_image: bool


@dataclass(frozen=True, eq=False, slots=True)
class Entry(Generic[R]):
    """A model, article, document or page, without its body, which stays in its file."""

    id: str
    """The slug of the file name: immutable, unique for its type."""
    path: str
    """POSIX path from the project's root, NFC."""
    record: R
    order: tuple[object, ...] = field(repr=False)
    """Sorts entries of one type, the one that is shown first being the least."""
    digest: bytes = field(repr=False)
    """Of the file as it was read."""
    marks: Mapping[Keys, Mark] = field(repr=False, default_factory=dict)
    """Where values stand that rules across entries point at."""
    links: tuple[BodyLink, ...] = field(repr=False, default=())

    @property
    def kind(self) -> str:
        """The name of its type."""
        return type(self.record).__name__

    def span(self, *keys: str | int) -> Span:
        """Where the value at `keys` of the front matter stands, or the nearest part of it."""
        for length in range(len(keys), 0, -1):
            if mark := self.marks.get(keys[:length]):
                return Span(self.path, *mark)
        return Span(self.path)


AnyEntry = Entry[Model] | Entry[Article] | Entry[Document] | Entry[Page]


def ids_of(entries: Iterable[AnyEntry]) -> list[str]:
    """The ids, in the order given."""
    return [entry.id for entry in entries]
