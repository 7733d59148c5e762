"""Spreads work over processes that start the same way on every system, or does it right here."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from site_builder.diagnostics import EngineFailed

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""

_AHEAD = 2
"""Pieces of work that wait for each process: enough to keep it busy, few enough to stop soon."""


def default_jobs() -> int:
    """One process for each core that we may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Processes that are started when the first work comes, and ended with the `with` block."""

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = jobs or default_jobs()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def spread(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """The results in the order of `pieces`. A fault in a process is raised here.

        `work` and all that goes in and out must be picklable. One piece is done right here.
        """
        if self.jobs == 1 or len(pieces) <= 1:
            yield from map(work, pieces)
            return
        # Most edits are made right here: they need not wait for these to load.
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
        from multiprocessing import get_context  # noqa: PLC0415

        if self._pool is None:
            # Not fork: it does not exist on Windows, and copies locks that are held.
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_start)
        try:
            yield from self._in_order(self._pool, work, pieces)
        except BrokenProcessPool as broken:
            # It takes no more work. Its last process must be gone; a preview will want another.
            self._pool.shutdown()
            self._pool = None
            raise EngineFailed(
                "Một tiến trình dựng trang bị dừng giữa chừng (thường do thiếu bộ nhớ). "
                "Hãy đóng bớt chương trình khác rồi dựng lại; lần dựng sau sẽ làm nốt."
            ) from broken

    def _in_order(
        self, pool: "ProcessPoolExecutor", work: Callable[[T], R], pieces: Sequence[T]
    ) -> Iterator[R]:
        waiting: list[Future[R]] = []
        try:
            for piece in pieces:
                with _without_interruption():
                    waiting.append(pool.submit(work, piece))
                if len(waiting) >= self.jobs * _AHEAD:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            # After a fault nobody may still be writing when the work begins anew. (Not cancelled:
            # should a process end just then, the pool would stumble over it and never answer.)
            for left in waiting:
                left.exception()


@contextmanager
def _without_interruption() -> Iterator[None]:
    """Ctrl+C waits: a process that is started inside never sees it, from its first moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start() -> None:
    """What each process does first."""
    from multiprocessing import parent_process  # noqa: PLC0415

    # Ctrl+C reaches all processes of a window: the parent ends us. (Windows blocks no signals.)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        # One whose parent was killed must not go on writing into a site that others build.
        parent.join()
        os._exit(1)

    Thread(target=end_with_parent, daemon=True).start()


def peak_memory() -> dict[str, float | None]:
    """Most memory, in MB, that this process and the largest of its ended processes ever held.

    None where the system does not say, or no process was needed.
    """
    if sys.platform == "win32":
        return {"main": None, "worker": None}
    from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage  # noqa: PLC0415

    unit = 1 if sys.platform == "darwin" else 1024
    own = _own_peak() or getrusage(RUSAGE_SELF).ru_maxrss * unit
    workers = getrusage(RUSAGE_CHILDREN).ru_maxrss * unit
    return {"main": round(own / 1e6, 1), "worker": round(workers / 1e6, 1) or None}


def _own_peak() -> int:
    """As Linux itself has it: `getrusage` there counts what our parent held when it started us."""
    try:
        lines = Path("/proc/self/status").read_text("ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def cut(things: Sequence[T], most: int) -> list[Sequence[T]]:
    """`things` in pieces of at most `most`."""
    return [things[start : start + most] for start in range(0, len(things), most)]


@contextmanager
def without_pauses() -> Iterator[None]:
    """Make millions of objects that stay: collecting garbage among them is lost time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
