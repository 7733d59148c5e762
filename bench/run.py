"""Times this project and other generators side by side: `make bench`, or `python bench/run.py`.

Whole processes, medians of several runs, with the machine's own speed beside them: these figures
are for comparing within one run, on one machine. What each row does stands in README.md.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

# The rivals are a package beside this file, which only finds this folder when it runs from here.
sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_corpus
from preview import measure_preview
from report import README, Sized, put_into, run_of, table, targets
from rivals import eleventy, hugo, zensical
from rivals.entries import Site, read_site
from rivals.install import Absent
from scenarios import Result, measure
from tools import CHECK, OURS, PREVIEW, REFERENCE, SAVED, STARTED, Tool, own_tools

HUGE = 50_000
_RIVALS: dict[str, Callable[[Site, Path, Path], Tool]] = {
    "hugo": hugo.alone,
    "hugo-pagefind": hugo.with_pagefind,
    "zensical": zensical.tool,
    "eleventy": eleventy.tool,
}
_OWN = {OURS: (OURS, CHECK, PREVIEW, STARTED), REFERENCE: (REFERENCE,)}


def main() -> None:
    """Measure at each size; print Markdown, write JSON and, where asked, the README."""
    asked = _options()
    sizes = dict.fromkeys(sorted(asked.models), asked.only)
    if asked.huge:
        # The others take minutes for each build there, and hours for all of them.
        sizes[HUGE] = [OURS]
    measured = []
    with tempfile.TemporaryDirectory() as temporary:
        scratch = asked.scratch or Path(temporary)
        for models, only in sizes.items():
            measured.append(_measure(models, scratch.absolute(), only, asked.runs))
            _save(asked.output, measured)
    text = _markdown(measured)
    print(text)
    if asked.readme:
        put_into(README, "results", text)


def _options() -> argparse.Namespace:
    names = [*_OWN, *_RIVALS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--huge", action="store_true", help=f"add {HUGE:,} models, {OURS} alone")
    parser.add_argument("--runs", type=int, default=3, help="of what is not cheap")
    parser.add_argument("--only", type=lambda text: text.split(","), default=names)
    parser.add_argument("--scratch", type=Path, help="keeps projects and installed tools there")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results.json")
    parser.add_argument("--readme", action="store_true", help="put the tables into README.md")
    asked = parser.parse_args()
    if unknown := set(asked.only) - set(names):
        parser.error(f"no such tool: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return asked


def _measure(models: int, scratch: Path, only: Sequence[str], runs: int) -> Sized:
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{models}-", dir=scratch) as folder:
        _say(f"{models} models: preparing")
        tools, absent = prepare(models, Path(folder), scratch, only)
        previews = [tool for tool in tools if SAVED in tool.scenarios]
        results = measure([tool for tool in tools if tool not in previews], runs, _say)
        return Sized(models, [*results, *map(measure_preview, previews)], absent)


def prepare(
    models: int, folder: Path, scratch: Path, only: Sequence[str]
) -> tuple[list[Tool], dict[str, str]]:
    """A project of `models` models in `folder` for each tool, and why others are absent."""
    corpus = folder / "corpus"
    write_corpus(corpus, models)
    wanted = {name for key in only for name in _OWN.get(key, ())}
    tools = [tool for tool in own_tools(corpus, folder) if tool.name in wanted]
    absent = {}
    rivals = [name for name in _RIVALS if name in only]
    site = read_site(corpus) if rivals else None
    for name in rivals:
        try:
            tools.append(_RIVALS[name](site, folder, scratch / "tools"))
        except Absent as reason:
            absent[name] = str(reason)
    return tools, absent


def _markdown(measured: Sequence[Sized]) -> str:
    tools = {(r.tool.name, r.tool.version): None for sized in measured for r in sized.results}
    versions = ", ".join(
        f"{name} {version}" for name, version in tools if name not in (CHECK, PREVIEW)
    )
    parts = [run_of(versions)]
    for sized in measured:
        parts += [f"{sized.models:,} models, {sized.models // 4:,} articles:", table(sized)]
    return "\n\n".join([*parts, "Targets:", targets(measured)]) + "\n"


def _save(place: Path, measured: Sequence[Sized]) -> None:
    rows = [
        {"models": sized.models, "absent": sized.absent, "rows": [*map(_plain, sized.results)]}
        for sized in measured
    ]
    place.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _plain(result: Result) -> dict[str, object]:
    tool = result.tool
    return {
        "what": result.scenario,
        "tool": tool.name,
        "version": tool.version,
        "kind": tool.kind,
        "pages": result.pages,
        "fault": result.fault,
        "runs": [cost._asdict() for cost in result.costs],
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
