"""`bench/serve.py` measures what it says: other lines on compression, the same of all else."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "bench"))

import serve
from servers import started

from site_builder.serving import Place, Setup, configuration


@pytest.mark.parametrize("way", serve.WAYS, ids=lambda way: way.name)
def test_a_way_changes_only_how_answers_become_small(way):
    own = configuration("nginx", "Trang", Place("localhost", 443, "/"), Setup())
    there, gone = set(way.change(own).splitlines()), set(own.splitlines())
    if way.lines is None:
        assert there == gone
    else:
        assert f"    {way.lines}" in there
        assert len(there - gone) <= 1
        assert all("gzip" in line or "brotli" in line for line in gone - there)


def test_a_run_counts_answers_and_their_cost(homes):
    project, root = homes["/"]
    way, load = serve.WAYS[1], serve.Load("gzip")
    if shutil.which("wrk") is None:
        pytest.skip("wrk is for the bench alone")
    with started("nginx", project, root, change=way.change) as served:
        serve.put_under_load(served, way, ["/", "/mo-hinh/"], 1, load)
    smallest = min((root / f"{path}index.html.gz").stat().st_size for path in ("", "mo-hinh/"))
    assert load.per_second[0] > 10
    assert load.kilobytes[0] * 1000 > smallest
    assert load.processor[0] > 0
    assert 0 < load.median[0] <= load.slowest[0]
    assert serve.load_table([load]).count("\n") == 2


def test_grades_are_shown_beside_each_other():
    test = {"result": "x", "pass": True, "points": 10}
    other = {"result": "x", "pass": False, "points": -20}
    table = serve.grade_table(
        {
            "nginx": {"grade": "A+", "score": 110, "tests": {"csp": test}},
            "apache": {"grade": "B", "score": 80, "tests": {"csp": other}},
        }
    )
    assert "| **all** | **A+** (110) | **B** (80) |" in table
    assert "| csp | passed, +10 | **failed**, -20 |" in table
    assert "could not be had" in serve.grade_table({})
