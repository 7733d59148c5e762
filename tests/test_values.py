"""Single values as writers type them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from site_builder.domain import values
from site_builder.domain.choices import Period, Status
from site_builder.domain.values import PartialDate


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2021-03-18", "2021-03-18"),
        ("2021/3/18", "2021-03-18"),
        ("18/3/2021", "2021-03-18"),
        ("18-03-2021", "2021-03-18"),
        ("18.3.2021", "2021-03-18"),
        ("3/2021", "2021-03"),
        ("2021-03", "2021-03"),
        (" 2021 ", "2021"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_dates(typed: str, iso: str) -> None:
    assert str(values.parse_partial_date(typed)) == iso


def test_a_partial_date_knows_its_ends() -> None:
    month = PartialDate(2024, 2)
    assert (month.first, month.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert PartialDate(2024).last == date(2024, 12, 31)
    assert PartialDate(2024, 2, 5).vietnamese == "05/02/2024"
    assert month.vietnamese == "02/2024"
    assert PartialDate(2024) < month < PartialDate(2024, 2, 1)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1000", "1000"),
        ("4,2", "4.2"),
        ("4.2", "4.2"),
        ("1.250,5", "1250.5"),
        ("1.250.000", "1250000"),
        ("1 250", "1250"),
        ("-3,75", "-3.75"),
        ("3.7960", "3.7960"),
        ("012", "12"),
    ],
)
def test_numbers(typed: str, number: str) -> None:
    assert values.parse_number(typed) == Decimal(number)


def test_what_no_address_may_have_is_written_as_addresses_do() -> None:
    typed = 'https://a.vn/Đường/%20"<b>?q=[1]&x={y}'
    shown = "https://a.vn/Đường/%20%22%3Cb%3E?q=[1]&x=%7By%7D"
    assert values.parse_url(typed) == values.parse_url(shown) == shown


@pytest.mark.parametrize(("typed", "flag"), [("true", True), ("Có", True), ("không", False)])
def test_flags(typed: str, flag: bool) -> None:
    assert values.parse_flag(typed) is flag


@pytest.mark.parametrize(
    ("parse", "typed", "code"),
    [
        (values.parse_partial_date, "03/18/2021", "MH103"),
        (values.parse_partial_date, "2023-02-29", "MH103"),
        (values.parse_partial_date, "2023-00-01", "MH103"),
        (values.parse_partial_date, "31/4", "MH104"),
        (values.parse_partial_date, "12/3/24", "MH104"),
        (values.parse_partial_date, "1944", "MH105"),
        (values.parse_full_date, "3/2024", "MH104"),
        (values.parse_year, "24", "MH118"),
        (values.parse_year, "2101", "MH105"),
        (values.parse_number, "3.796", "MH119"),
        (values.parse_number, "1,2,3", "MH106"),
        (values.parse_number, "1e3", "MH106"),
        (values.parse_number, "NaN", "MH106"),
        (values.parse_number, "9" * 16, "MH106"),
        (values.parse_flag, "on", "MH116"),
        (values.parse_url, "https://", "MH113"),
        (values.parse_url, "https://a b.vn", "MH113"),
        (values.parse_url, "ftp://a.vn", "MH113"),
        (values.parse_address, "/a", "MH117"),
        (values.parse_address, "//a.vn/", "MH117"),
        (values.parse_id, "Xã", "MH120"),
        (values.parse_text, " \n ", "MH112"),
        (values.parse_text, ["a"], "MH110"),
    ],
)
def test_refused(parse: Callable[[Any], Any], typed: Any, code: str) -> None:
    with pytest.raises(PydanticCustomError) as refusal:
        parse(typed)
    assert refusal.value.type == code


def test_an_ambiguous_number_is_explained() -> None:
    with pytest.raises(PydanticCustomError) as refusal:
        values.parse_number("3.796")
    context = refusal.value.context or {}
    assert (context["whole"], context["part"]) == ("3796", "3,796")


@pytest.mark.parametrize("typed", ["trien-khai", "Đang triển khai", "dang TRIEN khai"])
def test_choices_by_slug_and_label(typed: str) -> None:
    assert values.parse_choice(Status, typed) is Status.RUNNING


def test_a_period_holds_its_last_year() -> None:
    assert 2025 in Period.P2021.years
    assert 2026 not in Period.P2021.years
