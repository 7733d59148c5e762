"""Which file of the site answers a request, and as what."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

# Not the module `mimetypes`: on Windows it believes the registry, which any program may change.
_KINDS = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}


def kind_of(place: Path) -> str:
    """The media type of a file."""
    return _KINDS.get(place.suffix.lower(), "application/octet-stream")


def segments_of(target: str) -> tuple[str, ...] | None:
    """The names in the path of a request target, decoded; None where they leave the site.

    The last one is empty where the path ends with a slash. Decoded once and only then parted, so
    that `%2e%2e%2f` is what it stands for; names that Windows reads as something else (`C:`,
    backslashes) and hidden files are nobody's business.
    """
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except ValueError:
        return None
    if not path.startswith("/"):
        return None
    *folders, last = path[1:].split("/")
    names = [*folders, last] if last else folders
    if any(not name or name.startswith(".") or set(name) & set("\\:\0") for name in names):
        return None
    return (*folders, last)


def file_at(site: Path, segments: tuple[str, ...]) -> Path | None:
    """The file of `site` at this address, through no link that leads out; None if there is none."""
    *folders, last = segments
    place = site.joinpath(*folders, last or "index.html")
    try:
        if place.is_file() and place.resolve().is_relative_to(site.resolve()):
            return place
    except OSError:
        pass  # A name too long for this disk is the name of nothing.
    return None


def with_script(html: bytes, script: str) -> bytes:
    """The page with the preview's script before its end."""
    tag = f'<script src="{script}"></script>'.encode()
    end = html.lower().rfind(b"</body>")
    return html[:end] + tag + html[end:] if end >= 0 else html + tag
