#!/bin/sh
# Pins every package for Python 3.11 to 3.13 on every system, with the hashes of all its files, and says nowhere whence.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "make lock: please install uv first" >&2; exit 2; }

pin() {
    uv --no-config --quiet pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --upgrade \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@" >/dev/null
}

pin --group build --output-file requirements.txt
pin --group build --group dev --constraint requirements.txt --output-file requirements-dev.txt
