"""Makes a release of a verified site and switches to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from site_builder.diagnostics import PublishFailed
from site_builder.files import Damaged
from site_builder.releasing.manifest import VERSION_FILE, Manifest
from site_builder.releasing.outcome import Outcome, known, naming_places, see, what
from site_builder.releasing.preparing import Preparation
from site_builder.releasing.release import Past, Release, compose
from site_builder.releasing.settings import Settings
from site_builder.releasing.targets import Target
from site_builder.releasing.verifying import refuse_loss


@dataclass
class Publication:
    """One publication of a site."""

    site: Preparation
    target: Target
    settings: Settings
    may_remove: bool = False
    """Whether any number of pages may vanish; then nothing of the live release is kept for pages
    that are open somewhere."""
    now: datetime | None = None

    def run(self) -> Outcome:
        """Publish, unless nothing is new. Raises `PublishFailed`."""
        with naming_places(), self.target.alone():
            past = self._past()
            release = self._composed(past)
            found = self._outcome(release.manifest, past)
            if past.known and not self.may_remove:
                refuse_loss(release.manifest, past.known, self.settings.max_removed)
            if past.live and past.known and self._is_same(release.manifest, past.known):
                found.live = past.live
            else:
                self._make(release, past, found)
            see(self.settings, found)
            return found

    def try_out(self) -> Outcome:
        """What `run` would do."""
        past = self._past()
        release = self._composed(past)
        found = self._outcome(release.manifest, past)
        if past.known and not self.may_remove:
            try:
                refuse_loss(release.manifest, past.known, self.settings.max_removed)
            except PublishFailed as refused:
                found.notes.append(str(refused))
        return found

    def _past(self) -> Past:
        live = self.target.live()
        return Past(live, known(self.target, live) if live else None, self.target.ids())

    def _composed(self, past: Past) -> Release:
        return compose(self.site, past, self.now or datetime.now(UTC), carries=not self.may_remove)

    def _is_same(self, new: Manifest, live: Manifest) -> bool:
        """Whether a new release would be the live one again."""
        if self.target.half or (self.may_remove and live.carried):
            return False
        rows = [
            {path: row for path, row in one.files.items() if path not in one.carried}
            for one in (new, live)
        ]
        for row in rows:
            del row[VERSION_FILE]
        return rows[0] == rows[1]

    def _outcome(self, new: Manifest, past: Past) -> Outcome:
        now, was = new.own, past.known.own if past.known else {}
        found = Outcome(
            self.target.place,
            self.target.live_name,
            new.id,
            len(new.pages),
            added=sorted(now.keys() - was.keys()),
            changed=sorted(path for path in now.keys() & was.keys() if now[path] != was[path]),
            removed=sorted(was.keys() - now.keys()),
        )
        if past.live and not past.known:
            found.notes.append(
                f"Bản kê của bản đang chạy {past.live} không còn nguyên vẹn (bị sửa hoặc hỏng), "
                "nên bản mới chép lại toàn bộ từ máy này và không so được số trang. Hãy báo người "
                "quản trị máy chủ."
            )
        return found

    def _make(self, release: Release, past: Past, found: Outcome) -> None:
        target, keep = self.target, self.settings.keep
        old = [one for one in past.ids if one != past.live]
        spare = old[0] if len(old) >= keep - 1 else None
        try:
            target.lay(release, past.known, spare)
        except Damaged as damaged:
            found.notes.append(
                f"Tệp {what(damaged)} của bản đang chạy đã bị sửa trên máy chủ, nên bản mới chép "
                "lại toàn bộ từ máy này. Hãy báo người quản trị máy chủ."
            )
            release = self._composed(Past(past.live, None, target.ids()))
            self._lay_anew(release)
        found.live = release.manifest.id
        with self._refusing_damage():
            found.gap, found.mixes = target.switch(found.live), target.mixes
        found.is_new = True
        old = [one for one in target.ids() if one not in (found.live, past.live)]
        for one in old[: max(0, len(old) + 1 + bool(past.live) - keep)]:
            target.drop(one)

    def _lay_anew(self, release: Release) -> None:
        with self._refusing_damage():
            self.target.lay(release, None, None)

    @contextmanager
    def _refusing_damage(self) -> Iterator[None]:
        try:
            yield
        except Damaged as damaged:
            self.site.forget()
            raise PublishFailed(
                f"Tệp {what(damaged)} chép sang không giống bản gốc: đĩa hoặc đường truyền có lỗi."
            ) from damaged
