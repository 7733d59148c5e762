"""Files that sum up all pages: the sitemap, its packed twin, the data of the search."""

from collections.abc import Iterator, Sequence

from site_builder.building.records import Files, Records
from site_builder.files import digest_of
from site_builder.rendering.engine import Engine
from site_builder.rendering.search_data import search_data
from site_builder.rendering.sitemap import packed, sitemap

SITEMAP, PACKED = "sitemap.xml", "sitemap.xml.gz"
SEARCH = "search/search_index.json"


def summaries(
    engine: Engine, pages: Sequence[str], files: Files, records: Records
) -> Iterator[tuple[str, bytes | bytearray, bytes]]:
    """Each summary whose pages are no longer the same: its file, its bytes, its key.

    `pages` are the files of all pages in the order of their addresses.
    """
    dated = [(file.removesuffix("index.html"), files.rows[file][-1]) for file in pages]
    key = digest_of(repr((engine.site_url, dated)).encode())
    if not {SITEMAP, PACKED} <= files.keys() or files[SITEMAP].key != key:
        data = sitemap(dated, engine.site_url)
        yield SITEMAP, data, key
        yield PACKED, packed(data, max((day for _, day in dated), default="")), key
    if engine.search is not None:
        shown = b"".join(files[file].key for file in pages)
        key = digest_of(shown)
        if SEARCH not in files or files[SEARCH].key != key:
            yield SEARCH, search_data(records.search(pages), engine.search), key


def summary_files(engine: Engine) -> set[str]:
    """The files of this module."""
    return {SITEMAP, PACKED} | ({SEARCH} if engine.search is not None else set())
