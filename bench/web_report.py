"""What Lighthouse said, as Markdown: a row for each page, and targets with whether they are met."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from web_sites import MATERIAL, OURS

_SCORES = ("performance", "accessibility", "best-practices", "seo")
_HEAD = (
    "| page | site | performance | accessibility | best practices | SEO | LCP s | CLS | TBT ms "
    "| KB | |"
)
_RULE = "| --- | --- |" + " ---: |" * 8 + " --- |"


class Visit(NamedTuple):
    """One visit: scores of a hundred, seconds, milliseconds, bytes, and what cost points."""

    performance: float
    accessibility: float
    best_practices: float
    seo: float
    lcp: float
    cls: float
    tbt: float
    size: float
    faults: tuple[str, ...]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Visit":
        """What Lighthouse's JSON says. Raises `ValueError` where it could not judge the page."""
        if error := told.get("runtimeError"):
            raise ValueError(error["message"])
        audits, categories = told["audits"], told["categories"]

        def figure(name: str) -> float:
            return float(audits[name]["numericValue"])

        scores = [100 * categories[name]["score"] for name in _SCORES]
        # Performance is told by its figures; elsewhere each audit is right or wrong.
        wrong = {
            one["id"]: None
            for name in _SCORES[1:]
            for one in categories[name]["auditRefs"]
            if one["weight"] and (audits[one["id"]]["score"] or 0) < 1
            if audits[one["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual")
        }
        return cls(
            *scores,
            figure("largest-contentful-paint") / 1000,
            figure("cumulative-layout-shift"),
            figure("total-blocking-time"),
            figure("total-byte-weight"),
            tuple(wrong),
        )


@dataclass(frozen=True)
class Visited:
    """A page and all visits of it."""

    site: str
    page: str
    visits: Sequence[Visit]

    @property
    def median(self) -> Visit:
        """The median of each figure; every fault that any visit found."""
        figures = zip(*(visit[:-1] for visit in self.visits), strict=True)
        faults = dict.fromkeys(fault for visit in self.visits for fault in visit.faults)
        return Visit(*map(statistics.median, figures), tuple(faults))


def tables(visited: Sequence[Visited]) -> str:
    """A row for each page, plain Material's below ours."""
    pages = dict.fromkeys(one.page for one in visited)
    rows = [
        _row(one)
        for page in pages
        for site in (OURS, MATERIAL)
        for one in visited
        if (one.page, one.site) == (page, site)
    ]
    return "\n".join([_HEAD, _RULE, *rows])


def _row(one: Visited) -> str:
    it = one.median
    figures = (
        *(f"{score:.0f}" for score in it[:4]),
        f"{it.lcp:.2f}",
        f"{it.cls:.3f}",
        f"{it.tbt:.0f}",
        f"{it.size / 1024:.0f}",
    )
    return f"| {one.page} | {one.site} | {' | '.join(figures)} | {', '.join(it.faults)} |"


@dataclass(frozen=True)
class Target:
    """A figure that no page may miss."""

    text: str
    figure: Callable[[Visit], float]
    limit: float
    unit: str = ""
    at_least: bool = False
    pages: tuple[str, ...] = ()
    """All of them where none is named."""

    def row(self, visited: Sequence[Visited]) -> str:
        """Its row of the table: the page that comes worst off."""
        ours = [one for one in visited if one.site == OURS]
        found = [one for one in ours if not self.pages or one.page in self.pages]
        sign = "≥" if self.at_least else "≤"
        limit = f"{sign} {self.limit:g}{self.unit}"
        if not found:
            return f"| {self.text} | {limit} | | not measured |"
        choose = min if self.at_least else max
        worst = choose(found, key=lambda one: self.figure(one.median))
        # As the table shows it: a hundredth of a point is no point.
        figure = round(self.figure(worst.median), 3)
        is_met = figure >= self.limit if self.at_least else figure <= self.limit
        verdict = "met" if is_met else "**missed**"
        return f"| {self.text} | {limit} | {figure:g} ({worst.page}) | {verdict} |"


_TARGETS = (
    Target("performance", lambda it: it.performance, 98, at_least=True),
    Target("accessibility", lambda it: it.accessibility, 100, at_least=True),
    Target("best practices", lambda it: it.best_practices, 100, at_least=True),
    Target("SEO", lambda it: it.seo, 100, at_least=True),
    Target("largest contentful paint", lambda it: it.lcp, 1.8, " s"),
    Target("layout shift", lambda it: it.cls, 0.02),
    Target("blocking time", lambda it: it.tbt, 50, " ms"),
    Target("first visit of an article", lambda it: it.size / 1024, 150, " KB", pages=("article",)),
    Target("first visit of the home page", lambda it: it.size / 1024, 220, " KB", pages=("home",)),
)


def targets(visited: Sequence[Visited]) -> str:
    """The table of targets."""
    head = ["| target | limit | worst | |", "| --- | --- | ---: | --- |"]
    return "\n".join([*head, *(target.row(visited) for target in _TARGETS)])
