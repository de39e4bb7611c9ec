#!/usr/bin/env bash
# The app beside other trackers, a bare server and pgbench, on the same machine and the same data:
#   PEERS=path/to/the/kit tests/bench/peers.sh 10000
#   PEERS=... tests/bench/peers.sh 1000 100000           also how cost grows
# The kit (its README says what it needs and which variables it takes, INSTALL=1 for the first time among them) brings
# PostgreSQL, the others and the load; this fills a database of ours in its cluster, serves it, and hands over. A search's
# total stops at 1,000 here, so that is the most that is checked.
set -euo pipefail
project="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
kit="$(cd "${PEERS:?PEERS is not set: the folder of the kit}" && pwd)"
cd "$project"
source "$kit/lib/common.sh"
[ $# -ge 1 ] || { sed -n 2,8p "${BASH_SOURCE[0]}"; exit 2; }
for size in "$@"; do need_size "$size"; done
kit_path="$PATH"
export PATH="$(echo "$project"/node_modules/node-*/bin | tr ' ' ':'):$PATH"
export APP_PORT="${APP_PORT:-33105}" APP_OPS="$project/tests/bench/peers.mjs" APP_PID="$STATE/run/kept.pid"
trap 'stop_pidfile "$APP_PID"; pg_stop' EXIT

"$kit/limit/install.sh"
results=()
for size in "$@"; do
  pg_start; pg_env; dataset "$size"
  export APP_DB="kept_$size"
  APP_SECRET="$(node -e 'console.log(require("node:crypto").randomBytes(32).toString("base64url"))')"
  export APP_SECRET
  psql -qd postgres -c "drop database if exists $APP_DB with (force)" -c "create database $APP_DB"
  url="postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$APP_DB"
  DATABASE_URL="$url" node tests/bench/peers-load.ts "$STATE/data/$size"
  DATABASE_URL="$url" PORT="$APP_PORT" KEPT_DATA="$STATE/kept" KEPT_WORKERS=2 node lib/start/run.ts start > "$STATE/log/kept.log" 2>&1 &
  echo $! > "$APP_PID"
  wait_http "http://127.0.0.1:$APP_PORT/api/health" 300 || { cat "$STATE/log/kept.log" >&2; exit 1; }
  PATH="$kit_path" "$kit/run.sh" "$size"
  results+=("$(ls -t "$STATE/results/$size"-*.json | head -1)")
  stop_pidfile "$APP_PID"
done
[ ${#results[@]} -lt 2 ] || node "$kit/lib/table.mjs" "${results[@]}" | sed -n '/^growth/,$p'
