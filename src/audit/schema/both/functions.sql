-- The log as a tree of digests: the functions in both databases.

create or replace function refuse_log_change() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_user = 'safelight_relations' and tg_table_name in ('access_log', 'log_leaves') then
    return new;
  end if;
  raise exception 'the log is only added to' using errcode = 'check_violation';
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Destroys the rows that an erasure names, and their openings, once the erasure itself is sealed: then nobody can
-- do so unseen. Erasures stay.
create or replace function ctx.destroy_erased(erasure_xid xid8, erasure_id bigint) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named bigint[];
  destroyed bigint;
begin
  select array_agg(n.field::bigint) filter (where n.field::bigint < l.index) into named
    from access_log a
    join log_leaves l on l.xid = a.xid and l.id = a.id and l.opening is not null
    cross join lateral (select f as field from unnest(a.fields) f where f ~ '^[0-9]{1,17}$') n
   where a.xid = erasure_xid and a.id = erasure_id and a.kind = 'erasure' and a.event = 'log.erased';
  if named is null then
    raise exception 'only a sealed erasure that names them lets rows of the log be erased' using errcode = 'check_violation';
  end if;
  update access_log a
     set at = '1970-01-01T00:00:00Z', kind = 'erasure', event = 'erased', action = '', purpose = '', member_id = null,
         agency_id = null, roles = '{}', subject = null, fields = '{}', returned = '{}', recipient = null, reason = null,
         request_id = '00000000-0000-0000-0000-000000000000', owner_id = null, break_glass_id = null
    from log_leaves l
   where l.index = any (named) and a.xid = l.xid and a.id = l.id and a.event <> 'log.erased' and l.opening is not null;
  update log_leaves l set opening = null
    from access_log a
   where l.index = any (named) and a.xid = l.xid and a.id = l.id and a.event <> 'log.erased' and l.opening is not null;
  get diagnostics destroyed = row_count;
  return destroyed;
end
$$;

reset role;
