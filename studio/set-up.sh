#!/bin/sh
# Makes what Backgear needs and only what is missing: system packages, .venv, the pinned packages, the project itself.
#   sh studio/set-up.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."

NEEDED="Python 3.11 to 3.13 with its headers, a C compiler, pkg-config, and the headers of cairo and pango"
DEBIAN="python3 python3-venv python3-dev build-essential pkg-config libcairo2-dev libpango1.0-dev"

stop() {
    printf 'Backgear: %s\n' "$1" >&2
    exit 2
}

# The first Python of the right age, by preference the one that the machine itself calls python3.
python_found() {
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# pycairo and manimpango come as sources on Linux: without a compiler and these headers pip cannot build them.
complete() {
    python=$(python_found) || return 1
    "$python" -c 'import ensurepip, venv' 2>/dev/null || return 1
    "$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' || return 1
    command -v cc >/dev/null && command -v pkg-config >/dev/null && pkg-config --exists cairo pangocairo
}

install_system_packages() {
    case $(uname -s) in
    Darwin) stop "please run: brew install python@3.13 pkgconf cairo pango    and then this again" ;;
    esac
    command -v apt-get >/dev/null || stop "please install $NEEDED, and then run this again"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "please ask an administrator to run: apt-get install $DEBIAN"
        as_root=sudo
    fi
    echo "Backgear: installing system packages: $DEBIAN"
    # shellcheck disable=SC2086 # a list of words
    $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $DEBIAN >/dev/null || stop "apt-get could not install them"
}

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    complete || install_system_packages
    complete || stop "this machine still lacks one of: $NEEDED"
    echo "Backgear: making .venv with $(python_found)"
    "$(python_found)" -m venv --clear .venv
fi

echo "Backgear: installing the pinned packages of $1 (a minute the first time)"
unset PIP_REQUIRE_HASHES # for the two packages that are built, their build tools have no hashes here; the flag is enough
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
