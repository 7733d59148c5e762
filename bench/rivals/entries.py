"""The generated project as plain data, for generators that do not know its schema.

Grouping and cutting into pages is left to a generator that can do it. What a tool is not asked
for, though `site-builder` does it: checks, related models, news about a model, statistics, feeds
for each category, redirects. So the comparison leans towards the others.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

PAGE_SIZE = 24
MENU = (
    ("Mô hình", "mo-hinh/"),
    ("Lĩnh vực", "linh-vuc/"),
    ("Tin tức", "tin-tuc/"),
    ("Đơn vị", "don-vi/"),
    ("Năm", "nam/"),
    ("Chủ đề", "chu-de/"),
)
STATUSES = {
    "dang-ky": "Đăng ký",
    "trien-khai": "Đang triển khai",
    "cong-nhan": "Được công nhận",
    "tieu-bieu": "Tiêu biểu",
}
LEVELS = {"co-so": "Cấp cơ sở", "xa-phuong": "Cấp xã, phường", "tinh": "Cấp tỉnh"}
CATEGORIES = {
    "chi-dao": "Chỉ đạo",
    "hoat-dong": "Hoạt động",
    "ra-mat": "Ra mắt",
    "khen-thuong": "Khen thưởng",
    "hoi-nghi": "Hội nghị",
    "hoi-thi": "Hội thi",
}
_MARK = "---\n"


@dataclass(frozen=True)
class Entry:
    """A model or an article."""

    address: str
    """From the site's root, without leading slash."""
    front: Mapping[str, Any]
    body: str
    """Markdown; pictures stand at `images/…` below the root."""

    @property
    def source(self) -> str:
        """A Markdown file that generators give this address."""
        return f"{self.address.rstrip('/')}.md"

    @property
    def year(self) -> str:
        """What the lists by year go by."""
        return str(self.front.get("year") or self.front["date"])[:4]


@dataclass(frozen=True)
class Site:
    """The whole project; entries newest first."""

    project: Path
    models: tuple[Entry, ...]
    articles: tuple[Entry, ...]
    fields: Mapping[str, str]
    units: Mapping[str, str]
    """Names by id."""
    topics: Mapping[str, str]
    """Names by the last part of an address."""

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Models by the id that articles name."""
        return {model.address.split("/")[-2]: model for model in self.models}


def read_site(project: Path) -> Site:
    """Read a project as `corpus.py` writes it."""
    data = project / "content" / "data"
    schemes = _yaml((data / "fields.yml").read_text("utf-8"))["schemes"]
    units = _yaml((data / "units.yml").read_text("utf-8"))["units"]
    models = list(_entries(project / "models", "mo-hinh"))
    articles = list(_entries(project / "content" / "news", "tin-tuc"))
    topics = sorted({topic for model in models for topic in model.front["topics"]})
    return Site(
        project,
        tuple(sorted(models, key=_newest_first)),
        tuple(sorted(articles, key=_newest_first)),
        {row["id"]: row["name"] for scheme in schemes for row in scheme["fields"]},
        {unit["id"]: unit["names"][-1]["name"] for unit in units},
        {plain(topic): topic for topic in topics},
    )


def settings_of(site: Site) -> Any:
    """The project's site.yml: what headers and footers say."""
    return _yaml((site.project / "content" / "data" / "site.yml").read_text("utf-8"))


def plain(topic: str) -> str:
    """A topic as a part of an address, as `site-builder` has it."""
    from site_builder.text import slug

    return slug(topic)


def facts_of(site: Site, entry: Entry) -> list[dict[str, Any]]:
    """The rows of a fact box: a label, and values of which some lead somewhere."""
    front = entry.front
    if "category" in front:
        return [
            _fact(
                "Chuyên mục", (CATEGORIES[front["category"]], f"chuyen-muc/{front['category']}/")
            ),
            _fact("Đơn vị", *((site.units[unit], f"don-vi/{unit}/") for unit in front["units"])),
        ]
    year, unit = front["year"], front["unit"]
    return [
        _fact("Đơn vị", (site.units[unit], f"don-vi/{unit}/")),
        _fact("Năm đăng ký", (str(year), f"nam/{year}/")),
        _fact("Bắt đầu", (str(front["started"]), "")),
        _fact("Cấp", (LEVELS[front["level"]], "")),
        _fact("Tình trạng", (STATUSES[front["status"]], "")),
        _fact("Chủ đề", *((topic, f"chu-de/{plain(topic)}/") for topic in front["topics"])),
    ]


def _fact(label: str, *values: tuple[str, str]) -> dict[str, Any]:
    return {"label": label, "values": [{"text": text, "address": to} for text, to in values]}


def notes_of(site: Site, entry: Entry) -> str:
    """What a card says beside title and summary."""
    front = entry.front
    if "category" in front:
        return f"{front['date']} · {CATEGORIES[front['category']]}"
    return f"{site.units[front['unit']]} · năm {front['year']}"


def figures_of(entry: Entry) -> list[dict[str, Any]]:
    """A model's results."""
    return [dict(result) for result in entry.front.get("results", ())]


def write_page(place: Path, front: Mapping[str, Any], body: str) -> None:
    """A Markdown file with front matter, its title first and alone on its line."""
    place.parent.mkdir(parents=True, exist_ok=True)
    others = {key: value for key, value in front.items() if key != "title"}
    rest = yaml.dump(
        others, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    rest = rest if others else ""
    title = f"title: {front['title']}\n"
    place.write_text(f"{_MARK}{title}{rest}{_MARK}\n{body}", encoding="utf-8", newline="\n")


def pages_of(entries: Iterable[Entry]) -> list[list[Entry]]:
    """A list cut into pages of 24."""
    rows = list(entries)
    return [rows[at : at + PAGE_SIZE] for at in range(0, len(rows), PAGE_SIZE)]


def copy_beside(site: Site, files: Path, folder: Path, static: str) -> None:
    """The generator's own files into `folder`; pictures and our styles into `static` below."""
    shutil.copytree(files, folder)
    images = folder / static / "images"
    shutil.copytree(site.project / "content" / "images", images)
    from site_builder.rendering import THEME

    shutil.copy(THEME / "assets" / "stylesheets" / "site.css", folder / static / "site.css")


def _yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _entries(folder: Path, section: str) -> Iterator[Entry]:
    for place in folder.glob("*/*.md"):
        _, front, body = place.read_text("utf-8").split(_MARK, 2)
        body = body.lstrip().replace("](../../content/images/", "](/images/")
        body = body.replace("](../../images/", "](/images/")
        yield Entry(f"{section}/{place.parent.name}/{place.stem}/", _yaml(front), body)


def _newest_first(entry: Entry) -> tuple[int, str]:
    day = str(entry.front.get("date") or entry.front["started"])
    return -int(day.replace("-", "").ljust(8, "0")), entry.address
