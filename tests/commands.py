"""Runs `site-builder` for tests: in this process, or in one of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from project import TODAY_EPOCH

from site_builder.cli import run


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def typed(capsys, *words: object) -> Done:
    """Run the command here; quick, and as on a pipe."""
    capsys.readouterr()
    code = run([str(word) for word in words])
    return Done(code, *capsys.readouterr())


def environment(**more: str) -> dict[str, str]:
    """This environment on the day of the tests, UTF-8 whatever the machine."""
    fixed = {"SOURCE_DATE_EPOCH": TODAY_EPOCH, "PYTHONIOENCODING": "utf-8"}
    return {**os.environ, **fixed, **more}


def started(tool: str, *words: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m tool words` in `cwd`, output captured, errors beside it."""
    return subprocess.run(
        [sys.executable, "-m", tool, *map(str, words)],
        cwd=cwd,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=80,
        check=False,
    )
