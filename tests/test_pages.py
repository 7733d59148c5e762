"""The planned site: which pages there are, where they stand, what they say."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from project import (
    IPHONE,
    SHARING,
    a_document,
    a_model,
    a_page,
    an_article,
    page_at,
    photo_file,
    plan_of,
    write_project,
)

from site_builder.outputs.files import output_files
from site_builder.outputs.pictures import Darkroom
from site_builder.pages.views import Redirect

GOLDENS = Path(__file__).parent / "golden" / "pages"

STORY = {
    "models/an-ninh/tieng-keng.md": a_model(
        "Theo 52-CT/TU, bà con cùng làm.",
        place="Thôn Đông",
        owner="Tổ dân vận",
        partners=["Chi hội Phụ nữ", "Đồn Biên phòng"],
        started="2022-03",
        ended="2024-06-30",
        period="2021-2025",
        level="tinh",
        kind="tap-the",
        status="nhan-rong",
        replicated_to=["Xã bên cạnh"],
        results=[
            {"label": "Hộ theo", "value": "1.250,5", "unit": "hộ", "about": "hơn", "before": 0},
            {"label": "Đất hiến", "value": "4,20", "unit": "ha", "as_of": "2024-12"},
        ],
        awards=[
            {"form": "Bằng khen", "by": "Tỉnh ủy", "year": 2023, "decision": "52-CT/TU"},
            {"form": "Giấy khen", "by": "Huyện ủy", "status": "de-nghi"},
        ],
        documents=["52-CT/TU"],
        topics=["Biên phòng"],
        images=[{"file": "keng.heic", "alt": "Cái kẻng", "caption": "Kẻng", "credit": "Báo tỉnh"}],
        sources=[
            {"title": "Báo tỉnh", "url": "https://bao.example.org/1?a=1&b=2", "date": "2022-05-04"},
            {"title": "Sổ tay"},
        ],
        verified_on="2025-01-31",
        aliases=["/mo-hinh/an-ninh/keng/"],
    ),
    "models/an-ninh/keng-xa-le.md": a_model(
        title="Kẻng xã Lẻ", unit="xa-le", year="chua-ro", replicated_from="tieng-keng"
    ),
    "models/an-ninh/ngo-sang.md": a_model(title="Ngõ sáng", unit="xa-dong-cu", year=2018),
    "models/an-ninh/keng.heic": IPHONE,
    "content/news/2024/ra-quan.md": an_article(
        title="Ra quân", models=["tieng-keng"], units=["xa-tay-cu"], updated="2024-06"
    ),
    "content/documents/chi-thi-52.md": a_document(
        "Xem [toàn văn](chi-thi-52.pdf).",
        file="chi-thi-52.pdf",
        effective="2021-04-01",
        replaced_by="61",
        sources=[{"title": "Báo Đảng", "url": "https://bao.example.org/2"}],
    ),
    "content/documents/chi-thi-52.pdf": b"%PDF-1.4 ...",
    "content/documents/61.md": a_document(
        number="61", number_incomplete=True, type="quyet-dinh", date="chua-ro", title="Thay thế"
    ),
    "content/gioi-thieu.md": a_page(aliases=["/ve-chung-toi/"]),
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return plan_of(write_project(tmp_path_factory.mktemp("story"), STORY, site=SHARING))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("model", "mo-hinh/an-ninh/tieng-keng/"),
        ("unit", "don-vi/xa-tay-cu/"),
        ("document", "van-ban/chi-thi-52/"),
    ],
)
def test_whole_pages(plan, name, address):
    page = page_at(plan, address)
    told = _without_covers(page.meta() | {"body": page.body})
    shown = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    golden = GOLDENS / f"{name}.json"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def _without_covers(value):
    """Covers have goldens of their own (test_covers.py): here, how many layers they have."""
    if isinstance(value, dict):
        return {
            key: len(part) if key == "cover" else _without_covers(part)
            for key, part in value.items()
        }
    return [_without_covers(part) for part in value] if isinstance(value, tuple | list) else value


def test_pages_by_template(plan):
    found: dict[str, set[str]] = {}
    for page in plan.pages:
        found.setdefault(page.template, set()).add(page.address)
    lists = {"mo-hinh/", "tin-tuc/", "tin-tuc/2024/", "tin-tuc/hoi-nghi/", "van-ban/", "don-vi/"}
    lists |= {"linh-vuc/an-ninh/", "linh-vuc/kinh-te/", "linh-vuc/he-thong/"}
    assert found == {
        "home.html": {""},
        "sections.html": {*("du-lieu/", "linh-vuc/", "nam/", "khen-thuong/", "lien-he/")},
        "statistics.html": {"thong-ke/"},
        "search.html": {"tim-kiem/"},
        "list.html": lists
        | {"nam/2022/", "nam/2018/", "chu-de/bien-phong/", "khen-thuong/bang-khen/"},
        "model.html": {
            *(f"mo-hinh/an-ninh/{name}/" for name in ("tieng-keng", "keng-xa-le", "ngo-sang"))
        },
        "article.html": {"tin-tuc/2024/ra-quan/"},
        "document.html": {"van-ban/chi-thi-52/", "van-ban/61/"},
        "text.html": {"gioi-thieu/"},
        "unit.html": {
            f"don-vi/{unit}/"
            for unit in (
                *("tinh-binh-an", "huyen-song-cu", "xa-dong-cu", "xa-tay-cu", "xa-moi"),
                *("phong-noi-chinh", "xa-le"),
            )
        },
    }


def test_addresses_are_unique_and_every_link_leads_to_one_of_them(plan):
    addresses = [page.address for page in plan.pages]
    assert len(set(addresses)) == len(addresses) == len({page.source for page in plan.pages})
    made = output_files(replace(plan, assets=(), shares=()), {}, "", Darkroom(Path()))
    files = {*(asset.address for asset in plan.assets), *(name for name, _ in made)}
    for page in plan.pages:
        linked = set(_addresses_in(page.meta()["view"]))
        assert linked - set(addresses) - files == set(), page.address


def _addresses_in(value):
    if isinstance(value, dict):
        if value.get("address") is not None:
            yield value["address"]
        yield from (a for child in value.values() for a in _addresses_in(child))
    elif isinstance(value, tuple | list):
        yield from (a for child in value for a in _addresses_in(child))


def test_crumbs_lead_home_and_end_here(plan):
    for page in plan.pages:
        if not page.address:
            continue
        first, *_, last = page.view.crumbs
        assert first.address == ""
        assert (last.text, last.address) == (page.view.heading, None)


def test_every_redirect_goes_to_a_page_and_hides_none(plan):
    assert set(plan.redirects) == {
        Redirect("mo-hinh/an-ninh/keng/", "mo-hinh/an-ninh/tieng-keng/", "Tiếng kẻng an ninh"),
        Redirect("ve-chung-toi/", "gioi-thieu/", "Giới thiệu"),
    }


def test_only_files_of_entries_are_published(plan):
    assert [(asset.path, asset.address) for asset in plan.assets] == [
        ("content/documents/chi-thi-52.pdf", "tep/content/documents/chi-thi-52.pdf"),
        ("models/an-ninh/keng.heic", photo_file("models/an-ninh/keng.heic", IPHONE, 400)),
    ]


def _values(plan, address, label):
    (fact,) = [fact for fact in page_at(plan, address).view.facts if fact.label == label]
    return [(link.text, link.note) for link in fact.values]


def test_units_have_the_name_of_the_time_and_say_what_they_are_now(plan):
    model = "mo-hinh/an-ninh/{}/".format
    assert _values(plan, model("tieng-keng"), "Đơn vị") == [
        ("Phòng Nội chính", "nay là Ban Nội chính")
    ]
    assert _values(plan, model("ngo-sang"), "Đơn vị") == [("Xã Đông Cũ", "nay là Xã Mới")]
    # Its district ended with nothing in its place: there is nothing to say.
    assert _values(plan, model("keng-xa-le"), "Đơn vị") == [("Xã Lẻ", "")]
    assert _values(plan, "tin-tuc/2024/ra-quan/", "Đơn vị") == [("Xã Tây Cũ", "nay là Xã Mới")]


def test_a_unit_below_a_merged_one_says_where_it_belongs(tmp_path):
    units = [
        {"id": "moi", "names": [{"name": "Tỉnh Mới"}], "type": "tinh"},
        {
            "id": "cu",
            "names": [{"name": "Tỉnh Cũ"}],
            "type": "tinh",
            "successors": [{"id": "moi", "kind": "sap-nhap", "date": "2025-07-01"}],
        },
        {"id": "so", "names": [{"name": "Sở Y tế"}], "type": "phong-ban", "parent": "cu"},
    ]
    files = {"models/an-ninh/a.md": a_model(unit="so")}
    plan = plan_of(write_project(tmp_path, files, units=units))
    assert _values(plan, "mo-hinh/an-ninh/a/", "Đơn vị") == [("Sở Y tế", "nay thuộc Tỉnh Mới")]
    facts = page_at(plan, "don-vi/moi/").view.facts
    assert [(f.label, [v.text for v in f.values]) for f in facts] == [
        ("Loại đơn vị", ["Tỉnh, thành phố"]),
        ("Hình thành từ", ["Tỉnh Cũ"]),
    ]


def test_what_is_not_known_is_said(plan):
    unknown = [("chưa có thông tin", "")]
    assert _values(plan, "mo-hinh/an-ninh/keng-xa-le/", "Năm đăng ký") == unknown
    assert _values(plan, "mo-hinh/an-ninh/keng-xa-le/", "Bắt đầu") == unknown
    assert _values(plan, "mo-hinh/an-ninh/keng-xa-le/", "Cấp") == unknown
    assert _values(plan, "van-ban/61/", "Ngày ban hành") == unknown
    assert _values(plan, "van-ban/61/", "Số, ký hiệu") == [("61", "nguồn không ghi ký hiệu đuôi")]


def test_steps_end_where_the_model_stands(tmp_path):
    files = {
        f"models/an-ninh/{status}.md": a_model(title=status, status=status)
        for status in ("cong-nhan", "ket-thuc", "chua-ro")
    }
    plan = plan_of(write_project(tmp_path, files))
    steps = page_at(plan, "mo-hinh/an-ninh/cong-nhan/").view.steps
    assert [(s.is_reached, s.is_current) for s in steps] == [
        *((True, False), (True, False), (True, True), (False, False), (False, False))
    ]
    for status, shown in (("ket-thuc", "Đã kết thúc"), ("chua-ro", "chưa có thông tin")):
        view = page_at(plan, f"mo-hinh/an-ninh/{status}/").view
        assert (view.steps, view.status) == ((), shown)


def test_the_same_content_gives_the_same_plan(tmp_path, plan):
    assert plan_of(write_project(tmp_path, STORY, site=SHARING)) == plan
