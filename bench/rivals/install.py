"""Gets tools from their registries into the scratch folder, once."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


class Absent(Exception):
    """A tool cannot be had here; says why."""


def pip_install(folder: Path, requirement: str) -> Path:
    """An environment of its own with `requirement`; returns its folder. Raises `Absent`."""
    if not (folder / "done").exists():
        _run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        _run([*pip, "--disable-pip-version-check", "--only-binary=:all:", requirement])
        (folder / "done").touch()
    return folder


def npm_install(folder: Path, package: str) -> Path:
    """A folder with `package` below node_modules/. Raises `Absent`."""
    npm = shutil.which("npm")
    if npm is None:
        raise Absent("npm is not installed")
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Without it npm installs into the nearest folder above that has one.
        (folder / "package.json").write_text("{}")
        _run([npm, "install", "--silent", "--no-audit", "--no-fund", package], folder)
        (folder / "done").touch()
    return folder


def _run(command: Sequence[str], folder: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Absent(said[-1] if said else f"{command[0]} ended with {done.returncode}")
