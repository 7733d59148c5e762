#!/bin/sh
# Installs Debian packages as root, or with a sudo that asks for no password: nobody may be there
# to type one. Fails, and says why, where neither is to be had.
#
# Usage: apt-install.sh PACKAGE…
set -eu

if ! command -v apt-get >/dev/null; then
    echo "There is no apt-get here to install $* with." >&2
    exit 1
elif [ "$(id -u)" -eq 0 ]; then
    as_root="env"
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
else
    echo "Installing $* needs root, or sudo without a password." >&2
    exit 1
fi

# The lists of a fresh machine are empty or old. Another apt may be running: wait for it.
apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
$apt update
$apt install --yes --no-install-recommends "$@"
