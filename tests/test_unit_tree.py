"""Units through time: parents, heirs, names on dates; faulty loops end."""

from datetime import date

from project import catalogue_of, ids, write_project

from site_builder.domain.registers import Unit
from site_builder.domain.unit_tree import UnitTree, unit_tree


def _unit(unit_id: str, *heirs: str, parent: str | None = None, ended: bool = False) -> Unit:
    successors = [{"id": heir, "kind": "sap-nhap", "date": "2020-01-01"} for heir in heirs]
    if ended:
        successors.append({"kind": "giai-the", "date": "2020-01-01"})
    keys = {"id": unit_id, "names": ({"name": unit_id},), "type": "xa", "successors": successors}
    return Unit.model_validate(keys | {"parent": parent, "successors": tuple(successors)})


def _register(*units: Unit) -> UnitTree:
    return unit_tree(units)


def test_heirs_are_the_ends_of_the_chain(tmp_path):
    units = catalogue_of(write_project(tmp_path)).units
    assert ids(units.heirs("xa-dong-cu")) == ["xa-moi"]
    assert ids(units.heirs("xa-tay-cu")) == ["xa-moi"]


def test_a_unit_that_lives_or_only_changed_its_name_has_no_heirs(tmp_path):
    units = catalogue_of(write_project(tmp_path)).units
    assert units.heirs("xa-moi") == units.heirs("phong-noi-chinh") == units.heirs("khong-co") == ()


def test_a_split_unit_has_all_its_heirs_in_order():
    units = _register(_unit("cu", "b", "a"), _unit("a"), _unit("b", "c"), _unit("c"))
    assert ids(units.heirs("cu")) == ["c", "a"]


def test_an_abolished_unit_has_no_heirs_and_is_none():
    units = _register(_unit("cu", "giua"), _unit("giua", ended=True))
    assert units.heirs("giua") == ()
    # "Nay là …" must not name what is no more.
    assert units.heirs("cu") == ()


def test_loops_end():
    units = _register(
        _unit("a", "b", parent="b"), _unit("b", "a", parent="a"), _unit("c", "a", parent="a")
    )
    assert ids(units.ancestors("c")) == ["a", "b"]
    assert units.heirs("c") == ()
    assert ids(units.descendants("a")) == ["b", "c"]
    itself = _register(_unit("a", "a", parent="a"))
    assert itself.heirs("a") == itself.descendants("a") == ()


def test_ancestors_stand_nearest_first_and_children_in_the_alphabet(tmp_path):
    units = catalogue_of(write_project(tmp_path)).units
    assert ids(units.ancestors("xa-le")) == ["huyen-song-cu", "tinh-binh-an"]
    assert ids(units.children["tinh-binh-an"]) == [
        "phong-noi-chinh",
        "hoi-phu-nu",
        "huyen-song-cu",
        "xa-moi",
    ]
    assert len(units.descendants("tinh-binh-an")) == 7


def test_names_on_dates(tmp_path):
    units = catalogue_of(write_project(tmp_path)).units.by_id
    names = [
        units["phong-noi-chinh"].name_on(day)
        for day in (date(1950, 1, 1), date(2022, 12, 31), date(2023, 1, 1), date(2025, 1, 1))
    ]
    assert names == ["Phòng Nội chính"] * 2 + ["Ban Nội chính"] * 2
    assert units["xa-moi"].name_on(date(2000, 1, 1)) == "Xã Mới"
