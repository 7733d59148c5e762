#!/bin/sh
# Installs what the tests need besides Python packages: from the distribution chromium, Node.js 18
# or newer, sshd, nginx and Apache, from npm what tests/scripts/package-lock.json names.
#
# Without them the tests that need them skip themselves. That is fine on somebody's computer, but
# on CI it would hide that they never ran: there (CI=true) a missing one is a failure.
set -eu

here=$(dirname "$0")
scripts=$here/../tests/scripts

# Run, and not only looked for: Ubuntu's package can be a stub that asks for a snap.
has_chromium() {
    command -v chromium >/dev/null && chromium --version >/dev/null 2>&1
}

has_node() {
    command -v node >/dev/null && node -e 'new DecompressionStream("deflate")' >/dev/null 2>&1
}

# Debian keeps it where only root looks. The tests start one of their own; none is left running.
has_sshd() {
    command -v sshd >/dev/null || [ -x /usr/sbin/sshd ]
}

# The copy is laid beside the packages last of all, so it tells what is there, and all of it.
has_npm_packages() {
    cmp -s "$scripts/package-lock.json" "$scripts/node_modules/installed.json"
}

# Apache's programs alone come without a service; nginx has one, which is kept from starting.
has_servers() (
    PATH=$PATH:/usr/sbin
    command -v nginx >/dev/null && command -v apache2 >/dev/null && command -v openssl >/dev/null &&
        test -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so && test -e /etc/mime.types
)

from_debian() {
    "$here/apt-install.sh" "$@"
}

# Debian's Node.js comes without npm.
from_npm() {
    { command -v npm >/dev/null || from_debian npm; } &&
        (cd "$scripts" && npm ci --ignore-scripts --no-audit --no-fund) &&
        cp "$scripts/package-lock.json" "$scripts/node_modules/installed.json"
}

# Usage: want NAME COMMAND…, which installs it; has_NAME tells whether it is there.
want() {
    name=$1
    shift
    if "has_$name" || { "$@" && "has_$name"; }; then
        return
    fi
    if [ "${CI:-}" = true ]; then
        echo "$name is missing and could not be installed: its tests cannot run." >&2
        exit 1
    fi
    echo "$name is missing: its tests will be skipped."
}

want chromium from_debian chromium
want node from_debian nodejs
want sshd from_debian openssh-server
want npm_packages from_npm
want servers from_debian nginx libnginx-mod-http-brotli-static apache2-bin media-types openssl
