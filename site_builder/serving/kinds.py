"""What kinds of files the site has. Paths are regular expressions below the home page's address,
in what PCRE (nginx, Apache) and ECMAScript (IIS) have in common.
"""

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "bin": "application/octet-stream",
    "gz": "application/gzip",
}
"""By the end of a file's name; the same on every server, whatever it knows by itself."""
FEED_TYPES = {"atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
"""By a file's whole name."""

DATA = r"(?:(?:.+/)?(?:atom\.xml|feed\.json)|(?:du-lieu|thong-ke)/.+\.(?:csv|json))"
"""Feeds and open data, which programs in pages of others may read."""
PICTURES = r".+\.(?:jpg|jpeg|png|svg|webp)"
"""Photos and share cards: pages of others, and readers of feeds, show them."""
