"""What a file of the site leads to and gives away, told from its bytes alone."""

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"})

# Our own templates write these pages, and text in them is escaped: no ">" stands inside a tag.
_TAG = re.compile(r"<([a-z]+)\b([^<>]*?)/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LOADED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "use": ("href",),
    "image": ("href",),
}
"""What a browser fetches of its own accord."""
_LOADED_LINKS = frozenset(
    {
        *("stylesheet", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"),
        *("icon", "apple-touch-icon", "mask-icon", "manifest"),
    }
)
_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_REFRESH = re.compile(r"""^\s*\d+\s*;\s*url\s*=\s*['"]?([^'"]+)""", re.IGNORECASE)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TRACES = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment")


class Seen(NamedTuple):
    """What a file was found to hold."""

    links: tuple[str, ...] = ()
    """Files of the site that it leads to."""
    faults: tuple[str, ...] = ()
    """Why it must not be published, in Vietnamese."""


def site_address(home: str) -> str:
    """The site's own address, from the bytes of its first page; empty where it has none."""
    found = _CANONICAL.search(home)
    return unescape(found[1]) if found else ""


def inspect(path: str, data: bytes, own: str) -> Seen:
    """Look at a file; `own` is the address of the site, with a slash at its end."""
    suffix = PurePosixPath(path).suffix
    if suffix in PICTURES:
        return Seen(faults=tuple(_traces(data)))
    if suffix not in (".html", ".css"):
        return Seen()
    text = data.decode("utf-8", errors="replace")
    links: set[str] = set()
    foreign: dict[str, None] = {}
    for target, is_loaded in _page_targets(text) if suffix == ".html" else _style_targets(text):
        place = _place(path, target, own)
        if place is not None:
            links.add(place)
        elif is_loaded and not target.startswith("data:"):
            foreign.setdefault(target)
    return Seen(tuple(sorted(links)), tuple(f"tải “{one}” từ máy chủ khác" for one in foreign))


def _page_targets(text: str) -> Iterator[tuple[str, bool]]:
    """What the tags of a page lead to, and whether a browser loads it by itself."""
    for name, written in _TAG.findall(text):
        if "=" not in written:
            continue
        tag = name.lower()
        found = {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(written)}
        if tag == "link":
            is_loaded = bool(_LOADED_LINKS & set(found.get("rel", "").lower().split()))
            if is_loaded or found.get("rel", "") in ("canonical", "alternate"):
                yield found.get("href", ""), is_loaded
        elif tag in ("a", "area") and "href" in found:
            yield found["href"], False
        elif tag == "form" and "action" in found:
            yield found["action"], False
        elif tag == "meta" and (to := _REFRESH.match(found.get("content", ""))):
            yield to[1].strip(), False
        for attribute in _LOADED.get(tag, ()):
            if attribute in found:
                yield from ((one, True) for one in _listed(attribute, found[attribute]))


def _listed(attribute: str, value: str) -> list[str]:
    if attribute != "srcset":
        return [value]
    return [part.split()[0] for part in value.split(",") if part.strip()]


def _style_targets(text: str) -> Iterator[tuple[str, bool]]:
    for quoted, imported in _STYLE.findall(text):
        yield quoted or imported, True


def _place(path: str, target: str, own: str) -> str | None:
    """The file of the site that `target` in the file `path` leads to; None where it leads away."""
    target = target.strip()
    if own and (target + "/").startswith(own):
        target = "/" + target[len(own) :]
        root = "/"
    else:
        root = "/" + own.partition("://")[2].partition("/")[2] if own else "/"
    if target.startswith("//") or _SCHEME.match(target):
        return None
    target = unquote(target.partition("#")[0].partition("?")[0])
    if not target:
        return path
    if target.startswith("/"):
        if not (target + "/").startswith(root):
            return None
        whole = target[len(root) :]
    else:
        whole = posixpath.join(posixpath.dirname(path), target)
    place = posixpath.normpath(whole) if whole else "."
    is_folder = not whole or whole.endswith(("/", "/.", "/..")) or whole in (".", "..")
    if place == ".":
        return "index.html"
    return f"{place}/index.html" if is_folder else place


def _traces(data: bytes) -> Iterator[str]:
    """What a picture tells of camera, place and programs."""
    from PIL import Image  # noqa: PLC0415 - few publications have a new picture

    try:
        with Image.open(BytesIO(data)) as picture:
            left = [name for name in _TRACES if picture.info.get(name)]
            if left or picture.getexif():
                yield "ảnh còn kèm thông tin máy ảnh, vị trí chụp (EXIF)"
    except (OSError, SyntaxError, ValueError):  # whatever the library for pictures says
        yield "ảnh hỏng, không mở được"
