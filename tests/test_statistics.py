"""The movement in figures: counts by step, sums by measure, duties."""

from decimal import Decimal

import pytest
from project import a_model, catalogue_of, write_project

from site_builder.statistics import (
    Counts,
    by_year_and_field,
    count_models,
    duties_below,
    results_added_up,
)


def _models(*keys):
    """Files of models that differ by the keys given."""
    return {
        f"models/{own.get('field', 'an-ninh')}/m{number}.md": a_model(
            title=f"Mô hình {number}", **own
        )
        for number, own in enumerate(keys)
    }


def _with_results(*results):
    return [
        {"results": [{"label": "Kết quả", "value": v, "unit": u} for v, u in own]}
        for own in results
    ]


def test_each_step_counts_the_later_ones(tmp_path):
    praised = [{"form": "Bằng khen", "by": "Tỉnh ủy"}]
    proposed = [praised[0] | {"status": "de-nghi"}]
    steps = ("dang-ky", "trien-khai", "cong-nhan", "tieu-bieu", "ket-thuc", "chua-ro")
    keys = [{"status": step, "awards": proposed} for step in steps]
    keys.append({"status": "nhan-rong", "replicated_to": ["Xã bên"], "awards": praised * 2})
    found = catalogue_of(write_project(tmp_path, _models(*keys)))
    everything = Counts(registered=7, recognised=3, exemplary=2, replicated=1, awarded=1)
    assert count_models(found) == count_models(found, "an-ninh") == everything
    assert count_models(found, "he-thong") == Counts(0, 0, 0, 0, 0)


def test_counts_by_year_and_field_have_every_field(tmp_path):
    keys = [{"year": 2022}, {"year": 2022}, {"year": "chua-ro", "field": "he-thong"}]
    found = catalogue_of(write_project(tmp_path, _models(*keys)))
    assert list(by_year_and_field(found).items()) == [
        ("2022", {"kinh-te": 0, "an-ninh": 2, "he-thong": 0}),
        ("", {"kinh-te": 0, "an-ninh": 0, "he-thong": 1}),
    ]


@pytest.mark.parametrize(
    ("results", "unit", "amount"),
    [
        ([("1,2", "ha"), ("300", "m²"), ("0,5", "m2")], "m²", "12300.5"),
        ([("250", "m"), ("3", "Mét"), ("1,5", "km")], "km", "1.753"),
        ([("1,5", "tỷ đồng"), ("0,1", "Tỉ đồng"), ("30", "triệu đồng")], "triệu đồng", "1630"),
        ([("500", "nghìn đồng"), ("1", "đồng")], "triệu đồng", "0.500001"),
        ([("0,1", "tấn"), ("0,2", "tấn")], "tấn", "0.3"),
        ([("-2", "hộ"), ("5", "hộ")], "hộ", "3"),
        (
            [("999.999.999.999.999,999999", "tỷ đồng"), ("0,000001", "đồng")],
            "triệu đồng",
            "999999999999999999.999000000001",
        ),
    ],
)
def test_measures_that_mean_the_same_are_added_up_exactly(tmp_path, results, unit, amount):
    found = catalogue_of(write_project(tmp_path, _models(*_with_results(results))))
    (total,) = results_added_up(found)
    assert (total.unit, total.amount, total.models) == (unit, Decimal(amount), 1)


def test_rates_and_shares_are_left_out(tmp_path):
    results = [("5", "triệu đồng/người/tháng"), ("90", "%"), ("3", "% số hộ"), ("4", "hộ")]
    found = catalogue_of(write_project(tmp_path, _models(*_with_results(results))))
    assert [total.unit for total in results_added_up(found)] == ["hộ"]


def test_sums_stand_by_number_of_models_then_in_the_alphabet(tmp_path):
    own = _with_results(
        [("1", "ấp"), ("1", "an sinh")], [("2", "đèn"), ("9", "đèn")], [("3", "đèn"), ("1", "ấp")]
    )
    found = catalogue_of(write_project(tmp_path, _models(*own)))
    totals = [(total.unit, total.models) for total in results_added_up(found)]
    assert totals == [("ấp", 2), ("đèn", 2), ("an sinh", 1)]


def test_duties_say_who_reached_what_it_owes(tmp_path):
    own = {"unit": "phong-noi-chinh", "year": 2025}
    below = {"unit": "xa-moi", "year": 2025}
    files = _models(own, below, {"unit": "phong-noi-chinh", "year": 2022})
    # What is not public is no model yet.
    files["models/an-ninh/nhap.md"] = a_model(publish="nhap", **own)
    found = catalogue_of(write_project(tmp_path, files))
    states = duties_below(found, "tinh-binh-an", 2025)
    assert [(s.unit.id, s.count, s.needed, s.exempt, s.is_reached) for s in states] == [
        ("phong-noi-chinh", 1, 2, False, False),
        ("hoi-phu-nu", 0, 1, True, True),
        ("xa-moi", 1, 1, False, True),
    ]
    assert [s.is_reached for s in duties_below(found, "tinh-binh-an", 2022)] == [True]
    assert duties_below(found, "tinh-binh-an", 2019) == duties_below(found, "xa-moi", 2025) == ()
