"""Where everything stands on the site, and where links in bodies lead.

Addresses are permanent (web.md): they come from the entry's type, id and, where the list above
asks for it, field or year. A page's staged source is its address as a Markdown file.
"""

import html
import posixpath
import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from site_builder.domain.photos import PUBLISHED_SUFFIX, Photo
from site_builder.text import nfc, slug

if TYPE_CHECKING:
    from site_builder.domain.entry import AnyEntry

SECTIONS = frozenset(
    """
    mo-hinh linh-vuc tin-tuc van-ban don-vi nam chu-de khen-thuong thong-ke tim-kiem lien-he tep
    du-lieu chia-se assets search index 404 sitemap stylesheets javascripts
    """.split()  # noqa: SIM905 - reads as a list of words
)
"""First parts of addresses that lists and machinery hold; no page of text may take one."""


def address_of(entry: "AnyEntry") -> str:
    """The entry's address from the site's root, with slashes at both ends."""
    record: Any = entry.record
    if entry.kind == "Model":
        return f"/mo-hinh/{record.field}/{entry.id}/"
    if entry.kind == "Article":
        return f"/tin-tuc/{record.date.year}/{entry.id}/"
    if entry.kind == "Document":
        return f"/van-ban/{entry.id}/"
    return f"/{entry.id}/"


def source_of(address: str) -> str:
    """The staged Markdown file of an address: /a/b/ → a/b.md, / → index.md."""
    return f"{address.strip('/') or 'index'}.md"


# Parts of an entry's address below its section; anything shorter is a list, as is /trang/N/.
_ENTRY_DEPTH = {"mo-hinh": 3, "tin-tuc": 3, "van-ban": 2}


def is_list_address(address: str) -> bool:
    """Whether a list of ours stands at `address`, or will as soon as there is one to show."""
    parts = address.strip("/").split("/")
    if parts[0] not in SECTIONS:
        return False
    return len(parts) < _ENTRY_DEPTH.get(parts[0], 99) or "trang" in parts


def asset_address(path: str) -> str:
    """Where a file of the tree is published as it is: ASCII, under /tep/, suffix kept."""
    stem, suffix = posixpath.splitext(path)
    return _stem_address(stem) + suffix.lower()


def photo_address(path: str, photo: Photo, width: int) -> str:
    """Where a picture of the tree is published in one width.

    What another picture, or another way of publishing it, would change has another address: so
    browsers may keep it for ever.
    """
    stem, _ = posixpath.splitext(path)
    return f"{_stem_address(stem)}-{photo.digest[:8]}-{width}{PUBLISHED_SUFFIX}"


NAMED_BY_CONTENT = r"(?:search/[a-z]+-[0-9a-f]{12}\.bin|tep/.+-[0-9a-f]{8}-[0-9]+\.webp)"
"""Files of the site whose other content would have another name: parts of the index of the search
(docs/search-index.md) and photos. A regular expression that web servers understand, too."""


PACKED = ("html", "css", "js", "csv", "txt", "json", "xml", "webmanifest", "svg")
"""Ends of the names of text files, which may have a `.br` and a `.gz` beside them. Pictures, fonts
and the search's index are compressed as they are. Publishing and servers' settings go by it."""


@lru_cache(maxsize=256)  # of one picture after the other, each several times
def _stem_address(stem: str) -> str:
    return "/tep/" + "/".join(slug(part) or "_" for part in stem.split("/"))


class Reach(Enum):
    """Where a link leads."""

    WEB = auto()
    ANCHOR = auto()
    INSIDE = auto()
    """A file of the project."""
    OUTSIDE = auto()
    """Out of models/ and content/, or to the server's root."""
    FORBIDDEN = auto()
    """A scheme that could run something or embed data."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A link target, understood."""

    reach: Reach
    path: str = ""
    """For INSIDE: POSIX path from the project's root."""
    fragment: str = ""
    scheme: str = ""


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2060\ufeff]+")


def destination(target: str, from_path: str) -> Destination:
    """Where `target`, written in the file `from_path`, leads. Never touches the disk."""
    plain = html.unescape(target)
    # Browsers skip blanks and controls inside a scheme: "java\tscript:" runs.
    scheme = _SCHEME.match(_INVISIBLE.sub("", plain))
    if scheme:
        name = scheme[1].lower()
        reach = Reach.WEB if name in ("http", "https", "mailto", "tel") else Reach.FORBIDDEN
        return Destination(reach, scheme=f"{name}:")
    path, _, fragment = nfc(unquote(plain.strip())).partition("#")
    if not path:
        return Destination(Reach.ANCHOR, fragment=fragment)
    if path.startswith(("/", "\\")) or "\\" in path:
        return Destination(Reach.OUTSIDE)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(from_path), path))
    if not joined.startswith(("models/", "content/")):
        return Destination(Reach.OUTSIDE)
    return Destination(Reach.INSIDE, joined, fragment)
