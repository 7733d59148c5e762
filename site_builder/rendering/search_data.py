"""The index of Material's search: what it knows of each page, and the file that holds it all."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_MARK = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")


def page_documents(page: Any, settings: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """What Material's plugin would put into its index for `page`, which looks like MkDocs' own."""
    if page.meta["search"]["exclude"]:
        return ()
    # Takes long to load, and goes when the site has a search of its own.
    from material.plugins.search.plugin import (  # type: ignore[import-untyped] # noqa: PLC0415
        SearchIndex,
    )

    index = SearchIndex(**settings)
    index.add_entry_from_context(page)
    return tuple({name: str(text) for name, text in document.items()} for document in index.entries)


def without_search_marks(html: str) -> str:
    """`html` without what the plugin takes for marks of its own, be they only text."""
    return _MARK.sub("", html) if "data-search-" in html else html


def search_entries(documents: Iterable[Mapping[str, Any]]) -> bytes:
    """The part of the index that is of one page: kept, so that it is not put into JSON again."""
    return b",".join(map(_json, documents))


def search_data(entries: Iterable[bytes], settings: Mapping[str, Any]) -> bytearray:
    """search/search_index.json of all pages' `search_entries`, in the order of the plan."""
    begin, end = _json({"config": settings, "docs": []}).rsplit(b"]", 1)
    data = bytearray(begin)
    for place, entry in enumerate(entries):  # one after the other: all of them fill the memory
        data += b"," + entry if place else entry
    data += b"]" + end
    return data


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
