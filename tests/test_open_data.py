"""Open data: the tables say what the pages show, no more and no less, in the form described."""

import csv
import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from project import (
    SITE,
    TODAY,
    a_document,
    a_model,
    an_article,
    catalogue_of,
    page_at,
    plan_of,
    write_project,
)

from site_builder.loading import load_site
from site_builder.outputs.files import output_files
from site_builder.outputs.pictures import Darkroom
from site_builder.pages.plan import plan_site
from site_builder.pages.tables import TABLES

ROOT = Path(__file__).parent.parent
HOSTILE = '=cmd|" /C calc"!A0; </script>, "x"'
RESULT = {"label": "Đất được hiến", "value": "1647,5", "unit": "m²", "about": "hon", "before": 0}
AWARDS = [
    {"form": "Bằng khen", "by": "Tỉnh", "year": 2023, "decision": "52-CT/TU"},
    {"form": "Bằng khen", "by": "Huyện", "status": "thu-hoi"},
]
FILES = {
    "models/an-ninh/a.md": a_model(
        title=HOSTILE,
        owner="-Ông",
        results=[RESULT, RESULT | {"value": 3}],
        awards=AWARDS,
        topics=["kẻng", "ngõ"],
        documents=["52-CT/TU"],
        sources=[{"title": "Báo"}, {"title": "Đài", "url": "https://dai.vn/a"}],
    ),
    "models/an-ninh/nhap.md": a_model(title="BIMAT", publish="nhap", results=[RESULT]),
    "models/an-ninh/mai.md": a_model(title="BIMAT", publish_on="2025-10-16", awards=AWARDS),
    "content/news/2024/tin.md": an_article(models=["a"], updated="2024-06"),
    "content/news/2024/cho.md": an_article(title="BIMAT", publish="cho-duyet"),
    "content/documents/chi-thi.md": a_document(),
    "content/documents/nhap.md": a_document(title="BIMAT", number="1-CT", publish="nhap"),
}


def _files(plan, places=None):
    return dict(output_files(plan, places or {}, "https://a.example.org/", Darkroom(Path())))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return _files(plan_of(write_project(tmp_path_factory.mktemp("du-an"), FILES)))


def _json(files, table):
    return json.loads(files[f"du-lieu/{table}.json"])


def _csv(files, table):
    text = files[f"du-lieu/{table}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_model_with_all_it_has(files):
    (model,) = _json(files, "mo-hinh")
    known = {key: value for key, value in model.items() if value not in (None, [])}
    assert known == {
        "id": "a",
        "url": "https://a.example.org/mo-hinh/an-ninh/a/",
        "title": HOSTILE,
        "summary": "Nghe tiếng kẻng, bà con cùng ra giữ làng.",
        "field": "an-ninh",
        "field_name": "An ninh, trật tự",
        "unit": "phong-noi-chinh",
        "unit_name": "Phòng Nội chính",
        "owner": "-Ông",
        "year": 2022,
        "status": "trien-khai",
        "documents": ["chi-thi"],
        "topics": ["kẻng", "ngõ"],
        "sources": ["Báo", "https://dai.vn/a"],
    }
    assert [(r["model"], r["about"], r["value"]) for r in _json(files, "ket-qua")] == [
        ("a", "hon", 1647.5),
        ("a", "hon", 3),
    ]
    awards = [(a["year"], a["decision"], a["status"]) for a in _json(files, "khen-thuong")]
    assert awards == [(2023, "chi-thi", "da-tang"), (None, None, "thu-hoi")]


def test_nothing_hidden_is_in_any_file(files):
    assert [name for name, data in files.items() if b"BIMAT" in data] == []


def test_csv_says_what_json_says(files):
    for table in TABLES:
        rows, values = _csv(files, table.name), _json(files, table.name)
        assert len(rows) == len(values), table.name
        for row, value in zip(rows, values, strict=True):
            shown = {
                key: "; ".join(one) if isinstance(one, list) else "" if one is None else str(one)
                for key, one in value.items()
            }
            plain = {key: text.removeprefix("'") for key, text in row.items()}
            assert plain == shown


def test_a_spreadsheet_runs_no_text(files):
    (row,) = _csv(files, "mo-hinh")
    assert (row["title"], row["owner"]) == (f"'{HOSTILE}", "'-Ông")
    assert files["du-lieu/mo-hinh.csv"].startswith("\ufeffid,url,title".encode())


def test_the_package_describes_every_file(files):
    package = json.loads(files["du-lieu/datapackage.json"])
    assert package["licenses"] == [{"title": SITE["licence"], "path": SITE["licence_url"]}]
    described = {f"du-lieu/{resource['path']}": resource for resource in package["resources"]}
    data = {name for name in files if name.startswith("du-lieu/")}
    schemas = {name for name in data if name.endswith(".schema.json")}
    assert described.keys() == data - schemas - {"du-lieu/datapackage.json"}
    assert {
        f"du-lieu/{r['jsonSchema']}" for r in described.values() if "jsonSchema" in r
    } == schemas
    for name, resource in described.items():
        if name.endswith(".csv"):
            head = files[name].decode("utf-8-sig").splitlines()[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == head


def test_a_project_without_entries_has_empty_tables(tmp_path):
    files = _files(plan_of(write_project(tmp_path, site=SITE | {"licence_url": None})))
    assert {len(_json(files, table.name)) for table in TABLES} == {0}
    assert "licenses" not in json.loads(files["du-lieu/datapackage.json"])


@pytest.fixture(scope="module")
def real():
    loaded = load_site(ROOT, TODAY)
    plan = plan_site(loaded.require_catalogue())
    places = {path: Path(file.place) for path, file in loaded.library.assets.items()}
    return plan, _files(plan, places)


def test_counts_equal_the_pages(real):
    plan, files = real
    kinds = Counter(page.template for page in plan.pages)
    units = {page.address for page in plan.pages if page.template == "unit.html"}
    found = {table.name: _json(files, table.name) for table in TABLES}
    assert len(found["mo-hinh"]) == kinds["model.html"] > 80
    assert len(found["tin-tuc"]) == kinds["article.html"] > 0
    assert len(found["van-ban"]) == kinds["document.html"] > 0
    root = "https://a.example.org/"
    assert {row["url"].removeprefix(root) for row in found["don-vi"]} == units
    results = sum(len(p.view.figures) for p in plan.pages if p.template == "model.html")
    assert len(found["ket-qua"]) == results > 0
    tables = [s.table for p in plan.pages if p.template == "model.html" for s in p.view.sections]
    assert len(found["khen-thuong"]) == sum(len(table.rows) for table in tables if table) > 0
    shown = page_at(plan, "du-lieu/").view.sections[0].table.rows
    assert {row[2].address: row[1].text for row in shown} == {
        f"du-lieu/{name}.csv": str(len(rows)) for name, rows in found.items()
    }
    addresses = {page.address for page in plan.pages}
    urls = {row["url"].removeprefix(root) for name in found for row in found[name] if "url" in row}
    assert urls <= addresses


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_json_is_as_its_schema_says(real, files, table):
    schema = json.loads(files[f"du-lieu/{table.name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for found in (real[1], files):
        validator.validate(_json(found, table.name))
    assert not validator.is_valid([{}])


def test_awards_given_are_those_of_the_lists(tmp_path):
    root = write_project(tmp_path, FILES)
    catalogue, rows = catalogue_of(root), _json(_files(plan_of(root)), "khen-thuong")
    given = {row["model"] for row in rows if row["status"] == "da-tang"}
    assert given == {entry.id for entry in catalogue.by_award["bang-khen"]}
