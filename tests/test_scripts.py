"""The types of scripts, checked by tsc where they run: in a page, in a Worker and in Node."""

import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "scripts"


@pytest.fixture(scope="module")
def tsc(node):
    """Type-checks by a configuration; without TypeScript these tests are skipped, but not on CI."""
    compiler = HERE / "node_modules" / "typescript" / "bin" / "tsc"
    if not compiler.exists():
        assert os.environ.get("CI") != "true", "run scripts/install-test-tools.sh"
        pytest.skip("typescript is missing")

    def check(config: Path) -> str:
        command = [node, compiler, "--pretty", "false", "--project", config]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout

    return check


@pytest.mark.parametrize("where", ["page", "worker", "node"])
def test_types_hold(tsc, where):
    assert tsc(HERE / f"{where}.json") == ""


def test_wrong_and_missing_types_are_found(tsc, tmp_path):
    (tmp_path / "wrong.mjs").write_text(
        "/** @param {string | null} text */\n"
        "export const size = (text) => text.length;\n"
        "export const twice = (number) => number * 2;\n"
    )
    config = {"extends": str(HERE / "page.json"), "include": ["wrong.mjs"]}
    (tmp_path / "config.json").write_text(json.dumps(config))
    found = tsc(tmp_path / "config.json")
    assert "wrong.mjs(2,31): error TS18047" in found
    assert "wrong.mjs(3,23): error TS7006" in found


def test_the_lock_pins_contents_and_no_places():
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages)
    assert not any("resolved" in entry for entry in packages)
