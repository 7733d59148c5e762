"""The catalogue: what is in it, in which order and groups, and that nothing in it can change."""

import dataclasses
from datetime import date
from types import MappingProxyType

import pytest
from project import TODAY, a_document, a_model, a_page, an_article, catalogue_of, ids, write_project

from site_builder.catalogue import Catalogue, build_catalogue
from site_builder.domain.entry import Sources

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
    assert ids(found.models.entries) == ["moi", "muon", "b", "d", "e", "chua-ro-nam"]
    assert list(found.by_year) == [2025, 2022, None]


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
    groups = {name: _shown(getattr(found, f"by_{name}")) for name in _FACETS}
    assert groups == {
        "field": {"an-ninh": ["a"], "he-thong": ["b"]},
        "unit": {"phong-noi-chinh": ["a"], "xa-tay-cu": ["b"]},
        "year": {2024: ["b"], 2022: ["a"]},
        "period": {"2021-2025": ["a"]},
        "level": {"tinh": ["a"]},
        "kind": {"tap-the": ["a"]},
        "status": {"trien-khai": ["a"]},
        "award": {"bang-khen": ["a"]},
        "topic": {"bien-phong": ["b", "a"], "hoc-sinh": ["a"]},
    }
    assert found.topic_names["hoc-sinh"] == "Học sinh"


_FACETS = ("field", "unit", "year", "period", "level", "kind", "status", "award", "topic")


def _shown(groups):
    return {key: ids(entries) for key, entries in groups.items()}


def test_fields_come_from_the_schemes_of_the_year(tmp_path):
    found = catalogue_of(write_project(tmp_path))
    names = {year: [row.id for row in found.fields_of_year(year)] for year in (2015, 2022, 2024)}
    assert names == {
        2015: ["kinh-te", "an-ninh"],
        2022: ["kinh-te", "an-ninh", "he-thong"],
        2024: ["an-ninh", "he-thong"],
    }
    assert found.fields_of_year(None) == found.fields_of_year(TODAY.year)
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
    assert ids(found.articles.entries) == ["ghim", "moi", "cuoi-thang-5", "thang-5"]
    assert _shown(found.articles_by_year) == {
        2019: ["ghim"],
        2025: ["moi"],
        2024: ["cuoi-thang-5", "thang-5"],
    }
    assert ids(found.articles_by_category["khen-thuong"]) == ["moi"]


def test_documents_stand_newest_first_and_unknown_dates_last(tmp_path):
    write_project(
        tmp_path,
        {
            "content/documents/cu.md": a_document(number="9-CT/TU", date="2001"),
            "content/documents/moi.md": a_document(number="3-CT/TU", date="2020-01-01"),
            "content/documents/chua-ro.md": a_document(number="1-CT/TU", date="chua-ro"),
        },
    )
    assert ids(catalogue_of(tmp_path).documents.entries) == ["moi", "cu", "chua-ro"]


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
    assert _shown(found.copies_of) == {"goc": ["ban-sao"]}
    assert _shown(found.models_citing) == {"chi-thi": ["ban-sao", "goc"]}
    # Cited by number and by id: listed once.
    assert _shown(found.articles_citing) == {"chi-thi": ["tin"]}
    assert _shown(found.articles_of_model) == {"goc": ["tin"]}
    assert _shown(found.articles_of_unit) == {"xa-tay-cu": ["tin"]}


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
    empty = catalogue_of(write_project(tmp_path / "trong"))
    assert _holdings(found) == _holdings(empty)
    assert found.numbers.resolve("52-CT/TU") == ()


def _holdings(found: Catalogue) -> dict[str, object]:
    """Keys of every group and ids of every index."""
    return {
        field.name: ids(value.entries) if hasattr(value, "entries") else list(value)
        for field in dataclasses.fields(found)
        if hasattr(value := getattr(found, field.name), "entries")
        or isinstance(value, MappingProxyType)
    }


def test_the_last_hidden_day_and_the_first_public_one(tmp_path):
    write_project(
        tmp_path,
        {"models/an-ninh/a.md": a_model(publish_on="2025-10-15", expires_on="2025-10-17")},
    )
    public = {
        day: bool(catalogue_of(tmp_path, date(2025, 10, day)).models.entries)
        for day in (14, 15, 16, 17)
    }
    assert public == {14: False, 15: True, 16: True, 17: False}


def test_nothing_in_it_can_be_changed(tmp_path):
    write_project(tmp_path, {"models/an-ninh/a.md": a_model(topics=["kẻng"])})
    found = catalogue_of(tmp_path)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.today = date(2030, 1, 1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.models.entries[0].body = "khác"
    with pytest.raises(ValueError, match="frozen"):
        found.models.entries[0].record.title = "khác"
    values = [getattr(found, field.name) for field in dataclasses.fields(found)]
    inside = [getattr(v, f.name) for v in values if dataclasses.is_dataclass(v) for f in _fields(v)]
    containers = [v for v in (*values, *inside) if not isinstance(v, str) and hasattr(v, "__len__")]
    assert containers
    assert {type(v) for v in containers} <= {tuple, frozenset, MappingProxyType}
    groups = [v for v in containers if isinstance(v, MappingProxyType)]
    assert not any(isinstance(group, list) for found in groups for group in found.values())


def _fields(value):
    return dataclasses.fields(value)


def test_numbers_repeat_over_provinces(tmp_path):
    files = {
        f"content/documents/30-{place}.md": a_document(number="30-CT/TU", issuer=issuer)
        for place, issuer in (("dong", "Tỉnh ủy Đông"), ("tay", "Tỉnh ủy Tây"))
    }
    numbers = catalogue_of(write_project(tmp_path, files)).numbers
    assert ids(numbers.resolve("30 - ct/tu")) == ["30-dong", "30-tay"]
    assert ids(numbers.resolve("30-tay")) == ["30-tay"]
    assert numbers.resolve("31-CT/TU") == ()


def test_it_wants_registers():
    with pytest.raises(ValueError, match="registers"):
        build_catalogue(Sources(), TODAY)
