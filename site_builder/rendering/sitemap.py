"""sitemap.xml and its packed twin, as the theme's template and MkDocs write them."""

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urljoin

from markupsafe import escape

EARLIEST = "2009-02-26"
"""Stands for the date of content that tells none: the packed sitemap must have one."""

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">"""


def sitemap(pages: Iterable[tuple[str, str]], site_url: str) -> bytes:
    """The sitemap of pages, given as (address, ISO date or ""); empty without a `site_url`."""
    parts = [_HEAD]
    for address, updated in pages if site_url else ():
        parts.append(f"\n  <url>\n    <loc>{escape(urljoin(site_url, address))}</loc>")
        if updated:
            parts.append(f"\n    <lastmod>{escape(updated)}</lastmod>")
        parts.append("\n  </url>")
    return "".join([*parts, "\n</urlset>"]).encode()


def packed(sitemap: bytes, newest: str) -> bytes:
    """`sitemap`, gzipped; its date is the `newest` of the pages', so that builds repeat."""
    day = datetime.fromisoformat(newest or EARLIEST).replace(tzinfo=UTC)
    out = BytesIO()
    with gzip.GzipFile("sitemap.xml.gz", "wb", fileobj=out, mtime=day.timestamp()) as file:
        file.write(sitemap)
    return out.getvalue()
