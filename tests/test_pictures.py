"""Photos: what of them is published, and that nothing is done twice."""

import os
import shutil
import time
from io import BytesIO
from pathlib import Path

import pytest
from commands import started
from edited import differing
from PIL import Image, ImageCms, ImageDraw, ImageOps
from project import (
    IPHONE,
    TODAY,
    TODAY_EPOCH,
    a_model,
    a_picture,
    photo_file,
    snapshot,
    write_project,
)

from site_builder.diagnostics import ContentFaults, SourceChanged
from site_builder.domain.photos import Photo
from site_builder.files import MADE_SUFFIX
from site_builder.loading import FOLDER, load_site
from site_builder.outputs.files import output_files
from site_builder.outputs.pictures import Darkroom
from site_builder.pages.plan import plan_site
from site_builder.pipeline import build_site
from site_builder.workers import Crew

STORY = "models/an-ninh/keng.md"
PAGE = "mo-hinh/an-ninh/keng/index.html"
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


@pytest.fixture(autouse=True)
def _on_one_day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)


def _project(root: Path, *pictures: tuple[str, bytes], body: str = "Bà con.") -> Path:
    """A project with one story that shows `pictures`, files beside it."""
    images = [{"file": name, "alt": "Bà con"} for name, _ in pictures]
    files = {f"models/an-ninh/{name}": data for name, data in pictures}
    return write_project(root, {STORY: a_model(body, images=images), **files})


def _built(root: Path, jobs: int = 1) -> dict[str, bytes]:
    with Crew(jobs) as crew:
        build_site(root, crew)
    return snapshot(root / "site")


def _photos(site: dict[str, bytes]) -> dict[str, bytes]:
    return {file: data for file, data in site.items() if file.startswith("tep/")}


def _developed(root: Path) -> dict[str, bytes]:
    """The files of the pictures of a project, without the rest of its site."""
    loaded = load_site(root, TODAY)
    places = {path: Path(file.place) for path, file in loaded.library.assets.items()}
    files = output_files(plan_site(loaded.require_catalogue()), places, "", Darkroom(root))
    return _photos(dict(files))


def _published(tmp_path: Path, name: str, data: bytes) -> Image.Image:
    """The largest file that a picture is published as."""
    files = _developed(_project(tmp_path, (name, data))).values()
    return max((Image.open(BytesIO(data)) for data in files), key=lambda p: p.width)


def _saved(picture: Image.Image, kind: str, **saved_with) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **saved_with)
    return out.getvalue()


def _traced(kind: str) -> bytes:
    """A picture, red on its left, taken sideways, full of traces of camera and place."""
    if kind == "HEIC":
        return IPHONE
    picture = Image.new("RGB", (80, 40), "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, 39, 39), "red")
    exif = Image.Exif()
    exif[MAKER] = "BiMatMay"
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (16.0, 27.0, 48.0), 3: "E", 4: (107.0, 35.0, 0.0)}
    more = {"comment": b"BiMatLoi"} if kind == "JPEG" else {}
    return _saved(picture, kind, exif=exif, xmp=b"<x>BiMatXmp</x>", icc_profile=b"BiMatMau", **more)


# --- what is published ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_traces_are_removed_and_the_picture_stands_upright(tmp_path, kind):
    data = _traced(kind)
    assert b"BiMat" in data
    site = _built(_project(tmp_path, (f"a.{kind.lower()}", data)))
    assert not [file for file, held in site.items() if b"BiMat" in held]
    (published,) = _photos(site).values()
    with Image.open(BytesIO(published)) as picture:
        assert picture.format == "WEBP"
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}
        # Turned to the right: what was left is on top.
        assert picture.size == ((400, 640) if kind == "HEIC" else (40, 80))
        middle, height = picture.width // 2, picture.height
        top, bottom = (
            picture.convert("RGB").getpixel((middle, y)) for y in (height // 8, height * 7 // 8)
        )
    assert top[0] > top[2] + 100
    assert bottom[2] > bottom[0] + 100


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_camera(tmp_path, orientation):
    """Against what Pillow makes of it."""
    picture = Image.new("RGB", (64, 32), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 31, 15), "black")
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    data = _saved(picture, "PNG", exif=exif)
    upright = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    published = _published(tmp_path, "a.png", data)
    assert published.size == upright.size
    for place in [(8, 8), (upright.width - 8, 8), (8, upright.height - 8)]:
        assert abs(published.getpixel(place)[0] - upright.getpixel(place)[0]) < 8


def test_broken_exif_is_no_fault(tmp_path):
    data = a_picture(
        "JPEG", (20, 10), exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12" + b"\xff" * 9
    )
    assert _published(tmp_path, "a.jpg", data).size == (20, 10)


@pytest.mark.parametrize(
    ("size", "published"),
    [
        ((2000, 1001), [(480, 240), (960, 480), (1600, 801)]),
        ((1600, 9), [(480, 3), (960, 5), (1600, 9)]),
        ((1000, 500), [(480, 240), (960, 480), (1000, 500)]),
        ((480, 300), [(480, 300)]),
        ((7, 3), [(7, 3)]),
        ((2000, 1), [(480, 1), (960, 1), (1600, 1)]),
    ],
)
def test_no_file_is_wider_than_the_original(tmp_path, size, published):
    name, data = "a.jpg", a_picture("JPEG", size)
    files = _developed(_project(tmp_path, (name, data)))
    own = {photo_file(f"models/an-ninh/{name}", data, width): width for width, _ in published}
    assert set(files) == set(own)  # the original is not among them
    sizes = {own[file]: Image.open(BytesIO(held)).size for file, held in files.items()}
    assert sizes == {width: (width, height) for width, height in published}


def test_webp_is_no_higher_than_it_can_be():
    assert Photo("", 1000, 40_000).sizes == ((409, 16360),)


COLOURED = {
    "grey": (Image.new("L", (9, 9), 200), "PNG", (200, 200, 200, 255)),
    "black and white": (Image.new("1", (9, 9), 1), "PNG", (255, 255, 255, 255)),
    "16 bits": (Image.new("I;16", (9, 9), 128 * 256), "PNG", (128, 128, 128, 255)),
    "palette": (Image.new("RGB", (9, 9), "orange").quantize(4), "PNG", (255, 165, 0, 255)),
    "print": (Image.new("CMYK", (9, 9), (255, 0, 255, 0)), "JPEG", (0, 255, 1, 255)),
    "grey photo": (Image.new("L", (9, 9), 60), "JPEG", (60, 60, 60, 255)),
    "half seen": (Image.new("RGBA", (9, 9), (200, 100, 50, 128)), "PNG", (200, 100, 50, 128)),
    "grey, half seen": (Image.new("LA", (9, 9), (90, 128)), "PNG", (90, 90, 90, 128)),
}


@pytest.mark.parametrize(("picture", "kind", "seen"), COLOURED.values(), ids=COLOURED)
def test_colours_are_seen_as_they_were(tmp_path, picture, kind, seen):
    published = _published(tmp_path, f"a.{kind.lower()}", _saved(picture, kind))
    assert published.size == (9, 9)
    found = published.convert("RGBA").getpixel((4, 4))
    assert max(abs(own - was) for own, was in zip(found, seen, strict=True)) <= 6, found


def test_a_colour_of_a_palette_that_is_seen_through_stays_so(tmp_path):
    picture = Image.new("P", (9, 9), 0)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    picture.paste(1, (0, 0, 4, 9))
    published = _published(tmp_path, "a.png", _saved(picture, "PNG", transparency=0))
    assert published.getpixel((1, 4))[3] == 255
    assert published.getpixel((7, 4))[3] == 0


def test_colours_of_another_profile_become_those_of_the_web(tmp_path):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A screen whose red shines green, and the other way round.
    swapped = srgb.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1)
    swapped = swapped.replace(b"????", b"gXYZ", 1)
    red = Image.new("RGB", (9, 9), "red")
    for mode in ("RGB", "RGBA"):
        data = _saved(red.convert(mode), "PNG", icc_profile=swapped)
        pixel = _published(tmp_path / mode, "a.png", data).convert("RGBA").getpixel((4, 4))
        assert pixel[1] > 200
        assert pixel[0] < 60
        assert pixel[3] == 255
    broken = _saved(red, "JPEG", icc_profile=b"nothing")
    assert _published(tmp_path / "broken", "a.jpg", broken).getpixel((4, 4))[0] > 200


def test_of_several_frames_of_a_phone_the_first_is_published(tmp_path):
    """Phones write MPO under the name .jpg; the frames behind the first are not for readers."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = _saved(frames[0], "MPO", save_all=True, append_images=frames[1:])
    published = _published(tmp_path, "a.jpg", data)
    assert getattr(published, "n_frames", 1) == 1
    assert published.getpixel((4, 4))[0] > 200


# --- nothing is done twice -----------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    """A built project with two pictures, one of them in three sizes."""
    pictures = ("a.jpg", a_picture("JPEG", (1700, 100))), ("b.heic", IPHONE)
    root = _project(tmp_path / "du-an", *pictures, body="Bà con.\n\n![Hai](b.heic)")
    _built(root)
    return root


@pytest.fixture
def no_encoder(monkeypatch):
    """From now on nothing can be encoded."""

    def refuse(*_args, **_options):
        raise AssertionError("encoded once more")

    def start():
        monkeypatch.setattr(Image.Image, "save", refuse)

    return start


def _cached(root: Path) -> dict[str, Path]:
    return {place.name: place for place in (root / FOLDER / "pictures").iterdir()}


def _times(root: Path) -> dict[str, int]:
    return {name: place.stat().st_mtime_ns for name, place in _cached(root).items()}


def _later(place: Path) -> None:
    """Give a file another time than it had."""
    os.utime(place, ns=(1, place.stat().st_mtime_ns + 3_000_000_000))


def _forget_all_but_pictures(root: Path) -> None:
    shutil.rmtree(root / "site")
    for place in (root / FOLDER).iterdir():
        if place.is_file():
            place.unlink()


def test_a_site_built_anew_encodes_nothing(project, no_encoder):
    before = snapshot(project / "site")
    assert len(_photos(before)) == len(_cached(project)) == 4
    no_encoder()
    shutil.rmtree(project / "site")
    assert _built(project) == before
    _forget_all_but_pictures(project)
    assert _built(project) == before


def test_mkdocs_finds_them_encoded_too(project):
    before, times = snapshot(project / "site"), _times(project)
    shutil.rmtree(project / "site")
    done = started("mkdocs", "build", "--quiet", cwd=project)
    assert done.returncode == 0, done.stderr
    assert differing(snapshot(project / "site"), before) == []
    assert _times(project) == times


def test_a_renamed_picture_is_not_encoded_again(project, no_encoder):
    no_encoder()
    (project / "models/an-ninh/a.jpg").rename(project / "models/an-ninh/ten-moi.jpg")
    text = (project / STORY).read_text("utf-8")
    (project / STORY).write_text(text.replace("a.jpg", "ten-moi.jpg"), "utf-8")
    site = _built(project)
    files = [file for file in _photos(site) if "ten-moi" in file]
    assert len(files) == 3
    assert all(file in site[PAGE].decode() for file in files)


def test_an_edited_story_looks_at_no_picture(project, monkeypatch):
    time.sleep(0.1)  # what was written a moment ago is looked at once more
    _built(project)
    monkeypatch.setattr(Image, "open", None)
    text = (project / STORY).read_text("utf-8")
    (project / STORY).write_text(text.replace("Bà con.", "Bà con xóm."), "utf-8")
    assert "Bà con xóm." in _built(project)[PAGE].decode()


def test_a_touched_picture_changes_nothing(project, no_encoder):
    no_encoder()
    _later(project / "models/an-ninh/a.jpg")
    _, report = build_site(project)
    assert report.is_unchanged


@pytest.mark.parametrize("harm", ["torn", "emptied", "exchanged"])
def test_what_is_kept_and_does_not_read_as_written_is_encoded_again(project, harm):
    before, kept = snapshot(project / "site"), _cached(project)
    first, *_, last = sorted(kept.values())
    half = first.read_bytes()[: first.stat().st_size // 2]
    first.write_bytes({"torn": half, "emptied": b"", "exchanged": last.read_bytes()}[harm])
    first.with_name(first.name + MADE_SUFFIX).write_bytes(half)  # as a killed build leaves it
    shutil.rmtree(project / "site")
    assert _built(project) == before
    assert set(_cached(project)) == set(kept)


def test_where_nothing_can_be_kept_pictures_are_published_all_the_same(project):
    before = snapshot(project / "site")
    shutil.rmtree(project / FOLDER / "pictures")
    (project / FOLDER / "pictures").write_bytes(b"")
    shutil.rmtree(project / "site")
    assert _built(project) == before


def test_many_are_made_by_several_processes(tmp_path):
    pictures = [(f"{n}.jpg", a_picture("JPEG", (500 + n, 60))) for n in range(12)]
    alone = _built(_project(tmp_path / "a", *pictures))
    assert len(_photos(alone)) == 24
    root, told = _project(tmp_path / "b", *pictures), []
    with Crew(2) as crew:
        build_site(root, crew, rendering=lambda done, total: told.append((done, total)))
    assert snapshot(root / "site") == alone
    assert told[-1][0] == told[-1][1] == len(told) > 24


# --- what changes ------------------------------------------------------------------------------


def test_an_edited_picture_changes_the_pages_that_show_it(project):
    before, kept = snapshot(project / "site"), set(_cached(project))
    data = a_picture("JPEG", (700, 100))
    (project / "models/an-ninh/a.jpg").write_bytes(data)
    _, report = build_site(project)
    after = snapshot(project / "site")
    files = {photo_file("models/an-ninh/a.jpg", data, width) for width in (480, 700)}
    assert files == _photos(after).keys() - _photos(before).keys()
    for page in (PAGE, "mo-hinh/index.html", "linh-vuc/an-ninh/index.html"):
        assert page in report.changed
        assert all(file in after[page].decode() for file in files)
    assert "tin-tuc/index.html" not in report.changed
    # What showed the old one is gone, from the site and from what is kept.
    assert not any("-1600" in file for file in after)
    assert len(set(_cached(project)) - kept) == 2
    assert not any(name.endswith("-1600") for name in _cached(project))


def test_a_picture_that_is_shown_no_more_disappears(project):
    text = (project / STORY).read_text("utf-8")
    (project / STORY).write_text(text.replace("a.jpg", "b.heic"), "utf-8")
    assert [file for file in _built(project) if file.startswith("tep/models/an-ninh/a-")] == []
    assert len(_cached(project)) == 1


def test_a_torn_picture_stops_the_build_and_leaves_the_old_site(project):
    before, data = snapshot(project / "site"), a_picture("JPEG", (1800, 900))
    (project / "models/an-ninh/a.jpg").write_bytes(data[: len(data) // 2])
    with pytest.raises(ContentFaults) as faults:
        build_site(project)
    (error,) = faults.value.errors
    assert (error.code, error.span.path) == ("MH307", STORY)
    assert snapshot(project / "site") == before


def test_a_picture_that_changes_during_a_build_is_looked_at_again(project, monkeypatch):
    place, data = project / "models/an-ninh/a.jpg", a_picture("JPEG", (900, 100))
    _forget_all_but_pictures(project)
    shutil.rmtree(project / FOLDER / "pictures")

    def change(self, place_of, photo, size):
        """Somebody saves the picture just when it is to be published."""
        if place.read_bytes() != data:
            place.write_bytes(data)
        return as_it_is(self, place_of, photo, size)

    as_it_is = Darkroom.file
    monkeypatch.setattr(Darkroom, "file", change)
    files = {photo_file("models/an-ninh/a.jpg", data, width) for width in (480, 900)}
    assert files < _photos(_built(project)).keys()


def test_one_that_goes_on_changing_is_told_to_the_writer(project, monkeypatch):
    (project / "models/an-ninh/a.jpg").write_bytes(a_picture("JPEG", (900, 100)))
    monkeypatch.setattr("site_builder.outputs.pictures.original", lambda _place: b"other")
    with pytest.raises(SourceChanged, match=r"a\.jpg vừa thay đổi"):
        build_site(project)
