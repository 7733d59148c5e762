"""Shelves and the looks at them: what is answered, and which cells are written down for it."""

import re

import pytest
from project import TODAY, a_document, a_model, a_page, an_article, write_project
from shelving import edit, library_of, paths, shelves_of

from site_builder.config import Project
from site_builder.diagnostics import SourceChanged
from site_builder.library.cells import Ledger
from site_builder.library.library import Library
from site_builder.library.shelves import Shelves


def _years(count):
    """Models of one field, "m00" being the oldest."""
    return {
        f"models/an-ninh/m{n:02}.md": a_model(title=f"Số {n}", year=1950 + n) for n in range(count)
    }


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """60 models of one field: two full pages and twelve more."""
    return library_of(tmp_path_factory.mktemp("sixty"), _years(60))


def _names(*numbers):
    return [f"models/an-ninh/m{n:02}.md" for n in numbers]


# --- shelves ------------------------------------------------------------------------------


def test_the_newest_stand_first(library):
    shelf = library.shelf("field", "an-ninh")
    assert paths(shelf) == _names(*range(59, -1, -1))
    assert (len(shelf), bool(shelf)) == (60, True)
    assert (shelf[0].path, shelf[-1].path) == tuple(_names(59, 0))


@pytest.mark.parametrize(
    "part",
    [
        slice(0),
        slice(5),
        slice(24),
        slice(36),
        slice(99),
        slice(-3, None),
        slice(30, 40),
        slice(None, None, 7),
        slice(None, None, -1),
        slice(70, 80),
    ],
    ids=str,
)
def test_a_part_of_a_shelf_is_that_of_a_list(library, part):
    shelf = library.shelf("field", "an-ninh")
    assert shelf[part] == tuple(list(shelf)[part])


@pytest.mark.parametrize("place", [60, -61])
def test_there_is_nothing_beyond_the_ends(library, place):
    with pytest.raises(IndexError):
        library.shelf("field", "an-ninh")[place]


def test_pages_count_from_the_oldest(library):
    shelf = library.shelf("field", "an-ninh")
    assert paths(shelf.page(0)) == _names(*range(23, -1, -1))
    assert paths(shelf.page(2)) == _names(*range(59, 47, -1))
    assert shelf.page(3) == ()
    assert [shelf.is_full(page) for page in range(4)] == [True, True, False, False]


def test_a_shelf_that_is_not_there_is_empty(library):
    shelf = library.shelf("field", "khong-co")
    assert (list(shelf), len(shelf), bool(shelf), shelf[:3], shelf.page(0)) == (
        [],
        0,
        False,
        (),
        (),
    )
    assert not shelf.is_full(0)


def test_shelves_are_packed_and_unpacked(library):
    packed = library.shelves.packed()
    again = Shelves.unpacked(packed)
    assert again.packed() == packed
    assert list(again.numbers("public", "Model")) == list(range(60))
    assert set(again.keys("field")) == {"an-ninh"}


def test_groups_have_only_what_stands_somewhere(tmp_path):
    library = library_of(
        tmp_path,
        {
            "models/an-ninh/a.md": a_model(year=2020),
            "models/he-thong/b.md": a_model(field="he-thong", year=2024),
            "models/he-thong/c.md": a_model(field="he-thong", year=2024, publish="nhap"),
        },
    )
    fields = library.group("field")
    assert list(fields) == ["an-ninh", "he-thong"]
    assert fields.counts() == {"an-ninh": 1, "he-thong": 1}
    assert {key: paths(shelf) for key, shelf in fields.items()} == {
        "an-ninh": ["models/an-ninh/a.md"],
        "he-thong": ["models/he-thong/b.md"],
    }
    assert ("an-ninh" in fields, "kinh-te" in fields) == (True, False)
    assert list(library.group("year", lambda year: -int(year))) == ["2024", "2020"]
    edit(library, {"models/an-ninh/a.md": None})
    assert list(fields) == ["he-thong"]
    assert shelves_of(library)["all-ids"].keys() == {"Model/b", "Model/c"}


# --- cells --------------------------------------------------------------------------------

SHELF = "field/an-ninh"
LOOKS = {
    "whether": (bool, {"?"}),
    "length": (len, {"#"}),
    "all, one by one": (lambda shelf: [entry.path for entry in shelf], {"*"}),
    # Python asks how long the list will be, which `*` covers anyway.
    "all at once": (list, {"#", "*"}),
    "one of them": (lambda shelf: shelf[0] in shelf, {"#", "*", "@2"}),
    "newest": (lambda shelf: shelf[0], {"#", "@2"}),
    "oldest": (lambda shelf: shelf[-1], {"#", "@0"}),
    "newest six": (lambda shelf: shelf[:6], {"#", "@2"}),
    "newest fourteen": (lambda shelf: shelf[:14], {"#", "@1", "@2"}),
    "none": (lambda shelf: shelf[:0], {"#"}),
    "page": (lambda shelf: shelf.page(1), {"@1"}),
    "full": (lambda shelf: shelf.is_full(3), {"^3"}),
    "shown to a programmer": (repr, set()),
}


@pytest.mark.parametrize(("look", "cells"), LOOKS.values(), ids=LOOKS)
def test_each_look_at_a_shelf_asks_for_its_cells(library, look, cells):
    shelf = library.shelf("field", "an-ninh")
    with library.ledger.recording() as asked:
        look(shelf)
    assert asked == {SHELF + cell for cell in cells}


GROUP_LOOKS = {
    "keys": (list, {"field/"}),
    "counts": (lambda group: group.counts(), {"field/#"}),
    "key": (lambda group: "an-ninh" in group, {"field/an-ninh?"}),
    "shelf alone": (lambda group: group["an-ninh"], set()),
    "shelves": (lambda group: dict(group.items()), {"field/"}),
}


@pytest.mark.parametrize(("look", "cells"), GROUP_LOOKS.values(), ids=GROUP_LOOKS)
def test_each_look_at_a_group_asks_for_its_cells(library, look, cells):
    with library.ledger.recording() as asked:
        look(library.group("field"))
    assert asked == cells


def test_looks_at_single_entries_ask_for_them(tmp_path):
    files = {
        "models/an-ninh/a.md": a_model(results=[{"label": "Hộ", "value": 3, "unit": "hộ"}]),
        "models/an-ninh/b.md": a_model(title="Kẻng vang"),
    }
    library = library_of(tmp_path, files)
    write_project(tmp_path, files)
    first = library.at_path("models/an-ninh/a.md")
    looks = {
        frozenset({"!0"}): lambda: library.entry(0),
        frozenset({"=0"}): lambda: library.body(first),
        frozenset({"~0", "!1"}): lambda: library.related(0),
        frozenset({"+hộ"}): lambda: library.amount("hộ"),
        frozenset({"+hộ/an-ninh"}): lambda: library.amount("hộ", "an-ninh"),
        frozenset({":models/an-ninh/a.jpg"}): lambda: library.asset("models/an-ninh/a.jpg"),
        frozenset({"all-ids/Model/a*"}): lambda: library.find("Model", "a"),
        frozenset({"all-ids/Model/a*", "all-ids/Article/a*"}): lambda: [
            library.find(kind, "a") for kind in ("Model", "Article")
        ],
    }
    for cells, look in looks.items():
        with library.ledger.recording() as asked:
            look()
        assert asked == cells


def test_a_ledger_writes_down_one_answer_at_a_time():
    ledger = Ledger()
    ledger.ask("!1")
    with ledger.recording() as asked:
        ledger.ask("!2")
        with pytest.raises(RuntimeError, match="one answer"), ledger.recording():
            pass
        ledger.ask("!3")
    assert asked == {"!2", "!3"}
    with pytest.raises(ZeroDivisionError), ledger.recording():
        raise ZeroDivisionError
    with ledger.recording() as asked:
        pass
    assert asked == set()


# --- finding ------------------------------------------------------------------------------


def test_of_entries_with_one_id_the_first_path_is_found(tmp_path):
    files = {
        "content/news/2024/tin.md": an_article(title="Sau"),
        "content/news/2023/tin.md": an_article(title="Trước"),
        "content/tin.md": a_page(),
    }
    library = library_of(tmp_path, files)
    assert library.find("Article", "tin").path == "content/news/2023/tin.md"
    assert library.find("Model", "tin") is None
    for path in files:
        assert library.at_path(path).path == path
    assert library.at_path("content/news/2022/tin.md") is None


def test_all_entries_stand_by_type_and_path(tmp_path):
    files = {
        "content/b.md": a_page(),
        "content/documents/z.md": a_document(),
        "models/he-thong/a.md": a_model(field="he-thong"),
        "content/news/2024/m.md": an_article(),
        "models/an-ninh/b.md": a_model(publish="nhap"),
    }
    assert paths(library_of(tmp_path, files).entries()) == [
        "models/an-ninh/b.md",
        "models/he-thong/a.md",
        "content/news/2024/m.md",
        "content/documents/z.md",
        "content/b.md",
    ]


def test_entries_that_are_not_at_hand_are_fetched_once(tmp_path):
    library = library_of(tmp_path, _years(3))
    fetched = []

    def fetch(number):
        fetched.append(number)
        return library.unasked(number)

    project = Project(tmp_path, TODAY)
    again = Library(project, library.registers, {}, library.holdings, fetch)
    assert paths(again.shelf("field", "an-ninh")[:2]) == _names(2, 1)
    assert again.entry(2).path == _names(2)[0]
    assert fetched == [2, 1]


def test_a_body_is_read_from_the_file_that_was_checked(tmp_path):
    path = "models/an-ninh/a.md"
    files = {path: a_model("Xem [trang](../../content/a.md).\n")}
    library = library_of(tmp_path, files)
    write_project(tmp_path, files)
    entry = library.at_path(path)
    body, scan = library.body(entry)
    assert body.strip() == "Xem [trang](../../content/a.md)."
    assert [link.target for link in scan.links] == ["../../content/a.md"]
    (tmp_path / path).write_text(files[path] + "Thêm.", encoding="utf-8")
    with pytest.raises(SourceChanged, match=re.escape(path)):
        library.body(entry)
    (tmp_path / path).unlink()
    with pytest.raises(SourceChanged):
        library.body(entry)
