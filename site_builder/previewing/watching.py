"""Notices that something was saved, within about 40 ms.

Where the system does not tell of changes (network shares, some virtual machines), set
WATCHFILES_FORCE_POLLING=1: then the files are looked at every 300 ms, or as often as
WATCHFILES_POLL_DELAY_MS says, and two saves of a file within one second may pass for one. Under
WSL that is so from the start.
"""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch
from watchfiles.main import FileChange

# `watchfiles` looks every `step` whether there is more, and stops waiting when there is not:
# editors that empty a file before they fill it, or write beside it and rename, are one change.
_STEP = 20
_DEBOUNCE = 60
"""Milliseconds."""
_PATIENCE = 5.0
"""Seconds that a slow disk may take until it is watched."""
_PAUSE = 0.5
"""Seconds before trying again what failed."""
# Word's locks, half-written copies, hidden folders: what the reader of the content passes over too.
_LITTER = re.compile(
    r"^(?:\.|~|#.*#$|Thumbs\.db$|desktop\.ini$|__pycache__$)"
    r"|(?:~|\.bak|\.tmp|\.sw[opx]|\.part|\.crdownload|\.pyc)$",
    re.IGNORECASE,
)
_NOT_TOLD = (
    "Máy này không báo khi tệp thay đổi, nên bản xem trước tự dò lại liên tục: "
    "trang cập nhật chậm hơn một chút."
)


class Watcher:
    """Watches `targets`: folders with all below them, and single files; never `site`.

    Two threads. One watches the folders that there are. The other watches the folders *around*
    the targets, without what is below: only from there it is seen that a folder came, or that an
    editor put a new file in the place of the old one.
    """

    def __init__(self, targets: Sequence[Path], site: Path, tell: Callable[[str], None]) -> None:
        self.changed = threading.Event()
        """Set at every change. To be cleared before the files are read, so that none is lost."""
        self._targets = tuple(target.absolute() for target in targets)
        self._site = site.absolute()
        self._tell = tell
        self._polling: bool | None = None  # None: as the environment says
        self._stop = threading.Event()
        self._inside = _Round(self._stop, self.changed)
        self._around = _Round(self._stop, self.changed)

    def start(self) -> None:
        """Begin; returns when changes are noticed."""
        threads = ((self._watch_inside, self._inside), (self._watch_around, self._around))
        for work in threads:
            threading.Thread(target=self._keep, args=work, daemon=True).start()
        for _, turn in threads:
            turn.begun.wait(_PATIENCE)

    def stop(self) -> None:
        """End both threads, soon."""
        self._stop.set()

    def _keep(self, watch_once: Callable[[], None], turn: "_Round") -> None:
        while not self._stop.is_set():
            turn.begin_anew()
            try:
                watch_once()
            except FileNotFoundError:
                self._stop.wait(_PAUSE)  # It went just now: see what is there instead.
            except (OSError, RuntimeError):
                # RuntimeError is what watchfiles' own errors are.
                if turn.begun.is_set() or self._polling:
                    self._stop.wait(_PAUSE)
                else:
                    self._polling = True
                    self._tell(_NOT_TOLD)

    def _watch_inside(self) -> None:
        folders = [target for target in self._targets if target.is_dir()]
        for _ in self._watch(folders, self._matters, self._inside):
            self.changed.set()

    def _watch_around(self) -> None:
        names = {_name_around(target) for target in self._targets}
        parents = sorted({place.parent for place in names})

        def is_target(change: Change, path: str) -> bool:
            return Path(path) in names and not _only_touched(change, path)

        for changes in self._watch(parents, is_target, self._around, recursive=False):
            self.changed.set()
            if any(kind != Change.modified and not Path(path).is_file() for kind, path in changes):
                self._inside.over.set()
                return

    def _watch(
        self,
        places: Sequence[Path],
        matters: Callable[[Change, str], bool],
        turn: "_Round",
        *,
        recursive: bool = True,
    ) -> Iterator[set[FileChange]]:
        return watch(
            *places,
            watch_filter=matters,
            debounce=_DEBOUNCE,
            step=_STEP,
            stop_event=turn,
            force_polling=self._polling,
            recursive=recursive,
            ignore_permission_denied=True,
        )

    def _matters(self, change: Change, path: str) -> bool:
        place = Path(path)
        if _only_touched(change, path) or place.is_relative_to(self._site):
            return False
        tops = [top for top in self._targets if place.is_relative_to(top)]
        names = place.relative_to(tops[0]).parts if tops else (place.name,)
        return not any(map(_LITTER.search, names))


class _Round:
    """One time of watching, for watchfiles to ask at every step whether it is over.

    That it asks shows that it watches by now. What happened until then, nobody saw: so that
    counts as a change.
    """

    def __init__(self, stop: threading.Event, changed: threading.Event) -> None:
        self.begun = threading.Event()
        self.over = threading.Event()
        self._stop = stop
        self._changed = changed

    def begin_anew(self) -> None:
        self.over.clear()
        self.begun.clear()

    def is_set(self) -> bool:
        if not self.begun.is_set():
            self._changed.set()
            self.begun.set()
        return self.over.is_set() or self._stop.is_set()


def _only_touched(change: Change, path: str) -> bool:
    """A folder's own time changes with every lock or temporary file in it."""
    return change == Change.modified and Path(path).is_dir()


def _name_around(target: Path) -> Path:
    """`target`, or the first folder on the way to it that does not exist yet."""
    return next(place for place in (target, *target.parents) if place.parent.is_dir())
