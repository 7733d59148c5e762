"""Holds the site's search against others: `make bench-search DOCS=… QUERIES=…`.

The same documents, queries and scores for each, at each size, in one run. The collection is not
part of the project. What each column says stands in README.md.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

# The rivals are a package beside this file, which only finds this folder when it runs from here.
sys.path.insert(0, str(Path(__file__).parent))

from measure import Cost, Failed, cost_of
from report import README, put_into, run_of
from rivals import minisearch, pagefind
from rivals.install import Absent
from search_corpus import write_collection
from search_report import COLUMNS, Found, SearchSized, tables
from searchers import OURS, Searcher, own

from site_builder.diagnostics import EngineFailed
from site_builder.search.indexing import documents_of
from site_builder.search.judging import Question, questions_of, scores_of
from site_builder.search.measuring import Asking, titles

SIZES = (2_884, 10_000, 50_000)
_PUT = 10_000
"""The most documents at which every query is put; beyond, only those that are timed."""
_TIMED = 3
"""Every third query is timed: sets have five or two variants, so that all are among them."""
_RIVALS = {"pagefind": pagefind.searcher, "minisearch": minisearch.searcher}


def main() -> None:
    """Measure at each size; print Markdown, write JSON and, where asked, the README."""
    asked = _options()
    questions = [one for one in questions_of(asked.queries) if (one.kind, one.variant) in COLUMNS]
    measured: list[SearchSized] = []
    with tempfile.TemporaryDirectory() as temporary:
        scratch = (asked.scratch or Path(temporary)).absolute()
        scratch.mkdir(parents=True, exist_ok=True)
        for size in asked.sizes:
            with tempfile.TemporaryDirectory(prefix=f"{size}-", dir=scratch) as folder:
                prepared = prepare(asked.docs, size, Path(folder), scratch / "tools", asked.only)
                measured.append(measure(size, *prepared, questions, asked.runs))
            _save(asked.output, measured)
    text = f"{run_of(_versions(measured))}\n\n{tables(measured)}\n"
    print(text)
    if asked.readme:
        put_into(README, "search results", text)


def _options() -> argparse.Namespace:
    names = [OURS, *_RIVALS]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, help="a JSONL file of documents")
    parser.add_argument("--queries", type=Path, help="a JSONL file of judged queries")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="documents, as in 2884,10000")
    parser.add_argument("--runs", type=int, default=3, help="of making the index")
    parser.add_argument("--only", type=lambda text: text.split(","), default=names)
    parser.add_argument("--scratch", type=Path, help="keeps the installed tools there")
    output = Path(__file__).parent / "results-search.json"
    parser.add_argument("--output", type=Path, default=output)
    parser.add_argument("--readme", action="store_true", help="put the tables into README.md")
    asked = parser.parse_args()
    for name in ("docs", "queries"):
        place = getattr(asked, name)
        if place is None or not place.is_file():
            missing = "is needed" if place is None else f"{place} is no file"
            parser.error(f"--{name} {missing}: give DOCS and QUERIES (see bench/README.md)")
    if unknown := set(asked.only) - set(names):
        parser.error(f"no such engine: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return asked


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def prepare(
    collection: Path, size: int, folder: Path, scratch: Path, only: Sequence[str]
) -> tuple[list[Searcher], dict[str, str]]:
    """Engines with `size` documents each, in `folder`, and why others are absent."""
    _say(f"{size} documents: preparing")
    place = folder / "documents.jsonl"
    write_collection(collection, size, place)
    documents = documents_of(place)
    searchers = [own(place, folder / "ours")] if OURS in only else []
    absent = {}
    for name in (name for name in _RIVALS if name in only):
        try:
            searchers.append(_RIVALS[name](documents, folder / name, scratch))
        except Absent as reason:
            absent[name] = str(reason)
    return searchers, absent


def measure(
    size: int,
    searchers: Sequence[Searcher],
    absent: dict[str, str],
    questions: Sequence[Question],
    runs: int,
) -> SearchSized:
    """Let each engine make its index, in turn, `runs` times; then put the queries to each."""
    costs: dict[str, list[Cost]] = {searcher.name: [] for searcher in searchers}
    faults: dict[str, str] = {}
    for searcher in [searcher for _ in range(runs) for searcher in searchers]:
        _say(f"{size} documents: index of {searcher.name}")
        _try(searcher, faults, lambda one: costs[one.name].append(cost_of(one.command)))
    found: dict[str, Found] = {}
    for searcher in searchers:
        _say(f"{size} documents: queries to {searcher.name}")
        _try(searcher, faults, partial(_put, size, questions, costs, found))
    return SearchSized(size, list(found.values()), {**absent, **faults})


def _try(searcher: Searcher, faults: dict[str, str], step: Callable[[Searcher], None]) -> None:
    """An engine that fails is told, and does not stop the others."""
    if searcher.name not in faults:
        try:
            step(searcher)
        except (Failed, EngineFailed) as fault:
            faults[searcher.name] = f"failed: {fault}"


def _put(
    size: int,
    questions: Sequence[Question],
    costs: dict[str, list[Cost]],
    found: dict[str, Found],
    searcher: Searcher,
) -> None:
    timed = questions[::_TIMED]
    asked = questions if size <= _PUT else timed
    answers = searcher.ask(Asking(_texts(asked), _texts(timed), titles(questions)))
    found[searcher.name] = Found(
        searcher.name,
        searcher.version,
        scores_of(asked, answers.found),
        answers.cold,
        answers.warm,
        costs[searcher.name],
        searcher.size(),
    )


def _texts(questions: Sequence[Question]) -> list[str]:
    return [question.text for question in questions]


def _versions(measured: Sequence[SearchSized]) -> str:
    return ", ".join(dict.fromkeys(f"{o.name} {o.version}" for s in measured for o in s.found))


def _save(place: Path, measured: Sequence[SearchSized]) -> None:
    rows = [
        {
            "documents": sized.documents,
            "absent": sized.absent,
            "engines": [_plain(one) for one in sized.found],
        }
        for sized in measured
    ]
    place.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _plain(found: Found) -> dict[str, object]:
    scores = {" ".join(key): score._asdict() for key, score in found.scores.items()}
    costs = [cost._asdict() for cost in found.costs]
    return asdict(found) | {"scores": scores, "costs": costs}


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
