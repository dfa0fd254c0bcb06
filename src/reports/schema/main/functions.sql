-- Reports from the public: the functions in the main database.

-- Who reads the reports of this database: those roles, and the others that are named. And who may hand one in.
create or replace function ctx.reads_reports(others text[] default '{}') returns boolean
  language sql stable as
  $$ select ctx.roles() && (array['triage'] || others) and ctx.side() = 'enforcement' $$;

create or replace function ctx.hands_in_reports() returns boolean
  language sql stable as $$
  select ctx.roles() && array['planner', 'commander', 'field', 'enforcement', 'safeguarding lead', 'partner caseworker']
$$;

-- Who writes an internal log: officers who read reports or hand them in.
create or replace function ctx.logs_reports() returns boolean
  language sql stable as $$ select ctx.side() = 'enforcement' and (ctx.reads_reports() or ctx.hands_in_reports()) $$;

create or replace function ctx.end_used_draft(used bytea) returns void
  language plpgsql as $$
declare
  earlier bytea;
begin
  delete from report_drafts d where d.hash = used returning d.before into earlier;
  delete from report_drafts d where d.before = used or d.hash = earlier;
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- A report that was taken back is compared with no other.
create or replace function ctx.forget_terms() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from report_term_sets s where s.report_id = new.id;
  return null;
end
$$;

create or replace function ctx.turn_draft(used bytea, next bytea, content bytea, until timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  earlier bytea;
begin
  if used is not null then
    select before into earlier from report_drafts where hash = used for update;
    if not found then return false; end if;
    delete from report_drafts where hash = earlier or before = used;
  end if;
  insert into report_drafts (hash, before, sealed, ends_at) values (next, used, content, until);
  return true;
end
$$;

create or replace function ctx.end_draft(asked bytea) returns void
  language sql security definer set search_path = public, pg_temp as $$
  delete from report_drafts
   where hash = asked or before = asked or hash = (select d.before from report_drafts d where d.hash = asked)
$$;

create or replace function ctx.forget_drafts(moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ delete from report_drafts where ends_at <= moment $$;

-- Plpgsql, so that each connection plans the query once. What has nothing to look up is not asked.
create or replace function ctx.draft(asked bytea, moment timestamptz) returns bytea
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select d.sealed from report_drafts d where d.hash = asked and d.ends_at > moment);
end
$$;

create or replace function ctx.cap_drafts(most_rows bigint, most_bytes bigint) returns void
  language sql security definer set search_path = public, pg_temp as $$
  delete from report_drafts d
   using (select hash, row_number() over newest as place, sum(octet_length(sealed) + 200) over newest as bytes
            from report_drafts
          window newest as (partition by before is null order by number desc rows unbounded preceding)) counted
   where d.hash = counted.hash and (counted.place > most_rows / 2 or counted.bytes > most_bytes / 2)
$$;

-- The sealed source identity of a report, for who reads it: the application compares a text with it and shows nothing of it.
create or replace function ctx.source_identity_to_compare(asked uuid) returns table (sealed_key bytea, sealed bytea)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.sealed_key, c.sealed from report_contacts c join reports r on r.id = c.id
   where c.id = asked and r.agency_id = ctx.agency() and r.state <> 'withdrawn' and ctx.reads_reports()
$$;

-- How often the caller compared texts with the source identity of a report in the last day. The log knows it.
create or replace function ctx.source_comparisons(asked uuid) returns integer
  language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from access_log a
   where a.member_id = ctx.member() and a.at > ctx.now() - interval '1 day'
     and a.event = 'source identity.compared' and a.subject = asked
$$;

reset role;
