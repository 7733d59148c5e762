"""What a command did to a target; every failure says what citizens see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.diagnostics import EngineFailed, PublishFailed, SourceChanged, why_unwritten
from site_builder.files import Damaged
from site_builder.releasing.manifest import Manifest
from site_builder.releasing.public import shown_at
from site_builder.releasing.settings import Settings
from site_builder.releasing.targets import Target


class Wish(NamedTuple):
    """What somebody wants published."""

    target: str | None = None
    """Its name in publish.yml; the first one where none is given."""
    is_trial: bool = False
    """Only say what would change."""
    may_remove: bool = False


@dataclass
class Outcome:
    """What a command did, or a trial would do."""

    place: str
    """Where the live release is."""
    live_name: str
    """How people call it."""
    live: str
    """The release that is live now; of a trial, that would be."""
    pages: int
    is_new: bool = False
    """Whether it has just become the live one."""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    gap: float = 0.0
    """Seconds without a site, or with two."""
    mixes: bool = False
    """Whether it was two."""
    notes: list[str] = field(default_factory=list)
    """What people should know, as sentences."""


def known(target: Target, release: str) -> Manifest | None:
    """What a release holds; None where its manifest is not as it was written."""
    try:
        return target.manifest(release)
    except Damaged:
        return None


def what(damaged: Damaged) -> str:
    """What is damaged, for people."""
    return str(damaged) or "bản kê bị sửa hoặc hỏng"


def see(settings: Settings, found: Outcome) -> None:
    """Look at the site as citizens do, where publish.yml says at which address."""
    address = settings.row.address
    if address and (shown := shown_at(address, found.live)) != found.live:
        raise PublishFailed(
            f"Bản {found.live} đã được chuyển lên làm bản đang chạy, nhưng địa chỉ {address} cho "
            f"thấy: {shown}. Xem lại cấu hình máy chủ (thư mục gốc phải là {found.place}) và bộ "
            "nhớ đệm phía trước nó."
        )


@contextmanager
def telling(target: Target) -> Iterator[None]:
    """Let every failure say what citizens see."""
    try:
        with naming_places():
            before = target.live()
    except PublishFailed as error:
        raise PublishFailed(f"{error} Chưa có gì thay đổi.") from error
    try:
        yield
    except (PublishFailed, EngineFailed, SourceChanged) as error:
        raise PublishFailed(f"{error} {_state(target, before)}") from error


@contextmanager
def naming_places() -> Iterator[None]:
    """Let a disk or network that fails say where."""
    try:
        yield
    except OSError as error:
        name = f" {error.filename}" if error.filename else ""
        raise PublishFailed(f"Không ghi được{name} ({why_unwritten(error)}).") from error


def _state(target: Target, before: str | None) -> str:
    """What is live after a failure."""
    try:
        live, half = target.live(), target.half
    except (OSError, PublishFailed):
        if target.mixes:
            return (
                "Không đọc được thư mục nữa; trang có thể đang lẫn tệp của hai bản. Khi thư mục "
                "đọc được, chạy lại publish để hoàn tất."
            )
        was = f"bản {before}" if before else "chưa có bản nào"
        return (
            f"Không hỏi được máy chủ nữa; trước đó {lowered(target.live_name)} là {was}. Chuyển "
            "bản chỉ có một bước nên trang vẫn nguyên vẹn, là bản ấy hoặc bản mới."
        )
    if half:
        others = f" và bản {live}" if live else ""
        return (
            f"{target.live_name} đang dở dang: lẫn tệp của bản {half}{others}. Chạy lại publish "
            "để hoàn tất."
        )
    if live != before:
        return f"{target.live_name} là bản {live}, nguyên vẹn."
    if live is None:
        return "Nơi này vẫn chưa có bản nào; chưa có gì thay đổi."
    return f"{target.live_name} vẫn là bản {live}, chưa có gì thay đổi."


def lowered(text: str) -> str:
    """As in the midst of a sentence."""
    return text[0].lower() + text[1:]
