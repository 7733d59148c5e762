"""An entry: a record with its id, its body and the places where things stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from site_builder.diagnostics import Span
from site_builder.domain.entries import Article, Document, Model, Page, Record
from site_builder.domain.registers import FieldRegister, SiteParticulars, Unit

R = TypeVar("R", bound=Record)

Keys = tuple[str | int, ...]


class Places(Protocol):
    """Finds where a value of the front matter stands."""

    def span_of(self, keys: Keys) -> Span:
        """The place of the value at `keys`, else of the nearest part that is written."""

    def scalars(self) -> Iterator[tuple[str, Span]]:
        """Every text that is written as a value, with its place."""


@dataclass(frozen=True, eq=False)
class Entry(Generic[R]):
    """A model, article, document or page as read from one Markdown file."""

    id: str
    """The slug of the file name: immutable, unique for its type."""
    path: str
    """POSIX path from the project's root."""
    record: R
    body: str
    """Markdown, NFC."""
    body_line: int
    """The line of the file on which the body begins."""
    places: Places = field(repr=False)

    def span(self, *keys: str | int) -> Span:
        """Where the value at `keys` of the front matter stands."""
        return self.places.span_of(keys)


AnyEntry = Entry[Model] | Entry[Article] | Entry[Document] | Entry[Page]


@dataclass(frozen=True)
class Sources:
    """Everything that was read, public or not, before any rule across entries."""

    models: tuple[Entry[Model], ...] = ()
    articles: tuple[Entry[Article], ...] = ()
    documents: tuple[Entry[Document], ...] = ()
    pages: tuple[Entry[Page], ...] = ()
    fields: FieldRegister | None = None
    units: tuple[Unit, ...] = ()
    unit_spans: Mapping[str, Span] = field(default_factory=dict)
    """Where each unit's row stands in its register."""
    site: SiteParticulars | None = None
    assets: Mapping[str, Path] = field(default_factory=dict)
    """Pictures and PDFs in the tree, by path from the root."""
    broken: frozenset[tuple[str, str]] = frozenset()
    """(type, id) of files that could not be decoded: nobody is told that they do not exist."""

    @property
    def entries(self) -> tuple[AnyEntry, ...]:
        """All entries, by type and path."""
        return (*self.models, *self.articles, *self.documents, *self.pages)
