-- Records of visits, and identity requests: the functions in the main database.

-- The list of attendees belongs to the visit and its earlier versions. These rows exist for counting.
create or replace function list_attendees() returns trigger
  language plpgsql as $$
begin
  delete from visit_attendees where visit_id = new.id and member_id <> all (new.attendees);
  insert into visit_attendees select distinct new.id, unnest(new.attendees) on conflict do nothing;
  return new;
end
$$;

-- No arrest may be closed without its screening, by any user or query.
create or replace function refuse_unscreened() returns trigger
  language plpgsql as $$
begin
  if new.closed_at is not null and not exists (select 1 from screenings s where s.id = new.id) then
    raise exception 'an arrest closes only when it is known whether the person was screened' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- Nobody searches premises that nobody entered.
create or replace function refuse_search_without_entry() returns trigger
  language plpgsql as $$
begin
  if new.searched and exists (select 1 from visits v where v.id = new.id and v.answer !~ '^(entered|forced)') then
    raise exception 'premises are searched only where somebody entered' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- Only the clock erases, and nothing restores. The trigger must see the real role, so it is not security definer.
create or replace function keep_disposed() returns trigger
  language plpgsql as $$
begin
  if current_user <> 'safelight_relations'
     and (new.disposed_on is not null or (tg_op = 'UPDATE' and old.disposed_on is not null)) then
    raise exception 'who was let go is let go by the clock, and for good' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace function refuse_disclosed() returns trigger
  language plpgsql as $$
begin
  if new.evidence <> 'observable' and (tg_op = 'INSERT' or old.evidence = 'observable') then
    raise exception 'a visit holds only what an onlooker could observe' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Runs as a role that sees every arrest, because the member who finishes a visit may not see arrests.
create or replace function ctx.refuse_unfinished() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.finished_at is not null and exists (
    select 1 from arrests a where a.visit_id = new.id and not exists (select 1 from screenings s where s.id = a.id)) then
    raise exception 'a visit is finished only when it is known whether those arrested were screened' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace function ctx.dispose_encounters(moment timestamptz, most integer) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today date := (moment at time zone 'Europe/London')::date;
  request uuid := gen_random_uuid();
  gone uuid[];
begin
  gone := array(
    select e.id from encounters e join visits v on v.id = e.visit_id
     -- 28 days from the later of visit and recording. Earlier versions count too: a corrected day shortens nothing.
     where e.disposed_on is null and (v.arrived_at at time zone 'Europe/London')::date + 28 <= today
       and (e.recorded_at at time zone 'Europe/London')::date + 28 <= today
       and not exists (select from visits_versions w where w.id = e.visit_id
                         and ((w.record ->> 'arrived_at')::timestamptz at time zone 'Europe/London')::date + 28 > today)
       and not exists (select from encounter_names n where n.id = e.id)
       and not exists (select from nrm_referrals r where r.encounter_id = e.id)
       -- Of whom at the visit an arrest or a sign of control was, nobody may have said.
       and not exists (select from arrests a where a.visit_id = e.visit_id and (a.encounter_id is null or a.encounter_id = e.id))
       and not exists (select from observations o where o.visit_id = e.visit_id and o.of_control
                         and (o.encounter_id is null or o.encounter_id = e.id))
       and not exists (select from subject_access_requests r where r.state = 'open' and e.id = any (r.about))
     order by e.id limit most for update of e skip locked);
  update encounters e set place = 'not known', age = 'not known', language = null, note_left_to_colleague = false,
      services_told = null, services_told_at = null, disposed_on = today where e.id = any (gone);
  update observations o set encounter_id = null, context = 'Let go', explanation = 'Let go' where o.encounter_id = any (gone);
  delete from observations_versions w where w.record ->> 'encounter_id' = any (gone::text[]);
  delete from encounters_versions w where w.id = any (gone);
  insert into access_log (at, kind, event, action, purpose, subject, fields, returned, reason, request_id)
    select moment, 'erasure', 'people met.let go', 'upkeep', 'upkeep', e.visit_id, array['place', 'age', 'language'],
           array_agg(e.id), 'met without concern: at most 28 days', request
      from encounters e where e.id = any (gone) group by e.visit_id;
  return cardinality(gone);
end
$$;

-- What a release about an operation is compared with: names of its records, earlier spellings too. For press of a
-- partner in that operation, and under the staff's role: the publisher's own still reaches no record.
create or replace function ctx.case_names(asked uuid) returns table (kind text, record uuid, name text, sealed_name
    bytea, wrapped_key bytea)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(ctx.roles() && array['press'] and asked = any (ctx.partner_operations()), false) then
    raise exception 'names are compared for press of a partner in the operation' using errcode = 'insufficient_privilege';
  end if;
  return query
    with here as (
      select p.id, p.name, p.address, p.postcode, p.town, p.referrer_on_call, p.referrer_contact, p.interpreter,
             p.reason, p.risks
        from premises p where p.operation_id = asked
      union all
      select v.id, v.record ->> 'name', v.record ->> 'address', v.record ->> 'postcode', v.record ->> 'town',
             v.record ->> 'referrer_on_call', v.record ->> 'referrer_contact', v.record ->> 'interpreter',
             v.record ->> 'reason', v.record ->> 'risks'
        from premises_versions v join premises p on p.id = v.id where p.operation_id = asked),
    made as (
      select v.id from visits v where v.operation_id = asked),
    met as (
      select e.id from encounters e join made on made.id = e.visit_id),
    -- Free words of records: what was observed, searched, taken and photographed, and who was told of a child. What somebody
    -- disclosed is left out: the press officer must not learn by a match that it was said.
    written as (
      select o.id, array[o.context, o.explanation] as words, null::text as code
        from observations o join made on made.id = o.visit_id where o.evidence = 'observable'
      union all
      select o.id, array[o.record ->> 'context', o.record ->> 'explanation'], null
        from observations_versions o join made on made.id = (o.record ->> 'visit_id')::uuid
       where o.record ->> 'evidence' = 'observable'
      union all
      select s.id, array[s.rooms, s.force_used, s.damage, s.consent_from], null
        from searches s join made on made.id = s.id
      union all
      select z.id, array[z.description, z.found_where], z.exhibit_ref from seizures z join made on made.id = z.visit_id
      union all
      select z.id, array[z.record ->> 'description', z.record ->> 'found_where'], z.record ->> 'exhibit_ref'
        from seizures_versions z join made on made.id = (z.record ->> 'visit_id')::uuid
      union all
      select f.id, array[f.room, f.caption], null from visit_photos f join made on made.id = f.visit_id
      union all
      select a.id, array[a.offence], a.custody_ref from arrests a join made on made.id = a.visit_id
      union all
      select c.id, array[c.services, c.adult], null
        from child_notifications c join arrests a on a.id = c.id join made on made.id = a.visit_id
      union all
      select l.id, array[l.words, l.reason, l.alternative], null from policy_log l where l.operation_id = asked)
    select distinct said.kind, h.id, said.name, null::bytea, null::bytea
      from here h cross join lateral (values ('business', h.name), ('address', h.address), ('postcode', h.postcode),
        ('town', h.town), ('person', h.referrer_on_call), ('note', h.referrer_contact), ('note', h.interpreter),
        ('note', h.reason), ('note', h.risks)) as said (kind, name)
     where said.name <> ''
    union all
    select distinct 'note', w.id, note.words, null::bytea, null::bytea
      from written w cross join lateral unnest(w.words) as note (words) where note.words <> ''
    union all
    select distinct 'reference', w.id, w.code, null::bytea, null::bytea from written w where w.code <> ''
    union all
    select 'person', n.id, null, n.sealed_name, n.wrapped_key from encounter_names n join met on met.id = n.id
    union all
    select 'person', n.id, null, (n.record ->> 'sealed_name')::bytea, (n.record ->> 'wrapped_key')::bytea
      from encounter_names_versions n join met on met.id = n.id
    union all
    select 'referral', c.id, null, c.sealed_names, c.wrapped_key
      from nrm_referral_contents c join nrm_referrals r on r.id = c.id join visits v on v.id = r.visit_id
     where v.operation_id = asked
    union all
    select 'referral', c.id, null, (c.record ->> 'sealed_names')::bytea, (c.record ->> 'wrapped_key')::bytea
      from nrm_referral_contents_versions c join nrm_referrals r on r.id = c.id join visits v on v.id = r.visit_id
     where v.operation_id = asked;
end
$$;

-- A colleague goes on with an officer's NRM referral: a planner or commander of the operation, or an officer of the team,
-- of the agency that began it. Nobody else, and nobody over a third who was faster: `writer` is who wrote it until now.
create or replace function ctx.take_over_referral(asked uuid, writer uuid, because text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update nrm_referrals r set taken_over_by = ctx.member(), taken_over_at = ctx.now(), taken_over_why = because
   where r.id = asked and r.agency_id = ctx.agency() and ctx.side() = 'enforcement'
     and coalesce(r.taken_over_by, r.recorded_by) = writer and writer <> ctx.member()
     and exists (select from visits v where v.id = r.visit_id and (
       (ctx.roles() && array['planner', 'commander'] and v.operation_id = any (ctx.operations()))
       or (ctx.roles() && array['field', 'enforcement'] and v.team_id = any (ctx.teams())
           and not (ctx.of_immigration() and ctx.immigration_kept_out(v.id, v.premises_id)))));
  if not found then
    return false;
  end if;
  update nrm_referral_contents set recorded_by = ctx.member() where id = asked;
  return true;
end
$$;

-- When other visits were made under a power of entry, for a member who takes part by name: a team does not see the
-- visits of another team, but must not enter twice under a warrant for one entry.
create or replace function ctx.entries_by_others(asked uuid, but uuid)
    returns table (used_at timestamptz, inside boolean, together boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select case when ctx.side() = 'enforcement' then v.arrived_at end,
         v.left_at is null and (v.arrived_at at time zone 'Europe/London')::date
                             = (ctx.now() at time zone 'Europe/London')::date,
         exists (select from planned_visits one, planned_visits own
                  where one.id = v.id and own.id = but
                    and (one.day + one.starts::time, make_interval(mins => one.minutes))
                        overlaps (own.day + own.starts::time, make_interval(mins => own.minutes)))
    from visits v
   where v.power_id = asked and v.id <> but and v.operation_id = any (ctx.operations())
   order by v.arrived_at
$$;

-- Whether the caller is of an immigration agency. A query asks it once, so that it asks of no visit whether others are kept out.
-- What row policies ask is written in PL/pgSQL, which keeps its plans: PostgreSQL plans a body in SQL again in every query.
create or replace function ctx.of_immigration() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select exists (select from agencies a where a.id = ctx.agency() and a.kind = 'immigration'));
end
$$;

-- Whether the plan keeps an immigration officer from a visit: at premises where they are not present, and the caller did
-- not attend the visit. Unknown premises keep them out too. Whether the caller is such an officer is asked before.
create or replace function ctx.immigration_kept_out(visit uuid, place uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select not exists (select from premises p where p.id = place and p.immigration_entry is distinct from 'not present')
       and not exists (select from visits v where v.id = visit and ctx.member() = any (v.attendees)));
end
$$;

-- Whether the caller has opened a record since then, by their own rows of the log.
create or replace function ctx.opened_after(asked uuid, events text[], after timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from access_log a where a.subject = asked and a.at >= after and a.member_id = ctx.member()
    and a.kind = 'consultation' and a.event = any (events))
$$;

-- Which of these files still belong to a visit: the others are destroyed.
create or replace function ctx.visit_photos_among(ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as
  $$ select p.file_id from visit_photos p where p.file_id = any (ids) $$;

create or replace function ctx.name_held(asked uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select ctx.side() = 'enforcement' and ctx.roles() && array['planner', 'commander'] and exists (
    select 1 from encounter_names n join encounters e on e.id = n.id join visits v on v.id = e.visit_id
     where n.id = asked and v.operation_id = any (ctx.operations()))
$$;

create or replace function ctx.keep_identity_requests() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'a request to open a name stays as it was made' using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('opening/' || new.asked_by, 0));
  if new.asked_by is distinct from ctx.member() or new.agency_id is distinct from ctx.agency()
     or not coalesce(ctx.name_held(new.encounter_id), false)
     or not exists (select 1 from encounters e join visits v on v.id = e.visit_id
                      join operations o on o.id = v.operation_id
                     where e.id = new.encounter_id and o.id = new.operation_id and o.agency_id = new.owner_id) then
    raise exception 'this name is not hers to ask for' using errcode = 'insufficient_privilege';
  end if;
  if new.asked_at is distinct from ctx.now() then
    raise exception 'a name is asked for now' using errcode = 'check_violation';
  end if;
  if exists (select 1 from identity_requests o left join identity_request_decisions d on d.id = o.id
              where o.asked_by = new.asked_by and o.encounter_id = new.encounter_id
                and o.until > ctx.now() and coalesce(d.granted, true)
                and not exists (select 1 from identity_request_ends e where e.id = o.id)) then
    raise exception 'it is asked for, or open, already' using errcode = 'unique_violation';
  end if;
  return new;
end
$$;

-- Decisions are by a custodian of the leading agency, never by the asker, once, and before the request expires.
create or replace function ctx.keep_identity_request_decisions() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'a decision stays as it was made' using errcode = 'check_violation';
  end if;
  if new.decided_by is distinct from ctx.member() or new.decided_at is distinct from ctx.now()
     or not ctx.roles() && array['custodian']
     or not exists (select 1 from identity_requests o where o.id = new.id and o.owner_id = ctx.agency()
                      and o.asked_by <> ctx.member() and o.until > ctx.now()) then
    raise exception 'a custodian of the owner decides, who did not ask, while the time lasts' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

create or replace function ctx.opened() returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select coalesce(array_agg(o.encounter_id), '{}') from identity_requests o join identity_request_decisions d on d.id = o.id
     where o.asked_by = ctx.member() and d.granted and d.decided_at <= ctx.now() and o.until > ctx.now()
       and not exists (select 1 from identity_request_ends e where e.id = o.id and e.ended_at <= ctx.now()));
end
$$;

create or replace function ctx.keep_identity_request_ends() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'what was ended stays ended' using errcode = 'check_violation';
  end if;
  if new.ended_by is distinct from ctx.member() or new.ended_at is distinct from ctx.now()
     or not ctx.roles() && array['custodian']
     or not exists (select 1 from identity_requests o join identity_request_decisions d on d.id = o.id
                     where o.id = new.id and o.owner_id = ctx.agency() and d.granted and o.until > ctx.now()) then
    raise exception 'a custodian of the owner ends what stands open' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

-- Encounters whose ids end as a reference may mean, those too that the caller may not see: row policies decide on the
-- ids, and would not let an index find them. The order leads to it before there are statistics of it.
create or replace function ctx.encounters_ending(endings text[]) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(one.id), '{}')
    from (select id from encounters where right(id::text, 8) = any (endings) order by right(id::text, 8) limit 100) one
$$;

reset role;
