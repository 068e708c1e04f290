#!/usr/bin/env bash
# Everything that must hold before a change is taken: checks, the suite on SQLite, the suite on PostgreSQL with a real Redis and
# a real worker, the journeys in a real browser. Installs what is missing, starts and stops its own servers.
# Ends with one line that names every part; code 0 only if every part ran and passed.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
unset DATABASE_URL CELERY_BROKER_URL DJANGO_SETTINGS_MODULE PYTEST_ADDOPTS
export LC_ALL=C.UTF-8
SECONDS=0 bad=0 summary=()

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v chromium >/dev/null || missing+=(chromium)
office=$(readlink -m "$(command -v soffice || echo /usr/lib/libreoffice/program/soffice)") # papers for Word and Excel are opened with it
[ -e "${office%/*}/libswlo.so" ] || missing+=(libreoffice-writer-nogui)
[ -e "${office%/*}/libsclo.so" ] || missing+=(libreoffice-calc-nogui)
command -v pdffonts >/dev/null && command -v pdftotext >/dev/null || missing+=(poppler-utils)
[ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
need_pango
need_venv requirements-dev.txt
prepared=$SECONDS

servers=test-$$
TMPDIR=$(mktemp -d /tmp/kp-test-XXXXXX)
export TMPDIR
close() {
  tools/servers.sh stop "$servers" || true
  rm -rf --one-file-system "$TMPDIR"
}
trap close EXIT
trap 'exit 130' INT TERM HUP

note() { # note NAME ok|bad TEXT
  summary+=("$1 $3")
  [ "$2" = ok ] || bad=1
}

# suite NAME MARKERS [pytest option...]: one run of pytest. No tests, a skipped test or an expected failure counts as failed.
suite() {
  local name=$1 markers=$2 code=0 log line
  shift 2
  log=$TMPDIR/pytest.log
  echo "--- $name"
  .venv/bin/python -m pytest --no-header -rs -m "$markers" "$@" </dev/null 2>&1 | tee "$log" || code=$?
  line=$(grep -E '^=+ .* in [0-9.]+s' "$log" | tail -n 1 | sed -E 's/^=+ | in [0-9.]+s.*$//g' || true)
  line=$(sed -E 's/, [0-9]+ deselected//' <<<"$line")
  if [ "$code" = 5 ]; then
    note "$name" bad "no test found"
  elif [ "$code" != 0 ] || [[ ! $line =~ ^[0-9]+\ passed$ ]]; then
    note "$name" bad "FAILED (${line:-exit code $code})"
  else
    note "$name" ok "$line"
  fi
}

echo "--- checks"
if bash tools/check.sh; then note checks ok ok; else note checks bad FAILED; fi
suite SQLite "not journey and not postgresql and not worker" -n 2
if exports=$(tools/servers.sh start "$servers"); then
  eval "$exports"
  suite PostgreSQL "not journey and not worker" -n 2
  suite worker worker -p no:xdist # one broker, so one run at a time
  suite journeys journey -p no:xdist
else
  note "PostgreSQL, worker, journeys" bad "NOT RUN (servers did not start)"
fi

line=$(printf ' · %s' "${summary[@]}")
echo "make test: ${line# · } · $((SECONDS / 60)) min $((SECONDS % 60)) s (of which $prepared s set-up)"
exit $bad
