"""The bench measures whole process trees, says what is met, and gives all tools the same pages."""

import dataclasses
import json
import os
import shutil
import sys
import textwrap
from pathlib import Path
from statistics import mean

import pytest

BENCH = Path(__file__).parent.parent / "bench"
sys.path.insert(0, str(BENCH))

import corpus  # noqa: E402 - these stand beside the program that runs them
import measure  # noqa: E402
import preview  # noqa: E402
import report  # noqa: E402
import run  # noqa: E402
import scenarios  # noqa: E402
import search  # noqa: E402
import search_corpus  # noqa: E402
import search_report  # noqa: E402
import tools  # noqa: E402
from measure import Command, Cost, Failed  # noqa: E402
from rivals import eleventy, hugo, install, pagefind, zensical  # noqa: E402
from rivals.entries import read_site, write_page  # noqa: E402
from scenarios import Result  # noqa: E402
from searchers import Searcher  # noqa: E402
from tools import CLEAN, OURS, REFERENCE, SEARCH, STORY, Tool  # noqa: E402

from site_builder import load_site  # noqa: E402
from site_builder.pages.plan import plan_site  # noqa: E402
from site_builder.search.indexing import documents_of, rows  # noqa: E402
from site_builder.search.judging import Score, questions_of  # noqa: E402

MB = 1_000_000


def python(folder: Path, program: str) -> Command:
    return Command([sys.executable, "-c", textwrap.dedent(program)], folder)


def a_tool(folder: Path, name: str = OURS, kind: str = SEARCH, **own) -> Tool:
    return Tool(name, "1", kind, folder, own.pop("commands", ()), **own)


def a_result(wall: float, name: str = OURS, kind: str = SEARCH, **own) -> Result:
    tool = a_tool(Path("somewhere"), name, kind)
    costs = [Cost(wall, 2 * wall, 300 * MB)] * 3
    return Result(tool, own.pop("scenario", CLEAN), costs, own.pop("pages", 1_000), **own)


# measure.py


def test_processor_time_of_a_child_counts(tmp_path):
    cost = measure.cost_of(
        python(
            tmp_path,
            """
            import subprocess, sys
            work = "import time\\nwhile time.process_time() < 0.4: pass"
            subprocess.run([sys.executable, "-c", work], check=True)
            """,
        )
    )
    assert cost.cpu > 0.4
    assert cost.wall > 0.4


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")
def test_memory_of_processes_at_work_together_adds_up(tmp_path):
    program = """
        import subprocess, sys
        work = "import time; held = b'x' * 60_000_000; time.sleep(1)"
        running = [subprocess.Popen([sys.executable, "-c", work]) for _ in range(3)]
        [one.wait() for one in running]
    """
    assert 180 * MB < measure.cost_of(python(tmp_path, program)).memory < 300 * MB


def test_memory_of_a_short_process_is_never_missed(tmp_path):
    held = bytearray(200 * MB)  # by us, which Linux would count as the command's
    cost = measure.cost_of(python(tmp_path, "held = b'x' * 80_000_000"))
    assert 80 * MB < cost.memory < 160 * MB < len(held)


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path):
    with pytest.raises(Failed, match="no such thing"):
        measure.cost_of(python(tmp_path, "raise SystemExit('no such thing')"))


def test_times_of_steps_add_up_and_memory_is_that_of_the_largest(tmp_path):
    steps = [python(tmp_path, "held = b'x' * 80_000_000"), python(tmp_path, "pass")]
    cost = measure.cost_of_all(steps, {})
    assert 80 * MB < cost.memory < 160 * MB


# report.py


def test_a_table_has_medians_pages_and_ratios():
    sized = report.Sized(1_000, [a_result(2), a_result(5, REFERENCE, pages=999)])
    what = "| clean build, with search"
    assert report.table(sized).splitlines()[2:] == [
        f"{what} | site-builder | 2.00 | 4.00 | 300 | 3 | 1000 | 2.00 | 1.00 | 1.00 |",
        f"{what} | mkdocs | 5.00 | 10.00 | 300 | 3 | 999 | 5.01 | 2.50 | 2.50 |",
    ]


def test_a_table_names_what_is_absent_stale_or_failed():
    wrong = a_result(1, "Hugo + Pagefind", fault="stale: lists have the old title")
    text = report.table(report.Sized(10, [a_result(2), wrong], {"zensical": "no such package"}))
    assert "| Hugo + Pagefind | stale: lists have the old title |" in text
    assert "| zensical | absent: no such package |" in text
    assert {line.count("|") for line in text.splitlines()} == {11}


def test_targets_are_met_missed_or_not_measured():
    results = [
        a_result(8, pages=10_000),
        a_result(20, REFERENCE),
        a_result(0.3, scenario=STORY),
    ]
    rows = report.targets([report.Sized(10_000, results)]).splitlines()
    assert "| clean build | 10,000 | ≤ 1 ms a page | 0.80 | met |" in rows
    assert (
        "| clean build, against mkdocs | 10,000 | ≥ 3 times faster | 2.50 | **missed** |"
    ) in rows
    assert "| one story edited | 10,000 | ≤ 0.6 s | 0.30 | met |" in rows
    assert "| one story edited | 50,000 | ≤ 2 s | | not measured |" in rows


def test_growth_is_told_from_size_to_size():
    middle = [a_result(10, pages=10_000), a_result(0.5, scenario=STORY)]
    large = [a_result(60, pages=50_000), a_result(1.5, scenario=STORY)]
    rows = report.targets([report.Sized(10_000, middle), report.Sized(50_000, large)])
    against = "against 10,000 models | 50,000"
    assert f"| one story edited, {against} | ≤ 4 times slower | 3.00 | met |" in rows
    against = "a page, against 10,000 models | 50,000"
    assert f"| clean build, {against} | ≤ 1.25 times slower | 1.20 | met |" in rows


def test_a_wrong_site_meets_no_target():
    wrong = a_result(0.1, scenario=STORY, fault="stale: the page has the old title")
    rows = report.targets([report.Sized(10_000, [wrong])])
    assert "| one story edited | 10,000 | ≤ 0.6 s | | not measured |" in rows


# scenarios.py

GENERATOR = """
    import pathlib, sys
    for story in pathlib.Path("models").glob("*/*.md"):
        title = story.read_text("utf-8").splitlines()[1] if sys.argv[1] == "right" else "old"
        shown = pathlib.Path("overrides/main.html").read_text("utf-8") + title
        for place in (f"mo-hinh/{story.parent.name}/{story.stem}", "nam/2020"):
            page = pathlib.Path("site", place, "index.html")
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(shown, "utf-8")
"""


@pytest.mark.parametrize(("kind", "fault"), [("right", ""), ("wrong", "stale: the page")])
def test_only_a_build_that_shows_the_edit_counts(tmp_path, kind, fault):
    write_page(tmp_path / "models" / "an-ninh" / "mot.md", {"title": "Tiếng kẻng"}, "Bà con.\n")
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "main.html").write_text('<meta name="theme" content="0">')
    command = [*python(tmp_path, GENERATOR).arguments, kind]
    tool = a_tool(tmp_path, commands=[Command(command, tmp_path)])
    found = {result.scenario: result for result in scenarios.measure([tool], 1, lambda text: None)}
    assert found[STORY].fault.startswith(fault)
    assert bool(found[STORY].fault) == bool(fault)
    assert {scenario for scenario, result in found.items() if not result.fault} == (
        set(tools.BUILDS) - ({STORY} if fault else set())
    )
    assert len(found[CLEAN].costs) == scenarios.CHEAP_RUNS


def test_a_failing_tool_does_not_stop_the_others(tmp_path):
    broken = a_tool(tmp_path, "broken", commands=[python(tmp_path, "raise SystemExit('oh')")])
    broken = dataclasses.replace(broken, scenarios=(tools.COLD,))
    other = a_tool(tmp_path, "other", commands=[python(tmp_path, "pass")])
    other = dataclasses.replace(other, scenarios=(tools.COLD,))
    first, second = scenarios.measure([broken, other], 1, lambda text: None)
    assert first.fault.startswith("failed: ") and first.fault.endswith("oh")
    assert second.fault == "" and second.costs


# tools.py and rivals/


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench") / "project"
    corpus.write_corpus(folder, 120)
    return folder


@pytest.fixture(scope="module")
def prepared(project, tmp_path_factory):
    """Each rival's input, made without the rival."""
    folder = tmp_path_factory.mktemp("rivals")
    site = read_site(project)
    for name, module in (("hugo", hugo), ("eleventy", eleventy), ("zensical", zensical)):
        module.prepare(site, folder / name)
    return folder


STORIES = {"hugo": "content/{}", "eleventy": "{}", "zensical": "docs/{}"}


@pytest.mark.parametrize("name", STORIES)
def test_each_rival_gets_every_model_and_article(project, prepared, name):
    own = {p.relative_to(project / "models").as_posix() for p in project.glob("models/*/*.md")}
    for section, count in (("mo-hinh", 120), ("tin-tuc", 30)):
        root = prepared / name / STORIES[name].format(section)
        found = {p.relative_to(root).as_posix() for p in root.glob("*/*.md")}
        found = {path for path in found if not path.startswith("trang/")}
        assert len(found) == count
        if section == "mo-hinh":
            assert found == own


def test_lists_have_the_addresses_of_our_own(project, prepared):
    """Zensical's are files; the others' templates are to give the same."""
    docs = prepared / "zensical" / "docs"
    made = {f"{p.relative_to(docs).with_suffix('').as_posix()}/" for p in docs.rglob("*.md")}
    planned = {page.address for page in plan_site(load_site(project).require_catalogue()).pages}
    # Only first pages are compared: ours have up to 47 cards, so that a new story changes one page.
    made, planned = ({a for a in every if "/trang/" not in a} for every in (made, planned))
    for section in ("mo-hinh/", "linh-vuc/", "nam/", "chu-de/", "don-vi/xa-"):
        ours = {address for address in planned if address.startswith(section)}
        theirs = {address for address in made if address.startswith(section)}
        assert ours and theirs - {"chu-de/"} == ours
    assert abs(len(made) - len(planned)) <= 8


@pytest.mark.parametrize("name", STORIES)
def test_an_edit_changes_title_and_body_of_one_model_every_time(prepared, name):
    pattern = f"{STORIES[name].format('mo-hinh')}/*/mo-hinh-*.md"
    tool = a_tool(prepared / name, stories=lambda root: sorted(root.glob(pattern)))
    story, title = tool.edit_story(0)
    assert title.endswith(" (sửa 0)")
    text = story.read_text("utf-8")
    assert f"title: {title}\n" in text and "sửa lần 0." in text
    tool.edit_story(len(tool.stories(tool.folder)))
    again = story.read_text("utf-8")
    assert "(sửa 0)" not in again and f"(sửa {120})\n" in again


def test_own_projects_have_a_template_of_their_own(project, tmp_path):
    made = {tool.name: tool for tool in tools.own_tools(project, tmp_path)}
    for name in (OURS, REFERENCE):
        tool = made[name]
        assert tool.kind == SEARCH
        assert "custom_dir: overrides" in (tool.folder / "mkdocs.yml").read_text("utf-8")
        assert tool.edit_template(3) in (tool.folder / tool.template).read_text("utf-8")


def test_a_story_is_saved_until_the_preview_shows_it(project, tmp_path):
    (tool,) = [t for t in tools.own_tools(project, tmp_path) if t.name == tools.PREVIEW]
    found = preview.measure_preview(tool)
    assert not found.fault
    assert len(found.costs) == preview.RUNS
    assert all(0 < cost.wall < 60 for cost in found.costs)
    shown = report.table(report.Sized(120, [found]))
    assert "| story saved, until the preview shows it | site-builder serve | " in shown


def test_a_preview_that_does_not_start_is_told_with_its_last_words(tmp_path):
    found = preview.measure_preview(a_tool(tmp_path))
    assert found.fault.startswith("failed: Thư mục ") and not found.costs


def test_forgetting_puts_site_state_and_caches_aside_and_nothing_else(tmp_path):
    for name in ("site", ".site-builder", ".home-cache", "models"):
        (tmp_path / "project" / name).mkdir(parents=True)
    a_tool(tmp_path / "project").forget()
    assert [place.name for place in (tmp_path / "project").iterdir()] == ["models"]


def test_a_tool_that_cannot_be_had_is_absent_with_the_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    _, absent = run.prepare(4, tmp_path / "work", tmp_path, ["eleventy"])
    assert absent == {"eleventy": "npm is not installed"}


# search.py


TITLES = ["Đường hoa nông thôn mới", "Tiếng kẻng an ninh", "Tủ sách thôn Đông", "Giếng làng xanh"]


@pytest.fixture
def collection(tmp_path):
    """Six documents of two topics, and the title of each as a query."""
    documents = [
        {
            "id": f"n{number}",
            "title": title,
            "lead": "",
            "text": f"Bà con kể về {title}. Câu thứ hai số {number}. Câu <ba>.",
            "topic": ("tin", "luat")[number % 2],
            "date": None,
        }
        for number, title in enumerate([*TITLES, "Nghị quyết một", "Nghị quyết hai"])
    ]
    queries = [
        {"set": "T", "rel": [one["id"]], "v": {"a": one["title"], "bg": "không hỏi"}}
        for one in documents
    ]
    places = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl"
    for place, lines in zip(places, (documents, queries), strict=True):
        place.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return places


@pytest.fixture(scope="module")
def node():
    if (found := shutil.which("node")) is None:
        assert os.environ.get("CI") != "true", "node is missing"
        pytest.skip("node is missing")
    return found


def test_a_larger_collection_begins_with_the_one_there_is_and_is_the_same_each_time(
    collection, tmp_path
):
    first, again, short = (tmp_path / name for name in ("first", "again", "short"))
    for place, count in ((first, 200), (again, 200), (short, 3)):
        search_corpus.write_collection(collection[0], count, place)
    originals, made = list(rows(collection[0])), list(rows(first))
    assert first.read_bytes() == again.read_bytes()
    assert list(rows(short)) == originals[:3]
    assert made[:6] == originals
    assert len({row["id"] for row in made}) == 200


def test_what_is_made_has_the_words_and_length_of_its_topic(collection, tmp_path):
    place = tmp_path / "made.jsonl"
    search_corpus.write_collection(collection[0], 200, place)
    originals, made = list(rows(collection[0])), list(rows(place))[6:]
    for row in made:
        of_topic = [one for one in originals if one["topic"] == row["topic"]]
        known = {word for one in of_topic for word in one["text"].split()}
        assert set(row["text"].split()) <= known
        assert {*row["title"].split()} <= {word for o in of_topic for word in o["title"].split()}
    assert len({row["text"] for row in made}) > 100
    lengths = [mean(len(row["text"]) for row in every) for every in (originals, made)]
    assert lengths[1] == pytest.approx(lengths[0], rel=0.2)


def _measured(collection, tmp_path, only, runs=1):
    place = tmp_path / "documents.jsonl"
    search_corpus.write_collection(collection[0], 9, place)
    return search.measure(place, questions_of(collection[1]), tmp_path / "tools", only, runs)


def test_our_search_is_indexed_asked_and_shown(node, collection, tmp_path):
    sized = _measured(collection, tmp_path, ["site-builder"], runs=2)
    (found,) = sized.found
    assert found.scores["T", "a"].main == 1
    assert len(found.costs) == 2 and found.costs[0].cpu > 0
    assert len(found.cold) == 6 and min(found.cold) > 10_000
    assert 0 < found.size < 10_000
    shown = search_report.tables([sized]).splitlines()
    assert shown[0] == "9 documents, 12 queries:"
    assert any(row.startswith("| site-builder | 1.000 |  | ") for row in shown)


def test_what_was_measured_is_kept_as_json(node, collection, tmp_path):
    place = tmp_path / "results.json"
    search._save(place, [_measured(collection, tmp_path, ["site-builder"])])
    (size,) = json.loads(place.read_text("utf-8"))
    (engine,) = size["engines"]
    assert (size["documents"], engine["scores"]["T a"]["main"]) == (9, 1)
    assert engine["costs"][0]["memory"] > 0


def test_an_engine_that_cannot_be_had_or_fails_is_told_and_stops_no_other(
    node, collection, tmp_path, monkeypatch
):
    def broken(documents, folder, scratch):
        return Searcher(
            "Broken", "1", python(tmp_path, "raise SystemExit('oh')"), folder, folder, ()
        )

    monkeypatch.setitem(search._RIVALS, "broken", broken)
    which = shutil.which
    monkeypatch.setattr(
        install.shutil, "which", lambda name: None if name == "npm" else which(name)
    )
    sized = _measured(collection, tmp_path, ["broken", "pagefind", "site-builder"], runs=2)
    assert [found.name for found in sized.found] == ["site-builder"]
    assert sized.absent["pagefind"] == "npm is not installed"
    assert sized.absent["Broken"].startswith("failed: ") and sized.absent["Broken"].endswith("oh")
    table = search_report.tables([sized])
    assert "| pagefind | absent: npm is not installed | |" in table
    assert "| Broken | failed: " in table


def test_an_engine_whose_index_is_whole_is_visited_once(node, collection, tmp_path):
    """It is asked like the others, and its script is counted as a server sends it."""
    (tmp_path / "script.js").write_text("/* */" * 1_000)
    (tmp_path / "engine.mjs").write_text(
        """
        export const scripts = (folder) => [`${folder}/script.js`];
        export const open = async (address) => {
          const index = await (await fetch(`${address}index.json`)).json();
          return async (query) => [index[query]];
        };
        """
    )
    (tmp_path / "index.json").write_text(json.dumps({"một": "n1", "hai": "n2"}))
    engine = tmp_path / "engine.mjs"
    command = python(tmp_path, "")
    searcher = Searcher("Whole", "1", command, tmp_path, engine, ("index.json",), whole=True)
    answers = searcher.ask(search.Asking(["một", "hai"], ["hai"], ["một", "hai"]))
    assert (answers.found, len(answers.warm)) == ([["n1"], ["n2"]], 1)
    (cold,) = answers.cold
    assert searcher.size() < cold < searcher.size() + 100


def test_pagefind_gets_the_same_texts_as_pages(collection, tmp_path, monkeypatch):
    monkeypatch.setattr(pagefind, "program", lambda scratch: "pagefind")
    documents = documents_of(collection[0])
    pagefind.searcher(documents, tmp_path / "pages", tmp_path)
    page = (tmp_path / "pages" / "n1.html").read_text("utf-8")
    assert '<html lang="vi">' in page and "<h1>Tiếng kẻng an ninh</h1>" in page
    assert "<p>Bà con kể về Tiếng kẻng an ninh. Câu thứ hai số 1. Câu &lt;ba&gt;.</p>" in page
    assert len([*(tmp_path / "pages").glob("*.html")]) == len(documents)


def test_tables_have_a_column_for_each_set_and_variant_and_for_each_cost():
    score = Score(3, 0.5, 0.5, 0.5, 1 / 3, 2 / 3, 0.5)
    other = score._replace(queries=1, main=1.0, first=1.0, ten=1.0)
    scores = {("T", "a"): score, ("X", "b"): other}
    cost = Cost(1, 2, 300 * MB)
    found = search_report.Found("Ours", "1", scores, [100_000, 200_000], [1, 2, 9], [cost], 5 * MB)
    shown = search_report.tables([search_report.SearchSized(10_000, [found])]).splitlines()
    assert shown[0] == "10,000 documents, 4 queries:"
    assert "| Ours | 0.500 |  |  |  |  |  |  |  | 1.000 |  |  |  |  | 0.500 | 0.750 |" in shown
    assert "| Ours | 150.0 | 200.0 | 200.0 | 2.0 | 9.0 | 2.0 | 300 | 5.0 |" in shown


def test_tables_are_put_between_their_own_marks(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(
        "a\n<!-- results -->\nx\n<!-- end of results -->\nb\n"
        "<!-- search results -->\ny\n<!-- end of search results -->\nc\n"
    )
    report.put_into(readme, "search results", "new\n")
    assert readme.read_text() == (
        "a\n<!-- results -->\nx\n<!-- end of results -->\nb\n"
        "<!-- search results -->\n\nnew\n\n<!-- end of search results -->\nc\n"
    )


def test_the_collection_has_to_be_given(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["search.py"])
    with pytest.raises(SystemExit) as ended:
        search.main()
    assert ended.value.code == 2
    assert "--docs is needed: give DOCS and QUERIES" in capsys.readouterr().err
