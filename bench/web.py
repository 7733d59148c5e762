"""Holds pages of the sample site against Lighthouse, beside plain Material: `make bench-web`.

A bench and no test: its figures depend on the machine. What each column says stands in README.md.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

# Which page stands for a kind is told where the tests in the browser look it up.
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent))

from report import README, put_into, run_of
from site_pages import EVERYWHERE
from web_report import Visit, Visited, tables, targets
from web_server import served
from web_sites import MATERIAL, OURS, build_material, build_ours

HERE = Path(__file__).parent
LISTED = ("home", "models", "model", "article", "unit")
"""The kinds of which plain Material is asked for a page, too."""
LIKE_THEM = ("news of a year", "category", "year", "topic", "award", "oldest page")
"""Kinds of the same template and length as others."""
_NODE_PACKAGES = HERE / "web"
_QUIET = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"


class Failed(Exception):
    """Lighthouse could not judge a page; says why."""


def main() -> None:
    """Visit each kind of page several times; print Markdown, write JSON and, if asked, README."""
    asked = _options()
    pages = {name: EVERYWHERE[name] for name in asked.only}
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.scratch or Path(temporary)
        version = _install(_NODE_PACKAGES)
        visited: list[Visited] = []
        try:
            for one in measure(pages, folder.absolute(), asked.runs):
                visited.append(one)
                _save(asked.output, visited)
        except Failed as fault:
            sys.exit(f"Lighthouse failed: {fault}")
    text = f"{run_of(f'Lighthouse {version}, {_chromium()}')}\n\n{tables(visited)}\n\n"
    text += f"Targets, by the worst page of ours:\n\n{targets(visited)}\n"
    print(text)
    if asked.readme:
        put_into(README, "web results", text)


def _save(place: Path, visited: Sequence[Visited]) -> None:
    rows = [
        {"site": one.site, "page": one.page, "visits": [v._asdict() for v in one.visits]}
        for one in visited
    ]
    place.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    kinds = [name for name in EVERYWHERE if name not in LIKE_THEM]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="visits of each page")
    parser.add_argument("--only", type=lambda text: text.split(","), default=kinds)
    parser.add_argument("--scratch", type=Path, help="keeps the built sites there")
    parser.add_argument("--output", type=Path, default=HERE / "results-web.json")
    parser.add_argument("--readme", action="store_true", help="put the tables into README.md")
    asked = parser.parse_args()
    if unknown := set(asked.only) - EVERYWHERE.keys():
        parser.error(f"no such page: {', '.join(sorted(unknown))}; there are {', '.join(kinds)}")
    return asked


def measure(pages: dict[str, str], folder: Path, runs: int) -> Iterator[Visited]:
    """Build both sites in `folder` and visit their pages, in turn, `runs` times each."""
    sites = {OURS: build_ours(folder / "ours"), MATERIAL: build_material(folder / "material")}
    for site, place in sites.items():
        with served(place) as address:
            for name, path in pages.items():
                if site == OURS or name in LISTED:
                    _say(f"{site}: {name}")
                    url = address + path
                    yield Visited(site, name, [visit(url) for _ in range(runs)])


def visit(url: str) -> Visit:
    """What Lighthouse says of a page seen by a phone on a slow line. Raises `Failed`."""
    command = [_node(), _NODE_PACKAGES / "node_modules" / "lighthouse" / "cli" / "index.js", url]
    options = ["--quiet", "--output=json", f"--chrome-flags={_QUIET}", "--max-wait-for-load=60000"]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(
        [*command, *options], capture_output=True, encoding="utf-8", check=False, env=environment
    )
    try:
        return Visit.read(json.loads(done.stdout))
    except ValueError as fault:
        raise Failed(f"{url}: {done.stderr.strip()[-300:] or fault}") from fault


def _install(folder: Path) -> str:
    """Install what package-lock.json names, once; returns the version of Lighthouse."""
    package = folder / "node_modules" / "lighthouse" / "package.json"
    if not package.is_file():
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("npm is not installed")
        flags = ["--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([npm, "ci", *flags], cwd=folder, check=True)
    return json.loads(package.read_text("utf-8"))["version"]


def _node() -> str:
    return shutil.which("node") or sys.exit("node is not installed")


def _chromium() -> str:
    command = [shutil.which("chromium") or sys.exit("chromium is not installed"), "--version"]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return " ".join(said.split()[:2])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
