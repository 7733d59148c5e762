#!/bin/sh
# Installs what the tests need besides Python packages, from the distribution: chromium, and
# Node.js 18 or newer.
#
# Without them the tests that need them skip themselves. That is fine on somebody's computer, but
# on CI it would hide that they never ran: there (CI=true) a missing one is a failure.
set -eu

here=$(dirname "$0")

# Run, and not only looked for: Ubuntu's package can be a stub that asks for a snap.
has_chromium() {
    command -v chromium >/dev/null && chromium --version >/dev/null 2>&1
}

has_node() {
    command -v node >/dev/null && node -e 'new DecompressionStream("deflate")' >/dev/null 2>&1
}

# Usage: want NAME PACKAGE, where has_NAME tells whether it is there.
want() {
    if "has_$1" || { "$here/apt-install.sh" "$2" && "has_$1"; }; then
        return
    fi
    if [ "${CI:-}" = true ]; then
        echo "$1 is missing and could not be installed: its tests cannot run." >&2
        exit 1
    fi
    echo "$1 is missing: its tests will be skipped (as root: apt-get install $2)."
}

want chromium chromium
want node nodejs
