"""Feeds of news, of models, of each field and of everything, as Atom and as JSON Feed."""

import json

import pytest
from feedparser import parse
from jsonschema import Draft202012Validator, FormatChecker
from project import a_model, an_article, plan_of, write_project

from site_builder.outputs.feeds import feed_file

URL = {"type": "string", "format": "uri", "pattern": "^https://"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": URL,
        "feed_url": URL,
        "language": {"const": "vi"},
        "authors": {"type": "array", "items": {"required": ["name"]}, "minItems": 1},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "content_text"],
                "additionalProperties": False,
                "properties": {
                    "id": URL,
                    "url": URL,
                    "title": {"type": "string", "minLength": 1},
                    "content_text": {"type": "string", "minLength": 1},
                    "date_modified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT[0:]{8}\+07"},
                },
            },
        },
    },
}
"""What https://jsonfeed.org/version/1.1 asks, of the keys that we write."""
HOSTILE = 'Tin <b>một</b> & "hai" ]]> </script>'
FILES = {
    "content/news/2024/a.md": an_article(title=HOSTILE, date="2024-03"),
    "content/news/2024/b.md": an_article(title="Cập nhật", updated="2025-01-02"),
    "content/news/2019/ghim.md": an_article(title="Ghim", date="2019-01-01", pinned=True),
    "content/news/2024/nhap.md": an_article(title="Nháp", publish="nhap"),
    "models/an-ninh/cu.md": a_model(title="Cũ", verified_on="2024-05-01"),
    "models/an-ninh/moi.md": a_model(title="Mới", verified_on="2025-10-01", year=2019),
    "models/kinh-te/len.md": a_model(title="Lên trang", field="kinh-te", publish_on="2025-02-03"),
    "models/kinh-te/khong-ro.md": a_model(title="Không rõ", field="kinh-te", year="chua-ro"),
    "models/an-ninh/nhap.md": a_model(title="Nháp", publish="nhap"),
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return plan_of(write_project(tmp_path_factory.mktemp("du-an"), FILES))


def _read(plan, folder):
    """Titles with their days, which both kinds must tell alike."""
    (feed,) = [feed for feed in plan.feeds if feed.folder == folder]
    atom, as_json = (
        feed_file(name, feed, plan.chrome, "https://a.example.org")
        for name in ("atom.xml", "feed.json")
    )
    parsed, value = parse(atom), json.loads(as_json)
    assert not parsed.bozo
    Draft202012Validator(JSON_FEED, format_checker=FormatChecker()).validate(value)
    assert parsed.feed.title == value["title"]
    assert value["feed_url"] == f"https://a.example.org/{folder}feed.json"
    assert {link.href for link in parsed.feed.links} == {
        f"https://a.example.org/{folder}",
        f"https://a.example.org/{folder}atom.xml",
    }
    shown = [(e.title, e.id, e.summary, e.updated) for e in parsed.entries]
    keys = ("title", "id", "content_text", "date_modified")
    assert shown == [tuple(item[key] for key in keys) for item in value["items"]]
    return [(title, day.removesuffix("T00:00:00+07:00")) for title, _, _, day in shown]


def test_news_stand_newest_first_whatever_is_pinned(plan):
    assert _read(plan, "tin-tuc/") == [
        ("Cập nhật", "2025-01-02"),
        (HOSTILE, "2024-03-01"),
        ("Ghim", "2019-01-01"),
    ]


def test_models_stand_by_the_day_of_their_last_change(plan):
    assert _read(plan, "mo-hinh/") == [
        ("Mới", "2025-10-01"),
        ("Lên trang", "2025-02-03"),
        ("Cũ", "2024-05-01"),
        ("Không rõ", "2009-02-26"),
    ]


def test_each_field_has_its_own(plan):
    assert _read(plan, "linh-vuc/an-ninh/") == [("Mới", "2025-10-01"), ("Cũ", "2024-05-01")]
    assert [title for title, _ in _read(plan, "linh-vuc/kinh-te/")] == ["Lên trang", "Không rõ"]
    assert _read(plan, "linh-vuc/he-thong/") == []


def test_one_has_everything(plan):
    together = [*_read(plan, "tin-tuc/"), *_read(plan, "mo-hinh/")]
    assert _read(plan, "") == sorted(together, key=lambda item: item[1], reverse=True)


def test_a_feed_without_items_still_has_a_date(tmp_path):
    plan = plan_of(write_project(tmp_path))
    feed = next(feed for feed in plan.feeds if feed.folder == "tin-tuc/")
    assert parse(feed_file("atom.xml", feed, plan.chrome, "https://a.example.org/")).feed.updated


def test_feeds_have_the_fifty_newest(tmp_path):
    files = {f"content/news/2024/t{n}.md": an_article(title=f"Tin {n}") for n in range(51)}
    for n in range(60):
        keys = {"title": f"Mô hình {n}", "verified_on": f"2025-0{1 + n // 10}-15"}
        files[f"models/an-ninh/m{n}.md"] = a_model(**keys)
    plan = plan_of(write_project(tmp_path, files))
    assert len(_read(plan, "tin-tuc/")) == 50
    found = _read(plan, "linh-vuc/an-ninh/")
    assert len({title for title, _ in found}) == 50
    assert {day for _, day in found} == {f"2025-0{month}-15" for month in range(2, 7)}
