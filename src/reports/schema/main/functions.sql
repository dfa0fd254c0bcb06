-- Reports from the public: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

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

-- The report, the wrapping of its receipt and its log row are committed together. A report that is sent twice is
-- kept once: the answer is whether the receipt opens the one that is kept. The attendance that the public site
-- showed is stored if it is still in force.
create or replace function ctx.receive_as_told(as_told uuid, used bytea, report uuid, by_way text, key_sealed bytea,
    wrapped bytea, found_by bytea, hour timestamptz, hours integer, in_danger boolean, in_queue text, part uuid, told
    bytea, contact_key bytea, contact bytea, request uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  opens boolean := found_by is not null;
  attended_id uuid;
  attending uuid;
  attended_state text;
  earlier bytea;
begin
  if by_way <> 'public form' then
    raise exception 'the public form is the only way in here' using errcode = 'insufficient_privilege';
  end if;
  select a.id, a.agency_id, a.state into attended_id, attending, attended_state
    from reading_hours a order by a.set_at desc, a.id desc limit 1;
  if attended_state is distinct from 'open' or attended_id is distinct from as_told then return null; end if;
  insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, unread)
    values (report, attending, by_way, key_sealed, found_by, wrapped, hour, hour,
            hour + make_interval(hours => hours), in_danger, in_queue, 'open', true)
    on conflict (id) do nothing;
  if found then
    insert into report_parts (id, report_id, place, kind, sealed, said_at) values (part, report, 0, 'told', told, hour);
    if contact is not null then
      insert into report_contacts (id, agency_id, sealed_key, sealed) values (report, attending, contact_key, contact);
    end if;
    insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
      values (hour, 'collection', 'report.received', 'anyone', 'information', report, attending, request);
  else
    opens := exists (select 1 from reports r where r.id = report and r.look_up = found_by);
  end if;

  if used is not null then
    delete from report_drafts d where d.hash = used returning d.before into earlier;
    delete from report_drafts d where d.before = used;
    if earlier is not null then delete from report_drafts d where d.hash = earlier; end if;
  end if;
  return opens;
end
$$;

-- Readers of the line take reports by phone; professionals of other agencies hand them in. The database fills in
-- who, when and how.
create or replace function ctx.take_report(report uuid, by_way text, for_key text, key_sealed bytea, wrapped bytea,
    found_by bytea, danger_hours integer, in_danger boolean, part uuid, told bytea, contact_key bytea, contact bytea)
    returns text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  attended reading_hours;
  hour timestamptz := date_trunc('hour', ctx.now());
  hers boolean;
begin
  select * into attended from reading_hours order by set_at desc, id desc limit 1;
  if attended.state is distinct from 'open' or attended.key_id <> for_key then return 'not attended'; end if;
  hers := case by_way
    when 'by phone' then ctx.agency() = attended.agency_id and ctx.roles() && array['triage'] and ctx.side() = 'enforcement'
    when 'partner' then ctx.roles() && array['planner', 'commander', 'field', 'enforcement', 'safeguarding lead', 'partner caseworker'] end;
  if ctx.member() is null or hers is distinct from true then
    raise exception 'this report is not hers to bring' using errcode = 'insufficient_privilege';
  end if;
  insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, unread)
    values (report, attended.agency_id, by_way, key_sealed, found_by, wrapped, hour, hour,
            hour + make_interval(hours => case when in_danger then danger_hours else attended.promised_hours end),
            in_danger, 'first', 'open', true)
    on conflict (id) do nothing;
  if not found then return 'there already'; end if;
  insert into report_parts (id, report_id, place, kind, sealed, said_at) values (part, report, 0, 'told', told, hour);
  if contact is not null then
    insert into report_contacts (id, agency_id, sealed_key, sealed) values (report, attended.agency_id, contact_key, contact);
  end if;
  insert into report_intakes (id, way, agency_id, taken_by, taken_for, taken_at)
    values (report, by_way, attended.agency_id, ctx.member(), ctx.agency(), hour);
  return 'taken';
end
$$;

create or replace function ctx.retention_counts(moment timestamptz) returns table (outcome text, closed integer, due
    integer, soon integer, held integer)
  language sql stable security definer set search_path = public, pg_temp as $$
  with own as (select r.outcome, count(*)::integer as closed from reports r
                where r.agency_id = ctx.agency() and r.closed_at is not null and ctx.roles() && array['triage', 'data-protection lead'] and ctx.side() = 'enforcement' group by 1),
       until as (select d.outcome, count(*) filter (where d.due_at <= moment and not d.held)::integer as due,
                        count(*) filter (where d.due_at > moment and not d.held)::integer as soon,
                        count(*) filter (where d.held)::integer as held
                   from ctx.reports_due(moment, moment + make_interval(hours => 24 * 14)) d
                  where d.agency_id = ctx.agency() and ctx.roles() && array['triage', 'data-protection lead'] and ctx.side() = 'enforcement' group by 1)
  select own.outcome, own.closed, coalesce(u.due, 0), coalesce(u.soon, 0), coalesce(u.held, 0)
    from own left join until u on u.outcome = own.outcome
$$;

create or replace function ctx.retention_next(moment timestamptz, most integer) returns table (id uuid, outcome text,
    due_at timestamptz, held boolean, days integer, source text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.outcome, d.due_at, d.held, d.days, d.source
    from ctx.reports_due(moment, moment + make_interval(hours => 24 * 14)) d
   where d.agency_id = ctx.agency() and ctx.roles() && array['triage', 'data-protection lead'] and ctx.side() = 'enforcement' order by d.due_at, d.id limit most
$$;

create or replace function ctx.certificate_leaves(asked uuid[]) returns table (id uuid, leaf bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, l.index from report_erasure_certificates c
    join access_log a on a.subject = c.report_id and a.request_id = c.log_request and a.kind = 'erasure'
    join log_leaves l on l.xid = a.xid and l.id = a.id
   where c.id = any (asked) and c.agency_id = ctx.agency() and ctx.roles() && array['triage', 'data-protection lead'] and ctx.side() = 'enforcement'
$$;

create or replace function ctx.contact_held(asked uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select ctx.roles() && array['triage'] and ctx.side() = 'enforcement' and exists (select 1 from report_contacts c where c.id = asked and c.agency_id = ctx.agency())
$$;

create or replace function ctx.original_held(asked uuid, of_report uuid, asked_for text) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select ctx.roles() && array['triage'] and ctx.side() = 'enforcement' and exists (
    select 1 from report_files f join reports r on r.id = f.report_id
     where f.id = asked and r.id = of_report and f.keeps_original and f.sealed_key is not null
       and r.agency_id = ctx.agency() and (r.state <> 'withdrawn' or asked_for = 'legal requirement'))
$$;

create or replace function ctx.cap_drafts(most_rows bigint, most_bytes bigint) returns void
  language sql security definer set search_path = public, pg_temp as $$
  delete from report_drafts d
   using (select hash, row_number() over newest as place, sum(octet_length(sealed) + 200) over newest as bytes
            from report_drafts
          window newest as (partition by before is null order by number desc rows unbounded preceding)) counted
   where d.hash = counted.hash and (counted.place > most_rows / 2 or counted.bytes > most_bytes / 2)
$$;

reset role;
