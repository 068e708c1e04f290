#!/usr/bin/env bash
# Throw-away PostgreSQL and Redis for tests, on sockets of their own: no port, no password, nothing kept on disk.
#   eval "$(tools/servers.sh start)"    starts them, or finds them running, and exports DATABASE_URL and CELERY_BROKER_URL
#   tools/servers.sh stop               stops them and removes all they wrote
# A name after the verb (tools/servers.sh start mine) keeps two people's servers on one machine apart.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
verb=${1:-} name=${2:-default}
record=var/servers/$name

find_postgresql() { # the newest version's folder of programs, in $bin
  bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  [ -n "$bin" ] && [ -x "$bin/initdb" ]
}
as_owner() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then (cd / && exec runuser -u postgres -- "$@"); else "$@"; fi
}
alive() { [ -n "$home" ] && [ -S "$home/.s.PGSQL.5432" ] && [ -S "$home/redis.sock" ] && as_owner "$bin/pg_ctl" -s -D "$home/data" status >/dev/null 2>&1; }

start() {
  local missing=()
  find_postgresql || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ ${#missing[@]} = 0 ] || need_packages "${missing[@]}"
  find_postgresql || fail "Không tìm thấy PostgreSQL sau khi cài."
  if alive; then return; fi
  remove
  home=$(mktemp -d /tmp/kp-servers-XXXXXX)
  mkdir -p "$(dirname "$record")"
  echo "$home" >"$record"
  chmod 755 "$home"
  [ "$(id -u)" != 0 ] || chown postgres "$home"
  as_owner "$bin/initdb" -D "$home/data" -U khoi_party --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >"$home/initdb.log" 2>&1 ||
    { cat "$home/initdb.log" >&2; fail "initdb không chạy được."; }
  as_owner "$bin/pg_ctl" -s -w -D "$home/data" -l "$home/postgresql.log" start -o "-k $home -c listen_addresses='' -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=64MB -c client_min_messages=warning" ||
    { cat "$home/postgresql.log" >&2; fail "PostgreSQL không khởi động được."; }
  "$bin/createdb" -h "$home" -U khoi_party khoi_party
  redis-server --port 0 --unixsocket "$home/redis.sock" --save '' --appendonly no --daemonize yes --dir "$home" \
    --pidfile "$home/redis.pid" --logfile "$home/redis.log" >/dev/null
  for _ in $(seq 50); do [ -S "$home/redis.sock" ] && return; sleep 0.1; done
  cat "$home/redis.log" >&2
  fail "Redis không khởi động được."
}

remove() { # what a previous start left, running or not
  [ -n "$home" ] && [ -d "$home" ] || return 0
  if [ -d "$home/data" ] && find_postgresql; then as_owner "$bin/pg_ctl" -s -m immediate -D "$home/data" stop >/dev/null 2>&1 || true; fi
  if [ -s "$home/redis.pid" ]; then kill "$(cat "$home/redis.pid")" 2>/dev/null || true; fi
  rm -rf --one-file-system "$home" "$record"
}

bin='' home=$(cat "$record" 2>/dev/null || true)
case $home in /tmp/kp-servers-*) ;; *) home='' ;; esac
case $verb in
  start) start; echo "export DATABASE_URL=postgres://khoi_party@/$home/khoi_party CELERY_BROKER_URL=redis+socket://$home/redis.sock" ;;
  stop) remove ;;
  *) fail "tools/servers.sh start|stop [NAME]" ;;
esac
