"""The sample site as programs of others read it: search engines, data tools, feed readers."""

from collections import Counter
from pathlib import Path

import extruct
import feedparser
import pytest
from frictionless import Package
from lxml import etree

from site_builder.loading import load_site
from site_builder.pages.plan import plan_site
from site_builder.pipeline import build_site

ROOT = Path(__file__).parent.parent
ADDRESS = "https://dan-van-kheo.example.org/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
KINDS = {
    "model.html": "Article",
    "article.html": "NewsArticle",
    "document.html": "CreativeWork",
}
"""What a page says it is, by its template."""


@pytest.fixture(scope="module")
def plan():
    return plan_site(load_site(ROOT).require_catalogue())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trang") / "site"
    build_site(ROOT, site_dir=folder)
    return folder


def _read(site, page):
    html = (site / page.address / "index.html").read_text("utf-8")
    url = ADDRESS + page.address
    syntaxes = ["json-ld", "opengraph", "dublincore"]
    return extruct.extract(html, url, syntaxes=syntaxes, errors="strict")


def test_every_page_says_once_what_it_is_in_every_way(site, plan):
    said = Counter()
    for page in plan.pages:
        found = _read(site, page)
        (graph,), (og,), (dublin,) = found["json-ld"], found["opengraph"], found["dublincore"]
        url = ADDRESS + page.address
        own = [node["@type"] for node in graph["@graph"] if node.get("url") == url]
        said.update((page.template, kind) for kind in own)
        about = dict(og["properties"])
        assert about["og:url"] == url
        elements = {one["name"]: one["content"] for one in dublin["elements"]}
        assert elements["DC.identifier"] == url
        assert elements["DC.title"] == page.title
        assert about["og:title"] == (page.title if page.address else plan.chrome.name)
    pages = Counter(page.template for page in plan.pages)
    for template, kind in KINDS.items():
        assert said[template, kind] == pages[template] > 0


def test_open_data_are_what_their_description_says(site, plan):
    report = Package(str(site / "du-lieu" / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    rows = {task.name: task.stats.get("rows") for task in report.tasks}
    pages = Counter(page.template for page in plan.pages)
    assert rows["mo-hinh-csv"] == pages["model.html"]
    assert rows["tin-tuc-csv"] == pages["article.html"]
    assert rows["van-ban-csv"] == pages["document.html"]


def test_a_row_too_short_would_be_told(site, tmp_path):
    for file in (site / "du-lieu").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    package = tmp_path / "datapackage.json"
    assert Package(str(package)).validate().valid
    with (tmp_path / "ket-qua.csv").open("a", encoding="utf-8") as table:
        table.write("mot-minh\r\n")
    errors = Package(str(package)).validate().flatten(["type"])
    assert ["missing-cell"] in errors


def test_the_sitemap_has_every_page_once(site, plan):
    tree = etree.parse(site / "sitemap.xml")
    found = [one.text for one in tree.findall(f"{SITEMAP}url/{SITEMAP}loc")]
    assert sorted(found) == sorted(ADDRESS + page.address for page in plan.pages)
    days = [one.text for one in tree.findall(f"{SITEMAP}url/{SITEMAP}lastmod")]
    assert len(days) >= sum(bool(page.updated) for page in plan.pages) > 0


def test_feeds_lead_to_pages(site, plan):
    there = {ADDRESS + page.address for page in plan.pages}
    for feed in plan.feeds:
        read = feedparser.parse((site / feed.folder / "atom.xml").read_bytes())
        assert not read.bozo
        assert {entry.link for entry in read.entries} <= there
        assert len(read.entries) == len(feed.items)
