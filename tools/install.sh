#!/bin/sh
# Creates the virtual environment where there is none and installs one file of pinned requirements into it.
# usage: [PYTHON=python3.12] [VENV=.venv] sh tools/install.sh requirements.txt
set -eu
venv=${VENV:-.venv}

fail() {
    echo "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        version=$("$PYTHON" --version 2>/dev/null) || fail "PYTHON=$PYTHON cannot be run: name a Python 3.11 or newer, such as PYTHON=python3.12."
        is_new_enough "$PYTHON" || fail "PYTHON=$PYTHON is $version: this project needs Python 3.11 or newer."
        echo "$PYTHON"
        return
    fi
    for candidate in python3.13 python3.12 python3.11 python3 python3.14; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "no python3")
    fail "This project needs Python 3.11 or newer, and there is $found here: install one, or name it with PYTHON=/path/to/python."
}

create_venv() {
    python=$(find_python)
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        fail "Python $version is here without its venv module: install it (on Debian and Ubuntu: apt install python$version-venv) and run this again."
    echo "Creating $venv with Python $version …"
    rm -rf "$venv"
    "$python" -m venv "$venv" || fail "Python $version could not create $venv; its own message is above."
}

is_new_enough "$venv/bin/python" || create_venv
echo "Installing the packages of $1 (a minute or two the first time) …"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --requirement "$1" ||
    fail "Installing the packages of $1 failed; pip's own message is above."
