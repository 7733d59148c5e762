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


def search_data(documents: Iterable[Mapping[str, Any]], settings: Mapping[str, Any]) -> bytes:
    """search/search_index.json for all pages' documents, in the order of the plan."""
    index = {"config": settings, "docs": list(documents)}
    return json.dumps(index, separators=(",", ":")).encode()
