"""Times `site-builder serve`: from the moment a story is saved until its page shows it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from measure import Cost, Failed, peak_of, processor_time_of
from scenarios import Result
from tools import SAVED, Tool

RUNS = 5
_PAUSE = 0.005
"""Seconds between two looks at the page."""
_PATIENCE = 60
"""Seconds after which an edit is taken to be lost."""
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


def measure_preview(tool: Tool) -> Result:
    """Save a story `RUNS` times, each time another one, while one preview runs."""
    try:
        with _serving(tool) as (process, port):
            costs = [_cost_of_save(tool, turn, process, port) for turn in range(RUNS)]
    except Failed as failure:
        return Result(tool, SAVED, [], 0, f"failed: {failure}")
    return Result(tool, SAVED, costs, 0)


@contextmanager
def _serving(tool: Tool) -> Iterator[tuple[int, int]]:
    """Process and port of a preview that has built its site."""
    command = [sys.executable, "-m", "site_builder", "serve", "--address", "127.0.0.1:0"]
    process = subprocess.Popen(
        command,
        cwd=tool.folder,
        env={**os.environ, **tool.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if found := _ADDRESS.search(line):
                yield process.pid, int(found[1])
                return
        raise Failed("".join(lines)[-1_000:])
    finally:
        process.kill()
        process.communicate()


def _cost_of_save(tool: Tool, turn: int, process: int, port: int) -> Cost:
    used = processor_time_of(process)
    began = time.perf_counter()
    story, title = tool.edit_story(turn)
    address = f"/{tool.address_of(story)}"
    while title not in _page(port, address):
        if time.perf_counter() - began > _PATIENCE:
            raise Failed(f"{story.name}: saved, and not shown in {_PATIENCE} s")
        time.sleep(_PAUSE)
    wall = time.perf_counter() - began
    time.sleep(1)  # what it still has to do is not the next story's
    return Cost(wall, processor_time_of(process) - used, peak_of(process))


def _page(port: int, address: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", address)
    text = connection.getresponse().read().decode()
    connection.close()
    return text
