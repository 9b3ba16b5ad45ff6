#!/bin/sh
# Sets up a virtual environment beside this checkout, installs into it, and opens the sample evening.
#
#   sh matchmaker/demo.sh                      on this machine
#   sh matchmaker/demo.sh --host 0.0.0.0       for phones in the same network too
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

if ! is_new_enough .venv/bin/python; then
    python=$(find_python) || {
        say "This needs Python 3.11 or newer; here is $(python3 --version 2>&1 || echo none)."
        exit 2
    }
    if ! "$python" -m venv --clear .venv >/dev/null; then
        say "$python could not make a virtual environment (on Debian: apt-get install python3-venv)."
        exit 2
    fi
fi

# What is installed is remembered by its files, so that a second start takes no second install.
wanted=$(find pyproject.toml matchmaker templates data -type f ! -name '*.pyc' -exec cksum {} + |
    sort | cksum)
if [ "$(cat .venv/demo-of 2>/dev/null || true)" != "$wanted" ]; then
    say "Installing into .venv; the first time takes a minute or two."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check . </dev/null || {
        say "The installation failed; the lines above say why. A network is needed for it."
        exit 2
    }
    printf '%s\n' "$wanted" >.venv/demo-of
fi
exec .venv/bin/matchmaker demo "$@"
