"""Nothing of a built site leads nowhere, and everything in it is reached by following links."""

from pathlib import Path

import pytest
from built_addresses import SITE, Named, Published
from site_pages import EVERYWHERE

from site_builder.loading import load_site
from site_builder.pages.plan import page_of, site_map
from site_builder.pages.shapes import Shaper

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def published(sample):
    return Published(sample)


def test_nothing_leads_nowhere(published):
    assert published.broken() == []


def test_addresses_of_every_kind_were_looked_at(published):
    names = list(published.named())
    assert len(published.pages) > 450
    assert len({one.address for one in names if "#" in one.address}) > 1
    places = {one.where.rpartition("/")[2] for one in names if one.where not in published.pages}
    assert places >= {"site.css", "box.js", "atom.xml", "feed.json", "sitemap.xml", "robots.txt"}
    assert places >= {"mo-hinh.csv", "mo-hinh.json"}


def test_every_page_is_reached_by_links_alone(published):
    """Without a script: by field, unit, year, list and page of a list."""
    assert published.reached() == published.pages.keys() - {"404.html"}


def test_what_leads_nowhere_is_found(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        "<a href='a/'></a><a href='b/'></a><a href='a/#co'></a><a href='a/#khong'></a>"
        f"<img src='x.webp' srcset='y.webp 480w, a/ 960w'><link rel='canonical' href='{SITE}c/'>"
        "<a href='https://a.vn/d/'></a><form action='tim/'></form><p data-index='s/'></p>"
    )
    (tmp_path / "a" / "index.html").write_text("<p id='co'></p><a href='../'></a>")
    (tmp_path / "404.html").write_text("<a href='a/'></a><a href='/a/'></a>")
    (tmp_path / "site.css").write_text("body { background: url('z.svg') }")
    (tmp_path / "box.js").write_text('import{a}from"./b.js";await import("./c.js");')
    (tmp_path / "feed.json").write_text(f'{{"url": "{SITE}d/", "id": "{SITE}a/#x"}}')
    found = Published(tmp_path)
    here = ("b/", "a/#khong", "x.webp", "y.webp", f"{SITE}c/", "tim/", "s/start.json")
    assert set(found.broken()) == {
        *(Named("index.html", address) for address in here),
        Named("404.html", "a/"),
        Named("site.css", "z.svg"),
        *(Named("box.js", address) for address in ("./b.js", "./c.js")),
        Named("feed.json", f"{SITE}d/"),
    }
    assert found.reached() == {"index.html", "a/index.html"}


def test_a_page_of_each_kind_is_looked_at():
    """`site_pages` is what tests in the browser go through."""
    catalogue = load_site(ROOT).require_catalogue()
    shaper, jobs = Shaper(catalogue), site_map(catalogue)

    def kind(address: str) -> tuple[object, ...]:
        job = jobs[address]
        place = job.key if job.kind == "overview" else ""
        return job.kind, place, job.number > 0 and job.kind != "entry", template(address)

    def template(address: str) -> str:
        return page_of(shaper, jobs[address]).template

    chosen = {address.lstrip("/") for address in EVERYWHERE.values()} & jobs.keys()
    assert {kind(address) for address in jobs} == {kind(address) for address in chosen}
