"""What the terminal needs: UTF-8, colour when wanted, progress on long work."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from site_builder.workers import Progress

_LONG_WORK = 200
"""Files from which a progress bar is worth drawing."""
_LONG_TIME = 1.0
"""Seconds after which it is worth drawing for fewer: photos take long."""


def use_utf8() -> None:
    """Old Windows consoles default to a code page without Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str, stream: TextIO | None = None) -> None:
    """Print; a reader who closes the pipe early (`| head`) is no fault."""
    target = stream or sys.stdout
    try:
        target.write(text)
        target.flush()
    except BrokenPipeError:
        # Python would complain once more while closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())


def wants_colour(stream: TextIO) -> bool:
    """Only on a terminal, and not against the user's NO_COLOR (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def progress_bars(*labels: str, quiet: bool) -> Iterator[tuple[Progress | None, ...]]:
    """A bar on the terminal for each stage of long work; none when quiet or redirected."""
    if quiet or not sys.stderr.isatty():
        yield (None,) * len(labels)
        return
    from rich.console import Console  # noqa: PLC0415 - slow to import
    from rich.progress import Progress as Bars  # noqa: PLC0415

    with Bars(console=Console(stderr=True), transient=True) as bars:
        yield tuple(_bar(bars, label) for label in labels)


def _bar(bars: Any, label: str) -> Progress:
    task = bars.add_task(label, total=None, visible=False)
    began = 0.0

    def advance(done: int, total: int) -> None:
        nonlocal began
        began = began or time.monotonic()
        is_long = total >= _LONG_WORK or time.monotonic() - began > _LONG_TIME
        bars.update(task, completed=done, total=total, visible=is_long)

    return advance
