"""Files that sum up all pages: the sitemap and its packed twin."""

from collections.abc import Iterator, Sequence

from site_builder.building.records import Files
from site_builder.files import digest_of
from site_builder.rendering.engine import Engine
from site_builder.rendering.sitemap import packed, sitemap

SITEMAP, PACKED = SUMMARIES = "sitemap.xml", "sitemap.xml.gz"
"""The files of this module."""


def summaries(
    engine: Engine, pages: Sequence[str], files: Files
) -> Iterator[tuple[str, bytes, bytes]]:
    """Each summary whose pages are no longer the same: its file, its bytes, its key.

    `pages` are the files of all pages in the order of their addresses.
    """
    dated = [(file.removesuffix("index.html"), files.rows[file][-1]) for file in pages]
    key = digest_of(repr((engine.site_url, dated)).encode())
    if not {SITEMAP, PACKED} <= files.keys() or files[SITEMAP].key != key:
        data = sitemap(dated, engine.site_url)
        yield SITEMAP, data, key
        yield PACKED, packed(data, max((day for _, day in dated), default="")), key
