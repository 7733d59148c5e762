"""MiniSearch, which loads its whole index at once: the usual choice of small sites."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from measure import Command
from searchers import Searcher

from rivals.install import Absent, npm_install
from site_builder.search.terms import SearchDocument

VERSION = "7.2.0"
_FILES = Path(__file__).parent / "files" / "search"


def searcher(documents: Sequence[SearchDocument], folder: Path, scratch: Path) -> Searcher:
    """MiniSearch over title and body. Raises `Absent`."""
    installed = npm_install(scratch / "minisearch", f"minisearch@{VERSION}")
    if (node := shutil.which("node")) is None:
        raise Absent("node is not installed")
    folder.mkdir()
    library = installed / "node_modules" / "minisearch" / "dist" / "es" / "index.js"
    shutil.copy(library, folder / "minisearch.mjs")
    rows = [
        {"id": one.address, "title": one.title, "text": one.text, "body": one.body}
        for one in documents
    ]
    given = folder.with_suffix(".json")
    given.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    command = Command([node, str(_FILES / "minisearch-index.mjs"), str(given), str(folder)], folder)
    return Searcher(
        "MiniSearch",
        VERSION,
        command,
        folder,
        _FILES / "minisearch.mjs",
        ("index.json",),
        whole=True,
    )
