"""Lists the releases of a target and goes back to one."""

from dataclasses import dataclass, replace

from site_builder.diagnostics import PublishFailed
from site_builder.files import Damaged
from site_builder.releasing.manifest import Manifest
from site_builder.releasing.outcome import Outcome, known, naming_places, see, telling, what
from site_builder.releasing.settings import Settings
from site_builder.releasing.targets import Target


@dataclass(frozen=True)
class Listing:
    """A release among others."""

    id: str
    manifest: Manifest | None
    """None where it is not as it was written."""
    is_live: bool


def listed(target: Target) -> list[Listing]:
    """All releases, the newest first."""
    with telling(target), naming_places():
        live = target.live()
        ids = reversed(target.ids())
        return [Listing(one, known(target, one), one == live) for one in ids]


def rollback(target: Target, settings: Settings, wanted: str | None) -> Outcome:
    """Make an older release the live one; without a name the one that was live before."""
    with telling(target), naming_places(), target.alone():
        live = target.live()
        if live is None:
            raise PublishFailed("Nơi này chưa xuất bản bản nào nên không có bản nào để quay lại.")
        if target.mixes:
            raise PublishFailed(
                "Nơi kiểu ordered không giữ bản cũ nên không quay lại được. Lấy lại nội dung cũ "
                "trong dự án (ví dụ bằng git) rồi chạy publish."
            )
        now = known(target, live)
        to = wanted or _before(target.ids(), live, now)
        release = _checked(target, to, live, now)
        found = Outcome(target.place, target.live_name, to, len(release.pages))
        if to != live:
            if now:
                _lend(target, release, now)
            found.gap, found.is_new = target.switch(to), True
        see(settings, found)
        return found


def _checked(target: Target, to: str, live: str, now: Manifest | None) -> Manifest:
    """The manifest of a release that is there, all of it."""
    if to not in target.ids():
        others = ", ".join(one for one in target.ids() if one != live) or "không có bản nào"
        raise PublishFailed(f"Không có bản “{to}”. Các bản có thể quay lại: {others}.")
    try:
        release = target.manifest(to)
        target.check(release, now)
    except Damaged as damaged:
        raise PublishFailed(
            f"Bản {to} không còn nguyên vẹn ({what(damaged)}) nên không quay lại được."
        ) from damaged
    return release


def _lend(target: Target, release: Manifest, live: Manifest) -> None:
    """Give a release what pages of the live one, open somewhere, will still ask for."""
    lent = live.still_asked_for(release.files)
    if lent:
        files, carried = {**release.files, **lent}, release.carried | lent.keys()
        target.lend(replace(release, files=files, carried=carried), live, sorted(lent))


def _before(ids: list[str], live: str, manifest: Manifest | None) -> str:
    """The release that was live before, else the next older one."""
    if manifest and manifest.previous in ids:
        return manifest.previous
    older = [one for one in ids if one < live]
    if not older:
        raise PublishFailed("Không còn bản nào cũ hơn để quay lại.")
    return older[-1]
