"""What open pages are told: which files changed, and the faults that stand now."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator

_REMEMBERED = 200
"""Rebuilds whose changes are kept for pages that were asleep meanwhile."""
_MOST_SHOWN = 20_000
"""Characters of faults that a page is given; the terminal has them all."""
_CUT = "\n\n… Còn nữa: xem ở cửa sổ dòng lệnh."


class News:
    """What the thread that rebuilds and the threads that answer share.

    Rebuilds are numbered, and every page carries the number of the site that it was taken from:
    so a page misses nothing that happened before it began to listen, or while it did not.
    """

    def __init__(self) -> None:
        self._changes: deque[tuple[int, tuple[str, ...]]] = deque(maxlen=_REMEMBERED)
        # Pages outlive the preview: the numbers of the next run are greater.
        self._first = self._number = time.time_ns() // 1_000_000
        self._faults = ""
        self._closed = False
        self._posted = threading.Condition()

    @property
    def number(self) -> int:
        """Of the last rebuild."""
        return self._number

    @property
    def has_built(self) -> bool:
        """Whether a rebuild has ended since the preview began."""
        return self._number > self._first

    @property
    def faults(self) -> str:
        """The faults that stand, as pages show them; empty when the site is up to date."""
        faults = self._faults
        return faults if len(faults) <= _MOST_SHOWN else faults[:_MOST_SHOWN] + _CUT

    def post(self, changed: tuple[str, ...], faults: str) -> None:
        """Tell every page what a rebuild came to."""
        with self._posted:
            self._number += 1
            self._changes.append((self._number, changed))
            self._faults = faults
            self._posted.notify_all()

    def close(self) -> None:
        """End all listening."""
        with self._posted:
            self._closed = True
            self._posted.notify_all()

    def follow(self, seen: int, heartbeat: float) -> Iterator[str]:
        """Server-sent events for a page that knows of rebuild `seen`, until `close`.

        After `heartbeat` seconds of silence comes an empty comment: only a thread that writes
        notices that its page was closed.
        """
        while not self._closed:
            seen, text = self._events_since(seen)
            yield text
            while not self._wait(seen, heartbeat):
                yield ":\n\n"

    def _wait(self, seen: int, seconds: float) -> bool:
        """Wait for something to say; False when the time is over."""
        with self._posted:
            return self._posted.wait_for(lambda: self._closed or self._number > seen, seconds)

    def _events_since(self, seen: int) -> tuple[int, str]:
        """`doi` with what changed (null: not known any more), then `loi` with what is wrong."""
        with self._posted:
            number, changed, faults = self._number, self._changed_since(seen), self.faults
        text = f"id: {number}\nevent: loi\ndata: {json.dumps({'text': faults})}\n\n"
        if changed != []:
            text = f"id: {number}\nevent: doi\ndata: {json.dumps({'changed': changed})}\n\n{text}"
        return number, text

    def _changed_since(self, seen: int) -> list[str] | None:
        if seen == self._number:
            return []
        if not self._changes or not self._changes[0][0] - 1 <= seen <= self._number:
            return None
        missed = (changed for number, changed in self._changes if number > seen)
        return list(dict.fromkeys(address for changed in missed for address in changed))
