"""The generated project that timings are taken on is a project like any other."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from project import snapshot

from site_builder import load_site

GENERATOR = Path(__file__).parent.parent / "bench" / "corpus.py"


def generate(folder: Path, seed: str) -> dict[str, bytes]:
    subprocess.run([sys.executable, GENERATOR, folder, "40", seed], check=True)
    return snapshot(folder)


def test_it_passes_every_check(tmp_path):
    generate(tmp_path / "a", "1")
    loaded = load_site(tmp_path / "a")
    assert [str(item) for item in loaded.diagnostics if item.severity == "error"] == []
    kinds = Counter(entry.kind for entry in loaded.library.entries())
    assert (kinds["Model"], kinds["Article"]) == (40, 10)


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    first = generate(tmp_path / "a", "7")
    assert generate(tmp_path / "b", "7") == first
    assert generate(tmp_path / "c", "8") != first
