"""Whatever is edited, the site that is brought up to date equals one that is built anew.

HYPOTHESIS_PROFILE=long tries many more edits, others each time.
"""

import os
import random
import shutil
from pathlib import Path

import pytest
from edited import (
    DAY,
    FIRST_DAY,
    SPELLINGS,
    EditedProject,
    differing,
    errors_of,
    memory_of,
)
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from project import SITE, a_model, snapshot

from site_builder.diagnostics import ContentFaults
from site_builder.loading import FOLDER, load_site
from site_builder.pipeline import check_site
from site_builder.workers import Crew

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
NAMES = [f"mo-hinh-{n}" for n in range(1, 6)]
NEWS = ["tin", "tin-0", "tin-20", "tin-40", "tin-47", "tin-cu-0", "tin-moi-1", "tin-moi-2"]
UNIT_IDS = ["phong-noi-chinh", "xa-moi", "xa-le", "hoi-phu-nu"]
WORDS = ["kẻng", "đường hoa", "nồi cháo", "tổ tự quản", "“ngõ” & <phố>", "{{ chrome }}"]
OLD_ADDRESSES = ["/cu/", "/cu/2/", "/mo-hinh/an-ninh/mo-hinh-1/"]


class World:
    """The project under edit, and the clock."""

    def __init__(self, project: EditedProject, monkeypatch: pytest.MonkeyPatch) -> None:
        self.project = project
        self.has = project.has
        self._monkeypatch = monkeypatch
        self.set_clock(FIRST_DAY)
        self._kept_clock = FIRST_DAY

    @property
    def root(self) -> Path:
        return self.project.root

    def set_clock(self, now: int) -> None:
        self.now = now
        self._monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now))

    def keep(self) -> None:
        """After a build: what stands in the project has no faults today."""
        self.project.keep()
        self._kept_clock = self.now

    def put_back(self) -> None:
        self.project.put_back()
        self.has = self.project.has
        self.set_clock(self._kept_clock)

    def model(self, n: int) -> dict | None:
        return self.has["models"].get(NAMES[n % len(NAMES)])


# --- models -------------------------------------------------------------------------------


def _edit_model(**changes):
    def edit(world: World, n: int) -> None:
        if (model := world.model(n)) is not None:
            model |= changes

    return edit


def _add(world: World, n: int) -> None:
    name = NAMES[n % len(NAMES)]
    world.has["models"].setdefault(name, {"title": f"Mới thêm {name}", "year": 2024})


def _delete(world: World, n: int) -> None:
    name = NAMES[n % len(NAMES)]
    world.has["models"].pop(name, None)
    for keys in world.has["models"].values():
        if keys.get("replicated_from") == name:
            del keys["replicated_from"]


def _rename(world: World, n: int) -> None:
    name = NAMES[n % len(NAMES)]
    if keys := world.has["models"].pop(name, None):
        alias = f"/mo-hinh/{keys.get('field', 'an-ninh')}/{name}/"
        world.has["models"][f"{name}-moi"] = keys | {"aliases": [alias]}
        for other in world.has["models"].values():
            if other.get("replicated_from") == name:
                other["replicated_from"] = f"{name}-moi"


def _respell(world: World, n: int) -> None:
    if (model := world.model(n)) is not None:
        model["spelling"] = sorted(SPELLINGS)[n % 4]


def _copy_from(world: World, n: int) -> None:
    name = NAMES[n % len(NAMES)]
    others = [other for other in world.has["models"] if other != name]
    if name in world.has["models"] and others:
        world.has["models"][name]["replicated_from"] = others[n % len(others)]


# --- news, documents, pictures -------------------------------------------------------------


def _edit_article(**changes):
    def edit(world: World, n: int) -> None:
        if (article := world.has["articles"].get(NEWS[n % len(NEWS)])) is not None:
            article |= changes

    return edit


def _add_article(world: World, n: int) -> None:
    name = NEWS[n % len(NEWS)]
    world.has["articles"].setdefault(name, {"title": f"Mới {n}", "date": f"2024-{1 + n % 12:02}"})


def _delete_article(world: World, n: int) -> None:
    world.has["articles"].pop(NEWS[n % len(NEWS)], None)


def _name_model(world: World, n: int) -> None:
    if article := world.has["articles"].get(NEWS[n % len(NEWS)]):
        article["models"] = [
            name for name in NAMES[n % 3 : n % 3 + 2] if name in world.has["models"]
        ]


def _move_alias(world: World, n: int) -> None:
    """Give an old address to another entry, or to none."""
    alias = OLD_ADDRESSES[n % len(OLD_ADDRESSES)]
    owners = [world.has["page"], *world.has["articles"].values(), *world.has["models"].values()]
    for owner in owners:
        owner["aliases"] = [other for other in owner.get("aliases", ()) if other != alias]
    if n % 4:
        owners[-n % len(owners)]["aliases"].append(alias)


def _edit_document(world: World, n: int) -> None:
    world.has["document"] |= {"body": f"Nội dung {n}.", "issuer": "Tỉnh ủy"}
    if n % 3 == 0:
        world.has["document"]["number"] = f"{52 + n % 2}-CT/TU"


def _edit_picture(world: World, n: int) -> None:
    world.has["pictures"]["ab"[n % 2]] = (8, 4 + n)


def _picture_comes_or_goes(world: World, n: int) -> None:
    if world.has["pictures"].pop("c", None) is None:
        world.has["pictures"]["c"] = (3, 3)
    for model in world.has["models"].values():
        shown = [{"file": "../../content/images/c.png", "alt": "Ảnh"}]
        model["images"] = shown if "c" in world.has["pictures"] else []


# --- registers, settings, templates ---------------------------------------------------------


def _rename_unit(world: World, n: int) -> None:
    world.has["units"][3]["names"] = [{"name": f"Xã Tây {n}", "to": "2025-06-30"}]


def _rename_field(world: World, n: int) -> None:
    world.has["fields"]["schemes"][0]["name"] = f"Bốn lĩnh vực {n}"


def _rename_site(world: World, n: int) -> None:
    world.has["site"] |= {"agency": f"Ban {n}"} if n % 2 else {"tagline": SITE["tagline"] + str(n)}


def _switch_share_cards(world: World, n: int) -> None:
    world.has["site"]["share_cards"] = n < 7


def _edit_settings(world: World, n: int) -> None:
    world.has["settings"] |= [
        {"site_name": f"Trang {n}"},
        {"site_url": f"https://so-{n}.example.org/"},
        {"site_url": f"https://so.example.org/{n}/"},
        {"extra": {"scope": "/", "generator": bool(n % 2)}},
    ][n % 4]


def _edit_template(world: World, n: int) -> None:
    world.has["footer"] = f"Chân trang {n}" if n % 3 else ""


# --- times, and what is not edited but happens ----------------------------------------------


def _let_days_pass(world: World, n: int) -> None:
    world.set_clock(world.now + n * DAY)


def _set_clock_back(world: World, n: int) -> None:
    world.set_clock(world.now - n * DAY)


def _put_an_older_file(world: World, n: int) -> None:
    """As `cp -p` from a copy: other content, and a time before that of the last build."""
    if (model := world.model(n)) is not None:
        model["body"] = f"Bản cũ {n}."
        world.project.write()
        os.utime(world.project.place_of(NAMES[n % len(NAMES)]), (1_600_000_000, 1_600_000_000 + n))


def _edit_behind_its_time(world: World, n: int) -> None:
    """Other content of the same length at the same time."""
    if (model := world.model(n)) is not None:
        place = world.project.place_of(NAMES[n % len(NAMES)])
        before = place.stat()
        title = model["title"]
        model["title"] = title[:-1] + str(n % 10)
        world.project.write()
        if place.stat().st_size == before.st_size:
            os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


def _touch_everything(world: World, n: int) -> None:
    for place in (world.root / "content").rglob("*"):
        place.touch()


def _undo(world: World, n: int) -> None:
    world.put_back()


def _check(world: World, n: int) -> None:
    world.project.write()
    with Crew(1) as crew:
        check_site(world.root, crew)


def _build_with_faults(world: World, n: int) -> None:
    """A fault that is mended after a build has refused it."""
    place = world.root / "models" / "an-ninh" / "hong.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(a_model(year="20x4") if n % 2 else "---\n: :\n", encoding="utf-8")
    with pytest.raises(ContentFaults):
        world.project.build()
    place.unlink()


class BrokenOff(Exception):
    """Stands for whatever may end a build in the midst of it."""


def _break_off(world: World, n: int) -> None:
    """A build that does not come to its end."""

    def progress(done: int, total: int) -> None:
        if done * 10 >= total * n:
            raise BrokenOff

    world.project.write()
    try:
        world.project.build(progress)
    except (BrokenOff, ContentFaults):
        event("broken off")


def _touch_the_site(world: World, n: int) -> None:
    pages = sorted((world.root / "site").rglob("*.*"))
    if pages:
        pages[n % len(pages)].unlink()
        pages[-1 - n % 2].write_text("ai đó sửa tay", encoding="utf-8")
        (world.root / "site" / "mo-hinh" / "la.html").write_text("tệp lạ", encoding="utf-8")


def _lose_memory(world: World, n: int) -> None:
    places = [*memory_of(world.root), world.root / FOLDER]
    if (place := places[n % len(places)]).is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()


def _spoil_memory(world: World, n: int) -> None:
    """Cut a file of the memory short, or write nonsense into it."""
    chance = random.Random(n)
    if not (places := memory_of(world.root)):
        return
    place = places[n % len(places)]
    data = bytearray(place.read_bytes())
    start = chance.randrange(len(data))
    data[start : start + 4096] = chance.randbytes(4096) if n % 3 else b""
    place.write_bytes(data[:start] if n % 3 == 0 else data)


def _remember_less(world: World, n: int) -> None:
    """The library as it was some builds ago."""
    place, copy = world.root / FOLDER / "library.db", world.root / FOLDER / "library.cu"
    if copy.is_file() and n % 2:
        shutil.copy2(copy, place)
    elif place.is_file():
        shutil.copy2(place, copy)


EDITS = {
    "text": _edit_model(body="Đoạn mới.\n\n## Cách làm\n\n![Ảnh](../../content/images/b.png)"),
    "cite": _edit_model(documents=["52-CT/TU"]),
    "date": _edit_model(started="2022-03"),
    "year": _edit_model(year=2023, started=None),
    "field": _edit_model(field="kinh-te"),
    "field back": _edit_model(field="an-ninh"),
    "summary": _edit_model(summary="Bà con đóng góp “công” & của."),
    "results": _edit_model(results=[{"label": "Đường", "value": 12.5, "unit": "km"}]),
    "more results": _edit_model(results=[{"label": "Đường", "value": "-0,5", "unit": "km"}] * 2),
    "level": _edit_model(level="tinh"),
    "year of a duty": _edit_model(year=2025),
    "award": _edit_model(awards=[{"form": "Bằng khen", "by": "Tỉnh"}], status="nhan-rong"),
    "picture": _edit_model(images=[{"file": "../../content/images/a.png", "alt": "Kẻng"}]),
    "draft": _edit_model(publish="nhap"),
    "publish": _edit_model(publish="da-duyet"),
    "later": _edit_model(publish_on="2025-10-20"),
    "until": _edit_model(expires_on="2025-10-25"),
    "add": _add,
    "delete": _delete,
    "rename": _rename,
    "respell": _respell,
    "copy": _copy_from,
    **{f"title {word}": _edit_model(title=f"Dân vận {word}") for word in WORDS},
    **{f"topics {word}": _edit_model(topics=[word, "kẻng"]) for word in WORDS[:3]},
    **{f"unit {unit}": _edit_model(unit=unit) for unit in UNIT_IDS},
    "pin": _edit_article(pinned=True),
    "no pin": _edit_article(pinned=False),
    "article first": _edit_article(date="2024-12-30"),
    "article last": _edit_article(date="2024-01-01"),
    "article of last year": _edit_article(date="2023-12-31"),
    "category": _edit_article(category="khen-thuong"),
    "category back": _edit_article(category="hoi-nghi"),
    "article title": _edit_article(title="Ánh sáng “ngõ” & <phố>"),
    "article draft": _edit_article(publish="nhap"),
    "article later": _edit_article(publish_on="2025-10-18"),
    "article units": _edit_article(units=["xa-tay-cu", "hoi-phu-nu"]),
    "add article": _add_article,
    "delete article": _delete_article,
    "name models": _name_model,
    "move alias": _move_alias,
    "document": _edit_document,
    "image file": _edit_picture,
    "image comes or goes": _picture_comes_or_goes,
    "register of units": _rename_unit,
    "register of fields": _rename_field,
    "register of the site": _rename_site,
    "share cards": _switch_share_cards,
    "settings": _edit_settings,
    "template": _edit_template,
}
HAPPENINGS = {
    "days pass": _let_days_pass,
    "clock back": _set_clock_back,
    "older file": _put_an_older_file,
    "edit behind its time": _edit_behind_its_time,
    "touch everything": _touch_everything,
    "undo": _undo,
    "check": _check,
    "build with faults": _build_with_faults,
    "broken off": _break_off,
    "site touched": _touch_the_site,
    "memory lost": _lose_memory,
    "memory spoilt": _spoil_memory,
    "older memory": _remember_less,
}
NAMES_OF_EDITS = st.one_of(st.sampled_from(sorted(EDITS)), st.sampled_from(sorted(HAPPENINGS)))
one_edit = st.tuples(NAMES_OF_EDITS, st.integers(0, 9))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST_DAY))
        return EditedProject(tmp_path_factory.mktemp("sua") / "du-an")


@settings(
    max_examples=300 if IS_LONG else 12,
    derandomize=not IS_LONG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(edits=st.lists(st.lists(one_edit, min_size=1, max_size=4), min_size=1, max_size=6))
def test_a_site_brought_up_to_date_equals_one_built_anew(project, edits):
    with pytest.MonkeyPatch.context() as monkeypatch:
        project.start_over()
        world = World(project, monkeypatch)
        updated = project.build()
        for together in edits:
            for name, n in together:
                (EDITS | HAPPENINGS)[name](world, n)
            project.write()
            before = snapshot(project.root / "site")
            try:
                updated = project.build()
            except ContentFaults as faults:
                event("faults")
                assert errors_of(faults) == errors_of(_faults_anew(project.root))
                assert snapshot(project.root / "site") == before
                world.put_back()
                updated = project.build()
            world.keep()
        assert differing(updated, project.build_anew()) == []


def _faults_anew(root: Path) -> ContentFaults:
    """What a check finds that remembers nothing."""
    return ContentFaults(root, load_site(root).diagnostics)
