#!/bin/sh
# Prints the command of a Python that is new enough: the newest that the locks are tested with,
# else whatever python3 is. Each is run, since a name on the PATH may be a stub that fails.
set -eu

for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        echo "$name"
        exit 0
    fi
done

cat >&2 <<'MESSAGE'
No Python 3.11 or newer was found (tried python3.13, python3.12, python3.11 and python3).
Debian 12, Ubuntu 24.04 and later have one:  apt-get install python3 python3-venv
MESSAGE
exit 1
