#!/usr/bin/env bash
# Every check that is not a test. Runs all of them, prints what the failing ones say, ends with code 1 if any failed.
# Called by `make check` and `make test`, which have made .venv ready.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PWD/.venv/bin:$PATH
unset DATABASE_URL CELERY_BROKER_URL
export DJANGO_SETTINGS_MODULE=khoi_party.settings.test
mapfile -t pages < <(find templates -name '*.html' | sort)
failed=0

check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1 </dev/null); then echo "check ok: $name"; else echo "check FAILED: $name"; echo "$output"; failed=1; fi
}
as_in_production() {
  DJANGO_SETTINGS_MODULE=khoi_party.settings.prod SECRET_KEY=$(printf 'only-for-this-check-%.0s' 1 2 3 4) \
    DATABASE_URL=postgres://nobody@localhost/nothing CELERY_BROKER_URL=redis://localhost/0 "$@"
}

check "ruff: mistakes and style" ruff check --output-format concise .
check "ruff: layout" ruff format --check --output-format concise .
check "import-linter: imports go down only" lint-imports
if [ ${#pages[@]} -gt 0 ]; then
  check "djade: template syntax" djade --target-version 5.2 --check "${pages[@]}"
  check "djhtml: template indentation" djhtml --tabwidth 2 --extra-block partialdef,endpartialdef --check "${pages[@]}"
fi
check "migrations: models and migrations agree" python manage.py makemigrations --check --dry-run
check "regulations: docs/regulations says what the rule books say" python tools/regulations.py --check
check "django: system checks" python manage.py check --fail-level WARNING
check "django: production settings" as_in_production python manage.py check --deploy --fail-level WARNING
exit $failed
