"""The movement in figures: what charts, tables and files say is what the models say."""

import csv
import json
import os
from collections import Counter
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import TODAY_EPOCH, UNITS, a_model, page_at, plan_of, write_project

from site_builder.outputs.tables import csv_file
from site_builder.pages.charts import WHOLE, columns_of, length_of, share
from site_builder.pages.sheets import SHEETS
from site_builder.pages.views import Link, Sheet
from site_builder.pipeline import build_site

GOLDEN = Path(__file__).parent / "golden" / "pages" / "figures.json"
FIELD_IDS = ("kinh-te", "an-ninh", "he-thong")
# A status, and whether it counts as recognised, exemplary, replicated.
STATUSES = {
    "dang-ky": (0, 0, 0),
    "cong-nhan": (1, 0, 0),
    "tieu-bieu": (1, 1, 0),
    "nhan-rong": (1, 1, 1),
    "ket-thuc": (0, 0, 0),
}


def _files(models):
    """Files of models told as mappings; a replicated one says where to."""
    files = {}
    for number, own in enumerate(models):
        keys = {"title": f"Mô hình {number}", "field": "an-ninh", **own}
        if keys.get("status") == "nhan-rong":
            keys["replicated_to"] = ["Xã bên"]
        files[f"models/{keys['field']}/m{number}.md"] = a_model(**keys)
    return files


def _plan(tmp_path, models=(), **registers):
    return plan_of(write_project(tmp_path, _files(models), **registers))


def _themes(plan):
    return {theme.anchor: theme for theme in page_at(plan, "thong-ke/").view.themes}


def _sheets(plan):
    """The rows of each file, as a spreadsheet reads them."""
    found = {}
    for sheet in plan.sheets:
        text = csv_file(sheet).decode("utf-8-sig")
        found[sheet.name] = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    return found


def _praised(form="Bằng khen"):
    return [{"form": form, "by": "Tỉnh ủy"}]


def test_the_whole_page(tmp_path):
    results = [{"label": "Đường", "value": "1,5", "unit": "km"}]
    models = [
        {"year": 2022, "status": "nhan-rong", "level": "tinh", "awards": _praised()},
        {"year": 2025, "unit": "xa-moi", "results": results, "awards": _praised("Giấy khen")},
        {"year": 2022, "field": "kinh-te", "results": results, "status": "cong-nhan"},
        {"year": "chua-ro", "field": "kinh-te"},
        {"year": 2019, "field": "kinh-te"},
    ]
    page = page_at(_plan(tmp_path, models), "thong-ke/")
    shown = json.dumps(page.meta(), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")


def test_where_there_is_nothing_the_page_says_so_and_files_have_their_heads(tmp_path):
    plan = _plan(tmp_path, units=[{key: u[key] for key in u if key != "duty"} for u in UNITS])
    themes = _themes(plan)
    assert [theme.heading for theme in themes.values()] == [
        "Chưa có mô hình nào để đếm",
        "Chưa có mô hình nào đăng ký",
        "Chưa có kết quả nào cộng lại được",
        "Chưa có mô hình nào được ghi nhận khen thưởng",
        "Chưa đơn vị nào có chỉ tiêu đăng ký",
    ]
    assert not any(theme.bars or theme.columns or theme.tables for theme in themes.values())
    sheets = _sheets(plan)
    assert tuple(sheets) == SHEETS
    assert all(rows[0] for rows in sheets.values())


def test_one_year_and_no_year(tmp_path):
    plan = _plan(tmp_path / "a", [{"year": 2024}] * 3)
    (chart,) = _themes(plan)["nam"].columns
    (column,) = chart.columns
    assert (column.value, [tick.text for tick in chart.ticks]) == ("3", ["2024"])
    assert column.width < WHOLE / 5
    plan = _plan(tmp_path / "b", [{"year": "chua-ro"}] * 3)
    theme = _themes(plan)["nam"]
    assert (theme.columns, theme.text) == ((), "3 mô hình chưa rõ năm.")


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        (["an-ninh"] * 2, "2 mô hình, đều ở lĩnh vực An ninh, trật tự"),
        (["an-ninh"] * 2 + ["kinh-te"], "3 mô hình, nhiều nhất ở lĩnh vực An ninh, trật tự"),
        (["an-ninh", "kinh-te"], "2 mô hình, nhiều nhất ở lĩnh vực Kinh tế và An ninh, trật tự"),
        (["an-ninh", "kinh-te", "he-thong"], "3 mô hình"),
    ],
)
def test_a_heading_names_who_leads(tmp_path, fields, heading):
    keys = [{"field": field, "year": 2022} for field in fields]
    assert _themes(_plan(tmp_path, keys))["nam"].heading == heading


def test_names_of_any_length_are_cut_beside_bars_and_whole_in_tables(tmp_path):
    long, unbroken = "Bằng khen " + "rất dài " * 16 + "cuối", "x" * 150
    models = [{"awards": _praised(form)} for form in (long, long, unbroken)]
    theme = _themes(_plan(tmp_path, models))["khen-thuong"]
    labels = [bar.label for bar in theme.bars[0].bars]
    assert all(len(label) <= 61 and label.endswith("…") for label in labels)
    assert labels[0].endswith("rất dài…")
    table, _ = theme.tables[0]
    assert [row[0].text for row in table.rows] == ["Tất cả", long, unbroken]


def test_much_is_cut_on_the_page_and_whole_in_its_file(tmp_path):
    duty = [{"year": 2025}]
    units = [
        {"id": f"xa-{n}", "names": [{"name": f"Xã {n}"}], "type": "xa", "duty": duty}
        for n in range(1, 71)
    ]
    plan = _plan(tmp_path, [{"unit": "xa-2", "year": 2025}], units=units)
    theme = _themes(plan)["chi-tieu"]
    assert theme.heading == "Năm 2025: 1 trong 70 đơn vị đăng ký đủ chỉ tiêu"
    by_unit = theme.bars[1]
    # Those that owe something come first.
    assert [bar.label for bar in by_unit.bars[:2]] == ["Xã 1", "Xã 3"]
    assert (len(by_unit.bars), by_unit.note) == (12, "Còn 58 mục nữa trong bảng.")
    table, _ = theme.tables[1]
    assert (len(table.rows), table.note) == (
        60,
        "Trang này chỉ in 60 dòng đầu; tệp có đủ 70 dòng.",
    )
    assert len(_sheets(plan)["chi-tieu-don-vi"]) == 71


def test_duties_count_until_this_year_and_without_the_exempt(tmp_path):
    units = [dict(unit) for unit in UNITS]
    units[-1] |= {"duty": [{"year": 2026}, {"year": 2025}]}
    models = [{"unit": "xa-moi", "year": 2025}, {"unit": "phong-noi-chinh", "year": 2022}]
    sheets = _sheets(_plan(tmp_path, models, units=units))
    assert sheets["chi-tieu"][1:] == [["2025", "3", "1", "2", "1"], ["2022", "1", "1", "0", "0"]]
    assert sheets["chi-tieu-don-vi"][1:] == [
        ["Ban Nội chính", "2025", "2", "0", "chưa đủ"],
        ["Hội Phụ nữ", "2025", "1", "0", "được miễn"],
        ["Xã Lẻ", "2025", "1", "0", "chưa đủ"],
        ["Xã Mới", "2025", "1", "1", "đã đủ"],
        ["Ban Nội chính", "2022", "1", "1", "đã đủ"],
    ]


def test_a_new_year_brings_its_duties(tmp_path, monkeypatch):
    units = [dict(unit) for unit in UNITS]
    units[-1] |= {"duty": [{"year": 2026}]}
    root = write_project(tmp_path, _files([{"year": 2025}]), units=units)
    place = root / "site" / "thong-ke" / "chi-tieu.csv"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY_EPOCH)
    build_site(root)
    assert b"2026" not in place.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(TODAY_EPOCH) + 90 * 86_400))
    build_site(root)
    assert "2026;1;0;1;0" in place.read_text(encoding="utf-8-sig")
    assert "Năm 2026" in (place.parent / "index.html").read_text(encoding="utf-8")


def test_sums_of_fields_follow_the_models(tmp_path):
    def hectares(amount):
        return [{"label": "Đất", "value": amount, "unit": "ha"}]

    models = [
        {"results": hectares("1,5")},
        {"results": hectares("-2"), "field": "kinh-te"},
        {"results": [{"label": "Hộ", "value": 5, "unit": "hộ"}]},
    ]
    plan = _plan(tmp_path, models)
    # One model alone adds nothing up; nothing has a length below zero.
    assert _sheets(plan)["ket-qua"][1:] == [["m²", "-5000", "2", "-20000", "15000", "0"]]
    (bars,) = _themes(plan)["ket-qua"].bars
    assert [(bar.value, bar.length) for bar in bars.bars] == [
        ("-20.000 m²", 0),
        ("15.000 m²", WHOLE),
    ]


# --- files ------------------------------------------------------------------------------------


def test_a_file_is_as_vietnamese_excel_reads_it():
    rows = (
        (Link("hộ; “nghèo”", "a/"), Decimal("1234567.50"), 1000, '2 "mét"'),
        ("=HYPERLINK(1)", Decimal("-0.25"), 0, "-"),
    )
    sheet = Sheet("a", "Bảng", ("Tên", "Số", "Đếm", "Chữ"), rows)
    assert csv_file(sheet) == (
        b"\xef\xbb\xbf"
        + "Tên;Số;Đếm;Chữ\r\n"
        '"hộ; “nghèo”";1234567,5;1000;"2 ""mét"""\r\n'
        "'=HYPERLINK(1);-0,25;0;'-\r\n".encode()
    )


# --- drawings ---------------------------------------------------------------------------------


def test_one_is_seen_beside_five_thousand():
    assert [length_of(n, 5000) for n in (0, 1, 2500, 5000)] == [0, 8, 500, WHOLE]
    columns, _ = columns_of({2020: 1, 2021: 5000}, range(2020, 2022), 5000)
    assert [(c.height, c.value) for c in columns] == [(12, "1"), (640, "5.000")]


@given(
    st.dictionaries(st.integers(1945, 2040), st.integers(1, 5000), min_size=1, max_size=60),
    st.integers(0, 9999),
)
def test_columns_stand_in_order_inside_the_drawing(counts, more):
    years = range(min(counts), max(counts) + 1)
    columns, ticks = columns_of(counts, years, max(counts.values()) + more)
    assert len(columns) == len(counts)
    ends = [edge for column in columns for edge in (column.x, column.x + column.width)]
    assert ends == sorted(ends)
    assert 0 <= ends[0] < ends[-1] <= WHOLE
    assert all(column.y >= 200 and column.y + column.height == 840 for column in columns)
    numbered = [column for column in columns if column.value]
    assert max(column.height for column in columns) in [column.height for column in numbered]
    assert len(numbered) == (len(columns) if len(years) <= 8 else 1)
    assert 1 <= len(ticks) <= 5
    assert ticks[-1].text == str(years[-1])
    assert all(0 < tick.x < WHOLE for tick in ticks)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        *((0, 0, "0%"), (0, 9, "0%"), (1, 3, "33%"), (1, 8, "13%"), (9, 9, "100%")),
        *((1, 5000, "dưới 1%"), (4999, 5000, "trên 99%"), (1, 200, "1%")),
    ],
)
def test_shares(part, whole, text):
    assert share(part, whole) == text


# --- everywhere the same ----------------------------------------------------------------------

any_model = st.fixed_dictionaries(
    {
        "field": st.sampled_from(FIELD_IDS),
        "year": st.sampled_from(["chua-ro", 2021, 2022, 2023]),
        "status": st.sampled_from(sorted(STATUSES)),
        "level": st.sampled_from([None, "co-so", "tinh"]),
        "awards": st.lists(st.sampled_from(["Bằng khen", "Giấy khen"]).map(_praised), max_size=2),
        "results": st.lists(
            st.fixed_dictionaries(
                {
                    "label": st.just("Kết quả"),
                    "value": st.decimals(-99, 999, places=2).map(str),
                    "unit": st.sampled_from(["hộ", "m²"]),
                }
            ),
            max_size=2,
        ),
    }
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(models=st.lists(any_model, min_size=1, max_size=12))
def test_charts_tables_and_files_say_what_the_models_say(tmp_path_factory, models):
    models = [own | {"awards": [award for one in own["awards"] for award in one]} for own in models]
    plan = _plan(tmp_path_factory.mktemp("so-lieu"), models)
    themes, sheets = _themes(plan), _sheets(plan)
    for theme in themes.values():
        for table, file in theme.tables:
            name = Path(file.address).stem
            printed = [[cell.text.replace(".", "") for cell in row] for row in table.rows]
            assert printed == sheets[name][1:]
    _check_years(models, themes["nam"], sheets["nam"])
    steps = [len(models)]
    steps += [sum(STATUSES[own["status"]][step] for own in models) for step in range(3)]
    assert sheets["linh-vuc"][1] == ["Tất cả", *map(str, steps), str(_awarded(models))]
    drawn = [int(bar.value.split()[0]) for bar in themes["con-duong"].bars[0].bars]
    assert drawn == steps
    _check_awards(models, themes["khen-thuong"], sheets["khen-thuong"])
    _check_results(models, sheets["ket-qua"])


def _check_years(models, theme, rows):
    counted = Counter(
        ("Chưa rõ năm" if own["year"] == "chua-ro" else str(own["year"]), own["field"])
        for own in models
    )
    for year, *numbers, total in rows[2:]:
        assert list(map(int, numbers)) == [counted[year, field] for field in FIELD_IDS]
        assert int(total) == sum(map(int, numbers))
    assert [int(number) for number in rows[1][1:]] == [
        sum(int(row[column]) for row in rows[2:]) for column in range(1, 5)
    ]
    assert int(rows[1][-1]) == len(models)
    (bars,) = theme.bars
    assert [bar.value for bar in bars.bars] == rows[1][1:-1]
    years = {(year, field) for year, field in counted if year != "Chưa rõ năm"}
    assert {c.field: len(c.columns) for c in theme.columns} == Counter(f for _, f in years)
    for chart in theme.columns:
        # Over so few years each column bears its number.
        drawn = [int(column.value) for column in chart.columns]
        assert drawn == [counted[y, f] for y, f in sorted(years) if f == chart.field]


def _awarded(models):
    return sum(bool(own["awards"]) for own in models)


def _check_awards(models, theme, rows):
    if not _awarded(models):
        assert (theme.bars, rows[2:]) == ((), [])
        return
    assert int(rows[1][-1]) == _awarded(models)
    counted = Counter(form for own in models for form in {award["form"] for award in own["awards"]})
    assert {row[0]: int(row[-1]) for row in rows[2:]} == counted
    by_form, by_level = ({b.label: int(b.value.split()[0]) for b in one.bars} for one in theme.bars)
    assert by_form == counted
    assert list(by_level) == rows[0][1:-1]
    assert [*by_level.values(), sum(by_level.values())] == list(map(int, rows[1][1:]))


def _check_results(models, rows):
    for measure, *numbers in rows[1:]:
        total, count, *by_field = (Decimal(number.replace(",", ".")) for number in numbers)
        own = [
            (own["field"], Decimal(result["value"]))
            for own in models
            for result in own["results"]
            if result["unit"] == measure
        ]
        sums = [sum(amount for of, amount in own if of == field) for field in FIELD_IDS]
        assert (total, by_field) == (sum(sums), sums)
        assert count == sum(measure in {r["unit"] for r in m["results"]} for m in models)
