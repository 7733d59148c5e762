"""Open data after an edit: lines are replaced where they stand, nothing is joined again."""

import pytest
from project import TODAY_EPOCH, a_model, snapshot, write_project

from site_builder.pipeline import build_site
from site_builder.workers import Crew

PLACE = "models/an-ninh/m1.md"
RESULT = {"label": "Đất", "value": 3, "unit": "m²"}


def _model(n: int, **keys) -> str:
    return a_model(title=f"Mô hình {n}", results=[RESULT, RESULT], **keys)


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    files = {f"models/an-ninh/m{n}.md": _model(n) for n in range(1, 13)}
    return write_project(tmp_path / "du-an", files)


def _build(root):
    with Crew(1) as crew:
        _, report = build_site(root, crew)
    return {file for file in report.changed if file.startswith("du-lieu/")}


def _data_anew(root, folder):
    files = {
        p.relative_to(root).as_posix(): p.read_bytes() for p in (root / "models").rglob("*.md")
    }
    other = write_project(folder, files)
    _build(other)
    return snapshot(other / "site" / "du-lieu")


@pytest.mark.parametrize("title", ["Tên khác", 'Tên "khác", <b> =1', "Mô hình 2"])
def test_an_edit_replaces_its_lines(root, tmp_path, monkeypatch, title):
    _build(root)
    monkeypatch.setattr("site_builder.building.gathering.data_file", None)
    (root / PLACE).write_text(_model(1).replace("Mô hình 1", title.replace('"', '\\"')), "utf-8")
    assert _build(root) == {"du-lieu/mo-hinh.csv", "du-lieu/mo-hinh.json"}
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    assert snapshot(root / "site" / "du-lieu") == _data_anew(root, tmp_path / "moi")


def test_another_body_touches_no_data(root):
    _build(root)
    (root / PLACE).write_text(_model(1) + "\nThêm một câu.\n", "utf-8")
    assert _build(root) == set()


def test_what_somebody_touched_is_joined_again(root, tmp_path):
    _build(root)
    (root / "site" / "du-lieu" / "mo-hinh.csv").write_text("x", "utf-8")
    (root / PLACE).write_text(_model(1, place="Thôn"), "utf-8")
    assert "du-lieu/mo-hinh.csv" in _build(root)
    assert snapshot(root / "site" / "du-lieu") == _data_anew(root, tmp_path / "moi")


def test_a_model_that_goes_takes_its_lines_along(root, tmp_path):
    _build(root)
    (root / PLACE).unlink()
    assert "du-lieu/ket-qua.json" in _build(root)
    assert snapshot(root / "site" / "du-lieu") == _data_anew(root, tmp_path / "moi")
