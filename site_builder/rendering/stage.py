"""The plain tree: Markdown, metadata and templates that another engine can build.

What `site-builder stage DIR` writes needs nothing of this package: a docs folder, a theme
folder, an mkdocs.yml, and a few lines of hooks that switch escaping on and show pictures.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import yaml

from site_builder.pages.views import Page, Plan, plain
from site_builder.rendering import THEME, pictures
from site_builder.rendering.shown import qr_of
from site_builder.styles import STYLESHEET, published_style

_HOOKS = '''\
"""Escapes every value in every template; front matter is text, never HTML."""

import json
from pathlib import Path

from markupsafe import Markup, escape
from pictures import dressed


def on_env(env, config, files):
    env.autoescape = True
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    chrome = Path(__file__).with_name("chrome.json").read_text(encoding="utf-8")
    env.globals["chrome"] = json.loads(chrome)
    return env


def on_page_markdown(markdown, page, config, files):
    # Whatever prints it, templates of ours or not, it is text.
    page.meta["title"] = escape(page.meta["title"])
    return markdown


def on_page_content(html, page, config, files):
    is_first = not page.meta["view"].get("pictures")
    return Markup(dressed(html, page.meta["pictures"], is_first_eager=is_first))
'''


def stage_site(
    plan: Plan, others: Iterable[tuple[str, bytes]], settings: dict[str, object], folder: Path
) -> int:
    """Write the tree into `folder`, which must be empty or absent; returns the page count."""
    docs, site_url = folder / "docs", str(settings["site_url"])
    for page in plan.pages:
        _write(docs / page.source, _markdown(page, site_url).encode())
    for address, data in others:
        _write(docs / address, data)
    shutil.copytree(THEME, folder / "theme", dirs_exist_ok=True)
    styles = (THEME / STYLESHEET).read_text("utf-8")
    _write(folder / "theme" / STYLESHEET, published_style(styles, plan.chrome.colours).encode())
    chrome = json.dumps(plain(plan.chrome), ensure_ascii=False, indent=2)
    _write(folder / "chrome.json", chrome.encode())
    _write(folder / "hooks.py", _HOOKS.encode())
    shutil.copyfile(pictures.__file__, folder / "pictures.py")
    config = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    _write(folder / "mkdocs.yml", config.encode())
    return len(plan.pages)


def _markdown(page: Page, site_url: str) -> str:
    code = qr_of(page, site_url + quote(page.address) if site_url else None)
    meta = json.loads(json.dumps({**page.meta(), "qr": plain(code)}))
    front = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n\n{page.body}\n"


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
