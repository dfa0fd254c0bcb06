import { type Kysely, sql } from 'kysely';
import { createTriggerFunction } from '../../../platform/access-policy/definer-functions.ts';
import { legalBases, disclosurePurposes as purposes } from '../../../vocabulary/information-shared.ts';
import { interpretingModes } from '../../../vocabulary/interpreting.ts';
import { acts, consentSources, items } from '../consent.ts';
import { endings } from '../grant.ts';

/** The languages that the forms offered at that time. */
const languages = ['en', 'cy', 'sq', 'ro', 'vi', 'pl', 'pt', 'es', 'uk', 'ar', 'zh', 'ti', 'other'];

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** Consents, disclosures without consent, the grants that rest on either, and notices of their end. Times to the hour; no key to another store. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await grounds(db);
  await grants(db);
  for (const table of ['consents', 'disclosures', 'person_grants', 'grant_ends']) {
    await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
      db,
    );
    await sql`grant select, insert, update on ${sql.id(table)} to safelight_relations`.execute(db);
  }
  await stamping(db);
  await keeping(db);
  await cascade(db);
}

async function grounds(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table consents (
      id                 uuid primary key,
      person_id          uuid not null,
      operation_id       uuid,
      agency_id          uuid not null,
      author_id          uuid not null,
      act                text not null check (act in (${oneOf(acts)})),
      recipient          uuid not null,
      purpose            text not null check (purpose in (${oneOf(purposes)})),
      items              text[] not null check (cardinality(items) > 0 and items <@ array[${oneOf(items)}]),
      wording            text not null check (wording <> ''),
      wording_digest     text not null check (wording_digest = encode(sha256(convert_to(wording, 'UTF8')), 'hex')),
      language           text not null check (language in (${oneOf(languages)})),
      how                text not null check (how in (${oneOf(consentSources)})),
      interpreted        text not null check (interpreted in (${oneOf(interpretingModes)})),
      sealed_interpreter bytea,
      wrapped_key        bytea,
      given_at           timestamptz not null ${toTheHour('given_at')},
      until              timestamptz not null ${toTheHour('until')},
      withdrawn_at       timestamptz ${toTheHour('withdrawn_at')},
      withdrawn_by       uuid,
      withdrawn_how      text check (withdrawn_how in (${oneOf(consentSources)})),
      check (until > given_at and until <= given_at + interval '366 days'),
      check (num_nulls(sealed_interpreter, wrapped_key) in (0, 2)),
      check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_how) in (0, 3)),
      check (language = 'en' or interpreted <> 'nobody was needed')
    )`.execute(db);
  await sql`create index consents_of_person on consents (person_id)`.execute(db);
  await sql`create index consents_by_operation on consents (operation_id)`.execute(db);
  await sql`
    create table disclosures (
      id             uuid primary key,
      person_id      uuid not null,
      operation_id   uuid,
      agency_id      uuid not null,
      approved_by    uuid not null,
      recipient      uuid not null,
      purpose        text not null check (purpose in (${oneOf(purposes)})),
      items          text[] not null check (cardinality(items) > 0 and items <@ array[${oneOf(items)}]),
      basis          text not null check (basis in (${oneOf(legalBases)})),
      sealed_reasons bytea not null,
      wrapped_key    bytea not null,
      approved_at    timestamptz not null ${toTheHour('approved_at')},
      until          timestamptz not null ${toTheHour('until')},
      check (until > approved_at and until <= approved_at + interval '366 days')
    )`.execute(db);
  await sql`create index disclosures_of_person on disclosures (person_id)`.execute(db);
  await sql`create index disclosures_by_operation on disclosures (operation_id)`.execute(db);
}

async function grants(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person_grants (
      id            uuid primary key,
      person_id     uuid not null,
      operation_id  uuid,
      from_agency   uuid not null,
      author_id     uuid not null,
      recipient     uuid not null,
      act           text not null check (act in ('share', 'refer')),
      purpose       text not null check (purpose in (${oneOf(purposes)})),
      items         text[] not null check (cardinality(items) > 0 and items <@ array[${oneOf(items)}]),
      consent_id    uuid references consents,
      disclosure_id uuid references disclosures,
      referral_id   uuid unique references referrals,
      sealed_shown  bytea not null,
      wrapped_key   bytea not null,
      made_at       timestamptz not null ${toTheHour('made_at')},
      until         timestamptz not null ${toTheHour('until')},
      ended_at      timestamptz ${toTheHour('ended_at')},
      ended         text check (ended in (${oneOf(endings)})),
      check (num_nulls(consent_id, disclosure_id) = 1),
      check ((act = 'refer') = (referral_id is not null)),
      check (num_nulls(ended_at, ended) in (0, 2))
    )`.execute(db);
  await sql`create index person_grants_of_person on person_grants (person_id)`.execute(db);
  await sql`create index person_grants_by_operation on person_grants (operation_id)`.execute(db);
  await sql`create index person_grants_on_consent on person_grants (consent_id) where ended_at is null`.execute(db);
  await sql`create index person_grants_to on person_grants (recipient) where ended_at is null`.execute(db);
  await sql`
    create table grant_ends (
      id            uuid primary key references person_grants,
      operation_id  uuid,
      from_agency   uuid not null,
      author_id     uuid not null,
      recipient     uuid not null,
      day           date not null,
      ended         text not null check (ended in (${oneOf(endings)})),
      ended_at      timestamptz not null ${toTheHour('ended_at')},
      heard_at      timestamptz ${toTheHour('heard_at')},
      heard_by      uuid,
      check (num_nulls(heard_at, heard_by) in (0, 2))
    )`.execute(db);
  await sql`create index grant_ends_to on grant_ends (recipient, ended_at)`.execute(db);
  await sql`create index grant_ends_by_operation on grant_ends (operation_id)`.execute(db);
}

/** These triggers run after the row policies. A consent is never rewritten, and withdrawn once: now, by the current member. A grant stays within its ground, which is locked against withdrawal meanwhile. */
async function keeping(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'keep_consents',
    `security definer set search_path = public, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.withdrawn_at is not null then
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
    end $$`,
    { tie: 'keep_consents after insert or update on consents' },
  );
  await createTriggerFunction(
    db,
    'keep_person_grants',
    `security definer set search_path = public, pg_temp as $$
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
    end $$`,
    { tie: 'keep_person_grants after insert or update on person_grants' },
  );
  await createTriggerFunction(
    db,
    'keep_grant_ends',
    `security definer set search_path = public, pg_temp as $$
    begin
      if new is not distinct from old then return null; end if;
      if old.heard_at is not null or new.heard_at is null then
        raise exception 'it is heard once' using errcode = 'check_violation';
      end if;
      if to_jsonb(new) - '{heard_at,heard_by}'::text[] is distinct from to_jsonb(old) - '{heard_at,heard_by}'::text[] then
        raise exception 'what was told stays as it was told' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
    { tie: 'keep_grant_ends after update on grant_ends' },
  );
}

/** The database sets who and when, whatever a form says. */
async function stamping(db: Kysely<unknown>): Promise<void> {
  for (const [table, done] of [
    ['consents', 'withdrawn'],
    ['grant_ends', 'heard'],
  ] as const)
    await createTriggerFunction(
      db,
      `stamp_${table}`,
      `security definer set search_path = public, pg_temp as $$
      begin
        new.${done}_at := coalesce(date_trunc('hour', ctx.now()), new.${done}_at);
        new.${done}_by := coalesce(ctx.member(), new.${done}_by);
        return new;
      end $$`,
      {
        tie: `stamp_${table} before update on ${table}`,
        when: `old.${done}_at is null and new.${done}_at is not null`,
      },
    );
}

/** In the transaction of the withdrawal, the database ends every grant that rests on it and notifies every recipient. */
async function cascade(db: Kysely<unknown>): Promise<void> {
  await createTriggerFunction(
    db,
    'end_grants_on_consent',
    `security definer set search_path = public, pg_temp as $$
    begin
      update person_grants set ended_at = new.withdrawn_at, ended = 'taken back'
       where consent_id = new.id and ended_at is null;
      return null;
    end $$`,
    {
      tie: 'end_grants_on_consent after update on consents',
      when: 'old.withdrawn_at is null and new.withdrawn_at is not null',
    },
  );
  await createTriggerFunction(
    db,
    'tell_of_grant_end',
    `security definer set search_path = public, pg_temp as $$
    begin
      insert into grant_ends (id, operation_id, from_agency, author_id, recipient, day, ended, ended_at)
      values (new.id, new.operation_id, new.from_agency, new.author_id, new.recipient,
        (new.made_at at time zone 'Europe/London')::date, new.ended, new.ended_at);
      return null;
    end $$`,
    {
      tie: 'tell_of_grant_end after update on person_grants',
      when: 'old.ended_at is null and new.ended_at is not null',
    },
  );
}
