"""The catalogue: what is in it, in which order and groups, and that nothing in it can change."""

import dataclasses
from datetime import date

import pytest
from project import a_document, a_model, a_page, an_article, catalogue_of, ids, write_project
from shelving import empty_library, shelves_of

from site_builder.catalogue import Catalogue
from site_builder.domain.registers import fields_in_force
from site_builder.loading import load_site

HIDDEN = {
    "nhap": {"publish": "nhap"},
    "cho": {"publish": "cho-duyet"},
    "mai": {"publish_on": "2025-10-16"},
    "het": {"expires_on": "2025-10-15"},
}
"""Ways in which an entry is not public on 15 October 2025."""


def test_models_stand_newest_first(tmp_path):
    write_project(
        tmp_path,
        {
            "models/an-ninh/chua-ro-nam.md": a_model(year="chua-ro"),
            "models/an-ninh/b.md": a_model(title="Bến đò", year=2022),
            "models/an-ninh/d.md": a_model(title="Đường quê", year=2022),
            "models/an-ninh/e.md": a_model(title="Em nhỏ", year=2022),
            "models/an-ninh/muon.md": a_model(title="Muộn", year=2022, started="2022-09"),
            "models/an-ninh/moi.md": a_model(title="Mới", year=2025),
        },
    )
    found = catalogue_of(tmp_path)
    assert ids(found.models) == ["moi", "muon", "b", "d", "e", "chua-ro-nam"]
    assert list(found.by_year) == ["2025", "2022", ""]


def test_models_are_grouped_by_every_facet(tmp_path):
    write_project(
        tmp_path,
        {
            "models/an-ninh/a.md": a_model(
                period="2021-2025",
                level="tinh",
                kind="tap-the",
                topics=["Biên phòng", "biên  phòng", "Học sinh"],
                awards=[
                    {"form": "Bằng khen", "by": "Tỉnh ủy"},
                    {"form": "Bằng khen", "by": "Ủy ban nhân dân tỉnh"},
                    {"form": "Giấy khen", "by": "Huyện ủy", "status": "de-nghi"},
                    {"form": "Cờ thi đua", "by": "Chính phủ", "status": "thu-hoi"},
                ],
            ),
            "models/he-thong/b.md": a_model(
                title="Đường quê",
                field="he-thong",
                unit="Xã Tây Cũ",
                year=2024,
                status="chua-ro",
                topics=["biên phòng"],
            ),
        },
    )
    found = catalogue_of(tmp_path)
    groups = {name: _shown(found.group(name)) for name in _FACETS}
    assert groups == {
        "field": {"an-ninh": ["a"], "he-thong": ["b"]},
        "unit": {"phong-noi-chinh": ["a"], "xa-tay-cu": ["b"]},
        "year": {"2024": ["b"], "2022": ["a"]},
        "period": {"2021-2025": ["a"]},
        "level": {"tinh": ["a"]},
        "kind": {"tap-the": ["a"]},
        "status": {"trien-khai": ["a"]},
        "award": {"bang-khen": ["a"]},
        "topic": {"bien-phong": ["b", "a"], "hoc-sinh": ["a"]},
    }
    assert found.name_of_topic("hoc-sinh") == "Học sinh"
    assert found.name_of_award("bang-khen") == "Bằng khen"
    # Of several spellings the first in the alphabet.
    assert found.name_of_topic("bien-phong") == "Biên phòng"


_FACETS = ("field", "unit", "year", "period", "level", "kind", "status", "award", "topic")


def _shown(groups):
    return {key: ids(entries) for key, entries in groups.items()}


def test_a_unit_has_a_line_of_its_own_models_and_all_below(tmp_path):
    write_project(
        tmp_path,
        {
            "models/an-ninh/a.md": a_model(unit="xa-tay-cu"),
            "models/an-ninh/b.md": a_model(title="Bến đò", unit="Huyện Sông Cũ"),
            "content/news/2024/tin.md": an_article(units=["xa-le"]),
        },
    )
    found = catalogue_of(tmp_path)
    assert _shown(found.by_line) == {
        "huyen-song-cu": ["b", "a"],
        "tinh-binh-an": ["b", "a"],
        "xa-tay-cu": ["a"],
    }
    # Also those formed from one that has something, and those that only news tell of.
    shown = ["huyen-song-cu", "tinh-binh-an", "xa-le", "xa-moi", "xa-tay-cu"]
    assert sorted(unit for unit in found.units.by_id if found.is_shown(unit)) == shown


def test_fields_come_from_the_schemes_of_the_year(tmp_path):
    found = catalogue_of(write_project(tmp_path))
    names = {
        year: [row.id for row in fields_in_force(found.schemes, year)]
        for year in (2015, 2022, 2024)
    }
    assert names == {
        2015: ["kinh-te", "an-ninh"],
        2022: ["kinh-te", "an-ninh", "he-thong"],
        2024: ["an-ninh", "he-thong"],
    }
    # One id, two names: the newest scheme's is shown.
    assert found.fields["an-ninh"].name == "An ninh, trật tự"


def test_articles_stand_pinned_then_newest_first(tmp_path):
    write_project(
        tmp_path,
        {
            "content/news/2024/thang-5.md": an_article(date="2024-05"),
            "content/news/2024/cuoi-thang-5.md": an_article(date="2024-05-30"),
            "content/news/2019/ghim.md": an_article(date="2019-01-02", pinned=True),
            "content/news/2025/moi.md": an_article(date="2025-02-01", category="khen-thuong"),
        },
    )
    found = catalogue_of(tmp_path)
    assert ids(found.articles) == ["ghim", "moi", "cuoi-thang-5", "thang-5"]
    assert list(_shown(found.news_by_year).items()) == [
        ("2025", ["moi"]),
        ("2024", ["cuoi-thang-5", "thang-5"]),
        ("2019", ["ghim"]),
    ]
    assert ids(found.group("category")["khen-thuong"]) == ["moi"]


def test_documents_stand_newest_first_and_unknown_dates_last(tmp_path):
    write_project(
        tmp_path,
        {
            "content/documents/cu.md": a_document(number="9-CT/TU", date="2001"),
            "content/documents/moi.md": a_document(number="3-CT/TU", date="2020-01-01"),
            "content/documents/chua-ro.md": a_document(number="1-CT/TU", date="chua-ro"),
        },
    )
    assert ids(catalogue_of(tmp_path).documents) == ["moi", "cu", "chua-ro"]


def test_inverse_links_are_made(tmp_path):
    write_project(
        tmp_path,
        {
            "models/an-ninh/goc.md": a_model(documents=["52-ct/tu"]),
            "models/an-ninh/ban-sao.md": a_model(
                title="Kẻng vùng biên", replicated_from="Gốc", documents=["chi-thi"], year=2023
            ),
            "content/news/2024/tin.md": an_article(
                models=["goc"], units=["Xã Tây Cũ"], documents=["52-CT/TU", "chi-thi"]
            ),
            "content/documents/chi-thi.md": a_document(),
        },
    )
    found = catalogue_of(tmp_path)
    (directive,) = found.documents
    assert ids(found.citing("Model", directive)) == ["ban-sao", "goc"]
    # Cited by number and by id: listed once.
    assert ids(found.citing("Article", directive)) == ["tin"]
    assert _shown(found.group("copies")) == {"goc": ["ban-sao"]}
    assert _shown(found.group("news-of-model")) == {"goc": ["tin"]}
    assert _shown(found.group("news-of-unit")) == {"xa-tay-cu": ["tin"]}


@pytest.mark.parametrize("how", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_public_is_in_no_group(tmp_path, how):
    files = {
        "models/an-ninh/an.md": a_model(
            topics=["bí mật"],
            level="tinh",
            kind="ca-nhan",
            period="2021-2025",
            documents=["an"],
            awards=[{"form": "Bằng khen", "by": "Tỉnh ủy"}],
            **how,
        ),
        "models/an-ninh/an-2.md": a_model(title="Hai", replicated_from="an", **how),
        "content/news/2024/an.md": an_article(models=["an"], units=["xa-le"], **how),
        "content/documents/an.md": a_document(**how),
        "content/an.md": a_page(**how),
    }
    found = catalogue_of(write_project(tmp_path, files))
    # Only rules may look at shelves of what is hidden too.
    assert {group for group in shelves_of(found.library) if not group.startswith("all-")} == set()
    assert set(found.library.holdings.addresses) == {""}
    assert found.resolve("52-CT/TU") == found.resolve("an") == ()
    for kind in ("Model", "Article", "Document", "Page"):
        assert found.library.find(kind, "an")
        assert found.entry(kind, "an") is None


def test_the_last_hidden_day_and_the_first_public_one(tmp_path):
    write_project(
        tmp_path,
        {"models/an-ninh/a.md": a_model(publish_on="2025-10-15", expires_on="2025-10-17")},
    )
    public = {
        day: bool(catalogue_of(tmp_path, date(2025, 10, day)).models) for day in (14, 15, 16, 17)
    }
    assert public == {14: False, 15: True, 16: True, 17: False}


def test_nothing_in_it_can_be_changed(tmp_path):
    write_project(tmp_path, {"models/an-ninh/a.md": a_model(topics=["kẻng"])})
    found = catalogue_of(tmp_path)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.library = None
    with pytest.raises(AttributeError):
        found.today = date(2030, 1, 1)
    with pytest.raises(TypeError):
        found.models[0] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.models[0].path = "khác"
    with pytest.raises(ValueError, match="frozen"):
        found.models[0].record.title = "khác"
    assert isinstance(found.models[:1], tuple)
    assert isinstance(found.models[0].record.topics, tuple)


def test_numbers_repeat_over_provinces(tmp_path):
    files = {
        f"content/documents/30-{place}.md": a_document(number="30-CT/TU", issuer=issuer)
        for place, issuer in (("dong", "Tỉnh ủy Đông"), ("tay", "Tỉnh ủy Tây"))
    }
    found = catalogue_of(write_project(tmp_path, files))
    assert ids(found.resolve("30 - ct/tu")) == ["30-dong", "30-tay"]
    assert ids(found.resolve("30-tay")) == ["30-tay"]
    assert found.resolve("31-CT/TU") == ()
    assert found.is_shared_number("30-ct/tu")
    assert not found.is_shared_number("31-CT/TU")


def test_a_number_is_shared_with_what_is_not_public_yet(tmp_path):
    files = {
        "content/documents/30-dong.md": a_document(number="30-CT/TU", issuer="Tỉnh ủy Đông"),
        "content/documents/30-tay.md": a_document(
            number="30-CT/TU", issuer="Tỉnh ủy Tây", publish="nhap"
        ),
    }
    found = catalogue_of(write_project(tmp_path, files))
    assert ids(found.resolve("30-CT/TU")) == ["30-dong"]
    assert found.is_shared_number("30-CT/TU")


def test_content_with_errors_has_none(tmp_path):
    root = write_project(tmp_path, {"models/an-ninh/a.md": a_model(unit="khong-co")})
    assert load_site(root).catalogue is None


def test_it_wants_registers(tmp_path):
    (tmp_path / "models").mkdir()
    found = Catalogue(empty_library(tmp_path))
    for look in (lambda: found.site, lambda: found.schemes):
        with pytest.raises(ValueError, match="registers"):
            look()
