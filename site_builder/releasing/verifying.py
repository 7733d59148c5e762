"""What must not go public: dead links, drafts, traces in pictures, pages that vanish in silence."""

from collections.abc import Collection, Iterator

from site_builder.diagnostics import PublishFailed
from site_builder.releasing.manifest import Manifest
from site_builder.releasing.preparing import Preparation
from site_builder.text import vietnamese_number as number

_SHOWN = 10
"""Faults that are told one by one."""


def verify(site: Preparation, public: Collection[str]) -> None:
    """Raises `PublishFailed` with what is wrong; `public` are the pages that citizens may see."""
    found = [*_seen(site), *_dead_links(site), *_hidden(site, public)]
    if found:
        shown = "\n".join(f"  {line}" for line in found[:_SHOWN])
        more = f"\n  … và {number(len(found) - _SHOWN)} chỗ nữa" if len(found) > _SHOWN else ""
        raise PublishFailed(f"Trang vừa dựng chưa được phép đăng:\n{shown}{more}\n")


def _seen(site: Preparation) -> Iterator[str]:
    for path, seen in sorted(site.fresh.items()):
        yield from (f"{path}: {fault}" for fault in seen.faults)


def _dead_links(site: Preparation) -> Iterator[str]:
    """Of what was read this time all links; of the rest those to files that are gone.

    All links of the rest were right the last time, so only such a one can have died.
    """
    for path, seen in sorted(site.fresh.items()):
        for link in seen.links:
            if link not in site.files:
                yield f"{path}: liên kết tới {link} nhưng trang không có tệp này"
    if site.gone:
        for path, link in sorted(site.sights.leading_to(set(site.gone))):
            if path in site.files and path not in site.fresh:
                yield f"{path}: liên kết tới {link} nhưng trang không còn tệp này"


def _hidden(site: Preparation, public: Collection[str]) -> Iterator[str]:
    pages = {path for path in site.files if path.endswith("index.html")}
    for path in sorted(pages - set(public)):
        yield f"{path}: không phải trang của bài nào đã duyệt đăng"


def refuse_loss(new: Manifest, live: Manifest, most: int) -> None:
    """Raises `PublishFailed` where more than `most` percent of pages or bytes vanish."""
    lost = sorted(live.pages - new.pages - live.carried)
    if len(lost) * 100 > most * len(live.pages):
        shown = "\n".join(f"  {path}" for path in lost[:_SHOWN])
        raise PublishFailed(
            f"Bản mới mất {number(len(lost))} trong {number(len(live.pages))} trang đang chạy, "
            f"quá mức {most} % đặt trong publish.yml:\n{shown}\n"
            "Nếu đúng là muốn bỏ các trang này, chạy lại với --allow-removals."
        )
    was, now = (_bytes_of_own(one) for one in (live, new))
    if (was - now) * 100 > most * was:
        raise PublishFailed(
            f"Bản mới chỉ còn {number(now)} byte, bản đang chạy có {number(was)} byte: nội dung "
            f"mất quá mức {most} % đặt trong publish.yml. Nếu đúng là muốn vậy, chạy lại với "
            "--allow-removals."
        )


def _bytes_of_own(manifest: Manifest) -> int:
    return sum(manifest.files[path].size for path in manifest.own)
