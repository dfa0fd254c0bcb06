-- Lets Safelight see how far the replicas of this server are behind: their state and their delay, and none of its other statistics.
-- Run this as superuser in each database. It can be repeated.
create schema if not exists safelight_server;
create or replace function safelight_server.replicas() returns table (state text, lag_seconds double precision)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    -- A replica reports at least every ten seconds. One that is silent for longer is behind by its silence.
    select r.state, greatest(extract(epoch from r.replay_lag),
        case when clock_timestamp() - r.reply_time > make_interval(secs => 15)
          then extract(epoch from clock_timestamp() - r.reply_time) end)::double precision
      from pg_stat_replication r where r.state <> 'backup' and r.application_name <> 'safelight backup'
  $$;
grant usage on schema safelight_server to public;
grant execute on function safelight_server.replicas() to public;
