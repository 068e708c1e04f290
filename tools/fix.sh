#!/usr/bin/env bash
# Lays code and templates out as tools/check.sh wants them. Called by `make fix`, which has made .venv ready.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PWD/.venv/bin:$PATH
mapfile -t code < <(git ls-files '*.py' | grep -v /migrations/)
mapfile -t pages < <(find templates -name '*.html' | sort)
django-upgrade --target-version 5.2 "${code[@]}" || true # code 1 says that it changed something
ruff check --fix . || true                               # what it cannot mend, `make check` names
ruff format .
if [ ${#pages[@]} -gt 0 ]; then
  djade --target-version 5.2 "${pages[@]}" || true
  djhtml --tabwidth 2 --extra-block partialdef,endpartialdef "${pages[@]}"
fi
