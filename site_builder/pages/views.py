"""What templates print: plain frozen data, ready to be shown.

Texts are as written, never HTML: templates escape them. `address` counts from the site's root
without a leading slash ("" is the home page), as MkDocs' `url` filter wants it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.addresses import source_of
from site_builder.domain.photos import Photo, Size
from site_builder.pages.charts import Bars, Columns
from site_builder.text import vietnamese_number

if TYPE_CHECKING:
    from site_builder.domain.registers import SiteParticulars

NOTHING_KNOWN = "chưa có thông tin"


class Link(NamedTuple):
    """Text that may lead somewhere: to a page of ours (`address`) or to another site (`url`)."""

    text: str
    address: str | None = None
    url: str | None = None
    note: str = ""


class Fact(NamedTuple):
    """A labelled row of the fact box; never empty."""

    label: str
    values: tuple[Link, ...]


class Badge(NamedTuple):
    """A field's name with its colour and icon."""

    id: str
    text: str
    address: str
    colour: str
    icon: str


class Layer(NamedTuple):
    """Shapes of one tone, of a picture that we draw."""

    tone: int
    """0 to 4; what colour that is, the field and the reader's scheme decide."""
    path: str
    """As in SVG, in whole numbers; see `covers/pen.py`."""
    width: int = 0
    """Of the line; 0 where the shapes are filled."""


Cover = tuple[Layer, ...]
"""A whole picture, what is at the back first."""


class Card(NamedTuple):
    """An entry in a list."""

    title: str
    address: str
    summary: str = ""
    field: Badge | None = None
    notes: tuple[str, ...] = ()
    """Unit, year, date…: short, in the order shown."""
    figure: "Figure | None" = None
    """One striking result."""
    image: "Picture | None" = None
    cover: Cover = ()
    """Of a model without a picture."""


class Pager(NamedTuple):
    """Where we are in a long list. Pages are numbered from the oldest entries."""

    number: int
    """0 is the first page, of the newest entries."""
    links: tuple[Link, ...]
    """Pages around this one, newest first; the current one, and gaps, have no address."""
    newer: str | None = None
    older: str | None = None


class LinkGroup(NamedTuple):
    """Links under a heading: other ways into the same entries."""

    heading: str
    links: tuple[Link, ...]


class PictureFile(NamedTuple):
    """A picture in one of its sizes."""

    address: str
    width: int
    """Pixels."""


class Picture(NamedTuple):
    """A picture of the project as published."""

    address: str
    """Of its largest file."""
    alt: str
    caption: str = ""
    credit: str = ""
    width: int = 0
    """Pixels of the largest file."""
    height: int = 0
    files: tuple[PictureFile, ...] = ()
    """Narrowest first."""


class Figure(NamedTuple):
    """A result shown large."""

    label: str
    value: str
    unit: str
    before: str = ""
    as_of: str = ""


class Step(NamedTuple):
    """A step of the path from registered to replicated."""

    text: str
    is_reached: bool
    is_current: bool


class Table(NamedTuple):
    """A table with a caption; the first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    note: str = ""


Cell = Link | Decimal | int | str
"""Of a table of figures: numbers are numbers until they are printed."""


class Sheet(NamedTuple):
    """A table of figures: printed on a page, and a file of its own."""

    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def address(self) -> str:
        """Of its file."""
        return sheet_address(self.name)

    @property
    def table(self) -> Table:
        """As pages print it."""
        return Table(self.caption, self.head, tuple(tuple(map(_shown, r)) for r in self.rows))


def sheet_address(name: str) -> str:
    """The file of a sheet."""
    return f"thong-ke/{name}.csv"


def _shown(cell: Cell) -> Link:
    if isinstance(cell, Link):
        return cell
    return Link(cell if isinstance(cell, str) else vietnamese_number(cell))


class Section(NamedTuple):
    """A part of a page: a heading over cards, links or a table."""

    heading: str
    anchor: str
    text: str = ""
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What every page has."""

    heading: str
    crumbs: tuple[Link, ...] = ()
    """The way from home to here; the last one is this page."""


@dataclass(frozen=True, slots=True)
class ListView(View):
    """A list of cards with other ways in beside it."""

    intro: str = ""
    field: Badge | None = None
    cards: tuple[Card, ...] = ()
    count: int = 0
    """Of the whole list; 0 where that is not told."""
    noun: str = "mục"
    """What is counted."""
    pager: Pager | None = None
    groups: tuple[LinkGroup, ...] = ()
    empty: str = "Chưa có bài nào."
    narrowed: str = ""
    """What alone the search's filters are to find here ("mo-hinh"); "" where none are offered."""


@dataclass(frozen=True, slots=True)
class SectionsView(View):
    """A page of sections: awards, statistics, years, contact."""

    intro: str = ""
    sections: tuple[Section, ...] = ()


class Theme(NamedTuple):
    """What figures say of one thing: drawn, and in tables."""

    heading: str
    anchor: str
    text: str = ""
    bars: tuple[Bars, ...] = ()
    columns: tuple[Columns, ...] = ()
    tables: tuple[tuple[Table, Link], ...] = ()
    """Each with its file."""


@dataclass(frozen=True, slots=True)
class FiguresView(View):
    """The movement in figures."""

    intro: str = ""
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchView(View):
    """The page of the search, which a script fills."""

    intro: str = ""
    ways: tuple[Link, ...] = ()
    """For those who would rather not search, or cannot."""


@dataclass(frozen=True, slots=True)
class HomeView(View):
    """The home page."""

    tagline: str = ""
    note: str = ""
    figures: tuple[Figure, ...] = ()
    fields: tuple[Card, ...] = ()
    featured: tuple[Card, ...] = ()
    news: tuple[Card, ...] = ()
    hotlines: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelView(View):
    """A model's page; its story is the page's body."""

    summary: str = ""
    field: Badge | None = None
    notes: tuple[str, ...] = ()
    """Unit and year, as on its cards."""
    facts: tuple[Fact, ...] = ()
    steps: tuple[Step, ...] = ()
    status: str = ""
    figures: tuple[Figure, ...] = ()
    pictures: tuple[Picture, ...] = ()
    cover: Cover = ()
    """Where there are no pictures."""
    sections: tuple[Section, ...] = ()
    """Awards, replication, documents, articles, related models: those that have something."""
    sources: tuple[Link, ...] = ()
    verified: str = ""


@dataclass(frozen=True, slots=True)
class EntryView(View):
    """An article, a document or a page of text."""

    summary: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    pictures: tuple[Picture, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitView(View):
    """A unit: what it is, then and now, and its models by year."""

    facts: tuple[Fact, ...] = ()
    note: str = ""
    sections: tuple[Section, ...] = ()
    pager: Pager | None = None


class Finding(NamedTuple):
    """What the search knows of a page beside title, description and body."""

    kind: str
    date: str = ""
    """ISO, as exactly as it is known."""
    title: str = ""
    """Where the page's own says more than a result has to."""
    facts: tuple[str, ...] = ()
    """Shown with a result: unit, year."""
    field: str = ""
    """Id of the field whose colour a result has."""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Values to filter by, by the name of the facet; only of those that it has."""
    words: tuple[str, ...] = ()
    """What else it is to be found by: place, topics, numbers of documents."""


class Work(NamedTuple):
    """What a page tells of, as programs are told; dates are ISO, as exactly as they are known."""

    kind: str
    """Its type at schema.org."""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    issuer: str = ""
    """Who published it, where that is not the agency of the site."""
    identifier: str = ""
    origin: str = ""
    """The address of what it was taken from."""
    section: str = ""
    keywords: tuple[str, ...] = ()
    unit: Link | None = None
    """Of a model: who runs it; then also where and since when."""
    place: str = ""
    started: str = ""
    files: tuple[Link, ...] = ()
    """Of data: what can be downloaded, each with its media type as note."""


class DataRow(NamedTuple):
    """A row of open data (see `tables.py`)."""

    table: str
    values: tuple[Any, ...]
    """Text, numbers, tuples of text or None, in the order of the table's columns."""


@dataclass(frozen=True, slots=True)
class Page:
    """A planned page."""

    address: str
    """From the root, without leading slash; "" is the home page."""
    template: str
    title: str
    description: str
    view: View
    body: str = ""
    """Markdown with links already pointing at staged sources."""
    updated: str = ""
    """The ISO date of its last change, where the content tells it."""
    finding: Finding | None = None
    """None where the search does not find it: lists only repeat what entries say."""
    rows: tuple[DataRow, ...] = ()
    """What open data say of it."""
    work: Work | None = None
    """What programs are told beside title and description; None of lists and the like."""
    share: str = ""
    """The address of its own share card; "" where that of the whole site serves."""
    pictures: tuple[Picture, ...] = ()
    """Those of its body, which names them by their address."""

    @property
    def source(self) -> str:
        """Its staged Markdown file."""
        return source_of(self.address)

    def head(self) -> dict[str, Any]:
        """What engine and theme ask of every page."""
        return {
            "title": self.title,
            "updated": self.updated,
            "description": self.description,
            "template": self.template,
            "work": self.work,
            "share": self.share,
            "pictures": self.pictures,
        }

    def meta(self) -> Mapping[str, Any]:
        """Front matter for another engine: plain values only."""
        return {
            **self.head(),
            "work": plain(self.work),
            "pictures": plain(self.pictures),
            "view": plain(self.view),
        }


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address that must keep working."""

    address: str
    target: str
    title: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the project that a public page shows."""

    path: str
    address: str
    photo: Photo | None = None
    """Of a picture, which is published anew and in several sizes."""
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What the picture says that networks show beside a link to a page."""

    address: str
    title: str
    topic: str
    """Above the title: the field, the kind of news."""
    notes: tuple[str, ...]
    """Below it: unit, year, date."""
    site: str
    field: str
    """Id of the field in whose tones it is; "" in those of the site."""
    cover: Cover
    photo: Asset | None = None
    """What stands in place of the cover: the entry's first photo in one of its sizes."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An article or a model as feeds tell it."""

    title: str
    address: str
    summary: str
    updated: str
    """ISO date."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new in a part of the site."""

    folder: str
    """The address of the page that shows the same."""
    title: str
    items: tuple[FeedItem, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Chrome:
    """What every page of the site prints around its content."""

    name: str
    agency: str
    responsible: str
    place: str
    email: str
    hotlines: tuple[Link, ...]
    licence: Link
    social: tuple[Link, ...]
    note: str
    """The plain mark of a sample site; empty on a real one."""
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    share: str = ""
    """The address of the site's share card; "" where none are drawn."""
    colours: tuple[tuple[str, str], ...] = ()
    """Of fields, by their id: #rrggbb, as it is given. For the stylesheet, not for templates."""


@dataclass(frozen=True)
class Plan:
    """The whole site."""

    pages: tuple[Page, ...]
    redirects: tuple[Redirect, ...]
    assets: tuple[Asset, ...]
    shares: tuple[ShareCard, ...]
    feeds: tuple[Feed, ...]
    sheets: tuple[Sheet, ...]
    chrome: Chrome
    site: "SiteParticulars"


def plain(value: Any) -> Any:
    """A view, or a part of one, as mappings, tuples and scalars."""
    if is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    return tuple(map(plain, value)) if isinstance(value, tuple) else value
