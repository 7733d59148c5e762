"""Figures as Markdown: tables with ratios, and targets with whether they are met."""

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from measure import Cost
from scenarios import Result
from tools import (
    BUILDS,
    CHECK,
    CLEAN,
    COLD,
    HTML,
    OURS,
    PREVIEW,
    REFERENCE,
    SAME,
    SAVED,
    SEARCH,
    START,
    STORY,
    WARM,
)

README = Path(__file__).parent / "README.md"
_COLUMNS = (
    "wall s",
    "CPU s",
    "peak MB",
    "n",
    "pages",
    "ms a page",
    "wall, ours = 1",
    "CPU, ours = 1",
)
_HEAD = f"| what | tool | {' | '.join(_COLUMNS)} |"
_RULE = f"| --- | --- |{' ---: |' * len(_COLUMNS)}"


@dataclass(frozen=True)
class Sized:
    """Everything measured at one size."""

    models: int
    results: Sequence[Result]
    absent: dict[str, str] = field(default_factory=dict)
    """Why a tool could not be had, by its name."""

    def cost(self, scenario: str, tool: str, kind: str) -> Cost | None:
        """The medians; None where nothing was measured that counts."""
        for result in self.results:
            if (result.scenario, result.tool.name, result.tool.kind) == (scenario, tool, kind):
                return None if result.fault else median(result.costs)
        return None

    def pages(self, tool: str, kind: str) -> int:
        """Pages of the tool's site after its clean build."""
        for result in self.results:
            if (result.scenario, result.tool.name, result.tool.kind) == (CLEAN, tool, kind):
                return result.pages
        return 0


def run_of(versions: str) -> str:
    """When and where something was measured, and with what."""
    machine = f"{os.cpu_count()} cores ({platform.machine()})"
    return f"Run of {date.today():%Y-%m-%d}, {machine}: {versions}."


def put_into(place: Path, name: str, text: str) -> None:
    """Replace what stands between the two marks of that name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, _, rest = place.read_text("utf-8").partition(begin)
    after = rest.partition(end)[2]
    place.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8", newline="\n")


def median(costs: Iterable[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def table(sized: Sized) -> str:
    """All rows of one size, grouped by what was done and whether there is a search."""
    rows = [_HEAD, _RULE]
    for scenario in (START, COLD, WARM, SAVED):
        rows += _rows(sized, scenario, SEARCH)
    for scenario in BUILDS:
        for kind in (HTML, SEARCH):
            rows += _rows(sized, scenario, kind)
    rows += [
        f"| all | {name} | absent: {why} | | | | | | | |" for name, why in sized.absent.items()
    ]
    return "\n".join(rows)


def _rows(sized: Sized, scenario: str, kind: str) -> Iterator[str]:
    what = f"{scenario}, {kind}" if scenario in BUILDS else scenario
    found = [r for r in sized.results if r.scenario == scenario and r.tool.kind == kind]
    ours = sized.cost(scenario, OURS, SEARCH)  # there is none without
    # Ours first, then those it is compared with, in the order in which they were prepared.
    for result in sorted(found, key=lambda r: r.tool.name != OURS):
        yield f"| {what} | {result.tool.name} | {_figures(result, ours)} |"


def _figures(result: Result, ours: Cost | None) -> str:
    if result.fault:
        return f"{' '.join(result.fault.split())[:120].replace('|', '/')} | | | | | | |"
    cost = median(result.costs)
    pages = result.pages
    shown = (
        f"{cost.wall:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.memory / 1e6:.0f}",
        str(len(result.costs)),
        str(pages or ""),
        f"{1000 * cost.wall / pages:.2f}" if pages and result.scenario == CLEAN else "",
        f"{cost.wall / ours.wall:.2f}" if ours and pages else "",
        f"{cost.cpu / ours.cpu:.2f}" if ours and pages else "",
    )
    return " | ".join(shown)


@dataclass(frozen=True)
class Target:
    """Something promised: a figure at a size that must stay below a limit, or above it."""

    text: str
    models: int
    figure: Callable[[Sized], float | None]
    limit: float
    unit: str
    at_least: bool = False

    def row(self, sizes: Sequence[Sized]) -> str:
        """Its row of the table; "not measured" without its size or without a tool it needs."""
        sized = next((one for one in sizes if one.models == self.models), None)
        figure = self.figure(sized) if sized else None
        sign = "≥" if self.at_least else "≤"
        limit = f"{sign} {self.limit:g} {self.unit}"
        if figure is None:
            return f"| {self.text} | {self.models:,} | {limit} | | not measured |"
        is_met = figure >= self.limit if self.at_least else figure <= self.limit
        verdict = "met" if is_met else "**missed**"
        return f"| {self.text} | {self.models:,} | {limit} | {figure:.2f} | {verdict} |"


def _wall(scenario: str, tool: str = OURS) -> Callable[[Sized], float | None]:
    def figure(sized: Sized) -> float | None:
        cost = sized.cost(scenario, tool, SEARCH)
        return cost.wall if cost else None

    return figure


def _times_faster(scenario: str, rival: str) -> Callable[[Sized], float | None]:
    def figure(sized: Sized) -> float | None:
        ours, theirs = _wall(scenario)(sized), _wall(scenario, rival)(sized)
        return theirs / ours if ours and theirs else None

    return figure


def _ms_a_page(sized: Sized) -> float | None:
    wall, pages = _wall(CLEAN)(sized), sized.pages(OURS, SEARCH)
    return 1000 * wall / pages if wall and pages else None


def _peak(sized: Sized) -> float | None:
    """Megabytes of whichever build needs most."""
    costs = [sized.cost(scenario, OURS, SEARCH) for scenario in BUILDS]
    return max((cost.memory / 1e6 for cost in costs if cost), default=None)


def targets(sizes: Sequence[Sized]) -> str:
    """The table of targets."""
    rows = ["| target | models | limit | figure | |", "| --- | ---: | --- | ---: | --- |"]
    return "\n".join([*rows, *(target.row(sizes) for target in _targets(sizes))])


def _targets(sizes: Sequence[Sized]) -> list[Target]:
    middle, large = 10_000, 50_000
    story = _wall(STORY)
    stories = {sized.models: story(sized) for sized in sizes}

    cleans = {sized.models: _ms_a_page(sized) for sized in sizes}

    def growth_of(figures: dict[int, float | None]) -> Callable[[Sized], float | None]:
        small, big = figures.get(middle), figures.get(large)
        return lambda _: big / small if small and big else None

    return [
        Target("clean build", middle, _ms_a_page, 1.0, "ms a page"),
        Target(
            "clean build, against mkdocs",
            middle,
            _times_faster(CLEAN, REFERENCE),
            3,
            "times faster",
            at_least=True,
        ),
        Target(
            "clean build, against Hugo + Pagefind",
            middle,
            _times_faster(CLEAN, "Hugo + Pagefind"),
            1,
            "times faster",
            at_least=True,
        ),
        Target("one story edited", middle, story, 0.6, "s"),
        Target("one story edited", large, story, 2.0, "s"),
        Target(
            "one story edited, against mkdocs",
            middle,
            _times_faster(STORY, REFERENCE),
            50,
            "times faster",
            at_least=True,
        ),
        Target(
            "one story edited, against 10,000 models",
            large,
            growth_of(stories),
            4,
            "times slower",
        ),
        Target(
            "clean build, a page, against 10,000 models",
            large,
            growth_of(cleans),
            1.25,
            "times slower",
        ),
        Target("story saved, until the preview shows it", middle, _wall(SAVED, PREVIEW), 0.5, "s"),
        Target("nothing changed", middle, _wall(SAME), 0.25, "s"),
        Target("peak memory of any build", middle, _peak, 700, "MB"),
        Target("peak memory of any build", large, _peak, 2_500, "MB"),
        Target("check, cold", middle, _wall(COLD, CHECK), 8, "s"),
        Target("check, warm", middle, _wall(WARM, CHECK), 0.5, "s"),
    ]
