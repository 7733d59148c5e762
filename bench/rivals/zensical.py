"""Zensical, whose look and search are those of Material, from plain Markdown.

It has no taxonomies and cuts nothing into pages: lists are written for it here, outside of what is
timed, and mended when a title changes. Its cache stays for all but the clean build.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from measure import Command
from tools import SEARCH, Tool

from rivals.entries import (
    CATEGORIES,
    PAGE_SIZE,
    Entry,
    Site,
    copy_beside,
    facts_of,
    figures_of,
    notes_of,
    pages_of,
    plain,
    write_page,
)
from rivals.install import pip_install

ZENSICAL = "0.0.73"
_FILES = Path(__file__).parent / "files" / "zensical"
_UNSEARCHED = {"search": {"exclude": True}}


def tool(site: Site, folder: Path, scratch: Path) -> Tool:
    """Zensical. Raises `Absent`."""
    installed = pip_install(scratch / "zensical", f"zensical=={ZENSICAL}")
    target = folder / "zensical"
    prepare(site, target)
    return Tool(
        "Zensical",
        ZENSICAL,
        SEARCH,
        target,
        [Command([str(installed / "bin" / "zensical"), "build"], target)],
        stories=lambda root: sorted(root.glob("docs/mo-hinh/*/mo-hinh-*.md")),
        kept=("site", ".cache", ".home-cache"),
        after_edit=lambda story, old, new: _rename(target / "docs", old, new),
    )


def _rename(docs: Path, old: str, new: str) -> None:
    """Lists and news name a model in square brackets."""
    for place in docs.rglob("*.md"):
        text = place.read_text("utf-8")
        if f"[{old}](" in text:
            place.write_text(text.replace(f"[{old}](", f"[{new}]("), encoding="utf-8", newline="\n")


def prepare(site: Site, folder: Path) -> None:
    """Write a Zensical project of the same entries, and of the lists of them, into `folder`."""
    copy_beside(site, _FILES, folder, "docs")
    docs = folder / "docs"
    for entry in (*site.models, *site.articles):
        place = docs / entry.source
        write_page(place, _front(site, entry), _body(site, entry))
    for address, title, body in (*_lists(site), *_units(site), _home(site)):
        source = f"{address.rstrip('/')}.md"
        write_page(docs / source, {"title": title, **_UNSEARCHED}, body)


def _front(site: Site, entry: Entry) -> dict[str, object]:
    front = entry.front
    crumbs = [{"text": "Tin tức", "address": "tin-tuc/"}]
    if "field" in front:
        field = front["field"]
        crumbs = [
            {"text": "Lĩnh vực", "address": "linh-vuc/"},
            {"text": site.fields[field], "address": f"linh-vuc/{field}/"},
        ]
    return {
        "title": front["title"],
        "description": front["summary"],
        "summary": front["summary"],
        "crumbs": crumbs,
        "facts": facts_of(site, entry),
        "figures": figures_of(entry),
    }


def _body(site: Site, entry: Entry) -> str:
    """The story; pictures are relative, as the tool wants links to be."""
    body = entry.body.replace("](/images/", "](../../images/")
    named = [site.by_id[name] for name in entry.front.get("models", ())]
    if not named:
        return body
    rows = [f"- [{one.front['title']}]({_relative(one.address, entry.source)})" for one in named]
    return "\n".join([body, "## Mô hình được nhắc tới", "", *rows, ""])


def _relative(address: str, source: str) -> str:
    """The file of `address` as the file `source` links to it."""
    return posixpath.relpath(f"{address.rstrip('/')}.md", posixpath.dirname(source) or ".")


def _lists(site: Site) -> Iterator[tuple[str, str, str]]:
    """Address, title and body of every page of every list, and of what leads to the lists."""
    yield from _list(site, "mo-hinh/", "Tất cả mô hình", site.models)
    yield from _list(site, "tin-tuc/", "Tin tức", site.articles)
    for section, heading, entries, keys_of, name_of in _ways(site):
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            for key in keys_of(entry):
                groups.setdefault(key, []).append(entry)
        yield f"{section}/", heading, _links(section, groups, name_of)
        for key, members in groups.items():
            yield from _list(site, f"{section}/{key}/", name_of(key), members)


_Way = tuple[str, str, Iterable[Entry], Callable[[Entry], Iterable[str]], Callable[[str], str]]


def _ways(site: Site) -> Iterator[_Way]:
    models, news = site.models, site.articles
    yield "linh-vuc", "Lĩnh vực", models, lambda e: [e.front["field"]], site.fields.__getitem__
    yield "nam", "Năm", models, lambda e: [e.year], "Mô hình năm {}".format
    yield "chu-de", "Chủ đề", models, lambda e: map(plain, e.front["topics"]), site.topics.get
    yield "chuyen-muc", "Chuyên mục", news, lambda e: [e.front["category"]], CATEGORIES.get
    yield "tin-nam", "Tin theo năm", news, lambda e: [e.year], "Tin năm {}".format


def _links(section: str, groups: dict[str, list[Entry]], name_of: Callable[[str], str]) -> str:
    rows = [f"- [{name_of(key)}]({section}/{key}.md) {len(rows)}" for key, rows in groups.items()]
    return "\n".join([*rows, ""])


def _list(
    site: Site, address: str, title: str, entries: Iterable[Entry]
) -> Iterator[tuple[str, str, str]]:
    pages = pages_of(entries)
    addresses = [address, *(f"{address}trang/{n}/" for n in range(2, len(pages) + 1))]
    for number, (here, shown) in enumerate(zip(addresses, pages, strict=True), 1):
        heading = title if number == 1 else f"{title} - trang {number}"
        near = sorted({1, len(pages), *range(max(1, number - 2), min(len(pages), number + 2) + 1)})
        source = f"{here.rstrip('/')}.md"
        pager = " ".join(f"[{n}]({_relative(addresses[n - 1], source)})" for n in near)
        cards = "\n".join(_card(site, entry, source) for entry in shown)
        yield here, heading, f"{cards}\n{pager if len(pages) > 1 else ''}\n"


def _card(site: Site, entry: Entry, source: str) -> str:
    front = entry.front
    figure = "".join(f"**{row['value']} {row['unit']}** " for row in figures_of(entry)[:1])
    heading = f"## [{front['title']}]({_relative(entry.address, source)})"
    return f"{heading}\n\n{notes_of(site, entry)}\n\n{figure}{front['summary']}\n"


def _units(site: Site) -> Iterator[tuple[str, str, str]]:
    """The newest models and news of each unit on one page, as on our unit pages."""
    models: dict[str, list[Entry]] = {}
    news: dict[str, list[Entry]] = {}
    for model in site.models:
        models.setdefault(model.front["unit"], []).append(model)
    for article in site.articles:
        for unit in article.front["units"]:
            news.setdefault(unit, []).append(article)
    used = sorted({*models, *news})
    rows = [
        f"- [{site.units[unit]}](don-vi/{unit}.md) {len(models.get(unit, ()))}" for unit in used
    ]
    yield "don-vi/", "Đơn vị", "\n".join([*rows, ""])
    for unit in used:
        shown = [*models.get(unit, ())[:PAGE_SIZE], *news.get(unit, ())[:PAGE_SIZE]]
        cards = "\n".join(_card(site, entry, f"don-vi/{unit}.md") for entry in shown)
        yield f"don-vi/{unit}/", site.units[unit], cards


def _home(site: Site) -> tuple[str, str, str]:
    shown = (*site.models[:6], *site.articles[:6])
    return "index", "Trang chủ", "\n".join(_card(site, entry, "index.md") for entry in shown)
