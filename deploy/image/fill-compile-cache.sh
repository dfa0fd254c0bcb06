#!/bin/sh
# Runs while the image is built: starts the public site and the staff site once and stops them, so that Node keeps what it
# compiled in /app/.compiled. No database answers, and none is needed for that.
set -eu
export GLIBC_TUNABLES=glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=131072
export HOST=127.0.0.1 PORT=0 SAFELIGHT_MODE=live SAFELIGHT_LOG=silent TMPDIR=/tmp HOME=/tmp
none=postgres://nobody:nothing@127.0.0.1:9/none

# What V8 compiles depends on the seed of its hashes, which is drawn by chance at each start. Here it is fixed, so that two builds
# are the same. The flag is taken back before anything is kept, because V8 reads only what was compiled under the same flags.
# An image that is running draws its seed by chance.
echo "require('node:v8').setFlagsFromString('--hash-seed=0');" >/tmp/hash-seed.cjs
run() { exec node --hash-seed=1 --require /tmp/hash-seed.cjs "$@"; }

# start <settings...>: waits until the site is open, at most a minute, and ends it.
start() {
  said=$(mktemp)
  data=$(mktemp -d)
  (export SAFELIGHT_DATA="$data" "$@" && run /app/main.js) >"$said" 2>&1 &
  server=$!
  for _ in $(seq 600); do
    if grep -q '^Safelight is open' "$said"; then break; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  if ! grep -q '^Safelight is open' "$said"; then
    cat "$said" >&2
    kill "$server" 2>/dev/null || true
    exit 1
  fi
  kill -TERM "$server"
  wait "$server"
}

start SAFELIGHT_DOOR=public DATABASE_URL_PUBLIC="$none"
start SAFELIGHT_DOOR=staff DATABASE_URL_STAFF="$none"
(run /app/cli.js --help) >/dev/null
