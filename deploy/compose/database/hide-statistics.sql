-- PostgreSQL shows every login the statistics of all databases, so it could see when the safeguarding database is written to.
-- Run this as superuser in each database. It can be repeated.
do $$ declare f regprocedure; begin
  for f in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
      and proname ~ '^(pg_stat_get_db_|pg_stat_get_wal$|pg_stat_get_io$|pg_stat_get_bgwriter|pg_stat_get_checkpointer)'
      and has_function_privilege('public', oid, 'execute')
  loop execute format('revoke execute on function %s from public', f); end loop;
  revoke select on pg_stat_database, pg_stat_wal, pg_stat_io from public;
end $$;
