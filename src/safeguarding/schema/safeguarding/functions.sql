-- Help for people: the functions in the safeguarding database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

create or replace function ctx.stamp_consents() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.withdrawn_at := coalesce(date_trunc('hour', ctx.now()), new.withdrawn_at);
  new.withdrawn_by := coalesce(ctx.member(), new.withdrawn_by);
  return new;
end
$$;

create or replace function ctx.stamp_withdrawn_grants() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.confirmed_at := coalesce(date_trunc('hour', ctx.now()), new.confirmed_at);
  new.confirmed_by := coalesce(ctx.member(), new.confirmed_by);
  return new;
end
$$;

create or replace function ctx.keep_second_person_of_custody_notices() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Held: whoever answers it or sends it meanwhile waits.
  perform from disclosures d where d.id = new.id for update;
  if not exists (select from disclosures d where d.id = new.id and d.purpose = 'custody protection' and d.recipient = new.recipient
        and d.approved_at is not null and d.review_result is null and d.until > coalesce(ctx.now(), d.asked_at)
        and (d.timing = 'at once' or d.timing = 'after approval' and d.sealed_plan is not null)
        and d.asked_by = new.author_id and d.agency_id = new.agency_id and d.person_id = new.person_id) then
    raise exception 'a second person approves what crosses the wall without the person’s yes' using errcode = 'check_violation';
  end if;
  update disclosures set sealed_plan = null where id = new.id and sealed_plan is not null;
  return null;
end
$$;

create or replace function ctx.keep_second_person_of_information_decisions() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Held: whoever answers it or sends it meanwhile waits.
  perform from disclosures d where d.id = new.id for update;
  if not exists (select from disclosures d where d.id = new.id and d.purpose = 'police request' and new.kinds <@ d.items
        and d.approved_at is not null and d.review_result is null and d.until > coalesce(ctx.now(), d.asked_at)
        and (d.timing = 'at once' or d.timing = 'after approval' and d.sealed_plan is not null)
        and d.asked_by = new.decided_by and d.agency_id = new.agency_id and d.person_id = new.person_id) then
    raise exception 'a second person approves what crosses the wall without the person’s yes' using errcode = 'check_violation';
  end if;
  update disclosures set sealed_plan = null where id = new.id and sealed_plan is not null;
  return null;
end
$$;

-- A server crash empties the table of marks. Until the leader has made them again from the sealed rows, searches
-- fail instead of finding nobody.
create or replace function ctx.marks_lost() returns boolean
  language sql stable security definer set search_path = public, pg_temp as
  $$ select not exists (select from name_digests) and exists (select from persons) $$;

create or replace function ctx.unmarked_persons(beyond uuid, most integer) returns table (id uuid, sealed_details bytea,
    wrapped_key bytea)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.sealed_details, p.wrapped_key from persons p
  where p.id > beyond and not exists (select from name_digests m where m.id = p.id) order by p.id limit most
$$;

create or replace function ctx.mark_anew(person uuid, found_by integer[], likes bit, born integer) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ insert into name_digests values (person, found_by, likes, born) on conflict do nothing $$;

create or replace function ctx.mark_person(person uuid, found_by integer[], likes bit, born integer) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from persons p where p.id = person and ctx.side() = 'help'
    and (p.author_id = ctx.member() or p.agency_id = ctx.agency()))
    then raise exception 'not hers to mark' using errcode = '42501'; end if;
  -- Once lost they stay so, for all to see, until all are made anew.
  if not exists (select from name_digests) and exists (select from persons p where p.id <> person) then return; end if;
  insert into name_digests values (person, found_by, likes, born)
    on conflict on constraint name_digests_pkey do update
    set marks = excluded.marks, likes = excluded.likes, born = excluded.born;
end
$$;

-- One index scan, or two that must intersect. Avoids the sequential scan that the planner prefers and that takes
-- seconds. A year of birth within the usual error counts too, other years do not.
create or replace function ctx.people_like(one integer[], other integer[], sought bit, exact integer[], near
    integer[]) returns table (id uuid, hits integer)
  language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan rows 500 as $$
   begin
     if not (ctx.side() = 'help' and ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker']) is not false
       then return; end if;
     if ctx.marks_lost() then raise exception 'the marks are being made anew' using errcode = '57P03'; end if;
     if other = '{}' then
       return query select m.id, bit_count(m.likes & sought)::integer
  + case when m.born = any(exact) then 8 when m.born = any(near) then 6
         when m.born is null and exact <> '{}' then 3 else 0 end from name_digests m where m.marks && one;
     else
       return query select m.id, bit_count(m.likes & sought)::integer
  + case when m.born = any(exact) then 8 when m.born = any(near) then 6
         when m.born is null and exact <> '{}' then 3 else 0 end from name_digests m where m.marks && one and m.marks && other;
     end if;
   end
$$;

create or replace function ctx.number_contact_notes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.person_id::text, 53));
  new.number := coalesce((select max(a.number) from contact_notes a where a.person_id = new.person_id), 0) + 1;
  return new;
end
$$;

-- The number is given here, because an author does not see the versions that name people whose record they may not read.
create or replace function ctx.number_safeguarding_papers() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(coalesce(new.grant_id, new.handover_id)::text, 74));
  new.version := coalesce((select max(p.version) from safeguarding_papers p
    where p.grant_id = new.grant_id or p.handover_id = new.handover_id), 0) + 1;
  return new;
end
$$;

-- These triggers run after the row policies. A consent is never rewritten, and withdrawn once: now, by the current
-- member. A grant stays within its ground, which is locked against withdrawal meanwhile.
create or replace function ctx.keep_consents() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.withdrawn_at is not null and not new.refused then
      raise exception 'a consent is given before it is taken back' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if new is not distinct from old then return null; end if;
  if old.withdrawn_at is not null or new.withdrawn_at is null then
    raise exception 'a consent is taken back once' using errcode = 'check_violation';
  end if;
  if to_jsonb(new) - '{withdrawn_at,withdrawn_by,withdrawn_how}'::text[]
     is distinct from to_jsonb(old) - '{withdrawn_at,withdrawn_by,withdrawn_how}'::text[] then
    raise exception 'what was agreed stays as it was said' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.keep_person_grants() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  since timestamptz := coalesce(ctx.now(), new.made_at);
  may boolean;
begin
  if tg_op = 'UPDATE' then
    if new is not distinct from old then return null; end if;
    if old.ended_at is not null or new.ended_at is null
       or to_jsonb(new) - '{ended_at,ended}'::text[] is distinct from to_jsonb(old) - '{ended_at,ended}'::text[] then
      raise exception 'a grant is ended once, and otherwise stays as it was made' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if new.consent_id is not null then
    -- Held: whoever takes it back meanwhile waits, and then finds this grant to end.
    perform from consents c where c.id = new.consent_id for share;
    select c.withdrawn_at is null and c.until > since and c.act = new.act and c.person_id = new.person_id
           and c.recipient = new.recipient and c.purpose = new.purpose and new.items <@ c.items and new.until <= c.until
      into may from consents c where c.id = new.consent_id;
  else
    select d.until > since and d.person_id = new.person_id and d.recipient = new.recipient
           and d.purpose = new.purpose and new.items <@ d.items and new.until <= d.until
      into may from disclosures d where d.id = new.disclosure_id;
  end if;
  if may is not true or new.until <= since or new.ended_at is not null then
    raise exception 'a grant lies within what it rests on' using errcode = 'check_violation';
  end if;
  if new.referral_id is not null and not exists (
       select from referrals r where r.id = new.referral_id and r.to_agency = new.recipient
          and r.from_agency = new.from_agency and r.author_id = new.author_id and r.state <> 'declined') then
    raise exception 'a grant is to whoever is asked' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.keep_withdrawn_grants() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new is not distinct from old then return null; end if;
  if old.confirmed_at is not null or new.confirmed_at is null then
    raise exception 'it is heard once' using errcode = 'check_violation';
  end if;
  if to_jsonb(new) - '{confirmed_at,confirmed_by}'::text[] is distinct from to_jsonb(old) - '{confirmed_at,confirmed_by}'::text[] then
    raise exception 'what was told stays as it was told' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- A no withdraws what the person agreed to before, where the same agency asked the same. It covers the encounter and
-- the record of one person, and what a colleague wrote down.
create or replace function ctx.withdraw_refused_consents() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update consents c set withdrawn_at = new.withdrawn_at, withdrawn_by = new.withdrawn_by, withdrawn_how = new.withdrawn_how
   where not c.refused and c.withdrawn_at is null and c.given_at <= new.given_at and c.until > new.given_at
     and c.agency_id = new.agency_id and c.act = new.act and c.recipient = new.recipient and c.purpose = new.purpose
     and (c.person_id = new.person_id
       or exists (select from persons p where p.id = new.person_id and p.origin_id = c.person_id)
       or exists (select from persons p where p.id = c.person_id and p.origin_id = new.person_id));
  return null;
end
$$;

-- A recipient that finished or declined before a withdrawal is notified too: it saw the content and must stop using
-- it.
create or replace function ctx.end_grants_on_consent() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  over uuid[] := array(select g.id from person_grants g where g.consent_id = new.id and g.ended <> 'taken back');
begin
  update person_grants set ended_at = new.withdrawn_at, ended = 'taken back'
   where consent_id = new.id and ended_at is null;
  delete from withdrawn_grants e where e.id = any (over);
  insert into withdrawn_grants (id, operation_id, from_agency, author_id, recipient, day, ended, ended_at)
    select g.id, g.operation_id, g.from_agency, g.author_id, g.recipient,
           (g.made_at at time zone 'Europe/London')::date, 'taken back', new.withdrawn_at
      from person_grants g where g.id = any (over);
  return null;
end
$$;

create or replace function ctx.tell_of_grant_end() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into withdrawn_grants (id, operation_id, from_agency, author_id, recipient, day, ended, ended_at)
  values (new.id, new.operation_id, new.from_agency, new.author_id, new.recipient,
    (new.made_at at time zone 'Europe/London')::date, new.ended, new.ended_at);
  return null;
end
$$;

-- The agency that lost access learns that something is new, and no more.
create or replace function ctx.announce_grant_end() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into outbox (id, event, about, details, at) values (gen_random_uuid(), 'notification.announced', new.id,
    jsonb_build_object('kind', 'case news', 'ownerId', new.recipient, 'notice', new.notice_id, 'to',
      jsonb_build_object('agency', new.recipient, 'roles',
        jsonb_build_array('safeguarding lead', 'partner caseworker'))),
    coalesce(ctx.now(), new.ended_at));
  return null;
end
$$;

-- Which of these grants the recipient has opened, for the agency that made them. It says nothing of who or when.
create or replace function ctx.grants_opened(grants uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select g.id from person_grants g where g.id = any (grants) and g.from_agency = ctx.agency()
     and exists (select from access_log a where a.subject = coalesce(g.referral_id, g.id) and a.agency_id = g.recipient
                    and a.event in ('referral.shown', 'shared information.shown'))
$$;

-- How those on call at an agency are reached now, for an agency that has shared something with it. Without their names.
create or replace function ctx.on_call_at(recipient uuid) returns setof text
  language sql stable security definer set search_path = public, pg_temp as $$
  select t.reached from on_call_shifts t
   where t.agency_id = recipient and t.starts_at <= ctx.now() and t.ends_at > ctx.now() and ctx.side() = 'help'
     and exists (select from person_grants g where g.from_agency = ctx.agency() and g.recipient = t.agency_id)
   order by t.starts_at, t.id
$$;

create or replace function ctx.name_request_of_end() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.referral_id := (select g.referral_id from person_grants g where g.id = new.id);
  return new;
end
$$;

-- Times and people come from the request. A refused disclosure loses whom it would have named to custody or police.
create or replace function ctx.stamp_disclosures() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hour timestamptz := date_trunc('hour', ctx.now());
begin
  if old.approved_at is null and new.approved_at is not null then
    new.approved_at := coalesce(hour, new.approved_at);
    new.approved_by := coalesce(ctx.member(), new.approved_by);
  end if;
  if old.refused_at is null and new.refused_at is not null then
    new.refused_at := coalesce(hour, new.refused_at);
    new.refused_by := coalesce(ctx.member(), new.refused_by);
    if new.purpose in ('custody protection', 'police request') then new.sealed_plan := null; end if;
  end if;
  if old.reviewed_at is null and new.reviewed_at is not null then
    new.reviewed_at := coalesce(hour, new.reviewed_at);
    new.reviewed_by := coalesce(ctx.member(), new.reviewed_by);
  end if;
  return new;
end
$$;

-- A disclosure is answered once and never rewritten. Content that was sent or refused is deleted here.
create or replace function ctx.keep_disclosures() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  forgets boolean;
begin
  if tg_op = 'INSERT' then
    if new.timing = 'by one alone' or num_nonnulls(new.refused_by, new.reviewed_by, new.sealed_content) > 0
       or (new.timing = 'after approval' and new.approved_by is not null) then
      raise exception 'it is asked for before it is answered, by a second person' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if new is not distinct from old then return null; end if;
  forgets := old.sealed_plan is not null and new.sealed_plan is null and (case old.purpose
    when 'custody protection' then new.refused_at is not null or exists (select from custody_notices n where n.id = old.id)
    when 'police request' then new.refused_at is not null or exists (select from information_decisions i where i.id = old.id)
    else false end);
  if to_jsonb(new) - '{approved_by,approved_at,refused_by,refused_at,reviewed_by,reviewed_at,review_result,sealed_content}'::text[] - (case when forgets then 'sealed_plan' else '' end)
     is distinct from to_jsonb(old) - '{approved_by,approved_at,refused_by,refused_at,reviewed_by,reviewed_at,review_result,sealed_content}'::text[] - (case when forgets then 'sealed_plan' else '' end) then
    raise exception 'what was asked for stays as it was asked' using errcode = 'check_violation';
  end if;
  if forgets and to_jsonb(new) - 'sealed_plan' = to_jsonb(old) - 'sealed_plan' then return null; end if;
  if old.timing = 'by one alone' or num_nonnulls(old.refused_by, old.reviewed_by) > 0
     or (old.timing = 'after approval' and old.approved_by is not null)
     or (old.timing = 'at once' and (new.approved_by, new.approved_at) is distinct from (old.approved_by, old.approved_at)) then
    raise exception 'it is answered once' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Refuses a grant without approval, by another author, or on a disclosure whose review found something wrong.
create or replace function ctx.keep_told_without_consent() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Held: whoever looks at it meanwhile waits.
  perform from disclosures d where d.id = new.disclosure_id for share;
  if not exists (select from disclosures d where d.id = new.disclosure_id and d.approved_at is not null
        and d.asked_by = new.author_id and d.review_result is distinct from 'something was wrong') then
    raise exception 'a second person approves what is told without consent' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- A message is about an item that was agreed. The recipient of a draft may answer about it too.
create or replace function ctx.keep_referral_messages() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
       select from person_grants g where g.referral_id = new.referral_id and g.ended_at is null
          and g.until > coalesce(ctx.now(), new.written_at)
          and (new.item is null and g.recipient = new.agency_id
            or new.item = any (g.items) and (g.from_agency = new.agency_id
              or g.recipient = new.agency_id and new.item = 'NRM draft'))) then
    raise exception 'an answer is about what was agreed' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- The database itself requires that a shared document is about the same person and in a group that was agreed.
create or replace function ctx.keep_granted_papers() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from unnest(new.papers) g (id) where not exists (
       select from person_documents a join persons p on p.id = a.person_id
        where a.id = g.id and a.item = any (new.items) and new.person_id in (p.id, p.origin_id))) then
    raise exception 'a paper goes along where its group was agreed' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Whether one of these councils was told about a child, for the support worker who wrote a note about that person. They
-- may not read the referral of another agency, and must not notify a council that knows. Nothing else of it is said.
create or replace function ctx.council_notified(met uuid, councils uuid[]) returns boolean
  language sql stable security definer set search_path = public, pg_temp as
  $$ select ctx.side() = 'help'
        and exists (select from notes n where n.encounter_id = met and n.author_id = ctx.member())
        and (exists (select from person_grants g where g.recipient = any (councils) and g.purpose = 'childcare'
              and (g.person_id = met or exists (select from persons p where p.id = g.person_id and p.origin_id = met)))
          or exists (select from disclosures d where d.recipient = any (councils) and d.approved_at is not null
              and d.purpose <> 'NRM referral' and (d.purpose = 'childcare' or d.basis = 'child')
              and (d.timing <> 'after approval' or exists (select from person_grants g where g.disclosure_id = d.id))
              and (d.person_id = met or exists (select from persons p where p.id = d.person_id and p.origin_id = met)))) $$;

-- Which of these files still belong to a record.
create or replace function ctx.papers_among(ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp as
  $$ select a.file_id from person_documents a where a.file_id = any (ids) $$;

-- A referral is never rewritten; it is decided once and ended once. An answer is about an agreed item, and nobody
-- writes after the end.
create or replace function ctx.keep_referrals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new is not distinct from old then return null; end if;
  if to_jsonb(new) - '{state,decided_by,decided_at,sealed_reason,outcome,ended,ended_at}'::text[] is distinct from to_jsonb(old) - '{state,decided_by,decided_at,sealed_reason,outcome,ended,ended_at}'::text[]
     or old.ended is not null or (old.state <> 'sent' and new.state <> old.state) then
    raise exception 'what was asked stays as it was asked' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Referral and grant end together: withdrawal ends the referral; declining or finishing ends the grant.
create or replace function ctx.end_referral_of_grant() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referrals set ended = 'taken back', ended_at = new.ended_at where id = new.referral_id and ended is null;
  return null;
end
$$;

create or replace function ctx.end_grant_of_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person_grants
     set ended_at = coalesce(date_trunc('hour', ctx.now()), new.ended_at, new.decided_at), ended = coalesce(new.ended, new.state)
   where referral_id = new.id and ended_at is null;
  return null;
end
$$;

create or replace function ctx.keep_called_back() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx.agency() <> old.to_agency and not old.outside and new is distinct from old
     and (new.state <> old.state or new.ended is distinct from 'taken back'
       or new.sealed_reason is distinct from old.sealed_reason) then
    raise exception 'whoever asks decides nothing for the agency asked' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.keep_nrm_drafts() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.revision <> 1 then
      raise exception 'a concern begins at its first revision' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if new.revision <> old.revision + 1
     or to_jsonb(new) - '{sealed_content,revision}'::text[] is distinct from to_jsonb(old) - '{sealed_content,revision}'::text[] then
    raise exception 'of a concern only what was said changes, one revision after the other' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.keep_custody_notices() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.withdrawn_at is not null then
      raise exception 'a notice is sent before it is taken back' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if new is not distinct from old then return null; end if;
  if old.withdrawn_at is not null or new.withdrawn_at is null
     or to_jsonb(new) - '{withdrawn_at,withdrawn_by,withdrawal_transfer_id}'::text[]
        is distinct from to_jsonb(old) - '{withdrawn_at,withdrawn_by,withdrawal_transfer_id}'::text[] then
    raise exception 'a notice is taken back once, and otherwise stays as it was sent' using errcode = 'check_violation';
  end if;
  if new.withdrawn_by is distinct from coalesce(ctx.member(), new.withdrawn_by) then
    raise exception 'it is taken back in one’s own name' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.keep_retention_facts() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if old.encounter_id is not null and new.person_id is not null
       and to_jsonb(new) - '{person_id,encounter_id}'::text[] = to_jsonb(old) - '{person_id,encounter_id}'::text[]
       and exists (select from persons p
         where p.id = new.person_id and p.origin_id = old.encounter_id and p.agency_id = old.agency_id)
      then return null; end if;
    if old.reason is not null and new.reason is null
       and to_jsonb(new) - '{reason,sealed_reason,wrapped_key}'::text[] = to_jsonb(old) - '{reason,sealed_reason,wrapped_key}'::text[]
      then return null; end if;
    if old.ended_on is not null or new.ended_on is null or new.ended_by is distinct from ctx.member() then
      raise exception 'what was said is ended once, by who ends it' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if new.person_id is not null then
    perform from persons p where p.id = new.person_id and p.agency_id = new.agency_id for update;
  else
    perform pg_advisory_xact_lock(hashtextextended('persons of/' || new.encounter_id, 0));
    perform from ctx.kept_meetings(new.agency_id, new.encounter_id, '00000000-0000-0000-0000-000000000000', 1);
  end if;
  if not found or new.ended_on is not null then
    raise exception 'it is said of a record of the agency that says it' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- The days that keep a record, or a meeting without one: what was written of the person, and the help that goes on.
create or replace function ctx.days_kept(person uuid, encounter uuid, whose uuid) returns table (day date, met boolean,
    goes boolean, ended date, many bigint)
  language sql stable as $$
  with theirs as (
    select a.id from referrals a where a.person_id = person
    union select b.id from referrals b
     where b.note_id in (select n.id from notes n where n.encounter_id = encounter and n.agency_id = whose))
  select n.day, true, false, null::date, 1 + (select count(*) from notes_versions v where v.id = n.id)
      from notes n where n.encounter_id = encounter and n.agency_id = whose
  union all select r.day, false, true, (coalesce(r.ended_at, case when r.state = 'declined' then r.decided_at end) at time zone 'Europe/London')::date,
           1 + (select count(*) from referrals_versions v where v.id = r.id)
      from referrals r where r.id in (select t.id from theirs t)
  union all select (r.decided_at at time zone 'Europe/London')::date, false, false, null, 0 from referrals r where r.state = 'accepted'
       and r.id in (select t.id from theirs t)
  union all select (m.written_at at time zone 'Europe/London')::date, false, false, null, 1 from referral_messages m
     where m.referral_id in (select t.id from theirs t)
  union all select (c.given_at at time zone 'Europe/London')::date, false, false, null, 1 + (c.withdrawn_at is not null)::integer
      from consents c where not c.refused and c.person_id in (person, encounter) and (c.person_id = person or c.agency_id = whose)
  union all select (d.approved_at at time zone 'Europe/London')::date, false, false, null, 1 from disclosures d where d.person_id in (person, encounter) and (d.person_id = person or d.agency_id = whose)
  union all select (g.made_at at time zone 'Europe/London')::date, false, g.act = 'share', (least(g.ended_at, g.until) at time zone 'Europe/London')::date, 1 + (g.ended_at is not null)::integer
      from person_grants g where g.person_id in (person, encounter) and (g.person_id = person or g.from_agency = whose)
  union all select (a.at at time zone 'Europe/London')::date, false, false, null, 1 from contact_notes a where a.person_id = person
  union all select (t.added_at at time zone 'Europe/London')::date, false, true, (t.done_at at time zone 'Europe/London')::date, 1 + num_nonnulls(t.taken_at, t.done_at)
      from person_actions t where t.person_id = person
  union all select (x.given_at at time zone 'Europe/London')::date, false, false, null, 1 from custody_notices x where x.person_id = person
  union all select (x.withdrawn_at at time zone 'Europe/London')::date, false, false, null, 1 from custody_notices x
     where x.person_id = person and x.withdrawn_at is not null
  union all select (i.decided_at at time zone 'Europe/London')::date, false, false, null, 1 from information_decisions i where i.person_id = person
  union all select (w.came_at at time zone 'Europe/London')::date, false, true, (coalesce(w.left_at, e.closes_at) at time zone 'Europe/London')::date, 1 + (w.left_at is not null)::integer
      from wristband_people l join wristbands w on w.id = l.wristband_id join reception_centres e on e.id = w.reception_id
     where l.person_id = person
  union all select (q.added_at at time zone 'Europe/London')::date, false, false, null, 1 from person_documents q where q.person_id = person
  -- A meeting about the person prolongs nothing, and an erasure notices that something was recorded of it.
  union all select null, false, false, null, k.revision from meeting_cases k where k.person_id = person
$$;

-- The facts of each record that the rules need, and no content: TypeScript applies the rules.
create or replace function ctx.kept_people(agency uuid, one uuid, beyond uuid, most integer) returns table (id uuid,
    agency_id uuid, origin text, opened_at timestamptz, from_day date, facts jsonb, helped date[], help jsonb,
    concerned date[], seen integer, wrapped_key bytea)
  language sql stable security definer set search_path = public, pg_temp as $$
          select p.id, p.agency_id, p.origin, p.opened_at,
                 coalesce(h.first, (p.opened_at at time zone 'Europe/London')::date),
                 coalesce(f.facts, '[]'), coalesce(h.days, '{}'), coalesce(h.help, '[]'), coalesce(w.days, '{}'),
                 (coalesce(f.many, 0) + coalesce(h.many, 0) + coalesce(w.many, 0)
                   + (select count(*) from persons_versions v where v.id = p.id))::integer, p.wrapped_key
            from persons p
            left join lateral (
              select jsonb_agg(to_jsonb(f) - 'reason' order by f.recorded_on, f.id) as facts, count(*) + count(f.ended_on) as many
                from retention_facts f where f.person_id = p.id) f on true
            left join lateral (
              select min(a.day) filter (where a.met) as first, array_agg(a.day) filter (where a.day is not null) as days, sum(a.many) as many,
                     jsonb_agg(jsonb_build_object('since', a.day, 'ended', a.ended)) filter (where a.goes) as help
                from ctx.days_kept(p.id, p.origin_id, p.agency_id) a) h on true
            left join lateral (
              select array_agg(c.day) as days, sum(c.many) as many from (
   select (w.raised_at at time zone 'Europe/London')::date as day, w.revision as many from nrm_drafts w where w.person_id = p.id
   union all select (v.replaced_at at time zone 'Europe/London')::date, 0 from nrm_drafts w join nrm_drafts_versions v on v.id = w.id where w.person_id = p.id) c) w on true
           where (agency is null or p.agency_id = agency) and (one is null or p.id = one) and p.id > beyond
           order by p.id limit most
$$;

create or replace function ctx.people_kept_here(one uuid, beyond uuid, most integer) returns table (id uuid, agency_id
    uuid, origin text, opened_at timestamptz, from_day date, facts jsonb, helped date[], help jsonb, concerned date[],
    seen integer, wrapped_key bytea)
  language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.agency_id, k.origin, k.opened_at, k.from_day, k.facts, k.helped, k.help, k.concerned, k.seen, null::bytea
    from ctx.kept_people(ctx.agency(), one, beyond, most) k where ctx.side() = 'help' and ctx.roles() && array['safeguarding lead', 'partner caseworker', 'data-protection lead']
$$;

create or replace function ctx.people_kept(beyond uuid, most integer) returns table (id uuid, agency_id uuid, origin
    text, opened_at timestamptz, from_day date, facts jsonb, helped date[], help jsonb, concerned date[], seen
    integer, wrapped_key bytea)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select * from ctx.kept_people(null, null, beyond, most) $$;

create or replace function ctx.rules_of_keeping() returns setof person_retention_rules
  language sql stable security definer set search_path = public, pg_temp as
  $$ select * from person_retention_rules order by recorded_on, id $$;

create or replace function ctx.erasure_leaves(asked uuid[]) returns table (id uuid, leaf bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, l.index from person_erasure_certificates c
    join access_log a on a.subject = c.person_id and a.request_id = c.log_request and a.kind = 'erasure'
    join log_leaves l on l.xid = a.xid and l.id = a.id
   where c.id = any (asked) and c.agency_id = ctx.agency() and ctx.side() = 'help' and ctx.roles() && array['safeguarding lead', 'partner caseworker', 'data-protection lead']
$$;

-- Refuses during a hold, while the person is being informed, or if something was added since the decision.
create or replace function ctx.erase_person(person uuid, known integer, moment timestamptz, of_class text, because
    text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept persons;
begin
  select * into kept from persons p where p.id = person for update;
  if not found then return false; end if;
  if exists (select from retention_facts f where f.person_id = person and f.what = 'hold' and f.ended_on is null)
     -- While she is being told what is held, all of it stays.
     or exists (select from subject_access_requests r where r.state = 'open' and r.about && array[person, kept.origin_id])
     or (select k.seen from ctx.kept_people(kept.agency_id, person, '00000000-0000-0000-0000-000000000000', 1) k) <> known
     then return false; end if;
  -- What was written of the meeting goes with the last record that the agency opened of it.
  perform ctx.erase_hers(person,
    case when not exists (select from persons p
      where p.origin_id = kept.origin_id and p.agency_id = kept.agency_id and p.id <> person) then kept.origin_id end,
    kept.agency_id, kept.opened_at, moment, of_class, because);
  delete from persons_versions v where v.id = person;
  delete from persons p where p.id = person;
  return true;
end
$$;

-- After the commit, so that no existing row loses its key; listed here until it is done.
create or replace function ctx.keys_waiting(most integer) returns table (pointer bytea)
  language sql security definer set search_path = public, pg_temp as
  $$ select k.pointer from keys_to_destroy k order by k.pointer limit most for update skip locked $$;

create or replace function ctx.keys_destroyed(gone bytea[], moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about uuid[];
begin
  with done as (delete from keys_to_destroy k where k.pointer = any (gone) returning k.certificate_id)
    select array_agg(distinct certificate_id) into about from done;
  update person_erasure_certificates c set keys_destroyed_at = date_trunc('hour', moment)
   where c.id = any (about) and not exists (select from keys_to_destroy k where k.certificate_id = c.id);
end
$$;

-- Rebuilds the index, which keeps the mark of a name after the last person with it is erased. Pages keep rows until
-- they are cleared.
create or replace function ctx.write_marks_anew(since timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from person_erasure_certificates c where c.destroyed_at >= since) then return false; end if;
  cluster name_digests using name_digests_pkey;
  return true;
end
$$;

-- In the safeguarding database, the keeper of a record learns that such a request is open, and nothing else about
-- it.
create or replace function ctx.asked_by_person(one uuid, what text) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select ctx.side() = 'help'
     and ctx.roles() && array['field', 'safeguarding lead', 'partner caseworker', 'data-protection lead']
     and exists (select from subject_access_requests r
       where r.agency_id = ctx.agency() and r.state = 'open' and r.wants = what
         and r.about && (array[one]
           || array(select p.origin_id from persons p where p.id = one and p.origin_id is not null)
           || array(select n.encounter_id from notes n where n.id = one)
           || array(select n.id from notes n where n.encounter_id = one and n.agency_id = ctx.agency())))
$$;

-- As for a record: days and facts, and no content. Covers what one agency wrote about a person without a record
-- there.
create or replace function ctx.kept_meetings(agency uuid, one uuid, beyond uuid, most integer) returns table (id uuid,
    agency_id uuid, origin text, opened_at timestamptz, from_day date, facts jsonb, helped date[], help jsonb,
    concerned date[], seen integer, wrapped_key bytea, met date[], note_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
        with written (met, agency_id, at, noted_at, wrapped_key) as (
          select n.encounter_id, n.agency_id, n.written_at, n.written_at, n.wrapped_key from notes n
          union all select c.person_id, c.agency_id, c.given_at, null, c.wrapped_key from consents c
          union all select d.person_id, d.agency_id, d.asked_at, null, d.wrapped_key from disclosures d
          union all select g.person_id, g.from_agency, g.made_at, null, g.wrapped_key from person_grants g),
        p as (
          select null::uuid as id, w.met as origin_id, w.agency_id, min(w.at) as at, max(w.noted_at) as noted_at,
                 (array_agg(w.wrapped_key order by w.at desc) filter (where w.wrapped_key is not null))[1] as wrapped_key
            from written w
           where (agency is null or w.agency_id = agency) and (one is null or w.met = one) and w.met > beyond
             and not exists (select from persons r where r.id = w.met or r.origin_id = w.met and r.agency_id = w.agency_id)
           group by w.met, w.agency_id
           -- Two agencies may have written of one meeting: neither is left out.
           order by w.met fetch first (most) rows with ties)
        select p.origin_id, p.agency_id, 'met at visit', date_trunc('hour', p.at),
               -- The day of the meeting may be wrong, or long past: the 28 days begin when the last note was written.
               greatest(coalesce(h.first, (p.at at time zone 'Europe/London')::date),
                        (p.noted_at at time zone 'Europe/London')::date),
               coalesce(f.facts, '[]'), coalesce(h.days, '{}'), coalesce(h.help, '[]'), '{}'::date[],
               (coalesce(f.many, 0) + coalesce(h.many, 0))::integer, p.wrapped_key, coalesce(h.met, '{}'),
               (select n.id from notes n where n.encounter_id = p.origin_id and n.agency_id = p.agency_id order by n.day, n.id limit 1)
          from p
          left join lateral (
            select jsonb_agg(to_jsonb(f) - '{reason,sealed_reason,wrapped_key}'::text[] order by f.recorded_on, f.id) as facts, count(*) + count(f.ended_on) as many
              from retention_facts f where f.encounter_id = p.origin_id and f.agency_id = p.agency_id) f on true
          left join lateral (
            select min(a.day) filter (where a.met) as first, array_agg(a.day) filter (where a.met) as met,
                   array_agg(a.day) filter (where not a.met and a.day is not null) as days, sum(a.many) as many,
                   jsonb_agg(jsonb_build_object('since', a.day, 'ended', a.ended)) filter (where a.goes) as help
              from ctx.days_kept(p.id, p.origin_id, p.agency_id) a) h on true
         order by p.origin_id
$$;

create or replace function ctx.meetings_kept_here(one uuid, beyond uuid, most integer) returns table (id uuid,
    agency_id uuid, origin text, opened_at timestamptz, from_day date, facts jsonb, helped date[], help jsonb,
    concerned date[], seen integer, wrapped_key bytea, met date[], note_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.agency_id, k.origin, k.opened_at, k.from_day, k.facts, k.helped, k.help, k.concerned, k.seen, null::bytea, k.met, k.note_id
    from ctx.kept_meetings(ctx.agency(), one, beyond, most) k where ctx.side() = 'help' and ctx.roles() && array['safeguarding lead', 'partner caseworker', 'data-protection lead']
$$;

create or replace function ctx.meetings_kept(beyond uuid, most integer) returns table (id uuid, agency_id uuid, origin
    text, opened_at timestamptz, from_day date, facts jsonb, helped date[], help jsonb, concerned date[], seen
    integer, wrapped_key bytea, met date[], note_id uuid)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select * from ctx.kept_meetings(null, null, beyond, most) $$;

create or replace function ctx.take_over_meeting() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update retention_facts f set person_id = new.id, encounter_id = null
   where f.encounter_id = new.origin_id and f.agency_id = new.agency_id;
  return null;
end
$$;

create or replace function ctx.erase_hers(person uuid, met uuid, whose uuid, opened timestamptz, moment timestamptz,
    of_class text, because text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
   declare
     her_notes uuid[];
     her_referrals uuid[];
     her_consents uuid[];
     her_disclosures uuid[];
     her_grants uuid[];
     her_keys bytea[];
     her_transfers uuid[];
     counted uuid[];
     certificate uuid := gen_random_uuid();
     request uuid := gen_random_uuid();
     hour timestamptz := date_trunc('hour', moment);
     many integer;
     halved integer;
     whole integer;
   begin
     her_notes := array(select n.id from notes n where n.encounter_id = met and n.agency_id = whose for update);
     her_consents := array(select c.id from consents c where c.person_id = person or c.person_id = met and c.agency_id = whose);
     her_disclosures := array(select d.id from disclosures d where d.person_id = person or d.person_id = met and d.agency_id = whose);
     her_grants := array(select g.id from person_grants g where g.person_id = person or g.person_id = met and g.from_agency = whose
       or g.consent_id = any (her_consents) or g.disclosure_id = any (her_disclosures));
     her_referrals := array(select r.id from referrals r where r.note_id = any (her_notes) or r.person_id = person
       union select g.referral_id from person_grants g where g.referral_id is not null and g.id = any (her_grants));
     her_grants := array(select g.id from person_grants g where g.id = any (her_grants) or g.referral_id = any (her_referrals));
     her_transfers := array(select x.transfer_id from custody_notices x where x.person_id = person
   union select x.withdrawal_transfer_id from custody_notices x where x.person_id = person
   union select i.request_id from information_decisions i where i.person_id = person);
     her_keys := array(select p.wrapped_key from persons p where p.id = person
  union all select decode(substring(v.record ->> 'wrapped_key' from 3), 'hex') from persons_versions v where v.id = person
  union all select n.wrapped_key from notes n where n.id = any (her_notes)
  union all select decode(substring(v.record ->> 'wrapped_key' from 3), 'hex') from notes_versions v where v.id = any (her_notes)
  union all select r.wrapped_key from referrals r where r.id = any (her_referrals)
  union all select decode(substring(v.record ->> 'wrapped_key' from 3), 'hex') from referrals_versions v where v.id = any (her_referrals)
  union all select m.wrapped_key from referral_messages m where m.referral_id = any (her_referrals)
  union all select c.wrapped_key from consents c where c.id = any (her_consents)
  union all select d.wrapped_key from disclosures d where d.id = any (her_disclosures)
  union all select g.wrapped_key from person_grants g where g.id = any (her_grants)
  union all select x.wrapped_key from custody_notices x where x.person_id = person
  union all select i.wrapped_key from information_decisions i where i.person_id = person
  union all select q.wrapped_key from person_documents q where q.person_id = person
   union all select decode(o.details ->> 'wrapped', 'base64') from outbox o where o.details ->> 'wrapped' is not null and o.about = any (her_transfers)
   union all select f.wrapped_key from retention_facts f
     where f.wrapped_key is not null and (f.person_id = person or f.encounter_id = met and f.agency_id = whose));
     select count(distinct k.wrapped_key) filter (where get_byte(k.wrapped_key, 0) = 0),
            count(distinct k.wrapped_key) filter (where get_byte(k.wrapped_key, 0) <> 0)
       into halved, whole from unnest(her_keys) k (wrapped_key);
     many := (person is not null)::integer + cardinality(her_notes) + cardinality(her_referrals) + cardinality(her_consents)
       + cardinality(her_disclosures) + cardinality(her_grants) + (select count(*) from contact_notes x where x.person_id = person) + (select count(*) from person_actions x where x.person_id = person) + (select count(*) from nrm_drafts x where x.person_id = person) + (select count(*) from custody_notices x where x.person_id = person) + (select count(*) from information_decisions x where x.person_id = person) + (select count(*) from person_documents x where x.person_id = person) + (select count(*) from meeting_cases x where x.person_id = person);
     insert into person_erasure_certificates (id, person_id, agency_id, class, why, opened_at, records, keys, whole_keys,
                                       keys_destroyed_at, destroyed_at, log_request)
       values (certificate, coalesce(person, met), whose, of_class, because, opened, many, halved, whole,
               case when halved = 0 then hour end, hour, request);
     insert into keys_to_destroy
       select distinct substring(k.wrapped_key from 2 for 12), certificate from unnest(her_keys) k (wrapped_key)
        where get_byte(k.wrapped_key, 0) = 0 on conflict do nothing;
     delete from outbox o where o.about = any (her_transfers);
     -- Versions of her letters go with their grants. A printed handover keeps its number, and forgets that it named her.
     update safeguarding_papers y set parts = y.parts - 'Handed over', actions = array(select a.id from unnest(y.actions) a (id)
         where not exists (select from person_actions x where x.id = a.id and x.person_id = person))
      where y.actions && array(select x.id from person_actions x where x.person_id = person);
     -- What is counted stays, and leads to nobody.
     insert into disposed_referrals select r.id, r.operation_id, r.day, r.to_agency, r.state
       from referrals r where r.id = any (her_referrals) and r.operation_id is not null on conflict do nothing;
     counted := array(select distinct f.person from note_facts f where f.note_id = any (her_notes));
     update note_facts f set note_id = gen_random_uuid() where f.note_id = any (her_notes);
     delete from withdrawn_grants e where e.id = any (her_grants);
     delete from person_grants g where g.id = any (her_grants);
     delete from referral_messages m where m.referral_id = any (her_referrals);
     delete from referrals_versions v where v.id = any (her_referrals);
     delete from referrals r where r.id = any (her_referrals);
     delete from consents c where c.id = any (her_consents);
     delete from disclosures d where d.id = any (her_disclosures);
     delete from note_acknowledgements t where t.note_id = any (her_notes);
     delete from notes_versions v where v.id = any (her_notes);
     delete from notes n where n.id = any (her_notes);
     delete from retention_facts f where f.encounter_id = met and f.agency_id = whose;
     -- One person still counts once; and where nobody else wrote of her, not even the unit's key finds the meeting.
     if not exists (select from notes n where n.encounter_id = met) then
       update note_facts f set person = c.other from (select o.was, gen_random_uuid() as other from unnest(counted) o (was)) c
        where f.person = c.was;
     end if;
     -- Decided stays decided: about nobody, and without a reason.
     update information_decisions i set person_id = null, sealed_reasons = null, wrapped_key = null where i.person_id = person;
     insert into access_log (at, kind, event, action, purpose, subject, fields, reason, owner_id, request_id)
       values (hour, 'erasure', case when person is null then 'meeting.let go' else 'person.let go' end, 'upkeep', 'upkeep',
               coalesce(person, met), array['known', 'notes', 'consents', 'referrals', 'key'], because, whose, request);
   end
$$;

create or replace function ctx.erase_meeting(encounter uuid, whose uuid, known integer, moment timestamptz, of_class
    text, because text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  opened timestamptz;
  seen integer;
begin
  -- Whoever opens a record of it, or holds it, waits; who writes in a note meanwhile has written before or finds none.
  perform pg_advisory_xact_lock(hashtextextended('persons of/' || encounter, 0));
  perform from notes n where n.encounter_id = encounter and n.agency_id = whose for update;
  select k.opened_at, k.seen into opened, seen
    from ctx.kept_meetings(whose, encounter, '00000000-0000-0000-0000-000000000000', 1) k;
  if not found or seen <> known
     or exists (select from retention_facts f
       where f.encounter_id = encounter and f.agency_id = whose and f.what = 'hold' and f.ended_on is null)
     or exists (select from subject_access_requests r where r.state = 'open'
       and r.about && (array[encounter] || array(select n.id from notes n where n.encounter_id = encounter and n.agency_id = whose)))
     then return false; end if;
  perform ctx.erase_hers(null, encounter, whose, opened, moment, of_class, because);
  return true;
end
$$;

-- Deletes events after they were delivered. Undelivered events about an erased person are dropped, with the halves
-- of their keys.
create or replace function ctx.forget_heard(news uuid[]) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ delete from outbox o where o.id = any (news) and o.handled_at is not null $$;

create or replace function ctx.unsealed_reasons(most integer) returns table (id uuid, reason text)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select f.id, f.reason from retention_facts f where f.reason is not null order by f.id limit most $$;

create or replace function ctx.seal_reason(one uuid, sealed bytea, wrapped bytea) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update retention_facts f set reason = null, sealed_reason = sealed, wrapped_key = wrapped
   where f.id = one and f.reason is not null
$$;

-- Every new row about a record locks the record. An erasure then waits and finds the row; a writer that waits for
-- an erasure finds no record.
create or replace function ctx.hold_record() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was boolean := exists (select from persons p where p.id = new.person_id);
begin
  perform from persons p where p.id = new.person_id or p.origin_id = new.person_id order by p.id for key share;
  if was and not exists (select from persons p where p.id = new.person_id) then
    -- As what is hidden: not found.
    raise exception 'the record is gone' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

create or replace function ctx.keep_person_actions() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if old.done_at is not null then
    raise exception 'what is done stays done' using errcode = 'check_violation';
  end if;
  if (new.id, new.person_id, new.agency_id, new.author_id, new.added_at, new.meeting_id)
     is distinct from (old.id, old.person_id, old.agency_id, old.author_id, old.added_at, old.meeting_id) then
    raise exception 'a task stays whose it is' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- Minutes are closed once, by the chair. After that only the sealed text grows, by corrections.
create or replace function ctx.keep_case_meetings() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if new.revision <> old.revision + 1
     or (new.id, new.agency_id, new.author_id, new.called_at, new.previous_id, new.wrapped_key)
        is distinct from (old.id, old.agency_id, old.author_id, old.called_at, old.previous_id, old.wrapped_key) then
    raise exception 'a meeting stays whose it is, one revision after the other' using errcode = 'check_violation';
  end if;
  if old.closed_at is not null and to_jsonb(new) - '{sealed_content,revision}'::text[]
     is distinct from to_jsonb(old) - '{sealed_content,revision}'::text[] then
    raise exception 'closed minutes stay closed' using errcode = 'check_violation';
  end if;
  if old.closed_at is null and new.closed_at is not null
     and (new.closed_by <> new.chair_id or new.closed_by is distinct from coalesce(ctx.member(), new.closed_by)) then
    raise exception 'the chair closes the minutes' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace function ctx.keep_meeting_cases() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.revision <> 1 or exists (select from case_meetings m where m.id = new.meeting_id and m.closed_at is not null) then
      raise exception 'a case comes on the list before the minutes are closed' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.revision <> old.revision + 1
     or to_jsonb(new) - '{sealed_content,revision}'::text[] is distinct from to_jsonb(old) - '{sealed_content,revision}'::text[] then
    raise exception 'of a case on a list only what was said changes, one revision after the other' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace function ctx.keep_information_decisions() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.ground is not distinct from 'the person agreed') <> (new.sealed_agreed is not null) then
    raise exception 'a yes is kept with the words that were shown, and no other is' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create or replace function ctx.forget_agreed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.sealed_agreed := null;
  return new;
end
$$;

-- Cases whose ids end as a reference may mean, those too that the caller may not see: row policies decide on the
-- ids, and would not let an index find them. The order leads to it before there are statistics of it.
create or replace function ctx.persons_ending(endings text[]) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(one.id), '{}')
    from (select id from persons where right(id::text, 8) = any (endings) order by right(id::text, 8) limit 100) one
$$;

reset role;
