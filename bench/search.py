"""Holds the site's search against others: `make bench-search DOCS=… QUERIES=…`.

The same documents, queries and scores for each, at each size, in one run. The collection is not
part of the project. What each column says stands in README.md.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
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
from site_builder.search.judging import Question, completed, questions_of, scores_of
from site_builder.search.measuring import Asking, titles
from site_builder.search.terms import SearchDocument

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
                place = Path(folder, "documents.jsonl")
                write_collection(asked.docs, size, place)
                found = measure(place, questions, scratch / "tools", asked.only, asked.runs)
                measured.append(found)
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


def measure(
    collection: Path, questions: Sequence[Question], scratch: Path, only: Sequence[str], runs: int
) -> SearchSized:
    """Let each engine make its index, in turn, `runs` times; then put the queries to each.

    The indexes stand beside the collection.
    """
    documents = documents_of(collection)
    size = len(documents)
    _say(f"{size} documents: preparing")
    judged = completed(questions, documents)
    searchers, absent = _prepare(collection, documents, scratch, only)
    trials = [_Trial(searcher) for searcher in searchers]
    for trial in trials * runs:
        _say(f"{size} documents: index of {trial.searcher.name}")
        trial.index()
    for trial in trials:
        _say(f"{size} documents: queries to {trial.searcher.name}")
        trial.put(judged, every=size <= _PUT)
    faults = {trial.searcher.name: trial.fault for trial in trials if trial.fault}
    found = [trial.found for trial in trials if trial.found]
    return SearchSized(size, found, {**absent, **faults})


def _prepare(
    collection: Path, documents: Sequence[SearchDocument], scratch: Path, only: Sequence[str]
) -> tuple[list[Searcher], dict[str, str]]:
    """Engines that have the documents, and why others are absent."""
    folder = collection.parent
    searchers = [own(collection, folder / "ours")] if OURS in only else []
    absent = {}
    for name in (name for name in _RIVALS if name in only):
        try:
            searchers.append(_RIVALS[name](documents, folder / name, scratch))
        except Absent as reason:
            absent[name] = str(reason)
    return searchers, absent


class _Trial:
    """One engine's turns. When one fails, the rest of them are left out, and no other engine's."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.found: Found | None = None
        self.fault = ""
        self._costs: list[Cost] = []

    def index(self) -> None:
        """Have the index made."""
        if not self.fault:
            try:
                self._costs.append(cost_of(self.searcher.command))
            except Failed as fault:
                self.fault = f"failed: {fault}"

    def put(self, questions: Sequence[Question], *, every: bool) -> None:
        """Put the queries: every one, or only those that are timed."""
        if self.fault:
            return
        timed = questions[::_TIMED]
        asked = questions if every else timed
        one = self.searcher
        try:
            answers = one.ask(Asking(_texts(asked), _texts(timed), titles(questions)))
        except EngineFailed as fault:
            self.fault = f"failed: {fault}"
            return
        scores = scores_of(asked, answers.found)
        self.found = Found(
            one.name, one.version, scores, answers.cold, answers.warm, self._costs, one.size()
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
