import { type Kysely, sql } from 'kysely';
import { createDefinerFunction, createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { selectableInterpretingModes } from '../../../vocabulary/interpreting.ts';
import { daysKept, passOnMethods } from '../../custody-notices-received/urgent-page.ts';
import { grounds } from '../notice.ts';
import { sentenceNames } from '../sentence.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

async function forRelations(db: Kysely<unknown>, table: string, rights: string): Promise<void> {
  await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant ${sql.raw(rights)} on ${sql.id(table)} to safelight_relations`.execute(db);
}

/** In the safeguarding database: that it was sent. The custody reference is not stored here, so that nothing in it points to an arrest. */
export async function upApart(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table protective_notices (
      id                   uuid primary key,
      person_id            uuid not null references persons on delete cascade,
      agency_id            uuid not null,
      author_id            uuid not null,
      recipient            uuid not null,
      sentence             text not null check (sentence in (${oneOf(sentenceNames)})),
      ground               text not null check (ground in (${oneOf(grounds)})),
      wording              text not null check (wording <> ''),
      wording_digest       text not null check (wording_digest = encode(sha256(convert_to(wording, 'UTF8')), 'hex')),
      interpreted          text not null check (interpreted in (${oneOf(selectableInterpretingModes)})),
      sealed_reasons       bytea,
      wrapped_key          bytea,
      crossing_id          uuid not null unique,
      given_at             timestamptz not null ${toTheHour('given_at')},
      taken_back_at        timestamptz ${toTheHour('taken_back_at')},
      taken_back_by        uuid,
      taken_back_crossing  uuid unique,
      check (num_nulls(sealed_reasons, wrapped_key) in (0, 2)),
      check ((ground = 'best interests of a child') = (sealed_reasons is not null)),
      check (num_nulls(taken_back_at, taken_back_by, taken_back_crossing) in (0, 3))
    )`.execute(db);
  await sql`create index protective_notices_of_person on protective_notices (person_id)`.execute(db);
  await sql`create index protective_notices_by_agency on protective_notices (agency_id, given_at)`.execute(db);
  await createTriggerFunction(
    db,
    'keep_protective_notices',
    `security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.taken_back_at is not null then
          raise exception 'a notice is sent before it is taken back' using errcode = 'check_violation';
        end if;
        return null;
      end if;
      if new is not distinct from old then return null; end if;
      if old.taken_back_at is not null or new.taken_back_at is null
         or to_jsonb(new) - '{taken_back_at,taken_back_by,taken_back_crossing}'::text[]
            is distinct from to_jsonb(old) - '{taken_back_at,taken_back_by,taken_back_crossing}'::text[] then
        raise exception 'a notice is taken back once, and otherwise stays as it was sent' using errcode = 'check_violation';
      end if;
      if new.taken_back_by is distinct from coalesce(ctx.member(), new.taken_back_by) then
        raise exception 'it is taken back in one’s own name' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_protective_notices after insert or update on protective_notices' },
  );
}

/** In the main database: what the custodian reads, without any safeguarding id. Times are rounded up to the hour. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table custody_notices (
      id                uuid primary key,
      agency_id         uuid not null references agencies,
      sentence          text not null check (sentence in (${oneOf(sentenceNames)})),
      sealed_reference  bytea,
      wrapped_key       bytea,
      takes_back        uuid references custody_notices,
      arrived_at        timestamptz not null ${toTheHour('arrived_at')},
      check (num_nulls(sealed_reference, wrapped_key) in (0, 2))
    )`.execute(db);
  await sql`create index custody_notices_by_agency on custody_notices (agency_id, arrived_at)`.execute(db);
  await sql`
    create table custody_rings (
      id               uuid primary key references custody_notices,
      agency_id        uuid not null references agencies,
      rounds           integer not null default 0 check (rounds >= 0),
      acknowledged_by  uuid references members,
      acknowledged_at  timestamptz ${toTheHour('acknowledged_at')},
      passed_on        text check (passed_on in (${oneOf(passOnMethods)})),
      passed_at        timestamptz ${toTheHour('passed_at')},
      check (num_nulls(acknowledged_by, acknowledged_at) in (0, 2)),
      check (num_nulls(passed_on, passed_at) in (0, 2)),
      check (passed_on is null or acknowledged_by is not null)
    )`.execute(db);
  await sql`create index custody_rings_ringing on custody_rings (agency_id) where acknowledged_by is null`.execute(db);
  await sql`
    create table custodian_turns (
      id         uuid primary key,
      agency_id  uuid not null references agencies,
      member_id  uuid not null references members,
      starts_at  timestamptz not null,
      ends_at    timestamptz not null check (ends_at >= starts_at),
      reached    text not null check (reached <> ''),
      set_by     uuid not null references members,
      set_at     timestamptz not null
    )`.execute(db);
  await sql`create index custodian_turns_by_end on custodian_turns (agency_id, ends_at)`.execute(db);
  for (const table of ['custody_notices', 'custody_rings']) await forRelations(db, table, 'select, insert, update');
  await hearing(db);
  await crossing(db);
}

async function hearing(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'keep_custody_rings',
    `security definer set search_path = public, pg_temp as $$
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
    end $$`,
    {
      tie: 'keep_custody_rings after update of acknowledged_by, acknowledged_at, passed_on, passed_at on custody_rings',
    },
  );
  // Whether a custodian has it, for callers with the crossing id, which cannot be guessed.
  await createDefinerFunction(
    db,
    ['staff'],
    'custody_standing(uuid[])',
    `create function ctx.custody_standing(crossings uuid[])
     returns table (id uuid, rounds integer, acknowledged boolean)
     language sql stable security definer set search_path = public, pg_temp as $$
       select r.id, r.rounds, r.acknowledged_by is not null from custody_rings r
        where r.id = any (crossings) and ctx.side() = 'help' $$`,
  );
}

/** Only for the leader process: carries the sealed notice across, at most once despite retries, and counts the minutes. */
async function crossing(db: Kysely<unknown>): Promise<void> {
  await createDefinerFunction(
    db,
    ['leader'],
    'take_custody_notice(uuid, uuid, text, bytea, bytea, uuid)',
    `create function ctx.take_custody_notice(crossing uuid, agency uuid, said text, reference bytea, wrapped bytea, back uuid)
     returns void language sql security definer set search_path = public, pg_temp as $$
       insert into custody_notices (id, agency_id, sentence, sealed_reference, wrapped_key, takes_back, arrived_at)
         values (crossing, agency, said, reference, wrapped, back, date_trunc('hour', ctx.now())) on conflict do nothing;
       insert into custody_rings (id, agency_id) values (crossing, agency) on conflict do nothing $$`,
  );
  await createDefinerFunction(
    db,
    ['leader'],
    'ring_custodians()',
    `create function ctx.ring_custodians() returns void
     language sql security definer set search_path = public, pg_temp as $$
       update custody_rings set rounds = rounds + 1 where acknowledged_by is null and rounds < 100000;
       update custody_notices set sealed_reference = null, wrapped_key = null
        where sealed_reference is not null and arrived_at < ctx.now() - make_interval(days => ${daysKept}) $$`,
  );
}
