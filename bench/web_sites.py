"""The two sites that are visited: ours, and plain Material from the same staged Markdown."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from site_builder.pipeline import build_site

ROOT = Path(__file__).parent.parent
OURS, MATERIAL = "site-builder", "plain Material 9.8.1"
# The theme as it comes, but for fonts from another host, which cannot be had everywhere.
_SETTINGS = {
    "site_name": "Dân vận khéo",
    "site_url": "https://dan-van-kheo.example.org/",
    "theme": {"name": "material", "language": "vi", "font": False},
    "plugins": ["search"],
    "markdown_extensions": ["tables", "footnotes", "sane_lists", "toc", "fenced_code"],
    "validation": {"omitted_files": "ignore", "links": {"absolute_links": "ignore"}},
}


def build_ours(folder: Path) -> Path:
    """The sample site, built into `folder`, which is returned."""
    build_site(ROOT, site_dir=folder)
    return folder


def build_material(folder: Path) -> Path:
    """The same pages by Material's own templates; returns the folder of the site."""
    staged = folder / "staged"
    _run([sys.executable, "-m", "site_builder", "stage", str(staged)], ROOT)
    for place in sorted((staged / "docs").rglob("*.md")):
        target = folder / "docs" / place.relative_to(staged / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plain_page(place.read_text("utf-8")), encoding="utf-8")
    menu = yaml.safe_load((staged / "mkdocs.yml").read_text("utf-8"))["nav"]
    settings = yaml.safe_dump(_SETTINGS | {"nav": menu}, allow_unicode=True)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    _run([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)
    return folder / "site"


def plain_page(staged: str) -> str:
    """A staged page without its template: title, summary, body, and what it leads to as a list."""
    page = frontmatter.loads(staged)
    title, view = str(page["title"]), page["view"]
    links = dict.fromkeys(_links(view))
    lines = [f"- [{_text(text)}](/{address}) {_text(more)}" for text, address, more in links]
    head = {"title": title, "description": page["description"]}
    parts = [f"# {_text(title)}", _text(view.get("summary") or ""), page.content, *lines]
    front = yaml.safe_dump(head, allow_unicode=True)
    return f"---\n{front}---\n\n" + "\n\n".join(parts[:3]) + "\n\n" + "\n".join(lines) + "\n"


def _links(part: Any) -> Iterator[tuple[str, str, str]]:
    """Text, address and summary of whatever in a view leads to a page of the site."""
    if isinstance(part, list):
        for one in part:
            yield from _links(one)
    elif isinstance(part, dict):
        if (text := part.get("title") or part.get("text")) and part.get("address") is not None:
            yield text, part["address"], part.get("summary") or part.get("note") or ""
        else:
            for key, one in part.items():
                if key != "crumbs":
                    yield from _links(one)


def _text(text: str) -> str:
    return text.replace("[", r"\[").replace("<", "&lt;")


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
