"""What the terminal needs: Vietnamese help, UTF-8, colour when wanted, progress on long work."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from site_builder.workers import Progress

_WORDS = {
    "Usage:": "Cách dùng:",
    "Options:": "Tùy chọn:",
    "Arguments:": "Tham số:",
    "Commands:": "Các lệnh:",
    "Show this message and exit.": "Hiện trợ giúp này rồi thoát.",
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH [THAM SỐ]...",
    "[default:": "[mặc định:",
    "default: ": "mặc định: ",
    "env var: ": "biến môi trường: ",
    "[required]": "[bắt buộc]",
}
_LONG_WORK = 200
"""Files from which a progress bar is worth drawing."""


def _in_vietnamese(text: str) -> str:
    for english, own in _WORDS.items():
        # Typer breaks long lines wherever there is a blank.
        pattern = re.escape(english).replace(r"\ ", r"\s+")
        text = re.sub(pattern, own, text)
    return text


class VietnameseCommand(TyperCommand):
    """A command whose help is in Vietnamese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text, Typer's own words translated."""
        return _in_vietnamese(super().get_help(ctx))


class VietnameseGroup(TyperGroup):
    """A group whose help is in Vietnamese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text, Typer's own words translated."""
        return _in_vietnamese(super().get_help(ctx))


def usage_text(error: typer.TyperException) -> str:
    """What is wrong with the command line, in Vietnamese."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return f"{error}\n"
    if kind == "NoSuchOption":
        what = f"Không có tùy chọn {getattr(error, 'option_name', '')}."
    elif kind == "MissingParameter":
        parameter = getattr(error, "param", None)
        what = f"Thiếu {getattr(parameter, 'name', '')}: {getattr(parameter, 'help', '')}"
    elif kind == "BadOptionUsage":
        name = getattr(error, "option_name", "")
        what = f"Tùy chọn {name} thiếu giá trị, hoặc không nhận giá trị."
    elif kind == "BadParameter" and getattr(error, "param", None) is None:
        what = f"Dùng lệnh chưa đúng: {error}."
    elif kind == "BadParameter":
        what = f"Giá trị của {getattr(error, 'param').opts[0]} không hợp lệ."  # noqa: B009
    else:
        what = "Lệnh này không có, hoặc viết chưa đúng."
    return f"{what}\nGõ site-builder --help để xem các lệnh.\n"


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

    def advance(done: int, total: int) -> None:
        bars.update(task, completed=done, total=total, visible=total >= _LONG_WORK)

    return advance
