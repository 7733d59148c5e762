"""The bench of pages reads what Lighthouse tells, and packs what it serves."""

import gzip
import sys
import urllib.request
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "bench"
sys.path.insert(0, str(BENCH))

import web_report  # noqa: E402 - these stand beside the program that runs them
import web_sites  # noqa: E402
from web_report import Visit, Visited  # noqa: E402
from web_server import served  # noqa: E402
from web_sites import MATERIAL, OURS  # noqa: E402

FIGURES = {
    "largest-contentful-paint": 1234.5,
    "cumulative-layout-shift": 0.0123,
    "total-blocking-time": 40,
    "total-byte-weight": 51_200,
}


def told(seo=1.0, **audits):
    """A report of Lighthouse, as far as it is read."""
    every = {name: {"numericValue": value} for name, value in FIGURES.items()}
    scored = {"color-contrast": 1, "crawlable-anchors": 1, "custom-controls": None} | audits
    for name, score in scored.items():
        mode = "manual" if score is None else "binary"
        every[name] = {"score": score, "scoreDisplayMode": mode}
    groups = {
        "performance": (0.99, [("largest-contentful-paint", 25)]),
        "accessibility": (1, [("color-contrast", 7), ("custom-controls", 0)]),
        "best-practices": (1, []),
        "seo": (seo, [("crawlable-anchors", 1)]),
    }
    return {
        "audits": every,
        "categories": {
            name: {"score": score, "auditRefs": [{"id": i, "weight": w} for i, w in refs]}
            for name, (score, refs) in groups.items()
        },
    }


def test_a_report_is_read():
    visit = Visit.read(told(seo=0.9, **{"crawlable-anchors": 0}))
    assert visit == Visit(99, 100, 100, 90, 1.2345, 0.0123, 40, 51_200, ("crawlable-anchors",))
    assert Visit.read(told()).faults == ()


def test_a_page_that_could_not_be_judged_counts_for_nothing():
    with pytest.raises(ValueError, match="nothing was painted"):
        Visit.read({"runtimeError": {"message": "nothing was painted"}})


def a_page(site, page, *visits, **changed):
    whole = Visit.read(told())._replace(**changed)
    return Visited(site, page, [whole._replace(lcp=lcp, faults=f) for lcp, f in visits])


def test_the_table_has_medians_and_every_fault():
    ours = a_page(OURS, "home", (1.0, ()), (9.0, ("label",)), (1.5, ()))
    theirs = a_page(MATERIAL, "home", (2.0, ()), performance=80)
    rows = web_report.tables([theirs, ours]).splitlines()[2:]
    assert rows == [
        "| home | site-builder | 99 | 100 | 100 | 100 | 1.50 | 0.012 | 40 | 50 | label |",
        "| home | plain Material 9.8.1 | 80 | 100 | 100 | 100 | 2.00 | 0.012 | 40 | 50 |  |",
    ]


def test_targets_are_held_against_our_worst_page():
    pages = [
        a_page(OURS, "home", (1.2, ())),
        a_page(OURS, "units", (1.9, ()), performance=97.6),
        a_page(MATERIAL, "home", (9.0, ()), performance=10),
    ]
    rows = web_report.targets(pages).splitlines()
    assert "| performance | ≥ 98 | 97.6 (units) | **missed** |" in rows
    assert "| largest contentful paint | ≤ 1.8 s | 1.9 (units) | **missed** |" in rows
    assert "| layout shift | ≤ 0.02 | 0.012 (home) | met |" in rows
    assert "| first visit of the home page | ≤ 220 KB | 50 (home) | met |" in rows
    assert "| first visit of an article | ≤ 150 KB | | not measured |" in rows


def test_text_is_sent_packed_to_whoever_takes_it(tmp_path):
    text = "Bà con cùng làm. " * 200
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(text, "utf-8")
    (tmp_path / "a.woff2").write_bytes(b"font")
    with served(tmp_path) as address:
        asked = urllib.request.Request(f"{address}/a/", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            data = answer.read()
            assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        with urllib.request.urlopen(f"{address}/a/") as answer:
            assert answer.read().decode() == text
        with urllib.request.urlopen(f"{address}/a.woff2") as answer:
            assert answer.headers["Content-Encoding"] is None
    assert len(data) < 200 and gzip.decompress(data).decode() == text


def test_material_gets_the_title_the_body_and_what_a_page_leads_to():
    staged = """---
title: Kinh tế <b>
description: Mô tả
template: list.html
view:
  crumbs: [{text: Trang chủ, address: ''}]
  summary: Tóm tắt
  cards:
  - {title: 'Mô hình [1]', address: mo-hinh/a/, summary: Kể, field: {text: X, address: x/}}
  groups: [{heading: Theo năm, links: [{text: '2024', address: nam/2024/, note: ''}]}]
---

Thân bài.
"""
    page = web_sites.plain_page(staged)
    assert page.endswith(
        "# Kinh tế &lt;b>\n\nTóm tắt\n\nThân bài.\n\n"
        "- [Mô hình \\[1]](/mo-hinh/a/) Kể\n- [2024](/nam/2024/) \n"
    )
    assert "template" not in page
