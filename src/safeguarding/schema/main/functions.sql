-- What custody officers and police see of help for people: the functions in the main database.

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

create or replace function ctx.keep_custody_urgent_pages() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.acknowledged_by is null then
    if new.acknowledged_by is distinct from ctx.member() or new.passed_on is not null then
      raise exception 'it is taken on by who takes it on, and passed on after that' using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if (new.acknowledged_by, new.acknowledged_at) is distinct from (old.acknowledged_by, old.acknowledged_at)
     or old.passed_on is not null and (new.passed_on, new.passed_at) is distinct from (old.passed_on, old.passed_at) then
    raise exception 'it is taken on once, and passed on once' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Whether a custodian has it, for callers with the crossing id, which cannot be guessed.
create or replace function ctx.custody_standing(crossings uuid[]) returns table (id uuid, rounds integer, acknowledged
    boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.rounds, r.acknowledged_by is not null from custody_urgent_pages r
   where r.id = any (crossings) and ctx.side() = 'help'
$$;

-- Only for the leader process: carries the sealed notice across, at most once despite retries, and counts the
-- minutes.
create or replace function ctx.take_custody_notice(crossing uuid, agency uuid, said text, reference bytea, wrapped
    bytea, back uuid) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into received_custody_notices (id, agency_id, sentence, sealed_reference, wrapped_key, withdraws, arrived_at)
    values (crossing, agency, said, reference, wrapped, back, date_trunc('hour', ctx.now())) on conflict do nothing;
  insert into custody_urgent_pages (id, agency_id) values (crossing, agency) on conflict do nothing
$$;

create or replace function ctx.ring_custodians() returns void
  language sql security definer set search_path = public, pg_temp as $$
  update custody_urgent_pages set rounds = rounds + 1 where acknowledged_by is null and rounds < 100000;
  update received_custody_notices set sealed_reference = null, wrapped_key = null
   where sealed_reference is not null and arrived_at < ctx.now() - make_interval(days => 28)
$$;

create or replace function ctx.keep_information_requests() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.asked_at is distinct from coalesce(ctx.now(), new.asked_at) then
    raise exception 'it is asked for now' using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Only for the leader process: an answer of the agency that was asked, about what was asked, at most once despite
-- retries.
create or replace function ctx.take_information_answer(request uuid, agency uuid, given text[], words bytea, wrapped
    bytea) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into information_answers (id, kinds, sealed_words, wrapped_key, arrived_at)
  select r.id, given, words, wrapped, date_trunc('hour', ctx.now()) from information_requests r
   where r.id = request and r.recipient = agency and given <@ r.kinds
  on conflict do nothing
$$;


-- Only for the leader process: the member who asked learns that an answer is there, once.
create or replace function ctx.tell_of_information_answer(request uuid, moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into notices (id, kind, subject, owner_id, to_member, made_at)
    select gen_random_uuid(), 'information answer', r.id, r.agency_id, r.asked_by, moment
      from information_requests r join information_answers a on a.id = r.id
     where r.id = request
       and not exists (select 1 from notices n where n.subject = r.id and n.kind = 'information answer')
$$;

-- Only for the leader process: two days before police are told that no information is given, the agency that was
-- asked is reminded, once. It is not known here whether the agency has decided.
create or replace function ctx.remind_of_information_deadlines(moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into notices (id, kind, subject, owner_id, to_agency, to_roles, made_at, urgent)
    select gen_random_uuid(), 'information deadline', r.id, r.recipient, r.recipient, array['safeguarding lead'],
           moment, true
      from information_requests r
     where r.due_at > moment and r.due_at <= moment + interval '2 days'
       and not exists (select 1 from information_answers a where a.id = r.id)
       and not exists (select 1 from notices n where n.subject = r.id and n.kind = 'information deadline')
$$;

reset role;
