"""Vietnamese text: order, folding, tones, width, numbers, guesses."""

from decimal import Decimal

import pytest

from site_builder.text import (
    closest,
    collation_key,
    fold,
    heading_slug,
    nfc,
    slug,
    tone_placements,
    vietnamese_number,
    width,
)

SORTED = [
    # The order of CLDR's vi collation: letters first, then tones, then case.
    ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ", "â", "ầ", "ẩ", "ẫ", "ấ", "ậ", "b"],
    ["D", "Dz", "đ", "Đ", "e", "è", "ẹ", "ê", "ề", "ệ", "f"],
    ["o", "ọ", "ô", "ộ", "ơ", "ợ", "p", "u", "ụ", "ư", "ự", "v"],
    ["ma", "mà", "mả", "mã", "má", "mạ", "ma a", "mà b"],
    ["Phường 1", "Phường 2", "Phường 2A", "Phường 10", "Phường An"],
    ["Dương", "Đà Nẵng", "Đắk Lắk", "Đồng Nai", "Em"],
    ["Hòa Bình", "Hoàng Mai", "Huế"],
    ["an", "An", "án", "Án"],
    ["-", "1", "a", "中"],
    ["", "Số 9", "Số 10", "Số 010a", "Số " + "9" * 5_000, "Số 1" + "0" * 5_000, "Số a"],
]


@pytest.mark.parametrize("words", SORTED, ids=lambda words: words[0])
def test_order(words: list[str]) -> None:
    mixed = words[::2] + words[1::2]
    assert sorted(mixed, key=collation_key) == words


def test_order_is_blind_to_normal_form() -> None:
    assert collation_key("a\u0323\u0302") == collation_key("ậ")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Quê", "duong que"),
        ("ĐIỆN", "dien"),
        ("Thie\u0302\u0301u", "thieu"),
        ("abc", "abc"),
        ("ð", "d"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Tiếng kẻng an ninh", "tieng-keng-an-ninh"),
        ("  --Xã Đông/Tây--  ", "xa-dong-tay"),
        ("52-CT/TU", "52-ct-tu"),
        ("!!!", ""),
        ("中文", ""),
    ],
)
def test_slug(text: str, address: str) -> None:
    assert slug(text) == address


def test_heading_slug_always_gives_an_anchor() -> None:
    assert heading_slug("Cách làm") == "cach-lam"
    assert heading_slug("Cách làm", "_") == "cach_lam"
    assert heading_slug("!!!") == "muc"


def test_nfc_joins_marks() -> None:
    assert nfc("e\u0302\u0301") == "ế"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Xã hòa thuận", ("hòa", None)),
        ("Tổ hoà giải", (None, "hoà")),
        ("hòa và hoà, thúy và thuý", ("hòa", "hoà")),
        ("quý, quỳ, hoàn, hoạt, thủy", ("thủy", None)),
        ("khoẻ", (None, "khoẻ")),
        ("không có chữ nào", (None, None)),
    ],
)
def test_tone_placements(text: str, found: tuple[str | None, str | None]) -> None:
    assert tone_placements(text) == found


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("Tiếng", 5), ("Tie\u0302\u0301ng", 5), ("中文", 4), ("a\u200db", 2), ("", 0)],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"),
        (1647, "1.647"),
        (1234567, "1.234.567"),
        (Decimal("4.20"), "4,2"),
        (Decimal("1250.50"), "1.250,5"),
        (Decimal("-1647"), "-1.647"),
        (Decimal("3.00"), "3"),
    ],
)
def test_vietnamese_number(number: Decimal | int, shown: str) -> None:
    assert vietnamese_number(number) == shown


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("sumary", ["summary", "status"], "summary"),
        ("kinh tê", ["van-hoa", "kinh-te"], "kinh-te"),
        ("TIENG KENG", ["Tiếng kẻng", "Tiếng trống"], "Tiếng kẻng"),
        ("xyz", ["summary", "status"], None),
        ("a", [], None),
    ],
)
def test_closest(word: str, candidates: list[str], meant: str | None) -> None:
    assert closest(word, candidates) == meant
