"""Long lists: 24 entries a page, every page with an address and a way to the others."""

import pytest
from project import a_model, an_article, page_at, plan_of, write_project


def _plan(tmp_path, models: int):
    files = {
        f"models/an-ninh/m{n:02}.md": a_model(title=f"Mô hình số {n}", topics=["kẻng"])
        for n in range(models)
    }
    return plan_of(write_project(tmp_path, files))


@pytest.mark.parametrize(
    ("models", "sizes"),
    [(0, [0]), (1, [1]), (24, [24]), (25, [24, 1]), (48, [24, 24]), (49, [24, 24, 1])],
)
@pytest.mark.parametrize("address", ["mo-hinh/", "linh-vuc/an-ninh/", "nam/2022/"])
def test_pages_of_a_list(tmp_path, models, sizes, address):
    plan = _plan(tmp_path, models)
    pages = [page for page in plan.pages if page.address.startswith(address)]
    pages = [page for page in pages if page.template == "list.html"]
    if not models and address == "nam/2022/":
        assert pages == []
        return
    assert [page.address for page in pages] == [
        address if n == 0 else f"{address}trang/{n + 1}/" for n in range(len(sizes))
    ]
    assert [len(page.view.cards) for page in pages] == sizes
    assert {page.view.count for page in pages} == {models}
    assert len({page.title for page in pages}) == len(pages)
    shown = [card.address for page in pages for card in page.view.cards]
    assert len(set(shown)) == models


def test_a_short_list_has_no_pager(tmp_path):
    assert page_at(_plan(tmp_path, 24), "mo-hinh/").view.pager is None


def test_the_pager_leads_back_and_forth(tmp_path):
    plan = _plan(tmp_path, 49)
    pagers = [page_at(plan, f"mo-hinh/{rest}").view.pager for rest in ("", "trang/2/", "trang/3/")]
    assert [(p.number, p.last, p.previous, p.next) for p in pagers] == [
        (1, 3, None, "mo-hinh/trang/2/"),
        (2, 3, "mo-hinh/", "mo-hinh/trang/3/"),
        (3, 3, "mo-hinh/trang/2/", None),
    ]
    numbered = [(link.text, link.address) for link in pagers[1].links]
    assert numbered == [("1", "mo-hinh/"), ("2", None), ("3", "mo-hinh/trang/3/")]


def test_a_long_pager_shows_both_ends_and_what_is_near(tmp_path):
    pager = page_at(_plan(tmp_path, 24 * 9), "mo-hinh/trang/5/").view.pager
    assert [link.text for link in pager.links] == ["1", "3", "4", "5", "6", "7", "9"]


def test_an_empty_list_says_so(tmp_path):
    plan = _plan(tmp_path, 0)
    assert (
        page_at(plan, "linh-vuc/an-ninh/").view.empty == "Chưa có mô hình nào trong lĩnh vực này."
    )
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
    assert (card.notes, card.figure) == (("Xã Tây Cũ", "năm 2019"), "gần 1.200 hộ")
    (card,) = page_at(plan, "tin-tuc/").view.cards
    assert card.notes == ("05/2024", "Hội nghị")
