"""Times the commands on a generated project: `make bench`, or `python bench/run.py [MODELS]`.

Whole processes, medians of several runs, with the machine's own speed beside them: these figures
are for comparing within one run, on one machine.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from corpus import write_corpus

MODELS = 1_600
RUNS = 5
_START = "import site_builder.cli"
"""What every command pays before it begins: shows how fast the machine is at the moment."""


class Cost(NamedTuple):
    """Of one finished process: seconds, seconds, bytes."""

    wall: float
    cpu: float
    memory: int


def cost_of(command: Sequence[str]) -> Cost:
    """Run `command` to its end; POSIX only, as the system does the accounting."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def median_of(command: Sequence[str], runs: int) -> Cost:
    """The medians over `runs` runs, after one that does not count."""
    cost_of(command)
    costs = [cost_of(command) for _ in range(runs)]
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def main(models: int) -> None:
    """Print a Markdown table."""
    tool = [sys.executable, "-m", "site_builder"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "project"
        write_corpus(folder, models)
        rows = {
            "start alone": ([sys.executable, "-c", _START], RUNS),
            "check": ([*tool, "check", "-q", "-C", str(folder)], RUNS),
            "build": ([*tool, "build", "-q", "-C", str(folder)], 1),
        }
        print(f"{models} models, {models // 4} articles; {os.cpu_count()} cores\n")
        print("| what | wall s | CPU s | peak MB | runs |\n| --- | ---: | ---: | ---: | ---: |")
        for name, (command, runs) in rows.items():
            cost = median_of(command, runs)
            shown = f"{cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory / 1e6:.0f} | {runs}"
            print(f"| {name} | {shown} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else MODELS)
