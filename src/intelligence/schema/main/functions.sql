-- Intelligence: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Removes what an item of the caller's agency names, with its terms, possible links, decisions and proposals. False where there is none.
create or replace function ctx.remove_intelligence_entity(asked uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(ctx.roles() && array['triage'] and ctx.side() = 'enforcement', false) then
    raise exception 'what intelligence names is removed by triage of the agency' using errcode = 'insufficient_privilege';
  end if;
  perform from intelligence_entities e where e.id = asked and e.agency_id = ctx.agency() for update;
  if not found then return false; end if;
  delete from deconfliction_matches m where m.target = asked and m.operation_id is null;
  delete from deconfliction_subjects s where s.id = asked;
  delete from intelligence_proposals p where p.entity_id = asked;
  delete from intelligence_link_decisions d where asked in (d.one, d.other);
  delete from intelligence_possible_links l where asked in (l.one, l.other);
  delete from intelligence_entity_terms t where t.entity_id = asked;
  delete from intelligence_entities e where e.id = asked;
  return true;
end
$$;

-- Removes an item of the caller's agency with its earlier versions, its source and what it names. False where there is none.
create or replace function ctx.dispose_intelligence_item(asked uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(ctx.roles() && array['triage'] and ctx.side() = 'enforcement', false) then
    raise exception 'intelligence is disposed of by triage of the agency' using errcode = 'insufficient_privilege';
  end if;
  perform from intelligence_items i where i.id = asked and i.agency_id = ctx.agency() for update;
  if not found then return false; end if;
  perform ctx.remove_intelligence_entity(e.id) from intelligence_entities e where e.item_id = asked;
  update intelligence_shares s set sealed_content = null, wrapped_key = null, recalled_at = coalesce(ctx.now(), now()),
      recall_reason = 'The agency disposed of it.'
    where s.item_id = asked and s.recalled_at is null;
  delete from intelligence_item_terms t where t.item_id = asked;
  delete from intelligence_sources s where s.id = asked;
  delete from intelligence_items_versions v where v.id = asked;
  delete from intelligence_items i where i.id = asked;
  return true;
end
$$;

-- Planned visits of these days, of agencies that take part in the check, with their premises: for the background work,
-- which compares them and shows them to no member.
create or replace function ctx.plans_to_compare(first date, last date)
    returns table (id uuid, agency_id uuid, operation_id uuid, address text, town text, postcode text, hidden boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select v.id, o.agency_id, v.operation_id, p.address, p.town, p.postcode,
      exists (select from deconfliction_hidden h where h.operation_id = v.operation_id)
    from planned_visits v
    join operations o on o.id = v.operation_id
    join deconfliction_contacts c on c.agency_id = o.agency_id
    join premises p on p.id = v.premises_id
   where v.state = 'planned' and v.day between first and last
   order by v.day, v.id
$$;

-- Names of the agencies that take part in the check.
create or replace function ctx.parties_to_compare() returns table (agency_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name from agencies a join deconfliction_contacts c on c.agency_id = a.id
$$;

-- Who takes part in an operation, to be told of a match.
create or replace function ctx.participants_to_tell(operation uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.member_id from operation_members m where m.operation_id = operation
$$;

-- Counts blinded questions of one agency to another; false where they are more than the pair may ask in a week, and then
-- they count as refused. Both sides read how many there were.
create or replace function ctx.count_deconfliction(
    holder uuid, asker uuid, asker_name text, of_week date, asked integer, most integer, moment timestamptz)
    returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  allowed boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended(holder::text || '/deconfliction/' || asker::text, 0));
  select coalesce(sum(q.questions), 0) + asked <= most into allowed from deconfliction_questions q
   where q.agency_id = holder and q.party = asker and q.direction = 'answered' and q.week = of_week;
  insert into deconfliction_questions as q (agency_id, party, direction, hour, week, party_name, questions, refused)
    values (holder, asker, 'answered', date_trunc('hour', moment), of_week, asker_name,
      case when allowed then asked else 0 end, case when allowed then 0 else asked end)
    on conflict (agency_id, party, direction, hour) do update
      set questions = q.questions + excluded.questions, refused = q.refused + excluded.refused;
  return allowed;
end
$$;

-- The same as the asking agency's own row of what it asked.
create or replace function ctx.note_deconfliction(
    asker uuid, holder uuid, holder_name text, of_week date, asked integer, allowed boolean, moment timestamptz)
    returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into deconfliction_questions as q (agency_id, party, direction, hour, week, party_name, questions, refused)
    values (asker, holder, 'asked', date_trunc('hour', moment), of_week, holder_name,
      case when allowed then asked else 0 end, case when allowed then 0 else asked end)
    on conflict (agency_id, party, direction, hour) do update
      set questions = q.questions + excluded.questions, refused = q.refused + excluded.refused
$$;

-- What a program of a compared partner is answered: the pair, whether it may ask as much, whom to ring, and the tags of
-- the list. No row where there is no such partner, or the agency takes no part.
create or replace function ctx.answer_deconfliction(
    key text, asker uuid, holder uuid, of_week date, asked integer, most integer, moment timestamptz)
    returns table (partner uuid, allowed boolean, contact_name text, contact_telephone text, contact_hours text,
      tags bytea[])
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  pair record;
begin
  select p.id, p.name as partner_name, c.name, c.telephone, c.hours into pair
    from deconfliction_partners p join deconfliction_contacts c on c.agency_id = p.agency_id
   where p.agency_id = holder and p.public_key = key and p.their_agency = asker and p.ended_at is null;
  if not found then return; end if;
  return query select pair.id,
    asked = 0 or ctx.count_deconfliction(holder, pair.id, pair.partner_name, of_week, asked, most, moment),
    pair.name, pair.telephone, pair.hours,
    (select coalesce(array_agg(distinct t.tag), '{}') from deconfliction_tags t
      where t.agency_id = holder and t.party = pair.id and t.week = of_week and t.held);
end
$$;

reset role;
