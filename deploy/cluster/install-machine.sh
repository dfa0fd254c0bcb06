#!/usr/bin/env bash
# Puts the files of this folder where Debian's units look for them, each readable by who needs it. As root, in the folder of this machine.
# ROOT: another root of the file system, for trying.
set -euo pipefail
cd "$(dirname "$0")"
root=${ROOT:-}
install -d -m 755 "$root/etc/patroni" "$root/etc/patroni/tls" "$root/etc/default"
install -m 640 -o root -g postgres config.yml "$root/etc/patroni/config.yml"
install -m 644 etcd "$root/etc/default/etcd"
install -m 644 tls/ca.crt tls/machine.crt "$root/etc/patroni/tls/"
# PostgreSQL, Patroni and etcd share the key by Debian's group for keys, which postgres is in already.
install -m 640 -o root -g ssl-cert tls/machine.key "$root/etc/patroni/tls/machine.key"
if [ -z "$root" ]; then usermod --append --groups ssl-cert etcd; fi
