# Pieces of the set-up, sourced by the Makefile and the scripts beside this file. Messages to the person at the keyboard
# are in Vietnamese; every piece does nothing when its work is already done, so that a second start is fast.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
PYTHON_LIBRARIES=(libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0)
PANGO_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

say() { echo "$*" >&2; }
fail() { say "$*"; exit 1; }

# need_packages PACKAGE...: installs them when we may, else stops with the line to type. Servers that come with them are
# not started: a policy file, taken away afterwards, tells the package scripts so.
need_packages() {
  local line="apt-get install -y --no-install-recommends $*" as_root=()
  command -v apt-get >/dev/null || fail "Thiếu gói: $*. Máy này không có apt-get; hãy cài bằng công cụ của hệ điều hành rồi chạy lại."
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || fail "Còn thiếu gói của hệ điều hành. Hãy gõ dòng sau rồi chạy lại: sudo $line"
    as_root=(sudo -n)
  fi
  say "Cài gói của hệ điều hành: $*"
  # shellcheck disable=SC2086
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LINE="$line" sh -euc '
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then printf "#!/bin/sh\nexit 101\n" > "$policy"; chmod 755 "$policy"; trap "rm -f $policy" EXIT; fi
    log=$(mktemp)
    if ! { apt-get update -qq && $LINE -qq; } >"$log" 2>&1; then tail -n 15 "$log" >&2; rm -f "$log"; exit 1; fi
    rm -f "$log"' </dev/null || fail "Không cài được. Hãy gõ dòng sau để xem lỗi: sudo $line"
}

# The first Python 3.11 or later among the usual names, in $PYTHON.
need_python() {
  local name
  for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then PYTHON=$name; return; fi
  done
  fail "Cần Python 3.11 trở lên (máy này: $(python3 --version 2>&1 || true)). Hãy cài rồi chạy lại, hoặc gõ: make PYTHON=/đường/dẫn/python3.11 …"
}

# The environment .venv with exactly the versions of one requirements file (default: what the application needs).
need_venv() {
  local wanted=${1:-requirements.txt} version stamp
  need_python
  version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  if ! .venv/bin/python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != sys.argv[1])' "$version" 2>/dev/null; then
    "$PYTHON" -c 'import ensurepip' 2>/dev/null || need_packages python3-venv
    say "Tạo môi trường Python .venv"
    "$PYTHON" -m venv --clear .venv
  fi
  stamp=.venv/$wanted.sha256
  if [ -e "$stamp" ] && sha256sum --status -c "$stamp" 2>/dev/null; then return; fi
  say "Cài thư viện Python theo $wanted (lần đầu mất vài phút)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$wanted" ||
    fail "Không cài được thư viện Python. Hãy kiểm tra mạng rồi chạy lại."
  sha256sum "$wanted" >"$stamp"
}

# The libraries that WeasyPrint loads to write PDF.
need_pango() {
  need_python
  "$PYTHON" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "${PYTHON_LIBRARIES[@]}" 2>/dev/null ||
    need_packages "${PANGO_PACKAGES[@]}"
}

# Everything the demo needs: libraries, an SQLite file at the latest schema, static files, the demo data once.
# Data that are there already stay as they are.
set_up() {
  unset DATABASE_URL CELERY_BROKER_URL DJANGO_SETTINGS_MODULE
  need_pango
  need_venv
  mkdir -p var
  .venv/bin/python manage.py migrate --no-input --verbosity 0
  if [ ! -e var/static/staticfiles.json ] || [ -n "$(find static requirements.txt -newer var/static/staticfiles.json -print -quit)" ]; then
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0
  fi
  if [ ! -e var/demo_accounts.txt ]; then
    say "Nạp dữ liệu minh họa (khoảng một phút)"
    .venv/bin/python manage.py load_demo
  fi
}
