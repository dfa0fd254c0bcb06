-- Reports from the public: the functions in both databases.

create or replace function is_one_of_reports(r reports) returns boolean
  language plpgsql immutable as $$
begin
  return (r.received_at is null or r.received_at = date_trunc('hour', r.received_at))
     and (r.acted_at is null or r.acted_at = date_trunc('hour', r.acted_at))
     and (r.due_at is null or r.due_at = date_trunc('hour', r.due_at))
     and (r.closed_at is null or r.closed_at = date_trunc('hour', r.closed_at))
     and r.way in ('public form', 'by phone', 'partner', 'internal log')
     and r.queue in ('first', 'second')
     and r.state in ('open', 'asked', 'closed', 'withdrawn')
     and (r.outcome is null or r.outcome in ('no further action', 'advice given', 'referred for help', 'shared with agency', 'used in operation', 'withdrawn', 'not said'))
     and (r.look_up is null or octet_length(r.look_up) = 32)
     and (r.look_up is null) = (r.receipt_key is null)
     and (r.closed_at is null) = (r.outcome is null)
     and (r.state in ('closed', 'withdrawn')) = (r.closed_at is not null);
end
$$;

create or replace function is_one_of_report_parts(r report_parts) returns boolean
  language plpgsql immutable as $$
begin
  return (r.written_at is null or r.written_at = date_trunc('hour', r.written_at))
     and r.place >= 0
     and r.kind in ('told', 'added', 'asked', 'replied', 'closed', 'noted')
     and (r.kind in ('asked', 'replied', 'closed', 'noted')) = (r.member_id is not null);
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- A line belongs to one agency: another takes it over only when it is closed. Texts already shown to the public
-- stay as they were.
create or replace function ctx.keep_reading_hours() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last reading_hours;
begin
  if tg_op <> 'INSERT' then
    raise exception 'what the public was told stays as it was told' using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('reading_hours', 0));
  select * into last from reading_hours order by set_at desc, id desc limit 1;
  if last.state = 'open' and last.agency_id <> new.agency_id then
    raise exception 'another agency attends this line' using errcode = 'unique_violation';
  end if;
  if last.set_at >= new.set_at then new.set_at := last.set_at + interval '1 second'; end if;
  return new;
end
$$;

create or replace function ctx.attendance_now() returns table (attendance jsonb, opened_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select to_jsonb(a), (select max(l.at) from access_log l where l.event = 'reports.listed' and l.agency_id = a.agency_id)
    from reading_hours a order by a.set_at desc, a.id desc limit 1
$$;

-- With a receipt alone: reads the newest message of staff, and adds words. Neither the report itself nor a note
-- for colleagues is ever returned.
create or replace function ctx.mailbox(asked bytea, hour timestamptz) returns table (id uuid, receipt_key bytea,
    part_id uuid, sealed bytea, kind text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.receipt_key, p.id, p.sealed, p.kind from reports r
    left join lateral (select * from report_parts p where p.report_id = r.id and p.member_id is not null
                         and p.kind <> 'noted' order by p.place desc limit 1) p on true
   where r.look_up = asked and (r.state <> 'closed' or r.acted_at > hour - interval '90 days')
$$;

create or replace function ctx.add_to_report(asked bytea, part uuid, said bytea, hour timestamptz, request uuid)
    returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_report reports;
begin
  select * into found_report from reports r where r.look_up = asked and (r.state <> 'closed' or r.acted_at > hour - interval '90 days') for update;
  if not found then return false; end if;
  if exists (select 1 from report_parts p where p.id = part) then return true; end if;
  insert into report_parts (id, report_id, place, kind, sealed, written_at)
    select part, found_report.id, 1 + max(p.place), 'added', said, hour from report_parts p where p.report_id = found_report.id;
  update reports r set state = 'open', unread = true, acted_at = greatest(r.acted_at, hour),
         due_at = case when r.unread then r.due_at else hour + make_interval(hours => coalesce(
           (select a.promised_hours from reading_hours a order by a.set_at desc, a.id desc limit 1), 24)) end
   where r.id = found_report.id;
  insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
values (hour, 'collection', 'report.added to', 'anyone', 'information', found_report.id, found_report.agency_id, request);
  return true;
end
$$;

create or replace function ctx.withdraw_report(asked bytea, hour timestamptz, request uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_report reports;
begin
  select * into found_report from reports r where r.look_up = asked and (r.state <> 'closed' or r.acted_at > hour - interval '90 days') for update;
  if not found then return false; end if;
  update reports r set state = 'withdrawn', unread = true, acted_at = greatest(r.acted_at, hour), look_up = null, receipt_key = null
   where r.id = found_report.id;
  insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
values (hour, 'collection', 'report.withdrawn', 'anyone', 'information', found_report.id, found_report.agency_id, request);
  return true;
end
$$;

create or replace function ctx.add_report_files(report uuid, ids uuid[], abouts bytea[], keys bytea[], states text[],
    keeps boolean, hour timestamptz, request uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  owner uuid;
begin
  select agency_id into owner from reports where id = report and state = 'open';
  if owner is null then
    raise exception 'no such report' using errcode = 'insufficient_privilege';
  end if;
  insert into report_files (id, report_id, place, about, sealed_key, keeps_original, state)
    select f.id, report, f.place - 1, f.about, f.key, keeps, f.state
      from unnest(ids, abouts, keys, states) with ordinality as f (id, about, key, state, place)
    on conflict do nothing;
  if not found then
    perform pg_logical_emit_message(true, 'safelight', ''); -- As above: a repeat waits for a replica too.
    return;
  end if;
  insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
    values (hour, 'collection', 'report.files added', 'anyone', 'information', report, owner, request);
end
$$;

create or replace function ctx.report_files_among(ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select f.id from report_files f where f.id = any (ids)
  union all select f.copy_id from report_files f where f.copy_id = any (ids)
$$;

create or replace function ctx.keep_outcome() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state not in ('closed', 'withdrawn') then
    new.outcome := null;
    new.closed_at := null;
    return new;
  end if;
  new.outcome := case when new.state = 'withdrawn' then 'withdrawn' else coalesce(new.outcome, 'not said') end;
  if tg_op = 'INSERT' or old.closed_at is null or old.state is distinct from new.state then
    new.closed_at := new.acted_at;
  else
    new.closed_at := old.closed_at;
  end if;
  return new;
end
$$;

-- Of a report of one's own agency, ended once, by who ends it. Held off while the report is being destroyed.
create or replace function ctx.keep_holds() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if old.ended_at is not null or new.ended_by is distinct from ctx.member() or new.ended_at is null then
      raise exception 'a hold is ended once, by who ends it' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  perform from reports r where r.id = new.report_id and r.agency_id = new.agency_id for update;
  if not found or new.ended_at is not null then
    raise exception 'a hold is on a report of the agency that holds it' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Every report that is to be destroyed until then, by the rules in force. The preview and the destruction both call
-- it.
create or replace function ctx.reports_due(moment timestamptz, until timestamptz) returns table (id uuid, agency_id
    uuid, outcome text, closed_at timestamptz, rule_id uuid, days integer, source text, due_at timestamptz, held
    boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  with rules as (
    select distinct on (l.agency_id, l.outcome) l.id, l.agency_id, l.outcome, l.days, l.source,
           (l.valid_from::timestamp at time zone 'UTC') + make_interval(hours => 24 * 14) as earliest
      from report_retention_rules l where l.valid_from <= (moment at time zone 'Europe/London')::date
     order by l.agency_id, l.outcome, l.valid_from desc, l.set_at desc, l.id desc)
  select r.id, r.agency_id, r.outcome, r.closed_at, l.id, l.days, l.source,
         greatest(r.closed_at + make_interval(hours => 24 * l.days), l.earliest),
         exists (select 1 from report_retention_holds h where h.report_id = r.id and h.ended_at is null)
    from rules l join reports r on r.agency_id = l.agency_id and r.outcome = l.outcome
     and r.closed_at <= until - make_interval(hours => 24 * l.days)
   where l.earliest <= until
$$;

-- Handles one report at a time and checks each again under lock: a report that was written to or put on hold
-- meanwhile is kept. Both wrappings of its key are deleted with the row.
create or replace function ctx.destroy_due_reports(moment timestamptz, most integer) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
  kept reports;
  written integer;
  named integer;
  request uuid := gen_random_uuid();
  destroyed integer := 0;
  hour timestamptz := date_trunc('hour', moment);
begin
  for one in select * from ctx.reports_due(moment, moment) d where not d.held order by d.due_at, d.id limit most loop
    select * into kept from reports r where r.id = one.id and r.closed_at = one.closed_at for update;
    continue when not found
      or exists (select 1 from report_retention_holds h where h.report_id = one.id and h.ended_at is null);
    delete from report_contacts c where c.id = one.id;
    get diagnostics named = row_count;
    delete from report_files f where f.report_id = one.id;
    delete from report_parts p where p.report_id = one.id;
    get diagnostics written = row_count;
    delete from reports r where r.id = one.id;
    insert into report_erasure_certificates (id, report_id, agency_id, way, outcome, closed_at, rule_id, days, source, parts,
                                        had_contact, destroyed_at, log_request)
      values (gen_random_uuid(), one.id, one.agency_id, kept.way, one.outcome, one.closed_at, one.rule_id, one.days,
              one.source, written, named > 0, hour, request);
    insert into access_log (at, kind, event, action, purpose, subject, fields, reason, owner_id, request_id)
      values (hour, 'erasure', 'report.destroyed', 'upkeep', 'upkeep', one.id, array['told', 'contact', 'files', 'key'],
              'retention rule ' || one.rule_id, one.agency_id, request);
    destroyed := destroyed + 1;
  end loop;
  return destroyed;
end
$$;

create or replace function ctx.raise_alert() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into danger_urgent_pages (id, agency_id, raised_at) values (new.id, new.agency_id, new.received_at);
  -- The listener gives a support agency the kind that says nothing.
  insert into outbox (id, event, about, details, at) values (gen_random_uuid(), 'notification.announced', new.id,
    jsonb_build_object('kind', 'urgent report', 'ownerId', new.agency_id, 'to', jsonb_build_object('agency',
      new.agency_id, 'roles', jsonb_build_array('triage', 'safeguarding lead', 'partner caseworker'))),
    coalesce(ctx.now(), new.received_at));
  return null;
end
$$;

create or replace function ctx.keep_alerts() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.acknowledged_by is not null or new.acknowledged_by is distinct from ctx.member() then
    raise exception 'an alert is taken on once, by who takes it on' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.ring_on() returns void
  language sql security definer set search_path = public, pg_temp as
  $$ update danger_urgent_pages set rounds = rounds + 1 where acknowledged_by is null and rounds < 100000 $$;

create or replace function ctx.on_call_now(moment timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from on_call_shifts t
    where t.starts_at <= moment and t.ends_at > moment
      and t.agency_id = (select a.agency_id from reading_hours a order by a.set_at desc, a.id desc limit 1))
$$;

create or replace function ctx.keep_source_identity_requests() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('contact/' || new.asked_by, 0));
  if new.asked_at is distinct from ctx.now()
     or not coalesce(case when new.file_id is null then ctx.contact_held(new.report_id)
                          else ctx.original_held(new.file_id, new.report_id, new.purpose) end, false) then
    raise exception 'who told it, or a file as it came, is asked for now, by who reads it, where it is kept' using errcode = 'check_violation';
  end if;
  if exists (select 1 from source_identity_requests o left join source_identity_decisions d on d.id = o.id
              where o.id <> new.id and o.asked_by = new.asked_by and o.report_id = new.report_id
                and o.file_id is not distinct from new.file_id
                and o.until > ctx.now() and coalesce(d.granted, true)) then
    raise exception 'it is asked for, or open, already' using errcode = 'unique_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.keep_source_identity_decisions() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.decided_at is distinct from ctx.now()
     or not exists (select 1 from source_identity_requests o where o.id = new.id and o.agency_id = ctx.agency()
                      and o.asked_by <> ctx.member() and o.until > ctx.now()) then
    raise exception 'a custodian of the agency decides, who did not ask, while the time lasts' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Taking a report back withdraws consent to reveal its source identity. What a custodian opened before is closed,
-- and later requests need a court or a law, as for a file.
create or replace function ctx.contact_opened() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(o.report_id), '{}')
    from source_identity_requests o join source_identity_decisions d on d.id = o.id join reports r on r.id = o.report_id
   where o.file_id is null and o.asked_by = ctx.member() and d.granted and d.decided_at <= ctx.now() and o.until > ctx.now()
     and (r.state <> 'withdrawn' or o.purpose = 'legal requirement')
$$;

create or replace function ctx.add_files_later(asked bytea, part uuid, ids uuid[], abouts bytea[], keys bytea[],
    states text[], keeps boolean, hour timestamptz, request uuid) returns text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_report reports;
  places integer;
begin
  select * into found_report from reports r
   where r.look_up = asked and (r.state <> 'closed' or r.acted_at > hour - interval '90 days') for update;
  if not found then return null; end if;
  if exists (select 1 from report_files f where f.report_id = found_report.id and f.added_with = part) then return 'sent before'; end if;
  select greatest(10, 1 + coalesce(max(f.place), -1)) into places from report_files f where f.report_id = found_report.id;
  if places + cardinality(ids) > 100 then return 'no room'; end if;
  insert into report_files (id, report_id, place, about, sealed_key, keeps_original, state, added_with, added_at)
    select f.id, found_report.id, places + f.nth - 1, f.about, f.key, keeps, f.state, part, hour
      from unnest(ids, abouts, keys, states) with ordinality as f (id, about, key, state, nth);
  update reports r set state = 'open', unread = true, acted_at = greatest(r.acted_at, hour),
         due_at = case when r.unread then r.due_at else hour + make_interval(hours => coalesce(
           (select a.promised_hours from reading_hours a order by a.set_at desc, a.id desc limit 1), 24)) end
   where r.id = found_report.id;
  insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
    values (hour, 'collection', 'report.files added', 'anyone', 'information', found_report.id, found_report.agency_id, request);
  return 'added';
end
$$;

create or replace function ctx.keep_taken_back() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from reports r where r.id = new.report_id and r.state = 'withdrawn') then
    raise exception 'who told a report that was taken back is asked for by a court or a law alone'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  return null;
end
$$;

-- The report, the wrapping of its receipt and its log row are committed together. A report that is sent twice is
-- kept once: the answer is whether the receipt opens the one that is kept. The id of the part differs where the
-- content differs: that is refused, so that nobody is told that it is kept. The attendance that the public site
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
    insert into report_parts (id, report_id, place, kind, sealed, written_at) values (part, report, 0, 'told', told, hour);
    if contact is not null then
      insert into report_contacts (id, agency_id, sealed_key, sealed) values (report, attending, contact_key, contact);
    end if;
    insert into access_log (at, kind, event, action, purpose, subject, owner_id, request_id)
      values (hour, 'collection', 'report.received', 'anyone', 'information', report, attending, request);
  else
    if not exists (select 1 from report_parts p where p.id = part and p.report_id = report) then
      raise exception 'a report of this id says something else' using errcode = 'object_not_in_prerequisite_state';
    end if;
    opens := exists (select 1 from reports r where r.id = report and r.look_up = found_by);
    -- It was kept before, perhaps on this server alone. Its yes waits for a replica too: only a commit that wrote something does.
    perform pg_logical_emit_message(true, 'safelight', '');
  end if;
  perform ctx.end_used_draft(used);
  return opens;
end
$$;

-- Readers of the line take reports by phone; professionals of other agencies hand them in; officers of the agency
-- that reads the police line write internal logs. The database fills in who, when and how.
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
    when 'by phone' then ctx.agency() = attended.agency_id and ctx.reads_reports()
    when 'partner' then ctx.hands_in_reports()
    when 'internal log' then ctx.agency() = attended.agency_id and ctx.logs_reports() end;
  if ctx.member() is null or hers is distinct from true then
    raise exception 'this report is not hers to bring' using errcode = 'insufficient_privilege';
  end if;
  insert into reports (id, agency_id, way, sealed_key, look_up, receipt_key, received_at, acted_at, due_at, danger, queue, state, unread)
    values (report, attended.agency_id, by_way, key_sealed, found_by, wrapped, hour, hour,
            hour + make_interval(hours => case when in_danger then danger_hours else attended.promised_hours end),
            in_danger, 'first', 'open', true)
    on conflict (id) do nothing;
  if not found then return 'there already'; end if;
  insert into report_parts (id, report_id, place, kind, sealed, written_at) values (part, report, 0, 'told', told, hour);
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
                where r.agency_id = ctx.agency() and r.closed_at is not null and ctx.reads_reports(array['data-protection lead']) group by 1),
       until as (select d.outcome, count(*) filter (where d.due_at <= moment and not d.held)::integer as due,
                        count(*) filter (where d.due_at > moment and not d.held)::integer as soon,
                        count(*) filter (where d.held)::integer as held
                   from ctx.reports_due(moment, moment + make_interval(hours => 24 * 14)) d
                  where d.agency_id = ctx.agency() and ctx.reads_reports(array['data-protection lead']) group by 1)
  select own.outcome, own.closed, coalesce(u.due, 0), coalesce(u.soon, 0), coalesce(u.held, 0)
    from own left join until u on u.outcome = own.outcome
$$;

create or replace function ctx.retention_next(moment timestamptz, most integer) returns table (id uuid, outcome text,
    due_at timestamptz, held boolean, days integer, source text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.outcome, d.due_at, d.held, d.days, d.source
    from ctx.reports_due(moment, moment + make_interval(hours => 24 * 14)) d
   where d.agency_id = ctx.agency() and ctx.reads_reports(array['data-protection lead']) order by d.due_at, d.id limit most
$$;

create or replace function ctx.certificate_leaves(asked uuid[]) returns table (id uuid, leaf bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, l.index from report_erasure_certificates c
    join access_log a on a.subject = c.report_id and a.request_id = c.log_request and a.kind = 'erasure'
    join log_leaves l on l.xid = a.xid and l.id = a.id
   where c.id = any (asked) and c.agency_id = ctx.agency() and ctx.reads_reports(array['data-protection lead'])
$$;

create or replace function ctx.contact_held(asked uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select ctx.reads_reports() and exists (select 1 from report_contacts c where c.id = asked and c.agency_id = ctx.agency())
$$;

create or replace function ctx.original_held(asked uuid, of_report uuid, asked_for text) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select ctx.reads_reports() and exists (
    select 1 from report_files f join reports r on r.id = f.report_id
     where f.id = asked and r.id = of_report and f.keeps_original and f.sealed_key is not null
       and r.agency_id = ctx.agency() and (r.state <> 'withdrawn' or asked_for = 'legal requirement'))
$$;

reset role;
