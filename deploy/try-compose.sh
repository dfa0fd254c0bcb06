# Sourced by try.sh: starts Compose's parts with the image itself, and has the main job walked through HAProxy while processes die.
# The services of Safelight start as compose.yaml says, and HAProxy, PgBouncer and the databases with the files that Compose gives
# them. It differs from Compose in this:
# - One network namespace with a loopback alone, and an address for each part, in place of seven networks: bridges need a packet
#   filter, which many build machines lack. Names are in /etc/hosts, so HAProxy needs no resolver.
# - PostgreSQL, PgBouncer and HAProxy are Debian's programs in place of their images.
# - Two public and two staff processes, so that one can be killed. They listen on one network, so not all on port 3000 of all addresses.
# - The clock of the processes can be moved, because the job takes three weeks.

site=https://safelight.example:8443
within() { nsenter --net="$work/net" "$@"; }

# Mounts of our own: only try.sh and what it starts see these names.
make_network() {
  touch "$work/net" && unshare --net="$work/net" true && within ip link set lo up || return
  cat >"$work/hosts" <<END
127.0.0.1 localhost safelight.example
127.0.1.1 public1
127.0.1.2 public2
127.0.2.1 staff1
127.0.2.2 staff2
127.0.3.1 background
127.0.4.1 pgbouncer
127.0.5.1 database
127.0.5.2 safeguarding-database
END
  mount --bind "$work/hosts" /etc/hosts
}

# part NAME <command...>: runs it beside us in mounts of its own, with an empty /run for its secrets. try.sh ends it.
part() {
  local name=$1
  shift
  nsenter --net="$work/net" unshare --mount --propagation private bash -c 'mount -t tmpfs none /run && mkdir /run/secrets && "$@"' _ "$@" \
    >"$work/$name.log" 2>&1 </dev/null &
  parts+=("$!")
}

# secret NAME FILE USER: as Compose mounts it into one container.
secret() { install -o "$3" -m 400 "$compose/secrets/$2" "/run/secrets/$1"; }

# As the entry script of PostgreSQL's image does it: a new cluster, the script of the owner, then the server, with Compose's command.
# Durability is left out: nothing here outlives the try.
database() {
  local name=$1 prefix=$2 as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  export PGDATA=$work/$name OWNED=$3
  secret superuser "${prefix}superuser.txt" postgres && secret owner "${prefix}owner.txt" postgres &&
    secret backup backup-password.txt postgres || return
  install -d -o postgres -m 755 /run/postgresql
  install -d -o postgres -m 700 "$PGDATA"
  cd "$compose/database" || return
  "${as[@]}" "$programs/initdb" -U postgres --pwfile=/run/secrets/superuser --auth-host=scram-sha-256 --auth-local=trust --no-sync \
    --data-checksums --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 || return
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  "${as[@]}" "$programs/pg_ctl" -w start -o '-c listen_addresses= -c fsync=off' || return
  "${as[@]}" bash -c 'sed "s#/etc/postgresql/#$0/#" make-owner.sh | sh' "$compose/database" || return
  "${as[@]}" "$programs/pg_ctl" -w stop || return
  mapfile -t command < <(node -e 'for (const one of JSON.parse(require("fs").readFileSync(process.argv[1])).services[process.argv[2]].command.slice(1)) console.log(one)' \
    "$work/compose.json" "$name")
  exec "${as[@]}" "$programs/postgres" "${command[@]}" -c "listen_addresses=$name" -c fsync=off
}

pooler() {
  secret pool-users pool-users.txt 10002
  exec setpriv --reuid=10002 --regid=10002 --clear-groups /usr/sbin/pgbouncer "$compose/pgbouncer/pgbouncer.ini"
}

# Two servers of each site in place of one, and no resolver. Everything else is the file that is shipped.
proxy() {
  mkdir -p /run/certificates && mount --bind "$compose/secrets/certificates" /run/certificates
  sed -e 's#/etc/haproxy/certificates/#/run/certificates/#' -e 's# resolvers containers##' \
    -e 's#^  server \(public\|staff\)1 \(public\|staff\):3000#  server \11 \21:3000\n  server \12 \22:3000#' \
    "$compose/haproxy.cfg" >/run/haproxy.cfg
  [ "$(grep -c '^  server .*[12]:3000' /run/haproxy.cfg)" = 4 ] || return
  exec setpriv --reuid=99 --regid=99 --clear-groups haproxy -db -f /run/haproxy.cfg
}
export -f database pooler proxy secret

# listens HOST PORT: until it does, at most a minute.
listens() {
  for _ in $(seq 600); do
    if within bash -c "exec 3<>/dev/tcp/$1/$2" 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  return 1
}

start_stores() {
  export compose programs work
  make_network || return
  mkdir -p "$compose/backups" "$work/clock"
  echo "$((($(date -d '2026-09-07 08:00 UTC' +%s) - $(date +%s)) * 1000))" >"$work/clock/ahead"
  cp test/assurance/platform/image/clock-of-file.mjs "$work/clock/"
  sed -i -e 's#^SAFELIGHT_IMAGE=.*#SAFELIGHT_IMAGE=localhost/safelight-try:first#' -e "s#^SAFELIGHT_ORIGIN=.*#SAFELIGHT_ORIGIN=$site#" \
    -e 's#^BACKUPS=.*#BACKUPS=./backups#' "$compose/.env"
  (cd "$compose" && docker-compose --profile '*' config --format json) >"$work/compose.json" || return
  part database database database '' safelight
  part safeguarding-database database safeguarding-database safeguarding- safelight_safeguarding
  part pgbouncer pooler
  listens database 5432 && listens safeguarding-database 5432 && listens pgbouncer 6432
}

# service NAME ARGUMENTS...: podman run of a service of the Compose file with more arguments. `command` replaces its own command.
service() {
  local name=$1 arguments
  shift
  mapfile -t arguments < <("$node" test/assurance/platform/image/service-arguments.ts "$name" "${command[@]}" <"$work/compose.json")
  [ "${#arguments[@]}" -gt 0 ] && within podman run --cgroups=disabled --network=host --volume "$work/clock:/clock:ro" \
    --env NODE_OPTIONS=--import=/clock/clock-of-file.mjs "$@" "${arguments[@]}"
}
manage() {
  local command=("$@")
  service manage --rm
}

superuser() { echo "postgres://postgres:$(cat "$compose/secrets/$1superuser.txt")@$1database:5432/$2"; }

# The lines of docs/operations/install.md. Then the public site is open without the approvals of two people: nobody walks those here.
prepare_stores() {
  manage migrate && printf "SAFELIGHT_INTAKE_KEYS='%s'\n" "$(manage intake keys)" >>"$compose/secrets/public.env" &&
    within "$programs/psql" --quiet "$(superuser '' safelight)" \
      --command 'insert into public_site_open_before_settings (noted_at) values (now())'
}

processes=(public1 public2 staff1 staff2 background)
start_processes() {
  local name command=()
  for name in "${processes[@]}"; do service "${name%[12]}" --detach --name "$name" --env "HOST=$name" || return; done
  part proxy proxy
  for name in "${processes[@]}"; do listens "$name" 3000 || return; done
  listens safelight.example 8443
}

# walk [--short]. Reports are sent by Node, which must know the certificate of this run.
walk() {
  openssl x509 -in "$compose/secrets/certificates/site.pem" -out "$work/certificate.pem" || return
  within env NODE_EXTRA_CA_CERTS="$work/certificate.pem" timeout 400 "$node" test/assurance/platform/image/walk-main-job.ts "$(
    printf '{"base":"%s","main":"%s","safeguarding":"%s","clock":"%s","keys":"%s"}' "$site" "$(superuser '' safelight)" \
      "$(superuser safeguarding- safelight_safeguarding)" "$work/clock/ahead" "$(podman volume inspect --format '{{.Mountpoint}}' keys)/keys.json"
  )" "$@"
}

# Each killed process was started again, as `restart: unless-stopped` says.
all_run() {
  local name
  for name in "${processes[@]}"; do listens "$name" 3000 || return; done
  [ "$(podman ps --format '{{.Restarts}}' | sort | xargs)" = '0 0 1 1 1' ]
}

# or_logs <command...>: after a failure, the last words of everything that runs.
or_logs() {
  local name
  "$@" && return
  for name in $(podman ps --all --format '{{.Names}}'); do echo "-- $name" && podman logs --tail 6 "$name" 2>&1; done
  for name in database safeguarding-database pgbouncer proxy; do echo "-- $name" && tail -n 6 "$work/$name.log"; done
  return 1
}

end_parts() {
  [ "${#parts[@]}" -gt 0 ] || return 0
  kill -QUIT "${parts[@]}" 2>/dev/null && sleep 1
  kill -KILL "${parts[@]}" 2>/dev/null
  wait "${parts[@]}" 2>/dev/null
}

# try_compose [--short]: after the image is built and the secrets are made.
try_compose() {
  local last_lines=250
  check 'two PostgreSQL servers and PgBouncer start with Compose’s files and secrets' or_logs start_stores
  check 'the databases are migrated as the guide says' or_logs prepare_stores
  check 'two public, two staff and a background process start as Compose says, behind its HAProxy' or_logs start_processes
  check 'the main job goes through HAProxy while processes of both sites are killed, each record kept once' or_logs walk "$@"
  grep '^  [0-9]* pages' "$work/said"
  check 'what was killed runs again' or_logs all_run
  check 'the log of both databases is what was sealed' manage audit verify
  podman rm --all --force --time 1 >/dev/null 2>&1
  end_parts
  parts=()
}
