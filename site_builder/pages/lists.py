"""Lists of cards, cut into pages that are numbered from the oldest.

The newest entries stand on the list's own address, 24 to 47 of them; everything older stands on
/trang/1/, /trang/2/…, 24 a page, the oldest on the first. So a new entry changes one page, not
all; only the first page tells counts and other ways in, for the same reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from site_builder.config import PAGE_SIZE
from site_builder.domain.entry import Entry
from site_builder.library.shelf import Shelf
from site_builder.pages.shapes import crumbs
from site_builder.pages.views import Badge, Card, Link, LinkGroup, ListView, Page, Pager

NEWEST = "Mới nhất"
GAP = Link("…")


@dataclass(frozen=True)
class ListPlan:
    """A list before it is cut into pages."""

    address: str
    shelf: Shelf
    heading: str
    intro: str
    card_of: Callable[[Entry[Any]], Card]
    trail: tuple[Link, ...] = ()
    """Pages above this one, without home."""
    field: Badge | None = None
    groups: Callable[[], tuple[LinkGroup, ...]] = tuple
    """Other ways in; only asked for where they are shown."""
    noun: str = "mô hình"
    empty: str = "Chưa có bài nào trong mục này."
    narrowed: str = ""
    """As in `ListView`; older pages have no filters, since those look through the whole list."""


def older_pages(count: int) -> int:
    """How many pages of older entries a list of `count` entries has."""
    return max(0, count // PAGE_SIZE - 1)


def page_address(address: str, number: int) -> str:
    """The address of a page of a list; 0 is the page of the newest."""
    return f"{address}trang/{number}/" if number else address


def list_page(plan: ListPlan, number: int) -> Page:
    """A page of a list: 0 for the newest entries, else the page of that number."""
    return _older_page(plan, number) if number else _first_page(plan)


def _first_page(plan: ListPlan) -> Page:
    count = len(plan.shelf)
    older = older_pages(count)
    view = ListView(
        plan.heading,
        crumbs(*plan.trail, Link(plan.heading)),
        intro=plan.intro,
        field=plan.field,
        cards=tuple(map(plan.card_of, plan.shelf[: count - older * PAGE_SIZE])),
        count=count,
        noun=plan.noun,
        pager=first_pager(plan.address, older) if older else None,
        groups=plan.groups(),
        empty=plan.empty,
        narrowed=plan.narrowed,
    )
    return Page(plan.address, "list.html", plan.heading, plan.intro, view)


def _older_page(plan: ListPlan, number: int) -> Page:
    view = ListView(
        plan.heading,
        crumbs(*plan.trail, Link(plan.heading, plan.address), Link(f"trang {number}")),
        field=plan.field,
        cards=tuple(map(plan.card_of, plan.shelf.page(number - 1))),
        noun=plan.noun,
        pager=_older_pager(plan, number),
    )
    title = f"{plan.heading} - trang {number}"
    return Page(page_address(plan.address, number), "list.html", title, title, view)


def first_pager(address: str, older: int) -> Pager:
    """The pager of the newest entries, before `older` pages."""
    numbers = _with_gaps([*range(older, max(0, older - 3), -1), 1])
    links = (Link(NEWEST), *(_numbered(address, n) for n in numbers))
    return Pager(0, links, None, page_address(address, older))


def _older_pager(plan: ListPlan, number: int) -> Pager:
    """The numbers around this one; how many there are in all would change with every new page.

    A page has a number when a full page of newer entries stands above it.
    """
    newer = [n for n in (number + 2, number + 1) if plan.shelf.is_full(n)]
    around = [*newer, *range(number, max(0, number - 3), -1), 1]
    shown = (_numbered(plan.address, n, here=number) for n in _with_gaps(around))
    has_gap = len(newer) == 2 and plan.shelf.is_full(number + 3)
    links = (Link(NEWEST, plan.address), *((GAP,) if has_gap else ()), *shown)
    above = page_address(plan.address, number + 1 if newer else 0)
    below = page_address(plan.address, number - 1) if number > 1 else None
    return Pager(number, links, above, below)


def _with_gaps(numbers: list[int]) -> Iterator[int]:
    """The numbers without repetition; 0 stands for numbers left out."""
    last = None
    for number in dict.fromkeys(numbers):
        if last is not None and last - number > 1:
            yield 0
        last = number
        yield number


def _numbered(address: str, number: int, here: int = 0) -> Link:
    if not number:
        return GAP
    return Link(str(number), None if number == here else page_address(address, number))
