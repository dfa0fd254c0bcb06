#!/usr/bin/env bash
# Makes the files of one cluster of three machines: settings, passwords, and certificates of an authority of its own.
# Run it once for each cluster, on a machine that you trust; it changes nothing that is already there.
#
#   ./make-files.sh SCOPE FOLDER CLIENTS PORT NAME=ADDRESS NAME=ADDRESS NAME=ADDRESS
#   ./make-files.sh main /root/main-cluster 10.0.0.0/24 5433 db1=10.0.0.11 db2=10.0.0.12 db3=10.0.0.13
#
# SCOPE: the name of the cluster. CLIENTS: the network of the machines that run Safelight. PORT: where HAProxy listens on those.
# FOLDER then has a folder for each machine, "application" for those that run Safelight, and "authority", which makes certificates:
# keep that one apart, because whoever has its key can pretend to be any machine of the cluster.
set -euo pipefail
from=$(cd "$(dirname "$0")" && pwd)
umask 077

usage() { sed -n '5,6s/^# *//p' "$0" >&2 && exit 2; }
[ $# -eq 7 ] || usage
scope=$1 folder=$2 clients=$3 port=$4
shift 4
[[ $scope =~ ^[a-z][a-z0-9-]*$ ]] || usage
[[ $clients =~ ^[0-9.]+/[0-9]+$ && $port =~ ^[0-9]+$ ]] || usage
names=() addresses=()
for machine in "$@"; do
  [[ $machine =~ ^([a-z][a-z0-9-]*)=([0-9.]+)$ ]] || usage
  names+=("${BASH_REMATCH[1]}") addresses+=("${BASH_REMATCH[2]}")
done
if [ -e "$folder" ]; then echo "$folder is there already: nothing was changed." >&2 && exit 1; fi

mkdir -p "$folder/authority" "$folder/application"
random() { openssl rand -hex 24; }
replication=$(random) rewind=$(random)

# Ten years: renewing the authority means new certificates on every machine.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=Safelight $scope cluster" \
  -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
  -keyout "$folder/authority/ca.key" -out "$folder/authority/ca.crt" 2>/dev/null

# fill TEMPLATE NAME ADDRESS: its text with everything filled in.
fill() {
  sed -e "s|@SCOPE@|$scope|g; s|@NAME@|$2|g; s|@ADDRESS@|$3|g; s|@CLIENTS@|$clients|g; s|@PORT@|$port|g" \
    -e "s|@NAME1@|${names[0]}|g; s|@NAME2@|${names[1]}|g; s|@NAME3@|${names[2]}|g" \
    -e "s|@ADDRESS1@|${addresses[0]}|g; s|@ADDRESS2@|${addresses[1]}|g; s|@ADDRESS3@|${addresses[2]}|g" \
    -e "s|@REPLICATION_PASSWORD@|$replication|g; s|@REWIND_PASSWORD@|$rewind|g" "$from/$1" |
    awk '/^#/ && /make-files|between @/ { next } { print }'
}

# Two years. It names localhost too: Safelight reaches every machine by the HAProxy of its own.
certify() {
  local into=$folder/$1/tls
  mkdir "$into"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$into/machine.key" \
    -out "$into/request" 2>/dev/null
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:%s,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:FALSE\n' \
    "$1" "$2" >"$into/extensions"
  openssl x509 -req -in "$into/request" -days 730 -CA "$folder/authority/ca.crt" -CAkey "$folder/authority/ca.key" \
    -extfile "$into/extensions" -out "$into/machine.crt" 2>/dev/null
  rm "$into/request" "$into/extensions"
  cp "$folder/authority/ca.crt" "$into/ca.crt"
}

for at in 0 1 2; do
  mkdir "$folder/${names[$at]}"
  certify "${names[$at]}" "${addresses[$at]}"
  fill patroni.yml "${names[$at]}" "${addresses[$at]}" >"$folder/${names[$at]}/config.yml"
  fill etcd.env "${names[$at]}" "${addresses[$at]}" >"$folder/${names[$at]}/etcd"
  install -m 755 "$from/install-machine.sh" "$folder/${names[$at]}/install.sh"
done
fill haproxy.cfg - - >"$folder/application/haproxy.cfg"
cp "$folder/authority/ca.crt" "$folder/application/$scope-ca.crt"
echo "The files are in $folder. Copy the folder of each machine to that machine, and run install.sh in it as root."
