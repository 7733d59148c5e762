"""The page /thong-ke/: what the figures say, drawn and in tables."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.pages.charts import Bar, Bars, Columns, columns_of, length_of, share
from site_builder.pages.shapes import Shaper, crumbs
from site_builder.pages.sheets import (
    STEPS,
    added_up,
    forms_of,
    level_name,
    levels_of,
    outcome,
    sheet_of,
)
from site_builder.pages.views import FiguresView, Link, Page, Table, Theme
from site_builder.statistics import (
    Counts,
    DutyState,
    Total,
    awarded_by_level,
    by_year_and_field,
    count_models,
    duties_by_year,
)
from site_builder.text import vietnamese_number

_MOST_BARS = 12
_MOST_TOLD = 5
_MOST_MEASURES = 6
_MOST_NAMED = 4
_MOST_ROWS = 60
_MOST_LETTERS = 60
"""Of a name beside a bar or in a heading; tables have it whole."""


def figures_page(shaper: Shaper) -> Page:
    """The movement in figures."""
    heading = "Phong trào qua con số"
    intro = "Số liệu cộng từ các mô hình đang có trên trang."
    themes = (_years(shaper), _steps(shaper), _results(shaper), _awards(shaper), _duties(shaper))
    view = FiguresView(heading, crumbs(Link(heading)), intro=intro, themes=themes)
    return Page("thong-ke/", "statistics.html", heading, intro, view)


# --- models by field and year -----------------------------------------------------------------


def _years(shaper: Shaper) -> Theme:
    catalogue = shaper.catalogue
    counted = by_year_and_field(catalogue)
    by_field = {
        field: {int(year or 0): counts[field] for year, counts in counted.items()}
        for field in catalogue.fields
    }
    sums = {field: sum(counts.values()) for field, counts in by_field.items()}
    if not any(sums.values()):
        return Theme("Chưa có mô hình nào để đếm", "nam")
    names = {field: row.name for field, row in catalogue.fields.items()}
    total = sum(sums.values())
    rows = [_Row(names[field], count, _number(count), field) for field, count in sums.items()]
    return Theme(
        f"{_models(total)}{_most_at(rows, 'ở lĩnh vực')}",
        "nam",
        _peak_text({int(year or 0): sum(counts.values()) for year, counts in counted.items()}),
        (_bars("Số mô hình theo lĩnh vực", rows),),
        tuple(_columns(names, by_field)),
        _tables(shaper, "nam"),
    )


def _peak_text(counts: Mapping[int, int]) -> str:
    """The year with most models, and how many have none."""
    known = {str(year): count for year, count in counts.items() if year and count}
    parts = []
    if known:
        most = max(known.values())
        years = [year for year in known if known[year] == most]
        if len(years) == 1:
            parts.append(f"Nhiều nhất là năm {years[0]}: {_models(most)}.")
        else:
            parts.append(f"Năm nhiều nhất có {_models(most)}.")
    if counts.get(0):
        parts.append(f"{_models(counts[0])} chưa rõ năm.")
    return " ".join(parts)


def _columns(
    names: Mapping[str, str], by_field: Mapping[str, Mapping[int, int]]
) -> Iterable[Columns]:
    """One drawing a field that has years, all on one scale and over the same years."""
    dated = {
        field: {year: count for year, count in counts.items() if year and count}
        for field, counts in by_field.items()
    }
    shown = {field: counts for field, counts in dated.items() if counts}
    most = max((max(counts.values()) for counts in shown.values()), default=0)
    known = sorted(year for counts in shown.values() for year in counts)
    for field, counts in shown.items():
        columns, ticks = columns_of(counts, range(known[0], known[-1] + 1), most)
        heading = f"{names[field]}: {_models(sum(by_field[field].values()))}"
        # Not a column: they would be so many that those of the years could not be told apart.
        unknown = by_field[field].get(0, 0)
        note = f"Trong đó {_models(unknown)} chưa rõ năm." if unknown else ""
        told = f"Biểu đồ cột theo năm. {heading}. {_peak_text(by_field[field])}"
        yield Columns(heading, columns, ticks, told, field, note)


# --- from registered to replicated ------------------------------------------------------------


def _steps(shaper: Shaper) -> Theme:
    counts = count_models(shaper.catalogue)
    whole = counts.registered
    if not whole:
        return Theme("Chưa có mô hình nào đăng ký", "con-duong")
    # Awards are no step of the way: they are given on any of them.
    steps = zip(STEPS[:4], Counts.__slots__, strict=False)
    reached = [(name, int(getattr(counts, step))) for name, step in steps]
    rows = [_Row(name, n, f"{_models(n)} ({share(n, whole)})", of=whole) for name, n in reached]
    return Theme(
        f"{_number(counts.replicated)} trong {_models(whole)} đã được nhân rộng",
        "con-duong",
        bars=(_bars("Từ đăng ký đến nhân rộng", rows),),
        tables=_tables(shaper, "linh-vuc"),
    )


# --- results ----------------------------------------------------------------------------------


def _results(shaper: Shaper) -> Theme:
    totals = added_up(shaper.catalogue)
    if not totals:
        return Theme("Chưa có kết quả nào cộng lại được", "ket-qua")
    named = [f"{_number(total.amount)} {_short(total.unit)}" for total in totals[:_MOST_NAMED]]
    return Theme(
        f"Kết quả cộng lại: {', '.join(named)}",
        "ket-qua",
        "Mỗi đơn vị tính một biểu đồ, chia theo lĩnh vực.",
        tuple(_of_measure(shaper, total) for total in totals[:_MOST_MEASURES]),
        tables=_tables(shaper, "ket-qua"),
    )


def _of_measure(shaper: Shaper, total: Total) -> Bars:
    rows = [
        _Row(
            shaper.catalogue.fields[field].name,
            amount,
            f"{_number(amount)} {_short(total.unit)}",
            field,
        )
        for field, amount in total.by_field.items()
        if amount
    ]
    heading = f"{_number(total.amount)} {_short(total.unit)}, từ {_models(total.models)}"
    return _bars(heading, rows)


# --- awards -----------------------------------------------------------------------------------


def _awards(shaper: Shaper) -> Theme:
    catalogue = shaper.catalogue
    levels = awarded_by_level(catalogue)
    if not levels:
        return Theme("Chưa có mô hình nào được ghi nhận khen thưởng", "khen-thuong")
    forms = [
        _Row(catalogue.name_of_award(form), count, _models(count))
        for form, count in forms_of(catalogue).items()
    ]
    by_level = [
        _Row(level_name(level), levels[level], _models(levels[level]))
        for level in levels_of(catalogue)
    ]
    total = _models(sum(levels.values()))
    return Theme(
        f"{total} được khen thưởng{_most_at(forms, 'là')}",
        "khen-thuong",
        bars=(_bars("Theo hình thức khen", forms), _bars("Theo cấp của mô hình", by_level)),
        tables=_tables(shaper, "khen-thuong"),
    )


# --- duties -----------------------------------------------------------------------------------


def _duties(shaper: Shaper) -> Theme:
    by_year = {
        year: [state for state in states if not state.exempt]
        for year, states in duties_by_year(shaper.catalogue).items()
    }
    owing = {year: states for year, states in by_year.items() if states}
    if not owing:
        return Theme("Chưa đơn vị nào có chỉ tiêu đăng ký", "chi-tieu")
    latest, states = next(iter(owing.items()))
    reached = {year: sum(s.is_reached for s in found) for year, found in owing.items()}
    rows = [
        _Row(f"Năm {year}", reached[year], _part(reached[year], len(found)), of=len(found))
        for year, found in owing.items()
    ]
    # Those that still owe something first: they are looked for.
    units = [_of_unit(shaper, state) for state in sorted(states, key=lambda s: s.is_reached)]
    return Theme(
        f"Năm {latest}: {_part(reached[latest], len(states))} đăng ký đủ chỉ tiêu",
        "chi-tieu",
        "Chỉ tiêu là số mô hình mà sổ đơn vị ghi phải đăng ký trong năm.",
        (
            _bars("Số đơn vị đăng ký đủ, theo năm", rows),
            _bars(f"Số mô hình của từng đơn vị, năm {latest}", units),
        ),
        tables=_tables(shaper, "chi-tieu", "chi-tieu-don-vi"),
    )


def _of_unit(shaper: Shaper, state: DutyState) -> "_Row":
    done = f"{_number(state.count)}/{_number(state.needed)}, {outcome(state)}"
    return _Row(shaper.unit(state.unit).text, min(state.count, state.needed), done, of=state.needed)


def _part(part: int, whole: int) -> str:
    return f"{_number(part)} trong {_number(whole)} đơn vị"


# --- shapes -----------------------------------------------------------------------------------


class _Row(NamedTuple):
    """What a bar is drawn from."""

    label: str
    amount: Decimal | int
    value: str
    field: str = ""
    of: int = 0


def _bars(heading: str, rows: Sequence[_Row]) -> Bars:
    """As many bars as can be taken in; the rest is in the table."""
    shown = rows[:_MOST_BARS]
    most = max((max(row.amount, row.of) for row in shown), default=0)
    bars = tuple(
        Bar(
            _short(row.label),
            row.value,
            length_of(row.amount, most),
            length_of(row.of, most),
            row.field,
        )
        for row in shown
    )
    told = "; ".join(f"{_short(row.label)} {row.value}" for row in rows[:_MOST_TOLD])
    rest = len(rows) - _MOST_TOLD
    more = f"; và {_number(rest)} mục nữa" if rest > 0 else ""
    left = len(rows) - len(shown)
    note = f"Còn {_number(left)} mục nữa trong bảng." if left else ""
    return Bars(heading, bars, f"Biểu đồ thanh. {heading}: {told}{more}.", note)


def _most_at(rows: Sequence[_Row], where: str) -> str:
    """ ", nhiều nhất ở lĩnh vực Kinh tế"; nothing where no one or two lead."""
    most = max(row.amount for row in rows)
    leading = [row.label for row in rows if row.amount == most]
    if len(leading) > 2 or len(leading) == len(rows) > 1:
        return ""
    is_only = sum(1 for row in rows if row.amount) == 1
    return f", {'đều' if is_only else 'nhiều nhất'} {where} {' và '.join(map(_short, leading))}"


def _tables(shaper: Shaper, *names: str) -> tuple[tuple[Table, Link], ...]:
    """Tables with their files; of a long one its beginning, since the file has it all."""
    found = []
    for sheet in (sheet_of(shaper, name) for name in names):
        note = sheet.note
        if len(sheet.rows) > _MOST_ROWS:
            note += f" Trang này chỉ in {_MOST_ROWS} dòng đầu; tệp có đủ {len(sheet.rows)} dòng."
        table = sheet.table._replace(rows=sheet.table.rows[:_MOST_ROWS], note=note.strip())
        found.append((table, Link(sheet.caption, sheet.address)))
    return tuple(found)


def _short(name: str) -> str:
    """The beginning of a long name, up to a blank where there is one."""
    if len(name) <= _MOST_LETTERS:
        return name
    start = name[:_MOST_LETTERS]
    return f"{start.rpartition(' ')[0] or start}…"


def _models(count: int) -> str:
    return f"{_number(count)} mô hình"


def _number(value: Decimal | int) -> str:
    return vietnamese_number(value)
