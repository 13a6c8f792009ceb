#!/bin/sh
# Make this checkout ready: Debian packages, the virtual environment, the tables, the starter pack.
# Each step is skipped when nothing it depends on has changed, so that a second run takes a moment.
#
#   packaging/bootstrap.sh LIST...      LIST: files beside this one that name Debian packages
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# --- Debian packages -------------------------------------------------------------------------------------------------
missing=""
for list in "$@"; do
    for package in $(sed 's/#.*//' "packaging/$list"); do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$status" = installed ] || missing="$missing $package"
    done
done
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1; then
        as_root="sudo"
    else
        say "These Debian packages are missing and you are neither root nor have sudo. Ask an administrator to run: apt-get install$missing"
        exit 1
    fi
    say "Installing Debian packages:$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

# --- Python ----------------------------------------------------------------------------------------------------------
python=/usr/bin/python3.11
[ -x "$python" ] || python=$(command -v python3.11 || true)
if [ -z "$python" ]; then
    say "Python 3.11 is missing. On Debian 12 install it with: apt-get install python3.11"
    exit 1
fi
stamp=.venv/.cunkou-lock
if ! cmp -s requirements.lock "$stamp"; then
    say "Making .venv from requirements.lock"
    rm -rf .venv
    "$python" -m venv .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
    cp requirements.lock "$stamp.new"
    mv "$stamp.new" "$stamp"
fi
if [ ! -x .venv/bin/cunkou ] || ! cmp -s pyproject.toml .venv/.cunkou-pyproject; then
    .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    cp pyproject.toml .venv/.cunkou-pyproject
fi

# --- tables and starter pack -----------------------------------------------------------------------------------------
exec .venv/bin/python packaging/prepare.py
