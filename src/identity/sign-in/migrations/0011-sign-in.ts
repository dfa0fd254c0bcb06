import { type Kysely, sql } from 'kysely';
import { createDefinerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { sessions } from './sessions.ts';

/** The ways in of a member, and what a session is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sessions(db);
  await createCredentialTables(db);
  await firstWayIn(db);
  await ownAccount(db);
  await challenges(db);
  await tries(db);
}

/** What a member signs in by besides a password. Secrets are sealed or hashed under keys that lie outside the database. */
async function createCredentialTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table passkeys (
      id             uuid primary key,
      member_id      uuid not null references members,
      credential_id  bytea not null unique,
      public_key     bytea not null,
      counter        bigint not null check (counter >= 0),
      transports     text[] not null default '{}',
      synced         boolean not null,
      name           text not null check (name <> ''),
      added_at       timestamptz not null,
      used_at        timestamptz
    )`.execute(db);
  await sql`create index passkeys_by_member on passkeys (member_id)`.execute(db);
  await sql`
    create table code_generators (
      member_id    uuid primary key references members,
      wrapped_key  bytea not null,
      secret       bytea not null,
      last_step    bigint not null,
      added_at     timestamptz not null
    )`.execute(db);
  await sql`
    create table recovery_codes (
      id           uuid primary key,
      member_id    uuid not null references members,
      wrapped_key  bytea not null,
      code_hash    bytea not null,
      used_at      timestamptz
    )`.execute(db);
  await sql`create index recovery_codes_by_member on recovery_codes (member_id)`.execute(db);
  await sql`
    create table sign_in_notices (
      id         uuid primary key default gen_random_uuid(),
      member_id  uuid not null references members,
      what       text not null check (what <> ''),
      at         timestamptz not null,
      seen_at    timestamptz
    )`.execute(db);
  await sql`create index sign_in_notices_unseen on sign_in_notices (member_id) where seen_at is null`.execute(db);
  for (const table of ['passkeys', 'code_generators', 'recovery_codes', 'sign_in_notices'])
    await forRelations(db, table);

  await sql`drop function ctx.credentials(text)`.execute(db);
  await createDefinerFunction(
    db,
    ['staff'],
    'credentials(text)',
    `create function ctx.credentials(address text)
     returns table (member_id uuid, password_hash text, has_code boolean, has_passkey boolean)
     language sql stable security definer set search_path = public, pg_temp as $$
       select c.member_id, c.password_hash,
              exists (select 1 from code_generators g where g.member_id = m.id),
              exists (select 1 from passkeys p where p.member_id = m.id)
         from accounts c join members m on m.id = c.member_id
        where c.email = lower(address) and (m.ended_at is null or m.ended_at > ctx.now()) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'passkey(bytea)',
    `create function ctx.passkey(credential bytea)
     returns table (id uuid, member_id uuid, public_key bytea, counter bigint, transports text[])
     language sql stable security definer set search_path = public, pg_temp as $$
       select p.id, p.member_id, p.public_key, p.counter, p.transports
         from passkeys p join members m on m.id = p.member_id
        where p.credential_id = credential and (m.ended_at is null or m.ended_at > ctx.now()) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'passkey_used(uuid, bigint)',
    `create function ctx.passkey_used(passkey uuid, shown bigint) returns void
     language sql security definer set search_path = public, pg_temp as $$
       update passkeys set counter = shown, used_at = ctx.now() where id = passkey $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'code_generator(uuid)',
    `create function ctx.code_generator(member uuid) returns table (wrapped_key bytea, secret bytea, last_step bigint)
     language sql stable security definer set search_path = public, pg_temp as $$
       select wrapped_key, secret, last_step from code_generators where member_id = member $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'use_step(uuid, bigint)',
    `create function ctx.use_step(member uuid, step bigint) returns boolean
     language sql security definer set search_path = public, pg_temp as $$
       with used as (update code_generators set last_step = step where member_id = member and last_step < step returning 1)
       select exists (select 1 from used) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'recovery_codes(uuid)',
    `create function ctx.recovery_codes(member uuid) returns table (id uuid, wrapped_key bytea, code_hash bytea)
     language sql stable security definer set search_path = public, pg_temp as $$
       select id, wrapped_key, code_hash from recovery_codes where member_id = member and used_at is null $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'use_recovery_code(uuid)',
    `create function ctx.use_recovery_code(code uuid) returns boolean
     language sql security definer set search_path = public, pg_temp as $$
       with used as (update recovery_codes set used_at = ctx.now() where id = code and used_at is null returning 1)
       select exists (select 1 from used) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'tell_at_sign_in(uuid, text)',
    `create function ctx.tell_at_sign_in(member uuid, words text) returns void
     language sql security definer set search_path = public, pg_temp as $$
       insert into sign_in_notices (member_id, what, at) values (member, words, ctx.now()) $$`,
  );
  // Notices that this sign-in causes are shown at the next one: the person signing in now may not be the owner.
  await createDefinerFunction(
    db,
    ['staff'],
    'notices_wait(uuid)',
    `create function ctx.notices_wait(member uuid) returns boolean
     language sql stable security definer set search_path = public, pg_temp as $$
       select exists (select 1 from sign_in_notices where member_id = member and seen_at is null and at < ctx.now()) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'former_session(bytea)',
    `create function ctx.former_session(token bytea) returns table (member_id uuid, shared_workstation boolean, ended_at timestamptz)
     language sql stable security definer set search_path = public, pg_temp as $$
       select member_id, shared_workstation, ended_at from sessions where token_hash = token $$`,
  );
}

/** A half-signed-in session may add the first way in only: one that exists already may belong to another person. Other half-open sessions end then. */
async function firstWayIn(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function ctx.first_way_in() returns trigger
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
    end $$`.execute(db);
  for (const table of ['passkeys', 'code_generators'])
    await sql`create trigger first_way_in after insert on ${sql.id(table)} for each row execute function ctx.first_way_in()`.execute(
      db,
    );
  await sql`revoke all on function ctx.first_way_in() from public`.execute(db);
  await sql`alter function ctx.first_way_in() owner to safelight_relations`.execute(db);
}

/** What members may read and change of their own account. */
async function ownAccount(db: Kysely<unknown>): Promise<void> {
  await sql`grant update (password_hash) on accounts to safelight_relations`.execute(db);
  await createDefinerFunction(
    db,
    ['staff'],
    'own_account()',
    `create function ctx.own_account() returns table (email text, password_hash text)
     language sql stable security definer set search_path = public, pg_temp as $$
       select email, password_hash from accounts where member_id = coalesce(ctx.member(), ctx.unfinished()) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'change_own_password(text)',
    `create function ctx.change_own_password(hash text) returns void
     language sql security definer set search_path = public, pg_temp as $$
       update accounts set password_hash = hash where member_id = ctx.member() $$`,
  );
}

/** What a browser was asked to answer: short-lived, answered once, by the browser that was asked. Not logged by PostgreSQL: a crash costs a try. */
async function challenges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table sign_in_challenges (
      challenge_hash  bytea primary key,
      purpose         text not null check (purpose in ('sign in by passkey', 'add a passkey', 'code')),
      bound_to        text not null,
      member_id       uuid references members,
      until           timestamptz not null
    )`.execute(db);
  await forRelations(db, 'sign_in_challenges');
  await createDefinerFunction(
    db,
    ['staff'],
    'open_challenge(bytea, text, text, uuid, timestamptz)',
    `create function ctx.open_challenge(hash bytea, what text, whose text, member uuid, ends timestamptz) returns void
     language sql security definer set search_path = public, pg_temp as $$
       insert into sign_in_challenges values (hash, what, whose, member, ends) $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'challenge(bytea, text, text)',
    `create function ctx.challenge(hash bytea, what text, whose text) returns table (member_id uuid)
     language sql stable security definer set search_path = public, pg_temp as $$
       select member_id from sign_in_challenges
        where challenge_hash = hash and purpose = what and bound_to = whose and until > ctx.now() $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'take_challenge(bytea)',
    `create function ctx.take_challenge(hash bytea) returns boolean
     language sql security definer set search_path = public, pg_temp as $$
       with taken as (delete from sign_in_challenges where challenge_hash = hash and until > ctx.now() returning 1)
       select exists (select 1 from taken) $$`,
  );
}

/** How often somebody tried, by keyed hashes of accounts, networks and devices; the salt of the day is gone with the day, and with it any way back to an address. */
async function tries(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table sign_in_tries (
      key      bytea primary key,
      tries    double precision not null,
      at       timestamptz not null,
      free_at  timestamptz not null
    )`.execute(db);
  await sql`create unlogged table sign_in_salts (day date primary key, salt bytea not null)`.execute(db);
  await forRelations(db, 'sign_in_tries');
  await forRelations(db, 'sign_in_salts');
  await createDefinerFunction(
    db,
    ['staff'],
    'salt_of(date, bytea)',
    `create function ctx.salt_of(today date, fresh bytea) returns bytea
     language sql security definer set search_path = public, pg_temp as $$
       insert into sign_in_salts values (today, fresh) on conflict (day) do update set salt = sign_in_salts.salt
       returning salt $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'may_try(jsonb, timestamptz)',
    `create function ctx.may_try(buckets jsonb, moment timestamptz) returns double precision
     language plpgsql security definer set search_path = public, pg_temp as $$
     declare
       b record;
       waiting double precision := 0;
     begin
       -- All are held, in one order, before any is counted: a hundred at once are a hundred tries.
       for b in select decode(key, 'hex') as key from jsonb_to_recordset(buckets) as x(key text) order by 1 loop
         insert into sign_in_tries values (b.key, 0, moment, moment) on conflict do nothing;
         select greatest(waiting, extract(epoch from t.free_at - moment)) into waiting
           from sign_in_tries t where t.key = b.key for update;
       end loop;
       if waiting > 0 then return waiting; end if;
       update sign_in_tries t
          set tries = n.tries, at = greatest(t.at, moment),
              free_at = moment + make_interval(secs => case when n.tries < x.allowance then 0
                else least(x.longest, x.first * power(2, least(30, floor(n.tries - x.allowance)))) end)
         from jsonb_to_recordset(buckets) as x(key text, allowance float8, leak float8, first float8, longest float8)
         cross join lateral (select 1 + greatest(0, o.tries - greatest(0, extract(epoch from moment - o.at)) / x.leak) as tries
                             from sign_in_tries o where o.key = decode(x.key, 'hex')) n
        where t.key = decode(x.key, 'hex');
       return 0;
     end $$`,
  );
  await createDefinerFunction(
    db,
    ['staff'],
    'tried_well(jsonb)',
    `create function ctx.tried_well(buckets jsonb) returns void
     language sql security definer set search_path = public, pg_temp as $$
       update sign_in_tries t set tries = case when x.own then 0 else greatest(0, t.tries - 1) end, free_at = t.at
         from jsonb_to_recordset(buckets) as x(key text, own boolean) where t.key = decode(x.key, 'hex') $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'forget_tries(timestamptz)',
    `create function ctx.forget_tries(moment timestamptz) returns void
     language sql security definer set search_path = public, pg_temp as $$
       delete from sign_in_challenges where until <= moment;
       delete from sign_in_tries where at < moment - interval '1 day';
       delete from sign_in_salts where day < (moment - interval '1 day')::date $$`,
  );
}

async function forRelations(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on ${sql.id(table)} to safelight_relations`.execute(db);
}
