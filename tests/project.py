"""Builds small projects for tests: valid registers, and whichever entries a test asks for.

Values are written as JSON, which YAML reads as it is, so any text can be put into front matter
without thinking about quotes.
"""

import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from site_builder.addresses import photo_address
from site_builder.catalogue import Catalogue
from site_builder.domain.photos import Photo
from site_builder.loading import load_site
from site_builder.pages.plan import plan_site
from site_builder.pages.views import Page, Plan
from site_builder.reading.pictures import photo_digest

IPHONE = (Path(__file__).parent / "pictures" / "iphone.heic").read_bytes()
"""A photo of 400 × 640 as an iPhone writes it: on its side, with GPS, its traces named BiMat."""

TODAY = date(2025, 10, 15)
TODAY_EPOCH = "1760486400"
"""SOURCE_DATE_EPOCH of that day: 15 October 2025, 7:00 in Việt Nam."""

FIELDS: dict[str, Any] = {
    "schemes": [
        {
            "id": "bon",
            "name": "Bốn lĩnh vực",
            "valid_from": 2009,
            "valid_to": 2023,
            "fields": [
                {"id": "kinh-te", "name": "Kinh tế", "aliases": ["Phát triển kinh tế"]},
                {"id": "an-ninh", "name": "An ninh", "summary": "Giữ xóm làng bình yên."},
            ],
        },
        {
            "id": "nam",
            "name": "Năm lĩnh vực",
            "valid_from": 2021,
            "fields": [
                {"id": "an-ninh", "name": "An ninh, trật tự", "summary": "Giữ phố bình yên."},
                {"id": "he-thong", "name": "Xây dựng hệ thống chính trị"},
            ],
        },
    ]
}

UNITS: list[dict[str, Any]] = [
    {"id": "tinh-binh-an", "names": [{"name": "Tỉnh Bình An"}], "type": "tinh"},
    {
        "id": "huyen-song-cu",
        "names": [{"name": "Huyện Sông Cũ", "to": "2025-06-30"}],
        "type": "huyen",
        "parent": "tinh-binh-an",
        "successors": [{"kind": "giai-the", "date": "2025-07-01"}],
    },
    {
        "id": "xa-dong-cu",
        "names": [{"name": "Xã Đông Cũ", "to": "2019-12-31"}],
        "type": "xa",
        "parent": "huyen-song-cu",
        "successors": [{"id": "xa-tay-cu", "kind": "sap-nhap", "date": "2020-01-01"}],
    },
    {
        "id": "xa-tay-cu",
        "names": [
            {"name": "Xã Tây", "to": "2010-12-31"},
            {"name": "Xã Tây Cũ", "from": "2011-01-01", "to": "2025-06-30"},
        ],
        "type": "xa",
        "parent": "huyen-song-cu",
        "successors": [{"id": "xa-moi", "kind": "sap-nhap", "date": "2025-07-01"}],
    },
    {
        "id": "xa-moi",
        "names": [{"name": "Xã Mới", "from": "2025-07-01"}],
        "type": "xa",
        "parent": "tinh-binh-an",
        "duty": [{"year": 2025, "min_models": 1}],
    },
    {
        "id": "phong-noi-chinh",
        "names": [
            {"name": "Phòng Nội chính", "to": "2022-12-31"},
            {"name": "Ban Nội chính", "from": "2023-01-01"},
        ],
        "type": "phong-ban",
        "parent": "tinh-binh-an",
        "duty": [{"year": 2025, "min_models": 2}, {"year": 2022, "min_models": 1}],
    },
    {
        "id": "hoi-phu-nu",
        "names": [{"name": "Hội Phụ nữ"}],
        "type": "hoi-quan-chung",
        "parent": "tinh-binh-an",
        "duty": [{"year": 2025, "exempt": True}],
    },
    {"id": "xa-le", "names": [{"name": "Xã Lẻ"}], "type": "xa", "parent": "huyen-song-cu"},
]

SITE: dict[str, Any] = {
    "name": "Dân vận khéo Bình An",
    "tagline": "Những việc tốt của bà con.",
    "agency": "Ban Tuyên giáo và Dân vận Tỉnh ủy Bình An",
    "responsible": "Trưởng ban",
    "hotlines": [{"label": "Công dân", "number": "0000 000 000"}],
    "email": "hop-thu@example.org",
    "licence": "CC BY 4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    # To draw them takes longer than all the rest of a small site.
    "share_cards": False,
}
SHARING = SITE | {"share_cards": True}

MKDOCS = """\
site_name: Dân vận khéo Bình An
site_url: https://binh-an.example.org/
docs_dir: content
site_dir: site
theme: {name: material, language: vi, font: false}
plugins: [dan-van-kheo]
extra: {scope: /, generator: false}
"""


def write_project(
    root: Path,
    files: Mapping[str, str | bytes] | None = None,
    *,
    fields: Mapping[str, Any] = FIELDS,
    units: list[dict[str, Any]] | None = None,
    site: Mapping[str, Any] = SITE,
) -> Path:
    """A project in `root` with registers, mkdocs.yml and `files` by path; returns `root`."""
    registers = {
        "content/data/fields.yml": _as_json(fields),
        "content/data/units.yml": _as_json({"units": UNITS if units is None else units}),
        "content/data/site.yml": _as_json(site),
        "mkdocs.yml": MKDOCS,
    }
    (root / "models").mkdir(parents=True, exist_ok=True)
    for path, written in (registers | dict(files or {})).items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(written.encode() if isinstance(written, str) else written)
    return root


def markdown(keys: Mapping[str, Any], body: str) -> str:
    """The text of an entry; a key whose value is None is left out."""
    lines = [f"{key}: {_as_json(value)}" for key, value in keys.items() if value is not None]
    return "\n".join(["---", *lines, "---", "", body, ""])


def a_model(body: str = "Bà con cùng làm.", **keys: Any) -> str:
    """A public model of 2022; keys given replace or add to its own, None takes one away."""
    own = {
        "title": "Tiếng kẻng an ninh",
        "summary": "Nghe tiếng kẻng, bà con cùng ra giữ làng.",
        "field": "an-ninh",
        "unit": "phong-noi-chinh",
        "year": 2022,
        "status": "trien-khai",
        "publish": "da-duyet",
    }
    return markdown(own | keys, body)


def an_article(body: str = "Chiều nay có hội nghị.", **keys: Any) -> str:
    """A public article of 2 May 2024."""
    own = {
        "title": "Hội nghị dân vận",
        "summary": "Hội nghị bàn việc dân vận.",
        "date": "2024-05-02",
        "category": "hoi-nghi",
        "author": "Ban biên tập",
        "publish": "da-duyet",
    }
    return markdown(own | keys, body)


def a_document(body: str = "", **keys: Any) -> str:
    """A public document of 18 March 2021."""
    own = {
        "number": "52-CT/TU",
        "type": "chi-thi",
        "issuer": "Tỉnh ủy Bình An",
        "date": "2021-03-18",
        "title": "Về tăng cường công tác dân vận",
        "publish": "da-duyet",
    }
    return markdown(own | keys, body)


def a_page(body: str = "Trang này kể việc tốt.", **keys: Any) -> str:
    """A public page of standing text."""
    return markdown({"title": "Giới thiệu", "publish": "da-duyet"} | keys, body)


def catalogue_of(root: Path, today: date = TODAY) -> Catalogue:
    """The catalogue of a project that must have no errors."""
    loaded = load_site(root, today)
    errors = [str(item) for item in loaded.diagnostics if item.severity == "error"]
    assert errors == []
    return loaded.require_catalogue()


def plan_of(root: Path, today: date = TODAY) -> Plan:
    """The planned site of a project that must have no errors."""
    return plan_site(catalogue_of(root, today))


def page_at(plan: Plan, address: str) -> Page:
    """The one page at `address`."""
    (found,) = [page for page in plan.pages if page.address == address]
    return found


def ids(entries: Any) -> list[str]:
    """The ids of `entries`, in their order."""
    return [entry.id for entry in entries]


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (8, 4), **saved_with: Any) -> bytes:
    """The bytes of a small red picture."""
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **saved_with)
    return out.getvalue()


def photo_file(path: str, data: bytes, width: int = 8) -> str:
    """The file of the site that the picture in `path`, whose bytes are `data`, has in one width."""
    return photo_address(path, Photo(photo_digest(data)), width).lstrip("/")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its POSIX path, with its bytes."""
    return {
        place.relative_to(folder).as_posix(): place.read_bytes()
        for place in sorted(folder.rglob("*"))
        if place.is_file()
    }


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
