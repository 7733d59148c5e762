"""The tables of the movement in figures: what charts are drawn from, and files for download.

A row of everything stands first, so that it is in sight however many follow.
"""

from collections.abc import Callable, Iterable, Iterator

from site_builder.catalogue import Catalogue
from site_builder.domain.choices import Level
from site_builder.pages.shapes import Shaper
from site_builder.pages.views import Cell, Link, Sheet
from site_builder.statistics import (
    Counts,
    DutyState,
    Total,
    awarded_by_level,
    by_year_and_field,
    count_models,
    duties_by_year,
    results_added_up,
)
from site_builder.text import collation_key

STEPS = ("Đăng ký", "Được công nhận", "Tiêu biểu", "Được nhân rộng", "Được khen thưởng")
ALL = "Tất cả"
_LEVELS = {str(level): level.label for level in Level} | {"": "Chưa rõ cấp"}


def level_name(level: str) -> str:
    """What a level is called; "" is one that is not known."""
    return _LEVELS[level]


def levels_of(catalogue: Catalogue) -> list[str]:
    """The levels of models that were given an award, from the lowest, the unknown one last."""
    found = awarded_by_level(catalogue)
    return [level for level in _LEVELS if level in found]


def added_up(catalogue: Catalogue) -> list[Total]:
    """Sums of more than one model: one alone adds nothing up."""
    return [total for total in results_added_up(catalogue) if total.models > 1]


def _years(shaper: Shaper) -> Sheet:
    catalogue = shaper.catalogue
    counted = by_year_and_field(catalogue)
    fields = tuple(catalogue.fields)
    totals = [sum(counts[field] for counts in counted.values()) for field in fields]
    rows: list[tuple[Cell, ...]] = [(Link(ALL), *totals, sum(totals))]
    for year, counts in counted.items():
        name = Link(year, f"nam/{year}/") if year else Link("Chưa rõ năm")
        rows.append((name, *(counts[field] for field in fields), sum(counts.values())))
    return Sheet(
        "nam",
        "Số mô hình theo năm đăng ký (chưa rõ thì năm bắt đầu) và lĩnh vực",
        ("Năm", *_field_names(catalogue), "Cộng"),
        tuple(rows),
    )


def _fields(shaper: Shaper) -> Sheet:
    catalogue = shaper.catalogue
    rows: list[tuple[Cell, ...]] = [(Link(ALL), *_numbers(count_models(catalogue)))]
    rows += [
        (Link(row.name, f"linh-vuc/{row.id}/"), *_numbers(count_models(catalogue, row.id)))
        for row in catalogue.fields.values()
    ]
    return Sheet(
        "linh-vuc",
        "Số mô hình theo lĩnh vực và bậc",
        ("Lĩnh vực", *STEPS),
        tuple(rows),
        "Mỗi bậc tính cả những mô hình đã lên bậc cao hơn.",
    )


def _numbers(counts: Counts) -> Iterator[int]:
    return (getattr(counts, step) for step in Counts.__slots__)


def _results(shaper: Shaper) -> Sheet:
    catalogue = shaper.catalogue
    rows: Iterable[tuple[Cell, ...]] = (
        (Link(total.unit), total.amount, total.models, *total.by_field.values())
        for total in added_up(catalogue)
    )
    return Sheet(
        "ket-qua",
        "Kết quả của các mô hình, cộng theo đơn vị tính",
        ("Đơn vị tính", "Cộng", "Số mô hình", *_field_names(catalogue)),
        tuple(rows),
        "Chỉ cộng các số cùng đơn vị tính; thu nhập trên người, trên tháng và phần trăm "
        "thì không cộng được. Số ghi “hơn”, “gần” được cộng như đã in.",
    )


def _awards(shaper: Shaper) -> Sheet:
    catalogue = shaper.catalogue
    levels = levels_of(catalogue)

    def numbers(form: str = "") -> Iterator[int]:
        counts = awarded_by_level(catalogue, form)
        return iter([*(counts.get(level, 0) for level in levels), sum(counts.values())])

    rows: list[tuple[Cell, ...]] = [(Link(ALL), *numbers())]
    rows += [
        (Link(catalogue.name_of_award(form), f"khen-thuong/{form}/"), *numbers(form))
        for form in forms_of(catalogue)
    ]
    return Sheet(
        "khen-thuong",
        "Số mô hình được khen thưởng theo hình thức khen và cấp của mô hình",
        ("Hình thức", *map(level_name, levels), "Cộng"),
        tuple(rows),
        "Mô hình được khen bằng nhiều hình thức chỉ tính một lần ở dòng “Tất cả”.",
    )


def forms_of(catalogue: Catalogue) -> dict[str, int]:
    """Models by form of award, the most frequent first."""
    counts = catalogue.by_award.counts()
    names = {form: collation_key(catalogue.name_of_award(form)) for form in counts}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], names[item[0]])))


def _duties(shaper: Shaper) -> Sheet:
    rows = []
    for year, states in duties_by_year(shaper.catalogue).items():
        owing = [state for state in states if not state.exempt]
        reached = sum(state.is_reached for state in owing)
        numbers = (len(owing), reached, len(owing) - reached, len(states) - len(owing))
        rows.append((Link(str(year)), *numbers))
    return Sheet(
        "chi-tieu",
        "Số đơn vị đăng ký đủ mô hình theo chỉ tiêu từng năm",
        ("Năm", "Đơn vị có chỉ tiêu", "Đã đủ", "Chưa đủ", "Được miễn"),
        tuple(rows),
        "Chỉ tính mô hình của chính đơn vị, không tính của cấp dưới.",
    )


def _duties_of_units(shaper: Shaper) -> Sheet:
    rows = tuple(
        (shaper.unit(state.unit), str(year), state.needed, state.count, outcome(state))
        for year, states in duties_by_year(shaper.catalogue).items()
        for state in states
    )
    return Sheet(
        "chi-tieu-don-vi",
        "Chỉ tiêu đăng ký của từng đơn vị, năm mới nhất trước",
        ("Đơn vị", "Năm", "Chỉ tiêu", "Đã đăng ký", "Kết quả"),
        rows,
    )


def outcome(state: DutyState) -> str:
    """Whether a unit did what it owes."""
    if state.exempt:
        return "được miễn"
    return "đã đủ" if state.is_reached else "chưa đủ"


def _field_names(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(row.name for row in catalogue.fields.values())


_SHEETS: dict[str, Callable[[Shaper], Sheet]] = {
    "nam": _years,
    "linh-vuc": _fields,
    "ket-qua": _results,
    "khen-thuong": _awards,
    "chi-tieu": _duties,
    "chi-tieu-don-vi": _duties_of_units,
}

SHEETS = tuple(_SHEETS)
"""Names of all sheets: each has its file whatever the content, so that its address stays."""


def sheet_of(shaper: Shaper, name: str) -> Sheet:
    """The sheet of one name."""
    return _SHEETS[name](shaper)
