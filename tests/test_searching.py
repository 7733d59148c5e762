"""The index of a site that is edited: what the build writes, and what it leaves for a while."""

import json
import zlib

import pytest
from edited import led_to
from project import a_model, an_article, snapshot, write_project

from site_builder.building import searching
from site_builder.pipeline import build_site
from site_builder.search.documents import FOLDER

KENG = "models/an-ninh/tieng-keng.md"
DAY = 24 * 60 * 60


@pytest.fixture
def clock(monkeypatch):
    """Seconds, to be moved."""
    now = [1_000_000_000.0]
    monkeypatch.setattr(searching.time, "time", lambda: now[0])
    return now


@pytest.fixture
def project(tmp_path):
    files = {KENG: a_model(title="Tiếng kẻng")}
    files |= {f"models/an-ninh/bai-{n}.md": a_model(title=f"Bài {n}") for n in range(12)}
    files["content/news/2024/ra-quan.md"] = an_article("Bà con ra quân.", date="2024-05-02")
    return write_project(tmp_path / "du-an", files)


def _built(project):
    build_site(project)
    site = snapshot(project / "site")
    return {file for file in site if file.startswith(FOLDER)}, {
        file for file in led_to(site) if file.startswith(FOLDER)
    }


def _documents(project):
    """What the index says of every document, by title."""
    site = led_to(snapshot(project / "site"))
    chunks = [data for file, data in site.items() if file.startswith(f"{FOLDER}chunk")]
    return {row[1]: row for chunk in chunks for row in json.loads(zlib.decompress(chunk))}


def test_results_show_what_stories_say(project):
    build_site(project)
    found = _documents(project)
    assert found["Tiếng kẻng"] == [
        "mo-hinh/an-ninh/tieng-keng/",
        "Tiếng kẻng",
        "Mô hình",
        "Nghe tiếng kẻng, bà con cùng ra giữ làng.",
        "2022",
        ["Phòng Nội chính", "năm 2022"],
        "an-ninh",
    ]
    assert len(found) == 14


def test_what_nothing_leads_to_stays_for_a_day(project, clock):
    _, first = _built(project)
    (project / KENG).write_text(a_model(title="Tiếng trống"), encoding="utf-8")
    there, now = _built(project)
    assert "Tiếng trống" in _documents(project)
    assert there == first | now
    assert first - now

    clock[0] += DAY - 1
    (project / KENG).write_text(a_model(title="Tiếng cồng"), encoding="utf-8")
    there, latest = _built(project)
    assert first < there

    clock[0] += 2
    (project / KENG).write_text(a_model(title="Tiếng chiêng"), encoding="utf-8")
    there, last = _built(project)
    assert not (first - now - last) & there
    assert (latest - last) < there


def test_what_comes_back_is_led_to_again(project, clock):
    text = (project / KENG).read_text("utf-8")
    _, first = _built(project)
    (project / KENG).write_text(a_model(title="Tiếng trống"), encoding="utf-8")
    _built(project)
    (project / KENG).write_text(text, encoding="utf-8")
    assert _built(project)[1] == first
    clock[0] += 2 * DAY
    (project / "content/news/2024/ra-quan.md").write_text(
        an_article("Bà con về quê.", date="2024-05-02"), encoding="utf-8"
    )
    there, now = _built(project)
    assert first - now < there


def test_only_so_many_stay(project, clock, monkeypatch):
    monkeypatch.setattr(searching, "_MOST_LEFT", 5)
    for title in ("Tiếng trống", "Tiếng cồng", "Tiếng chiêng", "Tiếng mõ"):
        (project / KENG).write_text(a_model(title=title), encoding="utf-8")
        there, now = _built(project)
    assert len(there - now) == 5


def test_a_file_that_somebody_touched_is_made_again(project):
    _built(project)
    before = led_to(snapshot(project / "site"))
    for place in sorted((project / "site" / "search").glob("shard-*"))[:2]:
        place.write_bytes(b"hong")
    (project / "site" / "search" / "start.json").unlink()
    build_site(project)
    assert led_to(snapshot(project / "site")) == before


def test_a_new_story_leaves_most_files_alone(project):
    _, first = _built(project)
    (project / "content/news/2025").mkdir()
    (project / "content/news/2025/moi.md").write_text(
        an_article("Hoàn toàn mới.", date="2025-05-02"), encoding="utf-8"
    )
    _, now = _built(project)
    kept = {file for file in first & now if "chunk" in file}
    assert len(kept) == len([file for file in first if "chunk" in file]) - 1
