#!/usr/bin/env bash
# Makes every Secret that the chart names by default, once, into one file for kubectl: passwords, logins, keys. It changes nothing that is there.
#
#   deploy/helm/make-secrets.sh FILE HOST [RELEASE]
#
#   FILE     is written, readable by you alone. Keep it where you keep keys, apart from the backups, and nowhere else
#   HOST     the name of the site, like safelight.example: the name of its log begins with it, for ever
#   RELEASE  the name that you install the chart under: safelight unless given
set -euo pipefail
umask 077
if [ $# -lt 2 ]; then sed -nE '2,/^set/s/^# ?//p' "$0" >&2 && exit 2; fi
file=$1 host=$2 release=${3:-safelight}
if [ -e "$file" ]; then echo "$file is there already: nothing was changed." >&2 && exit 1; fi
random() { openssl rand -hex 24; }

roles=(public staff field statistics publisher auditor safeguarding leader)
declare -A password
for role in "${roles[@]}"; do password[$role]=$(random); done
owner=$(random)
safeguarding_owner=$(random)
backup=$(random)
safeguarding_backup=$(random)

# Past the pooler, and through it. The certificate is checked against the authority of that cluster.
direct() { echo "$release-$1-rw"; }
pooled() { echo "$release-$1-pooler"; }
declare -A database=([main]=safelight [safeguarding]=safelight_safeguarding)
# address LOGIN PASSWORD HOST STORE
address() { echo "postgres://$1:$2@$3:5432/${database[$4]}?sslmode=verify-full&sslrootcert=/etc/safelight/authorities/$4.crt"; }
# login ROLE HOST STORE
login() { address "safelight_$1" "${password[$1]}" "$2" "$3"; }

# secret NAME TYPE KEY: standard input as one file of a Secret
secret() {
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: safelight-%s\ntype: %s\nstringData:\n' "$1" "$2"
  if [ $# -gt 2 ]; then printf '  %s: |\n' "$3" && sed 's/^/    /'; else sed 's/^/  /'; fi
}
# basic NAME LOGIN PASSWORD: as CloudNativePG reads it
basic() { printf 'username: %s\npassword: "%s"\n' "$2" "$3" | secret "$1" kubernetes.io/basic-auth; }
# staff_logins WAY
staff_logins() {
  for role in staff field statistics publisher auditor; do echo "DATABASE_URL_${role^^}=$(login $role "$("$1" main)" main)"; done
  echo "DATABASE_URL_SAFEGUARDING=$(login safeguarding "$("$1" safeguarding)" safeguarding)"
}
log_key() { openssl genpkey -algorithm ed25519 -outform DER | openssl base64 -A; }

{
  secret owner Opaque env <<END
DATABASE_URL=$(address safelight_owner "$owner" "$(direct main)" main)
SAFEGUARDING_DATABASE_URL=$(address safelight_owner "$safeguarding_owner" "$(direct safeguarding)" safeguarding)
END
  # The public process reaches the safeguarding database with its own login, which may add a sealed report there and read no table.
  secret public Opaque env <<END
DATABASE_URL_PUBLIC=$(login public "$(pooled main)" main)
DATABASE_URL_SAFEGUARDING=$(login public "$(pooled safeguarding)" safeguarding)
SAFELIGHT_STEP_KEY=$(openssl rand -base64 32)
END
  staff_logins pooled | secret staff Opaque env
  # The leader holds a lock for as long as its connection lasts, so it goes past the pooler.
  {
    staff_logins direct
    echo "DATABASE_URL_LEADER=$(login leader "$(direct main)" main)"
  } | secret background Opaque env
  secret backup Opaque env <<END
DATABASE_URL_BACKUP=$(address backup_login "$backup" "$(direct main)" main)
SAFEGUARDING_DATABASE_URL_BACKUP=$(address backup_login "$safeguarding_backup" "$(direct safeguarding)" safeguarding)
END
  {
    echo '{'
    for role in "${roles[@]}"; do echo "  \"safelight_$role\": \"${password[$role]}\","; done | sed '$s/,$//'
    echo '}'
  } | secret roles Opaque server-roles.json
  printf '{"current":"k1","keys":{"k1":"%s"}}\n' "$(openssl rand -base64 32)" | secret keys Opaque keys.json
  log=$host/$(openssl rand -hex 4)
  printf '{"main":{"origin":"%s","current":"k1","keys":{"k1":"%s"}},"safeguarding":{"origin":"%s","current":"k1","keys":{"k1":"%s"}}}\n' \
    "$log/main" "$(log_key)" "$log/safeguarding" "$(log_key)" | secret log-keys Opaque log-keys.json
  basic main-owner safelight_owner "$owner"
  basic safeguarding-owner safelight_owner "$safeguarding_owner"
  basic main-backup backup_login "$backup"
  basic safeguarding-backup backup_login "$safeguarding_backup"
} >"$file"
echo "The Secrets are in $file: kubectl apply --namespace NAMESPACE --filename $file"
