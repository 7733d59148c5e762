#!/usr/bin/env python3
"""Make dist/dan-van-kheo-VERSION-offline.zip: all that an office PC without internet needs.

Wheels of every locked package for Linux and Windows on x86-64 and each Python that the locks are
for, each checked against its hash in requirements/base.txt, our own wheel, a starting project, and
two small scripts that install it all. Needs the internet itself; run by `make offline-bundle`.

Usage: offline_bundle.py [SYSTEM-PYTHON…]     such as linux-3.11; all of them without any
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "scripts" / "offline"
"""What is put into the bundle as it is: how to install, for people and as scripts."""
STARTER = ("content", "models", "mkdocs.yml")
PLATFORMS = {
    "linux": ["manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64"],
    "windows": ["win_amd64"],
}
PYTHONS = ("3.11", "3.12", "3.13")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of every file in the archive: the same files give the same bundle."""


def main(wanted: list[str]) -> None:
    """Make the bundle for the `wanted` systems, all of them where none is named."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    name = f"dan-van-kheo-{version}-offline"
    targets = wanted or [f"{system}-{python}" for system in PLATFORMS for python in PYTHONS]
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / name
        wheels = bundle / "wheels"
        wheels.mkdir(parents=True)
        for target in targets:
            print(f"wheels for {target}", flush=True)
            download(wheels, *target.split("-"))
        own = build_wheel(wheels)
        shutil.copy(ROOT / "requirements" / "base.txt", bundle / "requirements.txt")
        with (bundle / "requirements.txt").open("a", encoding="utf-8") as file:
            file.write(f"dan-van-kheo=={version} --hash=sha256:{sha256(own)}\n")
        for part in PARTS.iterdir():
            shutil.copy(part, bundle)
        copy_starter(bundle / "du-an-mau")
        write_checksums(bundle)
        place = ROOT / "dist" / f"{name}.zip"
        place.parent.mkdir(exist_ok=True)
        pack(bundle, place)
    print(f"{place.relative_to(ROOT)}: {place.stat().st_size / 1e6:.0f} MB")


def download(wheels: Path, system: str, python: str) -> None:
    """Only wheels: nothing is compiled or run on the PC that installs them."""
    platforms = [f"--platform={platform}" for platform in PLATFORMS[system]]
    requirements = ["--require-hashes", "--requirement", str(ROOT / "requirements" / "base.txt")]
    options = ["--quiet", "--no-deps", "--only-binary=:all:", f"--python-version={python}"]
    pip("download", *options, *platforms, *requirements, f"--dest={wheels}")


def build_wheel(folder: Path, root: Path = ROOT) -> Path:
    """Our own; its build backend is in the lock, so nothing is fetched for it."""
    options = ["--quiet", "--no-deps", "--no-build-isolation"]
    pip("wheel", *options, f"--wheel-dir={folder}", str(root))
    (own,) = folder.glob("dan_van_kheo-*.whl")
    return own


def pip(*arguments: str) -> None:
    """Run pip as this environment has it."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True)


def copy_starter(folder: Path) -> None:
    """Something that builds at once, to be replaced piece by piece."""
    for name in STARTER:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy(ROOT / name, folder)


def write_checksums(bundle: Path) -> None:
    """For `sha256sum --check SHA256SUMS` and Get-FileHash, before anything is run."""
    files = sorted(path for path in bundle.rglob("*") if path.is_file())
    lines = [f"{sha256(path)}  {path.relative_to(bundle).as_posix()}\n" for path in files]
    (bundle / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def sha256(path: Path) -> str:
    """The digest of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pack(bundle: Path, place: Path) -> None:
    """Pack the folder; the archive is whole or not there."""
    making = place.with_suffix(".part")
    with zipfile.ZipFile(making, "w") as archive:
        for path in sorted(path for path in bundle.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(bundle.parent).as_posix(), EPOCH)
            entry.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            # Wheels are packed already.
            entry.compress_type = (
                zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, path.read_bytes())
    making.replace(place)


if __name__ == "__main__":
    main(sys.argv[1:])
