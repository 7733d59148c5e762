"""Eleventy with Nunjucks templates and its pagination; no search.

All rows are whole builds. Its way to do less in a build of its own, `--incremental=FILE`, ends with
"templateRender has not yet initialized" on a project with paginated lists (3.1.2 and 3.1.5), and
keeps running when the file is a layout; `--incremental` alone only helps while it watches.
"""

import json
from pathlib import Path

from measure import Command
from tools import HTML, Tool

from rivals.entries import (
    CATEGORIES,
    LEVELS,
    MENU,
    STATUSES,
    Entry,
    Site,
    copy_beside,
    figures_of,
    notes_of,
    plain,
    settings_of,
    write_page,
)
from rivals.install import npm_install

ELEVENTY = "3.1.5"
_FILES = Path(__file__).parent / "files" / "eleventy"


def tool(site: Site, folder: Path, scratch: Path) -> Tool:
    """Eleventy. Raises `Absent`."""
    installed = npm_install(scratch / "eleventy", f"@11ty/eleventy@{ELEVENTY}")
    program = str(installed / "node_modules" / ".bin" / "eleventy")
    target = folder / "eleventy"
    prepare(site, target)
    return Tool(
        "Eleventy",
        ELEVENTY,
        HTML,
        target,
        [Command([program, "--quiet"], target)],
        stories=lambda root: sorted(root.glob("mo-hinh/*/*.md")),
        template="_includes/base.njk",
        kept=("site", ".cache", ".home-cache"),
    )


def prepare(site: Site, folder: Path) -> None:
    """Write an Eleventy project of the same entries into `folder`."""
    copy_beside(site, _FILES, folder, ".")
    (folder / "_data").mkdir()
    names = json.dumps(_names(site), ensure_ascii=False)
    (folder / "_data" / "names.json").write_text(names, encoding="utf-8")
    for entry in (*site.models, *site.articles):
        write_page(folder / entry.source, _front(site, entry), entry.body)


def _names(site: Site) -> dict[str, object]:
    years = {entry.year for entry in (*site.models, *site.articles)}
    return {
        "site": settings_of(site),
        "url": "https://dan-van-kheo.example.org",
        "menu": [{"text": text, "address": address} for text, address in MENU],
        "sections": {address.rstrip("/"): text for text, address in MENU}
        | {"chuyen-muc": "Chuyên mục", "tin-nam": "Tin theo năm"},
        "linh-vuc": site.fields,
        "don-vi": site.units,
        "chu-de": site.topics,
        "chuyen-muc": CATEGORIES,
        "nam": {year: f"Mô hình năm {year}" for year in years},
        "tin-nam": {year: f"Tin năm {year}" for year in years},
    }


def _front(site: Site, entry: Entry) -> dict[str, object]:
    front = entry.front
    shown = {
        "title": front["title"],
        "summary": front["summary"],
        "notes": notes_of(site, entry),
    }
    if "category" in front:
        named = [site.by_id[name] for name in front["models"]]
        return shown | {
            "date": str(front["date"]),
            "day": str(front["date"]),
            "category": front["category"],
            "units": front["units"],
            "named": [{"text": one.front["title"], "address": one.address} for one in named],
        }
    return shown | {
        "date": f"{front['started']}-01",
        "started": front["started"],
        "level": LEVELS[front["level"]],
        "status": STATUSES[front["status"]],
        "year": front["year"],
        "field": front["field"],
        "topics": [plain(topic) for topic in front["topics"]],
        "unit": front["unit"],
        "figures": figures_of(entry),
    }
