"""The content of this repository: whole, without errors, and built the same everywhere."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from commands import started
from project import ids, snapshot

from site_builder.domain.entries import SUMMARY_LIMIT
from site_builder.loading import load_site
from site_builder.messages import MESSAGES
from site_builder.outputs.files import output_files
from site_builder.outputs.pictures import Darkroom
from site_builder.pages.plan import plan_site

ROOT = Path(__file__).parent.parent
WARNINGS = {code for code, message in MESSAGES.items() if message.severity == "warning"}


@pytest.fixture(scope="module")
def loaded():
    return load_site(ROOT)


def test_it_has_no_errors(loaded):
    assert [str(item) for item in loaded.diagnostics if item.severity == "error"] == []
    # A draft's error is told of as a warning; there are no drafts here.
    assert {item.code for item in loaded.diagnostics} <= WARNINGS


def test_everything_that_was_gathered_is_public(loaded):
    found = loaded.require_catalogue()
    assert len(found.models) >= 92
    assert len(found.articles) >= 40
    assert len(found.documents) == 41
    assert {"gioi-thieu", "giay-phep", "tiep-can"} <= set(ids(found.pages))
    public = {*found.models, *found.articles, *found.documents, *found.pages}
    assert public == set(loaded.library.entries())


def test_every_summary_is_short_and_every_fact_has_a_source(loaded):
    for entry in loaded.library.entries():
        assert len(getattr(entry.record, "summary", None) or "") <= SUMMARY_LIMIT + 300
    found = loaded.require_catalogue()
    for model in found.models:
        assert len(model.record.summary) <= SUMMARY_LIMIT, model.path
        assert model.record.sources, model.path
        assert loaded.library.body(model)[0].strip(), model.path
    for article in found.articles:
        assert len(article.record.summary) <= SUMMARY_LIMIT, article.path
        assert article.record.source or article.record.author, article.path
    for document in found.documents:
        assert document.record.sources or document.record.url or document.record.file, document.path


def test_every_link_of_the_plan_leads_to_a_page(loaded):
    plan = plan_site(loaded.require_catalogue())
    there = {page.address for page in plan.pages} | {asset.address for asset in plan.assets}
    there |= {
        name
        for name, _ in output_files(replace(plan, assets=(), shares=()), {}, "", Darkroom(ROOT))
    }
    there |= {card.address for card in plan.shares}
    for page in plan.pages:
        missing = set(_addresses_in(page.meta()["view"])) - there
        assert missing == set(), page.address


def _addresses_in(value):
    if isinstance(value, dict):
        if value.get("address") is not None:
            yield value["address"]
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for child in value:
            yield from _addresses_in(child)


def test_it_will_still_be_right_in_years(loaded):
    """No date in the content makes the site fail on some later day."""
    for year in range(loaded.project.today.year + 1, loaded.project.today.year + 6):
        later = load_site(ROOT, date(year, 1, 1))
        assert not [str(item) for item in later.diagnostics if item.severity == "error"]


def test_the_same_bytes_whatever_the_day_seed_zone_folder_and_language(tmp_path):
    surroundings = (
        {
            "SOURCE_DATE_EPOCH": "1780000000",
            "PYTHONHASHSEED": "1",
            "TZ": "Asia/Tokyo",
            "LC_ALL": "C",
        },
        {
            "SOURCE_DATE_EPOCH": "1780300000",
            "PYTHONHASHSEED": "2",
            "TZ": "America/Adak",
            "COLUMNS": "9",
        },
    )
    built = []
    for place, own in zip((tmp_path, ROOT / "models"), surroundings, strict=True):
        folder = tmp_path / own["PYTHONHASHSEED"]
        words = ("build", "--root", ROOT, "--site-dir", folder)
        done = started("site_builder", *words, cwd=place, **own)
        assert done.returncode == 0, done.stderr
        built.append(snapshot(folder))
    assert built[0].keys() == built[1].keys()
    assert [path for path in built[0] if built[0][path] != built[1][path]] == []
