-- Agencies, members, how they sign in, and roles that a second person approves: the functions in the main database.

create or replace function ctx.ended_stays_ended() returns trigger
  language plpgsql as $$
begin
  if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
    raise exception 'a session that has ended stays ended' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace function ctx.unfinished() returns uuid
  language sql stable parallel safe as $$ select nullif(current_setting('safelight.unfinished', true), '')::uuid $$;

create or replace function ctx.keep_grants() returns trigger
  language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(old) - 'until') is distinct from (to_jsonb(new) - 'until')
     or new.until is null or new.until > old.until or old.until <= ctx.now()
     or new.until < greatest(old.since, ctx.now()) then
    raise exception 'a grant is ended, and otherwise stays as it was given' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

-- An agency confirms and withdraws for itself alone. What all have confirmed is replaced by another agreement, not
-- changed; a change of what waits asks everybody again.
create or replace function keep_agreements() returns trigger
  language plpgsql as $$
declare
  own uuid[] := array[ctx.agency()];
  changed boolean;
begin
  if exists (select from unnest(new.agencies || new.also_asks) as named (id)
              where not exists (select from agencies a where a.id = named.id)) then
    raise exception 'an agreement names agencies that exist' using errcode = 'check_violation';
  end if;
  if tg_op = 'INSERT' then
    changed := true;
    if new.withdrawn <> '{}' or exists (
      select from agreements a cross join unnest(a.agencies) as before (id) join agencies g on g.id = before.id
       where a.id = new.replaces and (g.ended_at is null or g.ended_at > ctx.now())
         and before.id <> all (a.withdrawn) and before.id <> all (new.agencies || new.also_asks)) then
      raise exception 'who signed an agreement is asked before it is replaced' using errcode = 'insufficient_privilege';
    end if;
  else
    changed := (to_jsonb(old) - array['confirmed', 'withdrawn', 'withdrawn_reason'])
      is distinct from (to_jsonb(new) - array['confirmed', 'withdrawn', 'withdrawn_reason']);
    if changed and (old.confirmed @> (old.agencies || old.also_asks) or old.withdrawn <> '{}'
        or (new.also_asks, new.replaces) is distinct from (old.also_asks, old.replaces)) then
      raise exception 'an agreement that counts is replaced, not changed' using errcode = 'insufficient_privilege';
    end if;
    if not changed and (not new.confirmed @> old.confirmed or not old.confirmed || own @> new.confirmed) then
      raise exception 'an agency confirms for itself alone' using errcode = 'insufficient_privilege';
    end if;
    if not new.withdrawn @> old.withdrawn or not old.withdrawn || own @> new.withdrawn then
      raise exception 'an agency withdraws for itself alone' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if changed and not own @> new.confirmed then
    raise exception 'an agency confirms for itself alone' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

-- These see more than who calls them: they belong to safelight_relations, and rights.sql says who may call each.
set local role safelight_relations;

-- Not normalised again here: different rules in the database would find accounts that the program counts under
-- another name.
create or replace function ctx.credentials(address text) returns table (member_id uuid, password_hash text, has_code
    boolean, has_passkey boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.member_id, c.password_hash,
         exists (select 1 from code_generators g where g.member_id = m.id),
         exists (select 1 from passkeys p where p.member_id = m.id)
    from accounts c join members m on m.id = c.member_id
   where c.email = address and (m.ended_at is null or m.ended_at > ctx.now())
$$;

create or replace function ctx.keep_terms() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  at timestamptz := coalesce(ctx.now(), now());
begin
  if tg_op = 'UPDATE' then
    if (old.roles, old.agency_id, old.ended_at) is not distinct from (new.roles, new.agency_id, new.ended_at) then
      return null;
    end if;
    update member_terms t set until = greatest(t.since, coalesce(new.ended_at, at))
     where t.member_id = new.id and (t.until is null or t.until > coalesce(new.ended_at, at));
  end if;
  if new.ended_at is null then
    insert into member_terms (member_id, agency_id, roles, since) values (new.id, new.agency_id, new.roles, at);
  end if;
  return null;
end
$$;

create or replace function ctx.refuse_look_alike() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  looks text := translate(replace(replace(new.email, 'rn', 'm'), 'vv', 'w'), '10', 'lo');
begin
  perform pg_advisory_xact_lock(hashtextextended('address ' || looks, 0));
  if exists (select 1 from accounts a where a.member_id <> new.member_id
              and translate(replace(replace(a.email, 'rn', 'm'), 'vv', 'w'), '10', 'lo') = looks) then
    raise exception 'somebody signs in with an address that looks the same' using errcode = 'unique_violation';
  end if;
  return new;
end
$$;

create or replace function ctx.open_session(token bytea, member uuid, at timestamptz, how text, shared boolean, half
    boolean, limits jsonb) returns void
  language sql security definer set search_path = public, pg_temp as $$
  insert into sessions (token_hash, member_id, agency_id, started_at, seen_at, ends_at, method,
                        shared_workstation, unfinished, idle_limit)
  select token, m.id, m.agency_id, at, at, at + make_interval(mins => l.whole), how, shared, half,
         make_interval(mins => l.idle)
    from members m cross join lateral (
      select min((value->>'idle')::int) as idle, min((value->>'whole')::int) as whole from jsonb_each(limits)
       where key = 'everybody' or key = any (m.roles) or (shared and key = 'shared workstation')
          or (half and key = 'unfinished')) l
   where m.id = member and (m.ended_at is null or m.ended_at > at)
$$;

create or replace function ctx.close_session(token bytea) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update sessions set ended_at = coalesce(ctx.now(), now()), ended_by = member_id
   where token_hash = token and ended_at is null
$$;

create or replace function ctx.end_old_sessions(at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ delete from sessions where ends_at <= at - interval '1 day' $$;

-- Returns the member as one value: fifteen columns cost both ends more than the query itself.
create or replace function ctx.enter(token bytea, at timestamptz) returns json
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_one record;
begin
  select m.id, m.name, a.id as agency_id, a.name as agency_name, a.side, m.roles,
         s.id as session_id, s.started_at, s.shared_workstation, s.unfinished,
         g.operations, g.partner_operations, g.teams, b.id as break_glass, b.operation_id as glass_operation
    into found_one
    from sessions s join members m on m.id = s.member_id join agencies a on a.id = m.agency_id
   cross join lateral (
         select coalesce(array_agg(distinct g.subject) filter (where g.relation = 'member'), '{}') as operations,
                coalesce(array_agg(distinct g.subject) filter (where g.relation = 'partner'), '{}') as partner_operations,
                coalesce(array_agg(distinct g.subject) filter (where g.relation = 'team'), '{}') as teams
           from grants g
          where (g.member_id = m.id or g.agency_id = a.id) and g.since <= at and (g.until is null or g.until > at)) g
    left join lateral (
         select b.id, b.operation_id from break_glass b
          where b.member_id = m.id and b.agency_id = a.id
            and b.opened_at <= at and coalesce(b.ended_at, b.until) > at
            and exists (select 1 from partners p where p.operation_id = b.operation_id and p.agency_id = b.agency_id)
            and not ctx.agency_waits(b.operation_id, b.agency_id)
          limit 1) b on true
   where s.token_hash = token and s.ended_at is null and s.ends_at > at and s.seen_at + s.idle_limit > at
     and (m.ended_at is null or m.ended_at > at);
  if not found then
    perform set_config('safelight.now', at::text, true);
    return null;
  end if;
  if found_one.unfinished then
    -- A name to greet, and the one thing she may do: no member, no agency, no role.
    found_one.roles := '{}';
    found_one.operations := '{}';
    found_one.partner_operations := '{}';
    found_one.teams := '{}';
    found_one.break_glass := null;
    found_one.glass_operation := null;
    perform set_config('safelight.now', at::text, true),
            set_config('safelight.unfinished', found_one.id::text, true);
  else
    perform set_config('safelight.now', at::text, true),
            set_config('safelight.member', found_one.id::text, true),
            set_config('safelight.agency', found_one.agency_id::text, true),
            set_config('safelight.side', found_one.side, true),
            set_config('safelight.roles', array_to_string(found_one.roles, ','), true),
            set_config('safelight.operations', found_one.operations::text, true),
            set_config('safelight.partner_operations', found_one.partner_operations::text, true),
            set_config('safelight.teams', found_one.teams::text, true),
            set_config('safelight.glass', coalesce(found_one.glass_operation::text, ''), true);
  end if;
  return json_build_object(
    'memberId', found_one.id, 'memberName', found_one.name,
    'agencyId', found_one.agency_id, 'agencyName', found_one.agency_name,
    'side', found_one.side, 'roles', found_one.roles,
    'operations', found_one.operations, 'partnerOperations', found_one.partner_operations,
    'teams', found_one.teams, 'breakGlass', found_one.break_glass,
    'glassOperation', found_one.glass_operation, 'sessionId', found_one.session_id,
    'startedAt', found_one.started_at, 'sharedWorkstation', found_one.shared_workstation,
    'unfinished', found_one.unfinished);
end
$$;

create or replace function ctx.used_after_end(token bytea, at timestamptz) returns uuid
  language sql security definer set search_path = public, pg_temp as $$
  update sessions set used_after_end_at = at
   where token_hash = token and ended_at is not null and used_after_end_at is null returning member_id
$$;

create or replace function ctx.sessions_seen(seen jsonb) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update sessions s set seen_at = n.at from jsonb_to_recordset(seen) as n(id uuid, at timestamptz)
   where s.id = n.id and s.seen_at < n.at and s.ended_at is null
$$;

create or replace function ctx.passkey(credential bytea) returns table (id uuid, member_id uuid, public_key bytea,
    counter bigint, transports text[])
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.member_id, p.public_key, p.counter, p.transports
    from passkeys p join members m on m.id = p.member_id
   where p.credential_id = credential and (m.ended_at is null or m.ended_at > ctx.now())
$$;

create or replace function ctx.passkey_used(passkey uuid, shown bigint) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ update passkeys set counter = shown, used_at = ctx.now() where id = passkey $$;

create or replace function ctx.code_generator(member uuid) returns table (wrapped_key bytea, secret bytea, last_step
    bigint)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select wrapped_key, secret, last_step from code_generators where member_id = member $$;

create or replace function ctx.use_step(member uuid, step bigint) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with used as (update code_generators set last_step = step where member_id = member and last_step < step returning 1)
  select exists (select 1 from used)
$$;

create or replace function ctx.recovery_codes(member uuid) returns table (id uuid, wrapped_key bytea, code_hash bytea)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select id, wrapped_key, code_hash from recovery_codes where member_id = member and used_at is null $$;

create or replace function ctx.use_recovery_code(code uuid) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with used as (update recovery_codes set used_at = ctx.now() where id = code and used_at is null returning 1)
  select exists (select 1 from used)
$$;

create or replace function ctx.tell_at_sign_in(member uuid, words text) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ insert into sign_in_notices (member_id, what, at) values (member, words, ctx.now()) $$;

-- Notices that this sign-in causes are shown at the next one: the person signing in now may not be the owner.
create or replace function ctx.notices_wait(member uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from sign_in_notices where member_id = member and seen_at is null and at < ctx.now())
$$;

create or replace function ctx.former_session(token bytea) returns table (member_id uuid, shared_workstation boolean,
    ended_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as
  $$ select member_id, shared_workstation, ended_at from sessions where token_hash = token $$;

-- A half-signed-in session may add the first way in only: one that exists already may belong to another person.
-- Other half-open sessions end then.
create or replace function ctx.first_way_in() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx.unfinished() is not null then
    perform pg_advisory_xact_lock(hashtextextended('ways in ' || new.member_id, 0));
    if (select count(*) from passkeys where member_id = new.member_id)
       + (select count(*) from code_generators where member_id = new.member_id) > 1 then
      raise exception 'there is a way in already' using errcode = 'insufficient_privilege';
    end if;
  end if;
  update sessions set ended_at = coalesce(ctx.now(), now())
   where member_id = new.member_id and unfinished and ended_at is null;
  return null;
end
$$;

-- What members may read and change of their own account.
create or replace function ctx.own_account() returns table (email text, password_hash text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select email, password_hash from accounts where member_id = coalesce(ctx.member(), ctx.unfinished())
$$;

create or replace function ctx.change_own_password(hash text) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ update accounts set password_hash = hash where member_id = ctx.member() $$;

create or replace function ctx.open_challenge(hash bytea, what text, whose text, member uuid, ends timestamptz)
    returns void
  language sql security definer set search_path = public, pg_temp as
  $$ insert into sign_in_challenges values (hash, what, whose, member, ends) $$;

create or replace function ctx.challenge(hash bytea, what text, whose text) returns table (member_id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
  select member_id from sign_in_challenges
   where challenge_hash = hash and purpose = what and bound_to = whose and until > ctx.now()
$$;

create or replace function ctx.take_challenge(hash bytea) returns boolean
  language sql security definer set search_path = public, pg_temp as $$
  with taken as (delete from sign_in_challenges where challenge_hash = hash and until > ctx.now() returning 1)
  select exists (select 1 from taken)
$$;

create or replace function ctx.salt_of(today date, fresh bytea) returns bytea
  language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_salts values (today, fresh) on conflict (day) do update set salt = sign_in_salts.salt
  returning salt
$$;

create or replace function ctx.forget_tries(moment timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_challenges where until <= moment;
  delete from sign_in_attempts where at < moment - interval '1 day';
  delete from sign_in_salts where day < (moment - interval '1 day')::date
$$;

create or replace function ctx.wrong_left(wrong double precision, since timestamptz, moment timestamptz, leak double
    precision) returns double precision
  language sql immutable as
  $$ select greatest(0, wrong - greatest(0, extract(epoch from moment - since)) / leak) $$;

create or replace function ctx.reserve_try(buckets jsonb, moment timestamptz, until timestamptz) returns double
    precision
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  b record;
  t sign_in_attempts;
  waiting double precision := 0;
  busy boolean := false;
begin
  -- All rows are locked, in one order, before any is changed.
  for b in select decode(x.key, 'hex') as key, x.allowance, x.leak
             from jsonb_to_recordset(buckets) as x(key text, allowance float8, leak float8) order by 1 loop
    insert into sign_in_attempts (key, wrong, at, free_at) values (b.key, 0, moment, 'epoch') on conflict do nothing;
    select * into t from sign_in_attempts s where s.key = b.key for update;
    waiting := greatest(waiting, extract(epoch from t.free_at - moment));
    busy := busy or (select count(*) from unnest(t.checking) c where c > moment)
      >= greatest(1, floor(b.allowance - ctx.wrong_left(t.wrong, t.at, moment, b.leak)));
  end loop;
  if waiting > 0 then return waiting; end if;
  if busy then return null; end if;
  update sign_in_attempts s
     set at = greatest(s.at, moment), wrong = ctx.wrong_left(s.wrong, s.at, moment, x.leak),
         checking = array(select c from unnest(s.checking) c where c > moment) || until
    from jsonb_to_recordset(buckets) as x(key text, leak float8) where s.key = decode(x.key, 'hex');
  return 0;
end
$$;

create or replace function ctx.settle_try(buckets jsonb, reserved timestamptz, moment timestamptz, was_right boolean)
    returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from sign_in_attempts s
    where s.key in (select decode(x.key, 'hex') from jsonb_to_recordset(buckets) as x(key text))
    order by s.key for update;
  update sign_in_attempts s
     set at = greatest(s.at, moment),
         checking = case when n.place is null then s.checking
           else s.checking[:n.place - 1] || s.checking[n.place + 1:] end,
         wrong = case when was_right and x.own then 0 else n.wrong end,
         free_at = case when was_right and x.own then 'epoch' when was_right or ceil(n.wrong) < x.allowance then s.free_at
           else greatest(s.at, moment)
             + make_interval(secs => least(x.longest, x.first * power(2, least(30, greatest(0, floor(n.wrong - x.allowance)))))) end
    from jsonb_to_recordset(buckets) as x(key text, allowance float8, leak float8, first float8, longest float8, own boolean)
   cross join lateral (
         select array_position(o.checking, reserved) as place,
                ctx.wrong_left(o.wrong, o.at, moment, x.leak) + case when was_right then 0 else 1 end as wrong
           from sign_in_attempts o where o.key = decode(x.key, 'hex')) n
   where s.key = decode(x.key, 'hex');
end
$$;

-- Before sign-in, an invitation's link opens that invitation only, while it is valid.
create or replace function ctx.invitation(token bytea, at timestamptz) returns table (id uuid, member_id uuid,
    agency_id uuid, name text, title text, email text, roles text[], agency_name text, official_name text, invited_by
    text, expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.member_id, i.agency_id, i.name, i.title, i.email, i.roles, a.name, a.official_name,
         (select btrim(m.title || ' ' || m.name) from members m where m.id = i.made_by), i.expires_at
    from invitations i join agencies a on a.id = i.agency_id
   where i.token_hash = token and i.expires_at > at and i.withdrawn_at is null and i.accepted_at is null
     and a.ended_at is null
$$;

-- Triggers end what depends on a member, their roles or their agency, so that no way of changing these can forget
-- it.
create or replace function ctx.check_roles() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if ctx.member() is null or (tg_op = 'UPDATE' and new.roles is not distinct from old.roles) then return new; end if;
  if new.id = ctx.member() then
    raise exception 'nobody changes her own roles' using errcode = 'check_violation';
  end if;
  if 'administrator' = any (new.roles) and cardinality(new.roles) > 1 then
    raise exception 'an administrator holds no other role' using errcode = 'check_violation';
  end if;
  if new.roles && array['safeguarding lead', 'partner caseworker']
     and (select side from agencies where id = new.agency_id) = 'enforcement'
     and not exists (select from safeguarding_exceptions e where e.member_id = new.id and e.ended_at is null) then
    raise exception 'no safeguarding role behind the wall' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace function ctx.end_sessions(member uuid) returns void
  language sql security definer set search_path = public, pg_temp as $$
  update sessions set ended_at = coalesce(ctx.now(), now()), ended_by = ctx.member()
   where member_id = member and ended_at is null
$$;

create or replace function ctx.end_with_member() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moment timestamptz := coalesce(ctx.now(), now());
begin
  if new.roles is distinct from old.roles then perform ctx.end_sessions(new.id); end if;
  if new.ended_at is null then return null; end if;
  if new.ended_at is distinct from old.ended_at then
    update grants g set until = greatest(g.since, new.ended_at)
     where g.member_id = new.id and (g.until is null or g.until > new.ended_at);
    update sessions set ends_at = new.ended_at
     where member_id = new.id and ended_at is null and ends_at > new.ended_at;
  end if;
  if new.gone and not old.gone then
    perform ctx.end_sessions(new.id);
    delete from passkeys where member_id = new.id;
    delete from code_generators where member_id = new.id;
    delete from recovery_codes where member_id = new.id;
    delete from sign_in_challenges where member_id = new.id;
    delete from sign_in_notices where member_id = new.id;
    delete from accounts where member_id = new.id;
    update invitations set withdrawn_at = moment
     where made_by = new.id and withdrawn_at is null and accepted_at is null;
    update safeguarding_exceptions e set ended_at = greatest(e.recorded_at, moment)
     where e.member_id = new.id and e.ended_at is null;
  end if;
  return null;
end
$$;

create or replace function ctx.end_with_agency() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ended_at is null or old.ended_at is not null then return null; end if;
  update members set ended_at = least(ended_at, new.ended_at), gone = true where agency_id = new.id and not gone;
  update invitations set withdrawn_at = new.ended_at
   where agency_id = new.id and withdrawn_at is null and accepted_at is null;
  update grants g set until = greatest(g.since, new.ended_at)
   where g.agency_id = new.id and (g.until is null or g.until > new.ended_at);
  return null;
end
$$;

-- The role ends with the record that allowed it.
create or replace function ctx.end_with_exception() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ended_at is null or old.ended_at is not null then return null; end if;
  update members m set roles = array(select r from unnest(m.roles) r where r not in ('safeguarding lead', 'partner caseworker'))
   where m.id = new.member_id and not m.gone and m.roles && array['safeguarding lead', 'partner caseworker'];
  return null;
end
$$;

-- A sign-in while the member is being ended waits for that, and is then refused.
create or replace function ctx.open_while_here() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last timestamptz;
begin
  select coalesce(m.ended_at, 'infinity') into last from members m
   where m.id = new.member_id and not m.gone for share;
  if not found or last <= new.started_at then return null; end if;
  new.ends_at := least(new.ends_at, last);
  return new;
end
$$;

create or replace function ctx.hold_session(token bytea, at timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from sessions s join members m on m.id = s.member_id
   where s.token_hash = token and s.ended_at is null and s.ends_at > at and not m.gone and (m.ended_at is null or m.ended_at > at)
     for share of s, m;
  return found;
end
$$;

create or replace function ctx.see_leavers_out(at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as
  $$ update members set gone = true where ended_at <= at and not gone $$;

create or replace function ctx.accept_invitation(token bytea, hash text, at timestamptz) returns uuid
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one invitations;
  begun boolean;
begin
  select i.* into one from invitations i join agencies a on a.id = i.agency_id
   where i.token_hash = token and i.expires_at > at and i.withdrawn_at is null and i.accepted_at is null
     and a.ended_at is null
     for update of i;
  if not found then return null; end if;
  begun := ctx.begins_at_once(one.roles, one.handled_by);
  insert into members (id, agency_id, name, title, roles)
    values (one.member_id, one.agency_id, one.name, one.title, case when begun then one.roles else '{}' end);
  insert into accounts (member_id, agency_id, email, password_hash)
    values (one.member_id, one.agency_id, one.email, hash);
  if not begun then
    perform ctx.wait_for(one.member_id, one.agency_id, 'joined', one.roles, one.handled_by, at);
  end if;
  update invitations set accepted_at = at where id = one.id;
  return one.member_id;
end
$$;

create or replace function ctx.member_of_subject(agency uuid, at_issuer text, who text, at timestamptz) returns uuid
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.id from linked_accounts l join members m on m.id = l.member_id
   where l.agency_id = agency and l.issuer = at_issuer and l.subject = who and m.agency_id = agency and not l.waits
     and not m.gone and (m.ended_at is null or m.ended_at > at)
$$;

-- An installation begins with somebody: its first administrator and its first data-protection lead need no second
-- person.
create or replace function ctx.begins_at_once(wanted text[], askers uuid[]) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select askers = '{}' and wanted in (array['administrator'], array['data-protection lead'])
     and not exists (select from member_terms t where t.roles && wanted)
$$;

create or replace function ctx.wait_for(member uuid, agency uuid, how text, wanted text[], askers uuid[], at
    timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before uuid[] := '{}';
  begun boolean := exists (select from member_terms t where t.member_id = member and t.roles <> '{}');
begin
  -- Who asked for somebody stays known until she has begun, and who had her invitation in hand.
  if not begun then
    if wanted = '{}' then return; end if;
    how := 'joined';
    askers := askers || coalesce((select i.handled_by from invitations i where i.member_id = wait_for.member), '{}');
  end if;
  with removed as (
    delete from confirmations c where c.member_id = member and c.kind <> 'account linked'
       and not exists (select from confirmation_decisions d where d.id = c.id) returning c.asked_by, c.kind)
  select coalesce(array_agg(distinct one), '{}'), coalesce(min(f.kind), how) into before, how
    from removed f left join unnest(f.asked_by) one on true;
  if wanted = '{}' then return; end if;
  insert into confirmations (member_id, agency_id, kind, roles, asked_by, asked_at)
    values (member, agency, how, wanted, array(select distinct unnest(array_remove(before, null) || askers)), at);
end
$$;

create or replace function ctx.hold_roles() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held text[] := case when tg_op = 'UPDATE' and (new.shift_only or not old.shift_only) then old.roles else '{}' end;
  more text[] := array(select r from unnest(new.roles) r where r <> all (held));
  askers uuid[] := array(select m.id from members m where m.id = ctx.member());
begin
  -- Otherwise a row that is not added after all would have asked for somebody else's.
  if tg_op = 'INSERT' and exists (select from members m where m.id = new.id) then
    raise exception 'there is such a member' using errcode = 'unique_violation';
  end if;
  -- A volunteer of one shift is her planner's, who stands beside her.
  if (new.shift_only and ctx.roles() && array['planner']) or ctx.begins_at_once(more, askers) then return new; end if;
  new.roles := array(select r from unnest(new.roles) r where r = any (held));
  perform ctx.wait_for(new.id, new.agency_id, case tg_op when 'INSERT' then 'joined' else 'moved' end, more, askers,
                       coalesce(ctx.now(), now()));
  return new;
end
$$;

create or replace function ctx.keep_handled() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.handled_by := case when tg_op = 'UPDATE' then old.handled_by else '{}' end;
  new.handled_by := array(select distinct m.id from members m
    where m.id = any (new.handled_by) or m.id in (new.made_by, ctx.member()));
  return new;
end
$$;

-- Whether the agency has no other person responsible who could confirm.
create or replace function ctx.nobody_at_home(agency uuid, member uuid, askers uuid[]) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (
    select from members m where m.agency_id = agency and m.id <> member and m.id <> all (askers) and not m.gone
       and (m.ended_at is null or m.ended_at > ctx.now()) and m.roles && (case when askers = '{}' then array['data-protection lead'] else array['data-protection lead', 'administrator'] end))
$$;

create or replace function ctx.keep_confirmation_decisions() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one confirmations;
  askers uuid[];
begin
  if tg_op <> 'INSERT' then
    raise exception 'a decision stays as it was made' using errcode = 'check_violation';
  end if;
  select * into one from confirmations c where c.id = new.id;
  askers := one.asked_by;
  if one.id is null or new.decided_by is distinct from ctx.member() or new.decided_at is distinct from ctx.now()
     or one.member_id = ctx.member() or ctx.member() = any (askers)
     or not exists (select from members m where m.id = one.member_id and not m.gone)
     or not ((one.agency_id = ctx.agency() and ctx.roles() && (case when askers = '{}' then array['data-protection lead'] else array['data-protection lead', 'administrator'] end))
             or (ctx.roles() && array['data-protection lead']
                 and ctx.nobody_at_home(one.agency_id, one.member_id, askers))) then
    raise exception 'somebody else, who answers for the agency, confirms' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

-- A second person responsible for the agency decides: once, and never a requester or the member concerned.
create or replace function ctx.follow_confirmation() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one confirmations;
begin
  select * into one from confirmations c where c.id = new.id;
  if one.kind = 'account linked' then
    if new.confirmed then
      update linked_accounts l set waits = false
       where l.agency_id = one.agency_id and l.issuer = one.issuer and l.subject = one.subject and l.member_id = one.member_id;
    else
      delete from linked_accounts l
       where l.agency_id = one.agency_id and l.issuer = one.issuer and l.subject = one.subject and l.member_id = one.member_id and l.waits;
    end if;
  elsif new.confirmed then
    update members m set roles = array(select distinct unnest(m.roles || one.roles)) where m.id = one.member_id;
  elsif one.kind = 'joined' then
    -- Whoever holds this account is not who she is said to be.
    update members m set ended_at = least(m.ended_at, new.decided_at), gone = true
     where m.id = one.member_id and m.roles = '{}' and not m.gone;
  end if;
  return null;
end
$$;

create or replace function ctx.hold_link() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.waits := true;
  return new;
end
$$;

create or replace function ctx.ask_for_link() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into confirmations (member_id, agency_id, kind, roles, issuer, subject, asked_by, asked_at)
      values (new.member_id, new.agency_id, 'account linked', '{}', new.issuer, new.subject,
              array(select m.id from members m where m.id in (ctx.member(), new.linked_by)), coalesce(ctx.now(), now()));
  else
    delete from confirmations c where c.member_id = old.member_id and c.kind = 'account linked' and c.issuer = old.issuer and c.subject = old.subject
       and not exists (select from confirmation_decisions d where d.id = c.id);
  end if;
  return null;
end
$$;

-- No process may change these on members, accounts, invitations or temporary access: each would bypass the second
-- person.
create or replace function ctx.keep_leavers_out() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin raise exception 'a member who has left needs a new invitation' using errcode = 'insufficient_privilege'; end
$$;

-- Without a data-protection lead, the command line would make the next one at once.
create or replace function ctx.keep_last_lead() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.gone or new.ended_at is not null or not new.roles && array['data-protection lead'])
     and not exists (select from members m where m.id <> new.id and m.roles && array['data-protection lead']
                        and not m.gone and m.ended_at is null) then
    raise exception 'a partnership keeps a data-protection lead' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace function ctx.keep_agencies() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin raise exception 'an agency is what it was entered as; it may leave' using errcode = 'insufficient_privilege'; end
$$;

-- Members change their own password by a function. An account can be added only for a member who was just made.
create or replace function ctx.keep_accounts() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then raise exception 'an account is its holder’s to change' using errcode = 'insufficient_privilege'; end if;
  if not exists (
    select from members m where m.id = new.member_id and m.agency_id = new.agency_id and not m.gone and (m.roles = '{}'
       or not exists (select from member_terms t where t.member_id = m.id and t.since < coalesce(ctx.now(), now())))) then
    raise exception 'an account is made with its member' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;

-- Emergency access ends in the transaction in which the member leaves. Its review is still due.
create or replace function ctx.end_glass() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.gone and not old.gone then
    update break_glass b set ended_at = ctx.now()
     where b.member_id = new.id and b.ended_at is null and b.opened_at <= ctx.now() and b.until > ctx.now();
  end if;
  return null;
end
$$;

create or replace function ctx.end_passes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moment timestamptz := coalesce(ctx.now(), now());
begin
  if not new.gone or old.gone then return null; end if;
  update temporary_access set ended_at = moment
   where member_id = new.id and ended_at is null and ends_at > moment;
  update members m set gone = true, ended_at = least(m.ended_at, moment) from temporary_access p
   where p.made_by = new.id and p.member_id = m.id and p.ends_at > moment and not m.gone;
  return null;
end
$$;

-- These can be called before anybody has signed in.
create or replace function ctx.sign_ons() returns table (agency_id uuid, agency_name text, issuer text, client_id
    text, secret_sealed bytea, demands text[])
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.agency_id, a.name, s.issuer, s.client_id, s.secret_sealed, s.demands
    from single_sign_on s join agencies a on a.id = s.agency_id
   where a.ended_at is null order by a.name
$$;

create or replace function ctx.begin_sign_on(state bytea, browser bytea, agency uuid, at_issuer text, nonce text,
    verifier text, at timestamptz) returns void
  language sql security definer set search_path = public, pg_temp as $$
  delete from sign_on_attempts where made_at <= at - interval '10 minutes';
  insert into sign_on_attempts values (state, browser, agency, at_issuer, nonce, verifier, at)
$$;

create or replace function ctx.take_sign_on(state bytea, browser bytea, agency uuid, at timestamptz) returns table
    (issuer text, nonce text, verifier text)
  language sql security definer set search_path = public, pg_temp as $$
  delete from sign_on_attempts t
   where t.state_hash = state and t.browser_hash = browser and t.agency_id = agency and t.made_at > at - interval '10 minutes'
  returning t.issuer, t.nonce, t.verifier
$$;

create or replace function ctx.join_by_sign_on(token bytea, hash text, agency uuid, at_issuer text, who text, at
    timestamptz) returns uuid
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  joined uuid;
begin
  if not exists (select from invitations i where i.token_hash = token and i.agency_id = agency) then return null; end if;
  joined := ctx.accept_invitation(token, hash, at);
  if joined is null then return null; end if;
  insert into linked_accounts values (agency, at_issuer, who, joined, null, at);
  return joined;
end
$$;

create or replace function ctx.unlink_leaver() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.gone and not old.gone then delete from linked_accounts where member_id = new.id; end if;
  return null;
end
$$;

-- Sessions opened by a linked account end with the link.
create or replace function ctx.end_with_link() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform ctx.end_sessions(old.member_id);
  return null;
end
$$;

-- A member who leaves the partnership also leaves its teams and operations, except those that are over. A trigger
-- does this in the same transaction, however the member leaves.
create or replace function ctx.leave_teams() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today date := (new.ended_at at time zone 'Europe/London')::date;
begin
  if not new.gone or old.gone then return null; end if;
  update teams t set lead_id = null from operations o
   where o.id = t.operation_id and t.lead_id = new.id and o.ends_on >= today;
  delete from team_members t using operations o
   where o.id = t.operation_id and t.member_id = new.id and o.ends_on >= today;
  delete from operation_members p using operations o
   where o.id = p.operation_id and p.member_id = new.id and o.ends_on >= today;
  return null;
end
$$;

reset role;
