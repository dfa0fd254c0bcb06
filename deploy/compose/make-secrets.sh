#!/usr/bin/env bash
# Makes the secrets of Safelight on one machine, once: passwords and logins, a file for each process, in secrets/ beside this file.
# Run it as root, because each file belongs to the user that reads it in its container. It changes nothing that is already there.
#
#   ./make-secrets.sh               the secrets
#   ./make-secrets.sh trial HOST    the same, and a certificate made by ourselves for HOST, which browsers warn of
set -euo pipefail
cd "$(dirname "$0")"
umask 077

if [ "$(id -u)" -ne 0 ]; then echo 'Run this as root: the files belong to the users of the containers.' >&2 && exit 1; fi
if [ -e secrets/owner.env ]; then echo 'secrets/ is there already: nothing was changed.' >&2 && exit 1; fi
mkdir -p secrets/certificates
random() { openssl rand -hex 24; }

# write NAME USER: standard input into a file that this user alone may read.
write() {
  cat >"secrets/$1"
  chmod 400 "secrets/$1"
  chown "$2:$2" "secrets/$1"
}
# The users of the containers, as compose.yaml says them.
safelight=10001 pooler=10002 postgres=999 proxy=99

roles=(public staff field statistics publisher auditor safeguarding leader)
declare -A password
for role in "${roles[@]}"; do password[$role]=$(random); done
owner=$(random)
safeguarding_owner=$(random)
backup=$(random)

# login ROLE HOST DATABASE: its address
login() { echo "postgres://safelight_$1:${password[$1]}@$2/$3"; }

{
  echo '{'
  for role in "${roles[@]}"; do echo "  \"safelight_$role\": \"${password[$role]}\","; done | sed '$s/,$//'
  echo '}'
} | write server-roles.json $safelight
# Both servers know all logins; each lets in only those that have work there.
for role in "${roles[@]}"; do
  if [ "$role" != leader ]; then echo "\"safelight_$role\" \"${password[$role]}\""; fi
done | write pool-users.txt $pooler

write owner.env $safelight <<END
DATABASE_URL=postgres://safelight_owner:$owner@database:5432/safelight
SAFEGUARDING_DATABASE_URL=postgres://safelight_owner:$safeguarding_owner@safeguarding-database:5432/safelight_safeguarding
END
# The public process reaches the safeguarding database with its own login, which may add a sealed report there and read no table.
write public.env $safelight <<END
DATABASE_URL_PUBLIC=$(login public pgbouncer:6432 safelight)
DATABASE_URL_SAFEGUARDING=$(login public pgbouncer:6432 safelight_safeguarding)
SAFELIGHT_STEP_KEY=$(openssl rand -base64 32)
END
# staff_logins HOST SAFEGUARDING_HOST
staff_logins() {
  for role in staff field statistics publisher auditor; do echo "DATABASE_URL_${role^^}=$(login $role "$1" safelight)"; done
  echo "DATABASE_URL_SAFEGUARDING=$(login safeguarding "$2" safelight_safeguarding)"
}
staff_logins pgbouncer:6432 pgbouncer:6432 | write staff.env $safelight
# The leader holds a lock for as long as its connection lasts, so it goes past the pooler.
{
  staff_logins database:5432 safeguarding-database:5432
  echo "DATABASE_URL_LEADER=$(login leader database:5432 safelight)"
} | write background.env $safelight

write backup.env $safelight <<END
DATABASE_URL_BACKUP=postgres://backup_login:$backup@database:5432/safelight
SAFEGUARDING_DATABASE_URL_BACKUP=postgres://backup_login:$backup@safeguarding-database:5432/safelight_safeguarding
END
echo "$backup" | write backup-password.txt $postgres

random | write superuser.txt $postgres
random | write safeguarding-superuser.txt $postgres
echo "$owner" | write owner.txt $postgres
echo "$safeguarding_owner" | write safeguarding-owner.txt $postgres

if [ "${1:-}" = trial ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$2" -addext "subjectAltName=DNS:$2" \
    -keyout secrets/trial.key -out secrets/trial.crt 2>/dev/null
  cat secrets/trial.crt secrets/trial.key | write certificates/site.pem $proxy
  rm secrets/trial.key secrets/trial.crt
fi
chmod 500 secrets/certificates
chown $proxy:$proxy secrets/certificates
echo 'The secrets are in secrets/. Keep a copy of that folder apart from the backups of the databases.'
