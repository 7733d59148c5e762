"""Holds copies packed in advance against packing while answering: `make bench-serve`.

The sample site behind nginx on this machine, as `server-config` has it and with its compression
changed, under the same load, in one run; and what MDN's Observatory thinks of the headers. What
each column says stands in README.md.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# Servers are started as tests start them.
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

from measure import processor_time_of
from releases import make_project, make_release
from report import README, put_into, run_of
from rivals.install import Absent
from servers import Served, open_folder, program, started

HERE = Path(__file__).parent
_PACKED = re.compile(r"    gzip off;\n    gzip_static on;\n(.*?)    brotli_static on;\n", re.DOTALL)
_SCRIPT = """\
local pages, turn = {{ {pages} }}, 0
request = function()
    turn = turn % #pages + 1
    return wrk.format("GET", pages[turn], {{ ["Accept-Encoding"] = "{accepted}" }})
end
done = function(summary, latency, requests)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("FIGURES %d %d %d %d %d %d\\n", summary.requests, summary.bytes,
        summary.duration, failed, latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Way:
    """How answers become small."""

    name: str
    accepted: str
    """What the browser says that it can unpack."""
    lines: str | None = None
    """In place of what the configuration says of compression; None leaves it."""

    def change(self, text: str) -> str:
        """The configuration that packs in this way."""
        if self.lines is None:
            return text
        changed, times = _PACKED.subn(lambda _: f"    {self.lines}\n", text)
        assert times == 1
        return changed


def _gzip(level: int) -> str:
    return f"gzip on; gzip_vary on; gzip_comp_level {level}; gzip_types *;"


WAYS = (
    Way("packed in advance, Brotli", "gzip, br"),
    Way("packed in advance, gzip", "gzip"),
    Way("while answering, gzip 1 (nginx's default)", "gzip", _gzip(1)),
    Way("while answering, gzip 6", "gzip", _gzip(6)),
    Way("while answering, Brotli 6", "br", "brotli on; brotli_comp_level 6; brotli_types *;"),
    Way("not packed", "identity", "gzip off;"),
)


@dataclass
class Load:
    """What one way did under load, run by run."""

    way: str
    per_second: list[float] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)
    """Of an answer with its headers."""
    processor: list[float] = field(default_factory=list)
    """Milliseconds of the server's processor time for an answer."""
    median: list[float] = field(default_factory=list)
    """Milliseconds until an answer was there."""
    slowest: list[float] = field(default_factory=list)
    """The same of the slowest in a hundred."""


def main() -> None:
    """Measure; print Markdown, write JSON and, where asked, the README."""
    asked = _options()
    with open_folder() as folder:
        project = make_project(folder / "project", "/")
        root = make_release(project, folder)
        loads = measure(project, root, asked.runs, asked.seconds)
        try:
            grades = grade(project, root)
        except Absent as reason:
            grades = {}
            _say(f"no grades: {reason}")
    text = f"{run_of(_versions())}\n\n{load_table(loads)}\n\n{grade_table(grades)}\n"
    print(text)
    figures = {"loads": [asdict(one) for one in loads], "grades": grades}
    asked.output.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if asked.readme:
        put_into(README, "serving results", text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of each way")
    parser.add_argument("--seconds", type=int, default=5, help="of load in a run")
    parser.add_argument("--output", type=Path, default=HERE / "results-serve.json")
    parser.add_argument("--readme", action="store_true", help="put the tables into README.md")
    return parser.parse_args()


def measure(project: Path, root: Path, runs: int, seconds: int) -> list[Load]:
    """Put every way under load, in turn, `runs` times: each page of the site after the other."""
    pages = sorted(
        f"/{place.parent.relative_to(root).as_posix()}/".replace("/./", "/")
        for place in root.rglob("index.html")
    )
    loads = [Load(way.name) for way in WAYS]
    for turn in range(runs):
        for way, load in zip(WAYS, loads, strict=True):
            _say(f"run {turn + 1}: {way.name}")
            with started("nginx", project, root, change=way.change) as served:
                _check(served, way)
                put_under_load(served, way, pages, seconds, load)
    return loads


def _check(served: Served, way: Way) -> None:
    """The way is the one that is meant."""
    answer = served.get("", accept_encoding=way.accepted)
    expected = {"gzip, br": "br", "identity": None}.get(way.accepted, way.accepted)
    assert answer.headers.get("content-encoding") == expected, (way.name, answer.headers)


def put_under_load(
    served: Served, way: Way, pages: Sequence[str], seconds: int, load: Load
) -> None:
    """One run of wrk; its figures are added to `load`."""
    addresses = ", ".join(f'"{page}"' for page in pages)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT.format(pages=addresses, accepted=way.accepted))
        script.flush()
        before = _processor_time(served)
        wrk = [program("wrk"), "-t1", "-c16", f"-d{seconds}s", "-s", script.name, served.origin]
        said = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
        used = _processor_time(served) - before
    found = re.search(r"FIGURES (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", said)
    assert found, said
    answers, sent, microseconds, failed, median, slowest = map(int, found.groups())
    assert not failed, said
    load.per_second.append(answers / microseconds * 1e6)
    load.kilobytes.append(sent / answers / 1000)
    load.processor.append(used / answers * 1000)
    load.median.append(median / 1000)
    load.slowest.append(slowest / 1000)


def _processor_time(served: Served) -> float:
    """Seconds that the processes of a server have used."""
    task = Path(f"/proc/{served.process}/task/{served.process}/children")
    return sum(processor_time_of(int(child)) for child in task.read_text().split())


def load_table(loads: Sequence[Load]) -> str:
    """Medians of the runs."""
    head = (
        "| pages are | answers a second | KB an answer | server ms an answer | median ms | p99 ms |"
    )
    rows = [head, "| --- |" + " ---: |" * 5]
    for one in loads:
        figures = (
            f"{statistics.median(one.per_second):,.0f}",
            f"{statistics.median(one.kilobytes):.1f}",
            f"{statistics.median(one.processor):.2f}",
            f"{statistics.median(one.median):.1f}",
            f"{statistics.median(one.slowest):.1f}",
        )
        rows.append(f"| {one.way} | {' | '.join(figures)} |")
    return "\n".join(rows)


def grade(project: Path, root: Path) -> dict[str, Any]:
    """What the Observatory thinks of each server, by its name. Raises `Absent`."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise Absent("npm or Node.js is not installed")
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE / "observatory", folder, dirs_exist_ok=True)
        install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Absent(done.stderr.strip() or "npm ci failed")
        for server in ("nginx", "apache"):
            with started(server, project, root) as served:
                trusted = os.environ | {"NODE_EXTRA_CA_CERTS": str(served.certificate)}
                ports = [str(served.http), str(served.https)]
                graded = subprocess.run(
                    [node, folder / "grade.mjs", *ports],
                    env=trusted,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                found[server] = json.loads(graded.stdout)
    return found


def grade_table(grades: dict[str, Any]) -> str:
    """A row a test, a column a server."""
    if not grades:
        return "The Observatory could not be had."
    rows = [f"| test | {' | '.join(grades)} |", "| --- |" + " ---: |" * len(grades)]
    rows.append(
        "| **all** | "
        + " | ".join(f"**{one['grade']}** ({one['score']})" for one in grades.values())
        + " |"
    )
    for test in next(iter(grades.values()))["tests"]:
        results = [one["tests"][test] for one in grades.values()]
        cells = (
            f"{'passed' if one['pass'] else '**failed**'}, {one['points']:+d}" for one in results
        )
        rows.append(f"| {test} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _versions() -> str:
    """Of the programs that were measured."""
    told = []
    for command in (["nginx", "-v"], ["apache2", "-v"], ["wrk", "-v"]):
        done = subprocess.run(
            [program(command[0]), command[1]], capture_output=True, text=True, check=False
        )
        number = re.search(r"(?:/|wrk (?:debian/)?)(\d[\w.]*)", done.stdout + done.stderr)
        told.append(f"{command[0]} {number[1] if number else 'of unknown version'}")
    lock = json.loads((HERE / "observatory" / "package-lock.json").read_text("utf-8"))
    name = "@mdn/mdn-http-observatory"
    return ", ".join([*told, f"{name} {lock['packages'][f'node_modules/{name}']['version']}"])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
