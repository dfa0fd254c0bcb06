#!/bin/sh
# Runs once, when the server makes its cluster: the owner of Safelight's database, who is no superuser, and the database.
set -eu

psql --quiet --set ON_ERROR_STOP=1 --username postgres --set owned="$OWNED" --set password="$(cat /run/secrets/owner)" <<'END'
create role safelight_owner login createrole nosuperuser password :'password';
create database :"owned" owner safelight_owner;
END

for database in postgres template1 "$OWNED"; do
  psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname "$database" --file /etc/postgresql/hide-statistics.sql
done
psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname "$OWNED" --file /etc/postgresql/show-replicas.sql
