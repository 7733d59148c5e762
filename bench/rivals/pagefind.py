"""Pagefind: its program over built pages. It comes in an npm package."""

import html
from collections.abc import Sequence
from pathlib import Path

from measure import Command
from searchers import Searcher

from rivals.install import Absent, npm_install
from site_builder.search.terms import SearchDocument

VERSION = "1.6.0"
_ENGINE = Path(__file__).parent / "files" / "search" / "pagefind.mjs"


def program(scratch: Path) -> str:
    """The program itself: the package's own start through Node would only cost it time."""
    found = npm_install(scratch / "pagefind", f"pagefind@{VERSION}")
    binaries = [*found.glob("node_modules/@pagefind/*/bin/pagefind_extended*")]
    binaries = [place for place in binaries if place.suffix in ("", ".exe")]
    if not binaries:
        raise Absent("the package has no program for this machine")
    return str(binaries[0])


def searcher(documents: Sequence[SearchDocument], folder: Path, scratch: Path) -> Searcher:
    """Pagefind over one page for each document. Raises `Absent`."""
    command = [program(scratch), "--site", str(folder), "--quiet"]
    folder.mkdir()
    for document in documents:
        (folder / f"{document.address}.html").write_text(_page(document), encoding="utf-8")
    index = ("pagefind/*.json", "pagefind/*.p*", "pagefind/*/*")
    return Searcher("Pagefind", VERSION, Command(command, folder), folder, _ENGINE, index)


def _page(document: SearchDocument) -> str:
    title, body = html.escape(document.title), html.escape(document.body)
    paragraphs = "\n".join(f"<p>{line}</p>" for line in body.splitlines())
    return f"""\
<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><main data-pagefind-body>
<h1>{title}</h1>
{paragraphs}
</main></body>
</html>
"""
