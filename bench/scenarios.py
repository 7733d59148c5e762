"""What is done to a project before a command is timed, and what must be true afterwards."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from measure import Cost, Failed, cost_of_all
from tools import CLEAN, COLD, SAME, START, STORY, TEMPLATE, WARM, Tool

CHEAP = 2.0
"""Seconds: what takes less is measured more often, as noise is a larger part of it."""
CHEAP_RUNS = 5
Verdict = Callable[[], str]
"""Says what is wrong with the built site; "" when nothing is."""


class Result(NamedTuple):
    """All measurements of one scenario with one tool."""

    tool: Tool
    scenario: str
    costs: list[Cost]
    pages: int
    """Of the built site; 0 where nothing is built."""
    fault: str = ""
    """Why there are no figures, or why they do not count."""


def measure(tools: Sequence[Tool], runs: int, say: Callable[[str], None]) -> list[Result]:
    """Measure every scenario of every tool `runs` times.

    In each round all tools take their turn at one scenario before the next begins, another tool
    first each time, so that a machine that slows down slows all of them.
    """
    results: dict[tuple[int, str], Result] = {}
    for turn in range(max(runs, CHEAP_RUNS)):
        for scenario, place in _turns(tools, turn):
            before = results.get((place, scenario))
            if before and (before.fault or not _is_due(before, turn, runs)):
                continue
            say(f"{turn + 1}: {scenario}: {tools[place].name} ({tools[place].kind})")
            found = _once(tools[place], scenario, turn)
            costs = [*(before.costs if before else ()), *found.costs]
            results[place, scenario] = found._replace(costs=costs)
    return list(results.values())


def _turns(tools: Sequence[Tool], turn: int) -> Iterator[tuple[str, int]]:
    first = turn % len(tools)
    places = [*range(first, len(tools)), *range(first)]
    for scenario in _STEPS:
        for place in places:
            if scenario in tools[place].scenarios:
                yield scenario, place


def _is_due(before: Result, turn: int, runs: int) -> bool:
    return turn < runs or before.costs[0].wall < CHEAP


def _once(tool: Tool, scenario: str, turn: int) -> Result:
    is_right = _STEPS[scenario](tool, turn)
    # What other tools left to be written would be written during this one's run.
    os.sync()
    try:
        cost = cost_of_all(tool.commands, tool.environment)
    except Failed as failure:
        return Result(tool, scenario, [], 0, f"failed: {failure}")
    pages = tool.pages() if scenario not in (START, COLD, WARM) else 0
    return Result(tool, scenario, [cost], pages, is_right())


def _no_step(tool: Tool, turn: int) -> Verdict:
    return str


def _forget(tool: Tool, turn: int) -> Verdict:
    tool.forget()
    return str


def _clean(tool: Tool, turn: int) -> Verdict:
    tool.forget()
    return lambda: "" if tool.pages() >= len(tool.stories(tool.folder)) else "pages are missing"


def _same(tool: Tool, turn: int) -> Verdict:
    before = tool.pages()
    return lambda: "" if tool.pages() == before else "other pages than before"


def _edit_story(tool: Tool, turn: int) -> Verdict:
    story, title = tool.edit_story(turn)

    def is_right() -> str:
        if title not in tool.page_of(story).read_text("utf-8"):
            return "stale: the page has the old title"
        listed = any(title in place.read_text("utf-8") for place in tool.year_lists())
        return "" if listed else "stale: lists have the old title"

    return is_right


def _edit_template(tool: Tool, turn: int) -> Verdict:
    mark = tool.edit_template(turn)
    stories = tool.stories(tool.folder)

    def is_right() -> str:
        shown = (tool.page_of(story).read_text("utf-8") for story in (stories[0], stories[-1]))
        return "" if all(mark in text for text in shown) else "stale: pages of the old template"

    return is_right


_STEPS: dict[str, Callable[[Tool, int], Verdict]] = {
    START: _no_step,
    COLD: _forget,
    WARM: _no_step,
    CLEAN: _clean,
    SAME: _same,
    STORY: _edit_story,
    TEMPLATE: _edit_template,
}
"""In the order in which a round goes through them."""
