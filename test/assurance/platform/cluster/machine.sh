#!/usr/bin/env bash
# One machine of the trial: etcd and Patroni with the files that deploy/cluster/ makes, where Debian's units look for them, and started
# and started again as those units say. Runs in namespaces of its own; when it ends, everything that it started ends.
#
#   machine.sh FOLDER     FOLDER/root/etc: its files; FOLDER/disk: what outlives it; FOLDER/log: what its programs print
set -u
machine=$1
mount --bind "$machine/root/etc/patroni" /etc/patroni
mount --bind "$machine/root/etc/default/etcd" /etc/default/etcd
mount --bind "$machine/disk/etcd" /var/lib/etcd
mount --bind "$machine/disk/postgresql" /var/lib/postgresql
mount -t tmpfs tmpfs /run
install -d -o postgres -g postgres -m 2775 /run/postgresql
cd /
keys=$(getent group ssl-cert | cut -d: -f3)

etcd_unit() (
  set -a
  . /etc/default/etcd
  set +a
  exec setpriv --reuid=etcd --regid=etcd --groups="$keys" /usr/bin/etcd
)
patroni_unit() { HOME=/var/lib/postgresql setpriv --reuid=postgres --regid=postgres --init-groups /usr/bin/patroni /etc/patroni/config.yml; }
unit() {
  while true; do
    "$1" >>"$machine/log" 2>&1 </dev/null
    sleep 0.2
  done
}
unit etcd_unit &
unit patroni_unit &
wait
