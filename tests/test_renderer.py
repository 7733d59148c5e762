"""Our own renderer writes what `mkdocs build` writes: every page, and all files beside them."""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from project import MKDOCS, a_model, a_page, snapshot, write_project

from site_builder.loading import load_site
from site_builder.outputs.files import output_files
from site_builder.pages.plan import plan_site
from site_builder.pages.views import Plan
from site_builder.rendering import mkdocs_bridge
from site_builder.rendering.engine import Engine
from site_builder.rendering.frames import frame_key
from site_builder.rendering.renderer import Rendered, Renderer
from site_builder.rendering.search_data import search_data
from site_builder.rendering.sitemap import packed, sitemap

ROOT = Path(__file__).parent.parent
WITHOUT_SEARCH = MKDOCS.replace("{search: {lang: vi}}, ", "")
WITHOUT_ADDRESS = MKDOCS.replace("site_url: https://binh-an.example.org/\n", "")
SMALL = {
    "models/an-ninh/keng.md": a_model(
        'Nghe `data-search-x="1"` và <b>kẻng</b>.[^1]\n\n[^1]: Xem [trang](../../content/gt.md#a).'
    ),
    "content/gt.md": a_page("## Một\n\n[Về đầu](#mot), <https://a.vn>, <a@b.vn>, [TOC]\n\n[TOC]"),
}


class Built(NamedTuple):
    """A site as MkDocs wrote it, beside what our own renderer makes of the same plan."""

    files: dict[str, bytes]
    plan: Plan
    engine: Engine
    rendered: list[Rendered]
    others: dict[str, bytes]


def _small(folder: Path, settings: str) -> Path:
    return write_project(folder, {**SMALL, "mkdocs.yml": settings})


def _generated(folder: Path) -> Path:
    subprocess.run([sys.executable, ROOT / "bench" / "corpus.py", folder, "40"], check=True)
    return folder


PROJECTS = {
    "real": lambda folder: ROOT,
    "generated": _generated,
    "small": lambda folder: _small(folder, MKDOCS),
    "without search": lambda folder: _small(folder, WITHOUT_SEARCH),
    "without address": lambda folder: _small(folder, WITHOUT_ADDRESS),
}


@pytest.fixture(scope="module", params=PROJECTS)
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("du-an")
    root = PROJECTS[request.param](folder / "goc")
    loaded = load_site(root)
    plan = plan_site(loaded.require_catalogue())
    chrome, settings = plan.chrome, root / "mkdocs.yml"
    mkdocs_bridge.build(settings, loaded, site_dir=folder / "site")
    keys = {frame_key(page, chrome) for page in plan.pages}
    prepared = mkdocs_bridge.prepare(settings, chrome, keys, site_dir=folder / "site")
    engine = pickle.loads(pickle.dumps(prepared))
    renderer = Renderer(engine, chrome, cache=folder / "kho" / "khuon")
    places = {path: Path(file.place) for path, file in loaded.assets.items()}
    others = dict(output_files(plan, places, engine.site_url or "/"))
    rendered = [renderer.render(page) for page in plan.pages]
    return Built(snapshot(engine.site_dir), plan, engine, rendered, others)


def test_every_page_has_the_same_bytes(built):
    pairs = zip(built.plan.pages, built.rendered, strict=True)
    pages = {f"{page.address}index.html": rendered.html for page, rendered in pairs}
    assert [name for name in pages if built.files[name] != pages[name]] == []


def test_nothing_is_left_out_and_nothing_added(built):
    addresses = [(page.address, page.updated) for page in built.plan.pages]
    plain = sitemap(addresses, built.engine.site_url)
    newest = max(updated for _, updated in addresses)
    made = dict(built.engine.files) | built.others
    made |= {"sitemap.xml": plain, "sitemap.xml.gz": packed(plain, newest)}
    if built.engine.search is not None:
        documents = [item for rendered in built.rendered for item in rendered.search]
        made["search/search_index.json"] = search_data(documents, built.engine.search)
    pages = {f"{address}index.html" for address, _ in addresses}
    assert {name: data for name, data in built.files.items() if name not in pages} == made


def test_the_search_knows_what_material_would_know(built):
    documents = [item for rendered in built.rendered for item in rendered.search]
    if built.engine.has_search:
        written = json.loads(built.files["search/search_index.json"])
        assert documents == written["docs"] != []
        assert json.loads(search_data(documents, built.engine.search or {})) == written
    else:
        assert documents == []


def test_rendering_waits_for_no_engine_and_no_schema():
    program = (
        "import sys; import site_builder.rendering.renderer, site_builder.rendering.engine_key;"
        "print([name for name in ('mkdocs', 'material', 'pydantic', 'yaml', 'rapidfuzz')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
