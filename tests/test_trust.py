"""What the city's IT is given to trust: bundle, wheel, list of packages, audit."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
LOCK = (ROOT / "requirements" / "base.txt").read_text("utf-8")


def _plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


LOCKED = {_plain(name) for name in re.findall(r"^([\w.-]+)==", LOCK, re.M)}


def _script(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(*words, **options):
    return subprocess.run(
        [*map(str, words)], capture_output=True, encoding="utf-8", check=False, **options
    )


def _without_network() -> list[str]:
    """Begins a command that sees no network at all, where this user may do that."""
    is_allowed = shutil.which("unshare") and _run("unshare", "-n", "true").returncode == 0
    return ["unshare", "-n"] if is_allowed else []


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """The unpacked bundle for this computer."""
    if not sys.platform.startswith("linux"):
        pytest.skip("made for Linux here")
    done = _run(sys.executable, ROOT / "scripts" / "offline_bundle.py", f"linux-{PYTHON}")
    assert done.returncode == 0, done.stderr
    folder = tmp_path_factory.mktemp("bo-cai")
    (packed,) = (ROOT / "dist").glob("*-offline.zip")
    zipfile.ZipFile(packed).extractall(folder)
    return next(folder.iterdir())


def _install(bundle, target):
    bare = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PIP_NO_CACHE_DIR": "1"}
    command = [*_without_network(), "sh", bundle / "cai-dat.sh", target]
    return _run(*command, env=bare)


def test_an_office_pc_installs_and_builds_without_a_network(bundle, tmp_path):
    target = tmp_path / "dân vận"
    done = _install(bundle, target)
    assert done.returncode == 0, done.stderr
    built = _run(*_without_network(), ".venv/bin/site-builder", "build", cwd=target)
    assert built.returncode == 0, built.stderr
    assert (target / "site" / "mo-hinh" / "index.html").is_file()

    settings = target / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8") + "# của ta\n", "utf-8")
    assert _install(bundle, target).returncode == 0
    assert settings.read_text("utf-8").endswith("# của ta\n")


def test_a_damaged_bundle_installs_nothing(bundle, tmp_path):
    copy = tmp_path / "bo-cai"
    shutil.copytree(bundle, copy)
    wheel = sorted(copy.glob("wheels/*.whl"))[0]
    wheel.write_bytes(wheel.read_bytes()[:-1])
    done = _install(copy, tmp_path / "dich")
    assert done.returncode == 1
    assert done.stderr.endswith("Chép lại bộ cài rồi chạy lại; chưa cài gì.\n")
    assert not (tmp_path / "dich").exists()


def test_windows_has_wheels_of_everything(tmp_path):
    _script("offline_bundle").download(tmp_path, "windows", "3.12")
    assert {_plain(file.name.split("-")[0]) for file in tmp_path.iterdir()} == LOCKED


def test_powershell_reads_its_script_as_utf_8():
    script = (ROOT / "scripts" / "offline" / "cai-dat.ps1").read_bytes()
    assert script.startswith(b"\xef\xbb\xbf")


def test_the_same_code_gives_the_same_wheel(tmp_path):
    wheels = []
    for name in ("a", "b"):
        copy = tmp_path / name
        litter = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "site_builder", copy / "site_builder", ignore=litter)
        for file in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copyfile(ROOT / file, copy / file)
        if name == "b":
            for file in copy.rglob("*"):
                os.utime(file, (1_000_000_000, 1_000_000_000))
        (copy / "dist").mkdir()
        wheels.append(_script("offline_bundle").build_wheel(copy / "dist", copy))
    first, second = (wheel.read_bytes() for wheel in wheels)
    assert first == second
    names = zipfile.ZipFile(wheels[0]).namelist()
    assert "site_builder/theme/layout.html" in names
    assert not [name for name in names if name.startswith("tests")]


def test_the_list_of_packages_is_that_of_the_lock():
    made = []
    for _ in range(2):
        done = _run("make", "sbom", cwd=ROOT)
        assert done.returncode == 0, done.stderr
        made.append((ROOT / "dist" / "sbom.json").read_bytes())
    assert made[0] == made[1]
    listed = json.loads(made[0])
    assert {_plain(one["name"]) for one in listed["components"]} == LOCKED
    assert all(one["licenses"] for one in listed["components"])
    assert "timestamp" not in listed["metadata"]
    assert str(ROOT) not in json.dumps(listed)


CLEAN = {"name": "a", "version": "1", "vulns": []}
FLAWED = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code", "told"),
    [
        ([CLEAN], 0, "x: 1 packages audited, 0 vulnerabilities.\n"),
        ([], 2, "x: NOT AUDITED. No source of advisories could be reached.\n"),
        (
            [CLEAN, FLAWED],
            1,
            "x: b 2: PYSEC-1 (fixed in: 3)\nx: 2 packages audited, 1 vulnerabilities.\n",
        ),
        (
            [CLEAN, UNKNOWN],
            2,
            "x: c: NOT AUDITED (not found)\nx: 1 packages audited, 0 vulnerabilities.\n",
        ),
    ],
)
def test_what_was_not_audited_is_told(packages, code, told, capsys):
    assert _script("audit").report("x", packages) == code
    assert capsys.readouterr().out == told
