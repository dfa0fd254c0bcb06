#!/bin/sh
# Runs once, when the server makes its cluster: the owner of Safelight's database, who is no superuser, and the database.
# It also hides the statistics of the server, which would tell every login when a database is written to.
set -eu

psql --quiet --set ON_ERROR_STOP=1 --username postgres --set owned="$OWNED" --set password="$(cat /run/secrets/owner)" <<'END'
create role safelight_owner login createrole nosuperuser password :'password';
create database :"owned" owner safelight_owner;
END

for database in postgres template1 "$OWNED"; do
  psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname "$database" <<'END'
do $$ declare f regprocedure; begin
  for f in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
      and proname ~ '^(pg_stat_get_db_|pg_stat_get_wal$|pg_stat_get_io$|pg_stat_get_bgwriter|pg_stat_get_checkpointer)'
      and has_function_privilege('public', oid, 'execute')
  loop execute format('revoke execute on function %s from public', f); end loop;
  revoke select on pg_stat_database, pg_stat_wal, pg_stat_io from public;
end $$;
END
done
