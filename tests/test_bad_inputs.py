"""Whatever is put into the folders: a diagnostic that names the file, in bounded time and space.

Each file is read alone in this process, which shows that nothing escapes; then all together in a
process of their own under limits. What all of them keep to, each of them keeps to.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bad_inputs import ALONE_HARMLESS, FILES, write_bad
from golden_project import write_project

from site_builder import load_site

SECONDS = 10
BYTES = 500_000_000
NEIGHBOUR = "content/lang-gieng.md"
"""A page of which something has to be said as well: nobody's fault may hide another's."""


@pytest.mark.parametrize("name", sorted(FILES.keys() - ALONE_HARMLESS))
def test_each_is_refused_by_name(name: str, tmp_path: Path) -> None:
    write_project(tmp_path, {})
    made = write_bad(tmp_path, [name])
    if not made:
        pytest.skip("this system cannot make such a file")
    loaded = load_site(tmp_path)
    assert made[name] in {d.span.path for d in loaded.diagnostics if d.severity == "error"}
    assert loaded.catalogue is None


def test_all_are_refused_together(tmp_path: Path) -> None:
    write_project(tmp_path, {"files": {NEIGHBOUR: "---\ntitle: A\nsumary: B\n---\n"}})
    made = write_bad(tmp_path, list(FILES))
    found = error_paths(check(tmp_path))
    assert set(made.values()) - found == {FILES["name-folded-2"][0]} & set(made.values())
    assert NEIGHBOUR in found


def check(root: Path) -> dict[str, Any]:
    """What `check` prints as JSON; it must end with 1, in time, within its memory."""
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "check", "-C", str(root), "--format", "json"],
        capture_output=True,
        timeout=SECONDS,
        check=False,
        preexec_fn=_limit_memory if sys.platform != "win32" else None,
    )
    assert done.returncode == 1, done.stderr.decode()
    assert done.stderr == b""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def error_paths(found: dict[str, Any]) -> set[str]:
    return {item["path"] for item in found["diagnostics"] if item["severity"] == "error"}


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
