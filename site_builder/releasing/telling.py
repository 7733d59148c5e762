"""What publishing did, in words."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from site_builder.config import VIETNAM
from site_builder.releasing.outcome import Outcome, lowered
from site_builder.releasing.returning import Listing
from site_builder.text import vietnamese_number as number

_SHOWN = 20
"""Files that a trial names one by one, of each kind."""


def published(found: Outcome) -> str:
    """What `publish` did."""
    if not found.is_new:
        return f"Không có gì mới: {lowered(found.live_name)} vẫn là bản {found.live}.\n"
    return (
        f"Đã xuất bản {number(found.pages)} trang: {_counts(found)}. {found.live_name} là "
        f"bản {found.live} ({found.place}).\n{_gap(found)}"
    )


def trial(found: Outcome) -> str:
    """What `publish` would do."""
    lines = [f"Nếu xuất bản: {number(found.pages)} trang; {_counts(found)}."]
    for sign, files in (("+", found.added), ("*", found.changed), ("-", found.removed)):
        lines += [f"  {sign} {file}" for file in files[:_SHOWN]]
        if len(files) > _SHOWN:
            lines.append(f"  {sign} … và {number(len(files) - _SHOWN)} tệp nữa")
    return "\n".join([*lines, "Chưa có gì thay đổi."]) + "\n"


def rolled_back(found: Outcome) -> str:
    """What `rollback` did."""
    if not found.is_new:
        return f"{found.live_name} vốn là bản {found.live}; không có gì thay đổi.\n"
    return (
        f"Đã quay lại bản {found.live}: {number(found.pages)} trang ({found.place}).\n{_gap(found)}"
    )


def table(name: str, live_name: str, releases: list[Listing]) -> str:
    """The releases of a target."""
    if not releases:
        return f"Nơi “{name}” chưa có bản nào.\n"
    return "\n".join(_rows(live_name, releases)) + "\n"


def _rows(live_name: str, releases: list[Listing]) -> Iterator[str]:
    for one in releases:
        sign = "*" if one.is_live else " "
        if one.manifest is None:
            yield f"{sign} {one.id}  bản kê không còn nguyên vẹn"
            continue
        made = datetime.fromisoformat(one.manifest.made).astimezone(VIETNAM)
        size = number(round(one.manifest.size / 1_000_000))
        pages = number(len(one.manifest.pages))
        live = f"  ← {lowered(live_name)}" if one.is_live else ""
        yield (
            f"{sign} {one.id}  {made:%d/%m/%Y %H:%M}  {pages} trang  {size} MB  "
            f"{one.manifest.by}{live}"
        )


def _counts(found: Outcome) -> str:
    kinds = ((found.added, "mới"), (found.changed, "đổi"), (found.removed, "bỏ"))
    return ", ".join(f"{number(len(files))} tệp {what}" for files, what in kinds)


def _gap(found: Outcome) -> str:
    if found.mixes:
        seconds = number(round(Decimal(found.gap), 1) or Decimal("0.1"))
        return (
            f"Nơi này không chuyển bản trong một bước được: trong {seconds} giây vừa rồi người đọc "
            "có thể đã thấy trang cũ lẫn với trang mới. Lệnh bị tắt ngang thì trang còn lẫn cho "
            "tới khi chạy publish xong. Bản cũ không được giữ nên không có rollback.\n"
        )
    if not found.gap:
        return ""
    return (
        f"Thư mục này không có đường dẫn tắt (symlink), nên trang đã ngắt "
        f"{number(max(1, round(found.gap * 1000)))} mili giây trong lúc chuyển.\n"
    )
