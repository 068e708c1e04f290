#!/usr/bin/env bash
# Compiles requirements*.in into requirements*.txt for every Python from 3.11 on; UPGRADE=1 takes the newest versions.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PWD/.venv/bin:$PATH
command -v uv >/dev/null || { echo "Cần uv. Hãy gõ: .venv/bin/python -m pip install uv" >&2; exit 1; }
for name in requirements requirements-dev; do
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --custom-compile-command 'make lock' ${UPGRADE:+--upgrade} "$name.in" --output-file "$name.txt" >/dev/null
done
