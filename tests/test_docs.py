"""README and docs say only what is true: every command that they show is run, each link checked."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from site_builder import reference

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_KNOWN_LANGUAGES = {"", "sh", "powershell", "text"}


def blocks(language: str) -> list[tuple[Path, str]]:
    return [
        (page, code)
        for page in PAGES
        for name, code in _BLOCK.findall(page.read_text("utf-8"))
        if name == language
    ]


def commands(language: str) -> list[str]:
    lines = [line for _, code in blocks(language) for line in code.splitlines()]
    return list(dict.fromkeys(line.split("  #")[0].strip() for line in lines if line.strip()))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as a clean clone has it, with this environment's commands as its .venv."""
    for name in ("content", "models", "site_builder", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def test_every_block_is_of_a_kind_that_is_tested():
    found = {name for page in PAGES for name, _ in _BLOCK.findall(page.read_text("utf-8"))}
    assert found <= _KNOWN_LANGUAGES


def site_builder_commands() -> list[str]:
    return [c for c in commands("sh") if c.startswith(".venv/bin/site-builder")]


def test_no_command_is_left_out():
    assert {c for c in commands("sh") if c not in site_builder_commands()} == {
        "make site",
        "make serve",
    }


def test_commands_for_writers_run_in_the_order_shown(copy: Path):
    scripts = Path(sys.executable).parent
    for command in site_builder_commands():
        own = command.replace(".venv/bin", str(scripts))
        done = subprocess.run(
            own, shell=True, cwd=copy, capture_output=True, text=True, check=False
        )
        # --strict counts warnings as faults, and the sample has true warnings: 1 is its answer.
        expected = 1 if "--strict" in command else 0
        assert done.returncode == expected, (command, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr


def test_make_site_builds_the_sample():
    done = subprocess.run(["make", "site"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (ROOT / "site" / "mo-hinh" / "index.html").is_file()


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_make_serve_shows_the_sample():
    address = free_address()
    environment = os.environ | {"SITE_BUILDER_ADDRESS": address}
    server = subprocess.Popen(["make", "serve"], cwd=ROOT, env=environment, start_new_session=True)
    try:
        assert "Dân vận khéo" in read_when_up(f"http://{address}/")
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def read_when_up(url: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer in a minute")


def test_the_windows_commands_install_and_build(copy: Path):
    """The same commands with this system's paths: what they install and run must be enough."""
    for command in commands("powershell"):
        own = command.replace("py ", f"{sys.executable} ", 1) if command[:3] == "py " else command
        own = own.replace("\\", "/").replace(".venv/Scripts", ".venv/bin")
        done = subprocess.run(
            own, shell=True, cwd=copy, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    assert (copy / "site" / "index.html").is_file()


def test_references_are_those_of_the_code():
    assert (ROOT / "docs" / "khai-bao.md").read_text("utf-8") == reference.key_reference()
    assert (ROOT / "docs" / "thong-bao.md").read_text("utf-8") == reference.error_reference()


def test_links_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", _BLOCK.sub("", page.read_text("utf-8"))):
            if "://" not in target and not target.endswith((".jpg", "tieng-keng.md")):
                assert (page.parent / target).exists(), (page.name, target)
