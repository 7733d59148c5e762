"""Long lists: the newest on the list's own address, the rest on pages counted from the oldest."""

import pytest
from project import a_document, a_model, an_article, page_at, plan_of, write_project
from shelving import edit, library_of

from site_builder.catalogue import Catalogue
from site_builder.library.library import Library
from site_builder.pages.indexes import list_plan
from site_builder.pages.lists import list_page, older_pages
from site_builder.pages.shapes import Shaper
from site_builder.pages.views import ListView, Page

PAGE = 24
SIZES = (0, 1, 24, 25, 47, 48, 49, 71, 72, 73, 500)
LISTS = {"mo-hinh/": ("models", ""), "linh-vuc/an-ninh/": ("field", "an-ninh")}


def _path(number: int) -> str:
    return f"models/an-ninh/m{number:03}.md"


def _model(number: int, year: int = 2022) -> str:
    """Of models with greater numbers the names stand later, so they are shown later."""
    return a_model(title=f"Số {number}", topics=["kẻng"], unit="xa-le", year=year)


def _library(tmp_path, models: int) -> Library:
    """Models of one year; number 0 is the newest of them."""
    return library_of(tmp_path, {_path(n): _model(n) for n in range(models)})


def _pages(library: Library, kind: str = "models", key: str = "") -> list[Page]:
    """All pages of a list, its first one first, then from the oldest on."""
    shaper = Shaper(Catalogue(library))
    plan = list_plan(shaper, kind, key)
    return [list_page(plan, n) for n in range(older_pages(len(plan.shelf)) + 1)]


def _cards(page: Page) -> list[int]:
    """The numbers of the models on a page."""
    assert isinstance(page.view, ListView)
    return [int(card.address.rstrip("/")[-3:]) for card in page.view.cards]


@pytest.mark.parametrize("models", SIZES)
@pytest.mark.parametrize("address", LISTS)
def test_where_everything_stands(tmp_path, models, address):
    first, *older = _pages(_library(tmp_path, models), *LISTS[address])
    assert first.address == address
    assert [page.address for page in older] == [
        f"{address}trang/{number}/" for number in range(1, len(older) + 1)
    ]
    # 24 to 47 on the first page, or all there are; 24 on every other.
    assert len(_cards(first)) == (models if models < 48 else PAGE + models % PAGE)
    assert {len(_cards(page)) for page in older} <= {PAGE}
    # Every model once, the newest first, from the first page down to the oldest.
    shown = [number for page in (first, *reversed(older)) for number in _cards(page)]
    assert shown == list(range(models))
    assert len({page.title for page in (first, *older)}) == 1 + len(older)


@pytest.mark.parametrize("models", [0, 1, 47, 48, 100])
def test_only_the_first_page_counts(tmp_path, models):
    first, *older = _pages(_library(tmp_path, models))
    assert first.view.count == models
    assert first.view.groups
    assert {(page.view.count, page.view.groups, page.view.intro) for page in older} <= {(0, (), "")}


def test_the_plan_has_every_page_of_every_list(tmp_path):
    files = {_path(n): _model(n) for n in range(49)}
    plan = plan_of(write_project(tmp_path, files))
    for address in ("mo-hinh/", "linh-vuc/an-ninh/", "nam/2022/", "chu-de/keng/"):
        pages = [page for page in plan.pages if page.address.startswith(address)]
        pages = [page for page in pages if page.template == "list.html"]
        assert {page.address: len(_cards(page)) for page in pages} == {
            address: 25,
            f"{address}trang/1/": 24,
        }


# --- what a new entry changes -------------------------------------------------------------


@pytest.mark.parametrize("models", [0, 1, 23, 30, 46, 47, 48, 60, 71, 95, 500])
def test_the_newest_entry_changes_one_page_unless_a_page_fills_up(tmp_path, models):
    library = _library(tmp_path, models)
    before = {page.address: page for page in _pages(library)}
    edit(library, {_path(999): _model(999, year=2025)})
    after = {page.address: page for page in _pages(library)}
    is_filled = models >= 47 and (models + 1) % PAGE == 0
    added = [f"mo-hinh/trang/{len(before)}/"] if is_filled else []
    assert [address for address in after if address not in before] == added
    for address, page in before.items():
        if address != "mo-hinh/":
            assert after[address].view.cards == page.view.cards
    changed = [address for address in before if after[address] != before[address]]
    # Three pagers tell of a page that is new; none of a card.
    told = [f"mo-hinh/trang/{n}/" for n in range(1, len(before))][-3:]
    assert changed == ["mo-hinh/", *(told if is_filled else ())]


@pytest.mark.parametrize("number", [1, 2, 9, 16, 17, 18])
def test_an_older_page_does_not_know_how_long_the_list_is(tmp_path, number):
    library = _library(tmp_path, 24 * 19 + 5)
    plan = list_plan(Shaper(Catalogue(library)), "models", "")
    with library.ledger.recording() as asked:
        list_page(plan, number)
    above = range(number + 1, min(number + 3, 20) + 1)
    assert {cell for cell in asked if cell.startswith("public/")} <= {
        f"public/Model@{number - 1}",
        *(f"public/Model^{page}" for page in above),
    }
    assert not [cell for cell in asked if cell.endswith(("#", "*"))]
    # Another entry on the first page is no news here, unless it is the last that fits.
    assert not edit(library, {_path(999): _model(999, year=2025)}) & asked


# --- pagers -------------------------------------------------------------------------------


def _shown(pager):
    """The pager as read from left to right: the current page in brackets."""
    if pager is None:
        return None
    words = ["Mới hơn"] if pager.newer is not None else []
    for link in pager.links:
        is_here = link.address is None and link.text != "…"
        words.append(f"[{link.text}]" if is_here else link.text)
    return " ".join(words + (["Cũ hơn"] if pager.older is not None else []))


PAGERS = {
    47: [None],
    48: ["[Mới nhất] 1 Cũ hơn", "Mới hơn Mới nhất [1]"],
    72: ["[Mới nhất] 2 1 Cũ hơn", "Mới hơn Mới nhất 2 [1]", "Mới hơn Mới nhất [2] 1 Cũ hơn"],
    24 * 9: [
        "[Mới nhất] 8 7 6 … 1 Cũ hơn",
        "Mới hơn Mới nhất … 3 2 [1]",
        "Mới hơn Mới nhất … 4 3 [2] 1 Cũ hơn",
        "Mới hơn Mới nhất … 5 4 [3] 2 1 Cũ hơn",
        "Mới hơn Mới nhất … 6 5 [4] 3 2 1 Cũ hơn",
        "Mới hơn Mới nhất … 7 6 [5] 4 3 … 1 Cũ hơn",
        "Mới hơn Mới nhất 8 7 [6] 5 4 … 1 Cũ hơn",
        "Mới hơn Mới nhất 8 [7] 6 5 … 1 Cũ hơn",
        "Mới hơn Mới nhất [8] 7 6 … 1 Cũ hơn",
    ],
}


@pytest.mark.parametrize("models", PAGERS)
def test_pagers_show_what_is_near_and_both_ends(tmp_path, models):
    pages = _pages(_library(tmp_path, models))
    assert [_shown(page.view.pager) for page in pages] == PAGERS[models]


def test_the_pager_leads_back_and_forth(tmp_path):
    pages = _pages(_library(tmp_path, 24 * 9))
    there = {page.address for page in pages}
    newest_first = [pages[0], *reversed(pages[1:])]
    for above, page, below in zip(
        [None, *newest_first[:-1]], newest_first, [*newest_first[1:], None], strict=True
    ):
        pager = page.view.pager
        assert pager.newer == (above.address if above else None)
        assert pager.older == (below.address if below else None)
        for link in pager.links:
            assert link.address is None or link.address in there
            assert link.text in ("…", "Mới nhất") or link.address in (
                None,
                f"mo-hinh/trang/{link.text}/",
            )


# --- units, awards, documents -------------------------------------------------------------


def test_a_unit_with_many_models_is_paged(tmp_path):
    files = {_path(n): _model(n, year=2022 - n // 40) for n in range(60)}
    plan = plan_of(write_project(tmp_path, files))
    for unit in ("xa-le", "huyen-song-cu", "tinh-binh-an"):
        address = f"don-vi/{unit}/"
        own = page_at(plan, address)
        sections = [s for s in own.view.sections if s.cards]
        assert [(s.heading, len(s.cards)) for s in sections] == [("Mô hình năm 2022", 36)]
        assert _shown(own.view.pager) == "[Mới nhất] 1 Cũ hơn"
        older = page_at(plan, f"{address}trang/1/")
        assert _cards(older) == list(range(36, 60))
        assert _shown(older.view.pager) == "Mới hơn Mới nhất [1]"
        assert [crumb.address for crumb in older.view.crumbs][-2:] == [address, None]
    assert page_at(plan, "don-vi/xa-le/").view.pager.older == "don-vi/xa-le/trang/1/"


def test_a_unit_with_few_models_has_no_pager(tmp_path):
    plan = plan_of(write_project(tmp_path, {_path(n): _model(n) for n in range(47)}))
    view = page_at(plan, "don-vi/xa-le/").view
    assert view.pager is None
    assert sum(len(section.cards) for section in view.sections) == 47


def test_awards_have_lists(tmp_path):
    given, proposed = (
        {"form": "Bằng khen", "by": "Tỉnh ủy"},
        {"form": "Cờ thi đua", "by": "Chính phủ", "status": "de-nghi"},
    )
    files = {
        _path(n): a_model(title=f"Số {n}", awards=[given, given | {"form": "bằng KHEN"}])
        for n in range(50)
    }
    files[_path(50)] = a_model(title="Số 50", awards=[given | {"form": "Giấy khen"}, proposed])
    plan = plan_of(write_project(tmp_path, files))
    (section,) = page_at(plan, "khen-thuong/").view.sections
    assert [(link.text, link.address, link.note) for link in section.links] == [
        ("Bằng khen", "khen-thuong/bang-khen/", "50 mô hình"),
        ("Giấy khen", "khen-thuong/giay-khen/", "1 mô hình"),
    ]
    assert _cards(page_at(plan, "khen-thuong/giay-khen/")) == [50]
    first = page_at(plan, "khen-thuong/bang-khen/")
    assert (first.view.heading, first.view.count, len(first.view.cards)) == ("Bằng khen", 50, 26)
    assert _cards(page_at(plan, "khen-thuong/bang-khen/trang/1/")) == list(range(26, 50))
    assert [page.address for page in plan.pages if page.address.startswith("khen-thuong/co")] == []


def test_a_document_shows_the_newest_of_all_that_cite_it(tmp_path):
    files = {_path(n): a_model(title=f"Số {n}", documents=["52-CT/TU"]) for n in range(60)}
    files |= {
        f"content/news/2024/t{n:02}.md": an_article(title=f"Tin {n}", documents=["chi-thi"])
        for n in range(49)
    }
    files["content/documents/chi-thi.md"] = a_document()
    plan = plan_of(write_project(tmp_path, files))
    sections = page_at(plan, "van-ban/chi-thi/").view.sections
    assert [(section.anchor, len(section.cards)) for section in sections] == [
        ("mo-hinh", 48),
        ("tin-tuc", 48),
    ]
    assert [card.title for card in sections[0].cards] == [f"Số {n}" for n in range(48)]


# --- what lists say -----------------------------------------------------------------------


def test_an_empty_list_says_so(tmp_path):
    plan = plan_of(write_project(tmp_path))
    empty = page_at(plan, "linh-vuc/an-ninh/").view.empty
    assert empty == "Chưa có mô hình nào trong lĩnh vực này."
    assert page_at(plan, "tin-tuc/").view.empty


def test_ways_in_count_what_they_lead_to(tmp_path):
    files = {
        "models/an-ninh/a.md": a_model(topics=["kẻng", "đèn"]),
        "models/he-thong/b.md": a_model(title="Hai", field="he-thong", year=2024, topics=["kẻng"]),
        "content/news/2024/tin.md": an_article(),
        "content/news/2023/cu.md": an_article(title="Cũ", date="2023-01-02", category="chi-dao"),
    }
    plan = plan_of(write_project(tmp_path, files))
    groups = [
        (group.heading, [(link.text, link.note) for link in group.links])
        for address in ("mo-hinh/", "tin-tuc/")
        for group in page_at(plan, address).view.groups
    ]
    assert groups == [
        (
            "Lĩnh vực",
            [("Kinh tế", "0"), ("An ninh, trật tự", "1"), ("Xây dựng hệ thống chính trị", "1")],
        ),
        ("Năm", [("2024", "1"), ("2022", "1")]),
        ("Chủ đề", [("kẻng", "2"), ("đèn", "1")]),
        ("Chuyên mục", [("Chỉ đạo", "1"), ("Hội nghị", "1")]),
        ("Năm", [("2024", "1"), ("2023", "1")]),
    ]


def test_cards_say_who_and_when(tmp_path):
    files = {
        "models/an-ninh/a.md": a_model(
            unit="xa-tay-cu",
            year="chua-ro",
            started="2019-03",
            results=[{"label": "Hộ", "value": "1200", "unit": "hộ", "about": "gan"}],
        ),
        "content/news/2024/tin.md": an_article(date="2024-05"),
    }
    plan = plan_of(write_project(tmp_path, files))
    (card,) = page_at(plan, "mo-hinh/").view.cards
    assert card.notes == ("Xã Tây Cũ", "năm 2019")
    assert card.figure and (card.figure.value, card.figure.unit) == ("gần 1.200", "hộ")
    (card,) = page_at(plan, "tin-tuc/").view.cards
    assert card.notes == ("05/2024", "Hội nghị")
