#!/usr/bin/env python3
"""Look up known vulnerabilities of every locked package; run by `make audit`.

Asks PyPI first and then OSV (https://osv.dev), by pip-audit. A source that does not know a package,
or cannot be reached, has found nothing wrong and nothing right: that is told as NOT AUDITED.

Exit codes: 0 all audited and clean, 1 vulnerabilities found, 2 some or all not audited.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("pypi", "osv")
LOCKS = ("base", "dev")


def main() -> int:
    """Audit every lock; the worst of their exit codes."""
    worst = 0
    for lock in LOCKS:
        requirements = ROOT / "requirements" / f"{lock}.txt"
        worst = max(worst, report(f"requirements/{lock}.txt", audited(requirements)))
    return worst


def audited(requirements: Path) -> list[dict]:
    """What the first source that answers says of each package; nothing where none does."""
    for source in SOURCES:
        options = ["--require-hashes", "--disable-pip", "--format=json", "--progress-spinner=off"]
        command = ["pip_audit", *options, f"--vulnerability-service={source}"]
        done = subprocess.run(
            [sys.executable, "-m", *command, f"--requirement={requirements}"],
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            packages = json.loads(done.stdout)["dependencies"]
        except (ValueError, KeyError):
            continue
        if any("vulns" in package for package in packages):
            return packages
    return []


def report(name: str, packages: list[dict]) -> int:
    """Tell what was found in one lock; the exit code that it is worth."""
    if not packages:
        print(f"{name}: NOT AUDITED. No source of advisories could be reached.")
        return 2
    skipped = [package for package in packages if "vulns" not in package]
    found = [(package, flaw) for package in packages for flaw in package.get("vulns", ())]
    for package, flaw in found:
        fixed = ", ".join(flaw["fix_versions"]) or "none yet"
        print(f"{name}: {package['name']} {package['version']}: {flaw['id']} (fixed in: {fixed})")
    for package in skipped:
        print(f"{name}: {package['name']}: NOT AUDITED ({package['skip_reason']})")
    print(f"{name}: {len(packages) - len(skipped)} packages audited, {len(found)} vulnerabilities.")
    return 1 if found else 2 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
