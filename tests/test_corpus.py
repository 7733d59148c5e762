"""The generated project that timings are taken on is a project like any other."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from project import snapshot

from site_builder import load_site

GENERATOR = Path(__file__).parent.parent / "bench" / "corpus.py"


def generate(folder: Path, models: int, seed: str = "1") -> Path:
    subprocess.run([sys.executable, GENERATOR, folder, str(models), seed], check=True)
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    return load_site(generate(tmp_path_factory.mktemp("bench") / "project", 400))


@pytest.fixture(scope="module")
def bodies(loaded):
    return [loaded.library.body(entry)[0] for entry in loaded.library.entries()]


@pytest.fixture(scope="module")
def models(loaded):
    return [entry for entry in loaded.library.entries() if entry.kind == "Model"]


def test_it_has_no_fault_and_a_quarter_as_many_articles(loaded):
    assert list(loaded.diagnostics) == []
    kinds = Counter(entry.kind for entry in loaded.library.entries())
    assert (kinds["Model"], kinds["Article"]) == (400, 100)


def test_bodies_have_300_to_600_words_headings_and_lists(bodies):
    prose = [re.sub(r"!\[.*?\)", "", body) for body in bodies]
    assert all(300 <= len(re.findall(r"\w+", text)) <= 600 for text in prose)
    assert all("\n## " in body and "\n- " in body for body in bodies)


def test_some_bodies_have_tables_and_pictures(bodies):
    for sign in ("\n| --- |", "\n!["):
        assert 0.05 < sum(sign in body for body in bodies) / len(bodies) < 0.5


def test_fields_and_units_are_skewed(models):
    records = [model.record for model in models]
    fields = Counter(record.field for record in records)
    assert len(fields) == 5
    assert fields["kinh-te"] + fields["van-hoa-xa-hoi"] > 2 * len(records) / 3
    units = Counter(record.unit for record in records)
    assert sum(count for _, count in units.most_common(40)) > len(records) / 3


def test_there_are_170_units_and_10_years(loaded, models):
    assert len(loaded.library.units.by_id) == 170
    assert len({model.record.year for model in models}) == 10


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    first = snapshot(generate(tmp_path / "a", 40, "7"))
    assert snapshot(generate(tmp_path / "b", 40, "7")) == first
    assert snapshot(generate(tmp_path / "c", 40, "8")) != first
