"""The preview from beginning to end: build, serve, wait for a change, build again."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder.diagnostics import SiteBuilderError
from site_builder.previewing.binding import Binding, is_own, parse_binding
from site_builder.previewing.news import News
from site_builder.previewing.server import serving
from site_builder.previewing.watching import Watcher

_BLINK = 0.2
"""Seconds. On Windows, Ctrl+C does not end a wait that has no end of its own."""


class Outcome(NamedTuple):
    """What one rebuild came to."""

    changed: tuple[str, ...]
    """Addresses of the files written or removed, without leading slash."""
    faults: str
    """The errors as the terminal shows them; empty when the site is up to date."""
    seconds: float


def preview(
    rebuild: Callable[[], Outcome],
    folders: Sequence[Path],
    site: Path,
    address: str,
    tell: Callable[[str], None],
) -> None:
    """Serve `site` on `address` until interrupted, rebuilding whenever something changes.

    `folders` are watched with all below them; single files may stand among them, and what does
    not exist yet. `rebuild` is called in this thread, first of all once. What it raises as
    `SiteBuilderError` is shown as a fault; anything else is a bug, ends the preview and frees
    the port. `tell` is given whole messages without a line end, one of them from another thread.

    Raises `EngineFailed` where `address` is wrong or taken, before anything is built.
    """
    news = News()
    watcher = Watcher(folders, site, tell)
    try:
        with serving(parse_binding(address), site, news) as binding:
            watcher.start()
            _follow(_guarded(rebuild), watcher, news, _Teller(tell, binding, site))
    except KeyboardInterrupt:
        tell("Đã dừng bản xem trước.")
    finally:
        watcher.stop()


def _follow(
    rebuild: Callable[[], Outcome], watcher: Watcher, news: News, teller: "_Teller"
) -> None:
    while True:
        watcher.changed.clear()
        outcome = rebuild()
        news.post(outcome.changed, outcome.faults)
        teller.report(outcome)
        while not watcher.changed.wait(_BLINK):
            pass


def _guarded(rebuild: Callable[[], Outcome]) -> Callable[[], Outcome]:
    """`rebuild`, whose environment may fail and be mended like the content."""

    def guarded() -> Outcome:
        start = time.perf_counter()
        try:
            return rebuild()
        except SiteBuilderError as error:
            return Outcome((), str(error), time.perf_counter() - start)

    return guarded


class _Teller:
    """Says in the terminal what happens, without repeating itself."""

    def __init__(self, tell: Callable[[str], None], binding: Binding, site: Path) -> None:
        self._tell = tell
        self._binding = binding
        self._site = site
        self._faults = ""
        self._has_begun = False

    def report(self, outcome: Outcome) -> None:
        """Say what a rebuild came to; after the first one, where to look at it."""
        if outcome.faults:
            self._tell_faults(outcome.faults)
        else:
            self._tell_done(outcome)
        self._faults = outcome.faults
        if not self._has_begun:
            self._has_begun = True
            self._tell_where()

    def _tell_faults(self, faults: str) -> None:
        if faults == self._faults:
            self._tell("Vẫn còn lỗi như trên.")
            return
        self._tell(faults)
        if (self._site / "index.html").is_file():
            self._tell(
                "Trang đang xem là bản trước khi có lỗi. Sửa rồi lưu lại là trang tự cập nhật."
            )
        else:
            self._tell("Chưa có trang để xem. Sửa rồi lưu lại là trang tự hiện ra.")

    def _tell_done(self, outcome: Outcome) -> None:
        took = f"{outcome.seconds:.2f}".replace(".", ",")
        if self._faults:
            self._tell("Đã sửa xong.")
        if outcome.changed:
            count = f"{len(outcome.changed):,}".replace(",", ".")
            self._tell(f"Đã cập nhật {count} tệp trong {took} giây.")
        elif self._has_begun and not self._faults:
            self._tell(f"Đã kiểm tra lại trong {took} giây: trang không có gì thay đổi.")

    def _tell_where(self) -> None:
        self._tell(f"Mở {self._binding.url} để xem trước; nhấn Ctrl+C để dừng.")
        if not is_own(self._binding.host):
            self._tell(
                f"Lưu ý: địa chỉ {self._binding.host} không chỉ của riêng máy này. "
                "Ai ở cùng mạng cũng xem được bản xem trước."
            )
