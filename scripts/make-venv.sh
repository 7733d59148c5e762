#!/bin/sh
# Makes the virtual environment FOLDER anew. Debian and Ubuntu ship Python without the part that
# does this (python3-venv), so it is installed where that is allowed.
#
# Usage: make-venv.sh FOLDER
set -eu

here=$(dirname "$0")
folder=$1
python=$("$here/python.sh")

has_venv() {
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1
}

if ! has_venv; then
    # Named by version: python3-venv belongs to the distribution's default Python alone.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "$python cannot make virtual environments: installing $package."
    "$here/apt-install.sh" "$package" || true
    if ! has_venv; then
        echo "Please install $package (as root: apt-get install $package), then run this again." >&2
        exit 1
    fi
fi

"$python" -m venv --clear "$folder"
