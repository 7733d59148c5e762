"""Projects whose content does its worst: markup in every key, and texts that fit nowhere."""

from pathlib import Path
from typing import Any

from project import (
    FIELDS,
    SITE,
    UNITS,
    a_document,
    a_model,
    a_page,
    a_picture,
    an_article,
    write_project,
)

EVIL = """Ác <script>alert(1)</script>" onerror="x()' & {{ 1234567*9 }}{% raw %}</title>&lt;b&gt;"""
MANY = 5_000
LONG = ("Xây dựng hệ thống chính trị ở nơi vùng sâu, vùng xa, biên giới " * 5)[:300].strip()
WORD = "Đường" * 20
"""A hundred letters without a place to break."""
ARABIC = "مرحبا بالعالم، هذه قصة 2024 (اختبار)"
STACKED = "Ti" + "\u0301\u0323\u0308\u0330" * 3 + "ếng ke" + "\u0309\u0302" * 5 + "ng"
"""Letters under so many signs that they reach into the lines above and below."""
HARD_PAGES = {
    "home": "/",
    "a field of one": "/linh-vuc/mot/",
    "a field of many": "/linh-vuc/nhieu/",
    "a page of many": "/linh-vuc/nhieu/trang/100/",
    "a full model": "/mo-hinh/an-ninh/dai/",
    "a model of one word": "/mo-hinh/an-ninh/mot-chu/",
    "a bare model": "/mo-hinh/an-ninh/ngan/",
    "an evil model": "/mo-hinh/an-ninh/a/",
    "other scripts": "/mo-hinh/mot/a-rap/",
    "units": "/don-vi/",
    "a unit": "/don-vi/xa-3/",
    "older of a unit": "/don-vi/xa-3/trang/1/",
    "an article": "/tin-tuc/2024/dai/",
    "a document": "/van-ban/van-ban/",
    "standing text": "/dai/",
    "contact": "/lien-he/",
    "figures": "/thong-ke/",
    "search": "/tim-kiem/",
}
"""Pages of `hostile_project`."""
_SOURCE = {"title": f"nguồn {EVIL}", "url": 'https://a.vn/"onclick="x()<script>'}


def evil(name: str) -> str:
    """Free text that would do harm wherever it is not taken for text."""
    return f"{name} {EVIL}"


def evil_project(root: Path) -> Path:
    """A project with EVIL in every key that takes free text."""
    return write_project(
        root, _evil_files(), fields=_fields(), units=_units(UNITS), site=_evil_site()
    )


def hostile_project(root: Path) -> Path:
    """The same, a field of one model, one of `MANY`, and texts of all lengths and scripts."""
    fields = _fields(
        {"id": "mot", "name": WORD, "summary": LONG},
        {"id": "nhieu", "name": LONG, "summary": WORD},
    )
    # Titles of one unit and year are held against each other, so not all are of one.
    places = [f"xa-{number}" for number in range(40)]
    rows = [{"id": place, "names": [{"name": LONG}], "type": "xa"} for place in places]
    files = _evil_files() | _hard_files()
    for number in range(MANY):
        text = a_model("Kể.", title=f"Mô hình {number}", field="nhieu", unit=places[number % 40])
        files[f"models/nhieu/m{number}.md"] = text
    return write_project(
        root, files, fields=fields, units=_units([*UNITS, *rows]), site=_evil_site()
    )


def _evil_files() -> dict[str, str | bytes]:
    picture = {"file": "a.png", "alt": evil("alt"), "caption": evil("chú"), "credit": evil("cr")}
    image = picture | {"consent": evil("ý")}
    award = {"form": evil("hình"), "by": evil("cấp"), "decision": evil("số")}
    result = {"label": evil("kết"), "value": 3, "unit": evil("đơn vị"), "before": 1}
    names = {key: evil(key) for key in ("title", "summary")}
    return {
        "models/an-ninh/a.md": a_model(
            **names,
            place=evil("nơi"),
            owner=evil("chủ"),
            partners=[evil("bạn")],
            results=[result],
            awards=[award],
            replicated_to=[evil("tới")],
            topics=[evil("chủ đề")],
            images=[image],
            sources=[_SOURCE],
            aliases=["/cu/a/"],
        ),
        "models/an-ninh/a.png": a_picture("PNG"),
        "content/news/2024/tin.md": an_article(
            **names, author=evil("tác"), source=evil("báo"), source_url=_SOURCE["url"]
        ),
        "content/documents/van-ban.md": a_document(
            title=evil("trích"), issuer=evil("cơ quan"), url=_SOURCE["url"], sources=[_SOURCE]
        ),
        "content/trang.md": a_page(**names),
        "content/khai-bao.md": a_page("---\ntemplate: x\n---\n\nThân bài", title="Khai báo"),
        "content/ghi-chu.md": a_page("Ghi chú: xin chào\ntitle: không phải", title="Ghi chú"),
    }


def _hard_files() -> dict[str, str | bytes]:
    """Entries that are too long, too short, too full, too empty, and in other scripts."""
    results = [
        {"label": f"{LONG[:120]} {number}", "value": 10**number, "unit": WORD, "before": number}
        for number in range(40)
        if number < 15
    ] + [{"label": f"Kết quả {number}", "value": number, "unit": "hộ"} for number in range(25)]
    listed = "\n".join(f"- {WORD}\n\n> {ARABIC}\n" for _ in range(2))
    table = f"| {WORD} | {ARABIC} | {LONG} |\n| --- | --: | :-: |\n| 1 | 2 | 3 |"
    # Headings that have the names of our own.
    headings = "\n\n".join(f"## {name}\n\nChữ." for name in ("Nội dung", "Nguồn", "Thông tin"))
    body = f"{LONG}\n\n{headings}\n\n### {WORD}\n\n{listed}\n\n{table}\n\n{STACKED} {ARABIC}"
    return {
        "models/an-ninh/dai.md": a_model(
            body,
            title=LONG,
            summary=LONG,
            place=WORD,
            owner=LONG,
            partners=[WORD, LONG],
            results=results,
            topics=[WORD, LONG[:150]],
            sources=[{"title": WORD}, {"title": LONG, "url": f"https://a.vn/{WORD}"}],
            awards=[{"form": LONG[:150], "by": WORD, "year": 2024}],
        ),
        "models/an-ninh/ngan.md": a_model("Ừ.", title="Kẻng", summary="Ừ."),
        "models/an-ninh/mot-chu.md": a_model(title=WORD, summary=WORD, topics=[ARABIC]),
        "models/mot/a-rap.md": a_model(
            body, title=f"{ARABIC} {STACKED}", summary=f"{STACKED} {ARABIC}", field="mot"
        ),
        "content/news/2024/dai.md": an_article(body, title=LONG, summary=WORD, author=WORD),
        "content/dai.md": a_page(body, title=LONG, summary=WORD),
    }


def _fields(*more: dict[str, str]) -> dict[str, Any]:
    row = {"id": "an-ninh", "name": evil("lĩnh vực"), "summary": evil("mô tả"), "aliases": [EVIL]}
    scheme = FIELDS["schemes"][0] | {"name": evil("bộ"), "fields": [row, *more]}
    return {"schemes": [scheme | {"valid_to": 2100}]}


def _units(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    units = [unit | {"note": evil("ghi")} for unit in units]
    for unit in units:
        unit["names"] = [name | {"name": evil(name["name"])} for name in unit["names"]]
    return units


def _evil_site() -> dict[str, Any]:
    texts = ("name", "tagline", "agency", "responsible", "address", "licence")
    site = SITE | {key: evil(key) for key in texts}
    site |= {"sample": True, "sample_note": evil("mẫu"), "licence_url": _SOURCE["url"]}
    site["hotlines"] = [{"label": evil("nhãn"), "number": evil("số")}]
    site["social"] = [{"name": evil("mạng"), "url": _SOURCE["url"]}]
    return site
