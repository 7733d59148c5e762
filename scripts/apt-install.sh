#!/bin/sh
# Installs Debian packages as root, or with a sudo that asks for no password: nobody may be there
# to type one. Fails, and says why, where neither is to be had.
#
# Services that come with these packages are not started, now or when the machine starts: they are
# tools for tests. One that was there before is left alone.
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

# Debian asks this program whether it may start a service (policy-rc.d(8)); where somebody has one
# already, that one decides.
policy=/usr/sbin/policy-rc.d
if ! [ -e $policy ]; then
    trap '$as_root rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
    $as_root chmod 755 $policy
fi

unit_of() {
    echo "/lib/systemd/system/$1.service"
}

added=
for package in "$@"; do
    [ -e "$(unit_of "$package")" ] || added="$added $package"
done

# The lists of a fresh machine are empty or old. Another apt may be running: wait for it.
apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
$apt update
$apt install --yes --no-install-recommends "$@"

for package in $added; do
    if command -v systemctl >/dev/null && [ -e "$(unit_of "$package")" ]; then
        $as_root systemctl disable --quiet "$package" || true
    fi
done
