#!/bin/sh
# Runs once, when the server makes its cluster: the owner of Safelight's database, who is no superuser, and the database.
set -eu

psql --quiet --set ON_ERROR_STOP=1 --username postgres --set owned="$OWNED" --set password="$(cat /run/secrets/owner)" <<'END'
create role safelight_owner login createrole nosuperuser password :'password';
create database :"owned" owner safelight_owner;
END
# A login for backups: it may copy the whole server, and change nothing.
psql --quiet --set ON_ERROR_STOP=1 --username postgres --set owned="$OWNED" --set password="$(cat /run/secrets/backup)" <<'END'
create role backup_login login replication bypassrls nosuperuser password :'password';
grant pg_read_all_data to backup_login;
grant connect on database :"owned" to backup_login;
END
echo 'host replication backup_login samenet scram-sha-256' >>"$PGDATA/pg_hba.conf"

for database in postgres template1 "$OWNED"; do
  psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname "$database" --file /etc/postgresql/hide-statistics.sql
done
psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname "$OWNED" --file /etc/postgresql/show-replicas.sql
