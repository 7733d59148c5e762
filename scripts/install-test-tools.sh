#!/bin/sh
# Installs what the tests need besides Python packages: chromium, from the distribution.
#
# Without it the browser tests skip themselves. That is fine on somebody's computer, but on CI it
# would hide that they never ran: there (CI=true) a missing chromium is a failure.
set -eu

here=$(dirname "$0")

# Run, and not only looked for: Ubuntu's package can be a stub that asks for a snap.
has_chromium() {
    command -v chromium >/dev/null && chromium --version >/dev/null 2>&1
}

if has_chromium || { "$here/apt-install.sh" chromium && has_chromium; }; then
    exit 0
fi

if [ "${CI:-}" = true ]; then
    echo "chromium is missing and could not be installed: the browser tests cannot run." >&2
    exit 1
fi
echo "chromium is missing: the browser tests will be skipped (as root: apt-get install chromium)."
