"""What a command costs: wall time, processor time and peak memory of all its processes.

POSIX: the system accounts for processor time. Memory is the largest sum of proportional set sizes
seen in the command's session (memory that forked workers share counts once), and never less than
the largest single process, which the system knows exactly. Without Linux's /proc only the latter.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_LAUNCHER = Path(__file__).with_name("launch.py")
_PROC = Path("/proc")
_PAUSE = 0.02
"""Seconds between two looks, at least."""
_SHARE = 50
"""A look waits this many times as long as the one before took, so that looking costs 2 %."""
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_SHOWN = 1_000
_LIMIT = 3_600
"""Seconds after which a command is taken to hang."""


class Failed(Exception):
    """A command ended with an error; says which, and its last words."""


class Command(NamedTuple):
    """A program with its arguments, and where it runs."""

    arguments: Sequence[str]
    folder: Path


class Cost(NamedTuple):
    """Seconds, seconds, bytes."""

    wall: float
    cpu: float
    memory: int


def cost_of_all(commands: Iterable[Command], settings: Mapping[str, str]) -> Cost:
    """Run `commands` one after the other: times add up, memory is that of the largest."""
    costs = [cost_of(command, settings) for command in commands]
    walls, cpus, memories = zip(*costs, strict=True)
    return Cost(sum(walls), sum(cpus), max(memories))


def cost_of(command: Command, settings: Mapping[str, str] | None = None) -> Cost:
    """Run `command` to its end, with `settings` added to the environment. Raises `Failed`."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryDirectory() as folder:
        spent = Path(folder, "spent.json")
        # -S and -I: with nothing that it does not need, so that it is small.
        process = subprocess.Popen(
            [sys.executable, "-S", "-I", _LAUNCHER, spent, *command.arguments],
            cwd=command.folder,
            env={**os.environ, **(settings or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Watch(process.pid)
        limit = threading.Timer(_LIMIT, os.killpg, (process.pid, signal.SIGKILL))
        limit.start()
        try:
            process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            limit.cancel()
            sampled = watch.stop()
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").strip()[-_SHOWN:]
            raise Failed(f"{' '.join(command.arguments)}: {said}")
        wall, cpu, largest = json.loads(spent.read_text("utf-8"))
    return Cost(wall, cpu, max(sampled, largest * _RSS_UNIT))


class _Watch:
    """Looks at the memory of a session again and again until it is stopped."""

    def __init__(self, session: int) -> None:
        self._session = session
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The peak in bytes."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        pause = _PAUSE
        while not self._over.wait(pause):
            began = time.thread_time()
            self._peak = max(self._peak, sum(map(_memory_of, _members(self._session))))
            pause = max(_PAUSE, _SHARE * (time.thread_time() - began))


def _members(session: int) -> Iterator[Path]:
    """Processes of `session` but for the launcher that leads it.

    Workers stay in it even when their parent has ended.
    """
    for place in _PROC.glob("[0-9]*"):
        state = _state_of(place)
        if state and state[3] == str(session) and place.name != str(session):
            yield place


def _state_of(process: Path) -> list[str]:
    """What /proc tells of a process, after its name; nothing when it has just ended."""
    try:
        # The name, second of all, stands in brackets and may hold blanks and brackets.
        return (process / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _memory_of(process: Path) -> int:
    """Its proportional set size in bytes; 0 when it has just ended."""
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def processor_time_of(process: int) -> float:
    """Seconds that a running process has used; 0 without /proc."""
    ticks = _state_of(_PROC / str(process))[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def peak_of(process: int) -> int:
    """Bytes of memory that a running process held at most; 0 without /proc."""
    try:
        lines = (_PROC / str(process) / "status").read_text(errors="replace").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
