"""A project under edit for tests: knows what stands in it, writes only the files that change."""

import shutil
import zlib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml
from project import (
    FIELDS,
    MKDOCS,
    SITE,
    UNITS,
    a_document,
    a_model,
    a_page,
    a_picture,
    an_article,
    snapshot,
)

from site_builder.diagnostics import ContentFaults
from site_builder.loading import FOLDER
from site_builder.pipeline import build_site
from site_builder.search.documents import FOLDER as INDEX
from site_builder.search.documents import index_files
from site_builder.search.head import head_of
from site_builder.search.writer import START, file_name, head_name_in, names_of
from site_builder.workers import Crew, Progress

DAY = 86_400
FIRST_DAY = 1_760_486_400
"""15 October 2025 in Việt Nam."""
SOURCES = ("content", "models", "rieng", "mkdocs.yml")
SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "capital": str.title,
    "composed": lambda stem: normalize("NFC", stem.replace("mo-hinh", "mô-hình")),
    "decomposed": lambda stem: normalize("NFD", stem.replace("mo-hinh", "mô-hình")),
}
"""File names that fold to one id."""


def _start() -> dict[str, Any]:
    """Everything that stands in the project before the first edit.

    Of 52 articles, 48 are of one year and one category: lists have just one older page.
    """
    news = {
        f"tin-{n}": {"title": f"Tin {n}", "date": f"2024-{1 + n % 12:02}-{1 + n % 28:02}"}
        for n in range(48)
    }
    news |= {
        f"tin-cu-{n}": {"title": f"Tin cũ {n}", "date": "2023-05-01", "category": "chi-dao"}
        for n in range(3)
    }
    news["tin"] = {
        "date": "2023-05-02",
        "category": "chi-dao",
        "body": "Thực hiện 52-CT/TU ở nhiều nơi. Xem [văn bản](../../documents/chi-thi.md).",
        "documents": ["52-CT/TU"],
        "units": ["xa-le"],
    }
    return {
        "models": {
            f"mo-hinh-{n}": {"title": f"Mô hình {n}", "year": 2022, "topics": ["kẻng"]}
            for n in range(1, 4)
        },
        "articles": news,
        "document": {"body": "Toàn văn."},
        "page": {"body": "Xem [ảnh](images/a.png).", "aliases": ["/cu/"]},
        "pictures": {"a": (8, 4), "b": (9, 9)},
        "fields": deepcopy(FIELDS),
        "units": deepcopy(UNITS),
        "site": dict(SITE),
        "settings": {},
        "footer": "",
    }


class EditedProject:
    """The project in `root`; `has` is what stands in it, to be changed and then written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._kept = root.with_name(f"{root.name}-giu")
        self._built = root.with_name(f"{root.name}-goc")
        self.has = _start()
        self._kept_has = deepcopy(self.has)
        self._written: dict[str, bytes] = {}
        for folder in ("content", "models", "rieng"):
            (root / folder).mkdir(parents=True)
        self.write()
        self.build()
        shutil.copytree(root, self._built)

    def start_over(self) -> None:
        """Go back to the first build."""
        shutil.rmtree(self.root)
        shutil.copytree(self._built, self.root)
        self.has = _start()
        self._written = self._files()
        self.keep()

    def write(self) -> None:
        """Bring the files to what the project `has`, touching no others."""
        wanted = self._files()
        for path in self._written.keys() - wanted.keys():
            (self.root / path).unlink()
        for path, data in wanted.items():
            if self._written.get(path) != data:
                place = self.root / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        self._written = wanted

    def place_of(self, name: str) -> Path:
        """Where a model stands."""
        return self.root / _place_of_model(name, self.has["models"][name])

    def keep(self) -> None:
        """Keep all sources as they are, times included."""
        shutil.rmtree(self._kept, ignore_errors=True)
        self._copy(self.root, self._kept)
        self._kept_has = deepcopy(self.has)

    def put_back(self) -> None:
        """Put back the sources that were kept, with their times."""
        for name in SOURCES[:3]:
            shutil.rmtree(self.root / name)
        self._copy(self._kept, self.root)
        self.has = deepcopy(self._kept_has)
        self._written = self._files()

    def build(self, progress: Progress | None = None) -> dict[str, bytes]:
        """Bring the site up to date and read it."""
        return _built(self.root, progress)

    def build_anew(self) -> dict[str, bytes]:
        """The site of a copy that remembers nothing."""
        elsewhere = self.root.with_name(f"{self.root.name}-moi")
        shutil.rmtree(elsewhere, ignore_errors=True)
        self._copy(self.root, elsewhere)
        return _built(elsewhere)

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        for name in SOURCES:
            if (source / name).is_dir():
                shutil.copytree(source / name, target / name)
            else:
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source / name, target / name)

    def _files(self) -> dict[str, bytes]:
        has = self.has
        texts = {
            "mkdocs.yml": _settings(has["settings"]),
            "content/data/fields.yml": _yaml(has["fields"]),
            "content/data/units.yml": _yaml({"units": has["units"]}),
            "content/data/site.yml": _yaml(has["site"]),
            "content/documents/chi-thi.md": a_document(**has["document"]),
            "content/gioi-thieu.md": a_page(**has["page"]),
        }
        for name, keys in has["models"].items():
            own = {key: value for key, value in keys.items() if key != "spelling"}
            texts[_place_of_model(name, keys)] = a_model(**own)
        for name, keys in has["articles"].items():
            texts[f"content/news/{keys['date'][:4]}/{name}.md"] = an_article(**keys)
        if has["footer"]:
            texts["rieng/partials/footer.html"] = f"<footer>{has['footer']}</footer>"
        pictures = {
            f"content/images/{name}.png": a_picture("PNG", size)
            for name, size in has["pictures"].items()
        }
        return {path: text.encode() for path, text in texts.items()} | pictures


def _place_of_model(name: str, keys: dict[str, Any]) -> str:
    stem = SPELLINGS[keys.get("spelling", "plain")](name)
    return f"models/{keys.get('field', 'an-ninh')}/{stem}.md"


def _settings(changes: dict[str, Any]) -> str:
    settings = yaml.safe_load(MKDOCS)
    settings["theme"]["custom_dir"] = "rieng"
    return _yaml(settings | changes)


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def _built(root: Path, progress: Progress | None = None) -> dict[str, bytes]:
    with Crew(1) as crew:
        build_site(root, crew, rendering=progress)
    return led_to(snapshot(root / "site"))


def memory_of(root: Path) -> list[Path]:
    """The files in which a project remembers earlier builds."""
    names = ("*.db", "*.pickle")
    found = [place for name in names for place in (root / FOLDER).glob(name)]
    return sorted(place for place in found if place.name != "lock.db")


def led_to(site: dict[str, bytes]) -> dict[str, bytes]:
    """A site without files of the search for which only pages ask that were loaded before."""
    head = head_name_in(site[INDEX + START])

    def load(kind: str, digits: str) -> bytes:
        return zlib.decompress(site[INDEX + file_name(kind, digits)])

    names = {START, head, *names_of(head_of(zlib.decompress(site[INDEX + head]), load))}
    live = {INDEX + name for name in names}
    return {file: data for file, data in site.items() if not index_files([file]) or file in live}


def differing(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """Files that are not in both, or not the same."""
    return [p for p in sorted(first.keys() | second.keys()) if first.get(p) != second.get(p)]


def errors_of(faults: ContentFaults) -> list[str]:
    """Faults as text, warnings included."""
    return [str(item) for item in faults.diagnostics]
