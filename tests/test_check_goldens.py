"""Every code has a golden: a few files, and exactly what a writer is told about them.

Keys of a golden (tests/golden/check/*.yml):

- about: what it shows, in one English sentence
- files: path → text, over the skeleton; null deletes
- replace: path → {text that stands once: text in its place}
- repeat: path → {text: how often it stands in its place}
- bytes: path → hexadecimal digits · pictures: path → a kind of `golden_project.picture`
- links: path → target of a symbolic link · locked: paths that cannot be opened
- today: the day of the check (2026-11-21 unless told)
- expect: what is printed by `golden_project.listed`, whole; empty where all is well
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from golden_project import GOLDEN, listed, read_golden, write_project

from site_builder import load_site
from site_builder.messages import MESSAGES

GOLDENS = sorted((GOLDEN / "check").glob("*.yml"), key=lambda place: place.name)
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("place", GOLDENS, ids=lambda place: place.stem)
def test_golden(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    golden = read_golden(place)
    if golden.get("links") and not _can_link():
        pytest.skip("symbolic links need a right that this account lacks")
    write_project(tmp_path, golden)
    lock(monkeypatch, {tmp_path / path for path in golden.get("locked", [])})
    loaded = load_site(tmp_path, golden.get("today", TODAY))
    assert listed(loaded.diagnostics) == golden["expect"]
    assert (loaded.catalogue is None) == (" error MH" in golden["expect"])


@pytest.mark.parametrize("place", GOLDENS, ids=lambda place: place.stem)
def test_golden_is_named_for_what_it_expects(place: Path) -> None:
    golden = read_golden(place)
    code = place.stem.partition("-")[0]
    assert golden["about"].endswith(".")
    if code == "accepted":
        assert golden["expect"] == ""
    else:
        assert f" {code}: " in golden["expect"]


def test_every_code_has_a_golden_and_every_golden_a_code() -> None:
    places = [*GOLDENS, *(GOLDEN / "publish").glob("MH5*.yml")]
    named = {place.stem.partition("-")[0] for place in places} - {"accepted"}
    # The table of old addresses is looked at when a server is configured: see tests/serving/.
    assert named == {code for code in MESSAGES if not code.startswith("MH41")}


def lock(monkeypatch: pytest.MonkeyPatch, places: set[Path]) -> None:
    """Rights would not do: tests may run as a user whom no right stops."""
    really = open

    def refuse(place: str, *arguments: Any, **settings: Any) -> Any:
        if Path(place) in places:
            raise PermissionError(13, "Permission denied")
        return really(place, *arguments, **settings)

    monkeypatch.setattr("builtins.open", refuse)


def _can_link() -> bool:
    with TemporaryDirectory() as folder:
        try:
            (Path(folder) / "link").symlink_to("nowhere")
        except (OSError, NotImplementedError):
            return False
    return True
