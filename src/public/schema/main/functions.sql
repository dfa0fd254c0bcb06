-- Settings of the public site: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- The database dates a proposal, and one waits for the other where two are made for the same part.
create or replace function ctx.keep_public_settings() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('public setting/' || new.kind || '/' || new.part, 0));
  new.proposed_at := ctx.now();
  return new;
end
$$;

-- A second person decides, once, and on the newest version of its part.
create or replace function ctx.keep_public_setting_decisions() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one public_settings;
begin
  select * into one from public_settings s where s.id = new.id;
  if one.id is null or one.proposed_by = ctx.member() or new.decided_by is distinct from ctx.member() then
    raise exception 'somebody else decides on what a member proposed' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('public setting/' || one.kind || '/' || one.part, 0));
  if exists (select from public_settings s where s.kind = one.kind and s.part = one.part
                and (s.proposed_at, s.id) > (one.proposed_at, one.id)) then
    raise exception 'a newer version was proposed' using errcode = 'check_violation';
  end if;
  new.decided_at := ctx.now();
  return new;
end
$$;

-- What the public site shows: the newest approved version of each part, where it is another than the caller knows.
create or replace function ctx.published_settings(known text) returns table (version text, kind text, part text, content jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select v.version, s.kind, s.part, s.content
    from (select count(*) || '-' || coalesce(extract(epoch from max(d.decided_at)), 0) as version
            from public_setting_decisions d where d.approved) v
    left join lateral (
      select distinct on (p.kind, p.part) p.kind, p.part, p.content
        from public_settings p join public_setting_decisions d on d.id = p.id
       where d.approved and v.version is distinct from known
       order by p.kind, p.part, d.decided_at desc, p.proposed_at desc, p.id desc) s on true
  union all
  select v.version, 'opening', 'before settings', '{}'
    from (select count(*) || '-' || coalesce(extract(epoch from max(d.decided_at)), 0) as version
            from public_setting_decisions d where d.approved) v
   where v.version is distinct from known and exists (select from public_site_open_before_settings)
$$;
reset role;
