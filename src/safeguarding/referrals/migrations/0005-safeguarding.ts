import { type Kysely, sql } from 'kysely';
import { createVersionsTable } from '../../../platform/database/earlier-versions.ts';
import { adviceKinds, needKinds, outcomes, understandings } from '../../notes/note.ts';
import { grounds, referralStates } from '../referral.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** The first version of the safeguarding database, separate and without a key to any other. It keeps days and hours, never minutes. A fact's `person` is the encounter under a keyed pseudonym: a person advised by two helpers counts once, and counts name no one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table notes (
      id            uuid primary key,
      encounter_id  uuid not null,
      visit_id      uuid not null,
      operation_id  uuid not null,
      town          text not null check (town <> ''),
      day           date not null,
      agency_id     uuid not null,
      author_id     uuid not null,
      advice        text[] not null check (advice <@ array[${oneOf(adviceKinds)}]),
      understood    text check (understood in (${oneOf(understandings)})),
      needs         text[] not null check (needs <@ array[${oneOf(needKinds)}]),
      outcomes      text[] not null check (cardinality(outcomes) > 0 and outcomes <@ array[${oneOf(outcomes)}]),
      sealed_wants  bytea,
      wrapped_key   bytea not null,
      written_at    timestamptz not null check (written_at = date_trunc('hour', written_at)),
      check (cardinality(advice) = 0 or understood is not null)
    )`.execute(db);
  await sql`create index notes_by_operation on notes (operation_id, day)`.execute(db);
  await sql`create index notes_by_encounter on notes (encounter_id)`.execute(db);
  await sql`create index notes_by_author on notes (author_id)`.execute(db);
  await keepHourlyVersionsOf(db, 'notes');
  await sql`
    create table referrals (
      id            uuid primary key,
      note_id       uuid not null references notes,
      operation_id  uuid not null,
      day           date not null,
      from_agency   uuid not null,
      author_id     uuid not null,
      to_agency     uuid not null,
      needs         text[] not null check (cardinality(needs) > 0 and needs <@ array[${oneOf(needKinds)}]),
      ground        text not null check (ground in (${oneOf(grounds)})),
      sealed_words  bytea not null,
      sealed_reason bytea,
      wrapped_key   bytea not null,
      state         text not null check (state in (${oneOf(referralStates)})),
      decided_by    uuid,
      decided_at    timestamptz check (decided_at = date_trunc('hour', decided_at)),
      check ((state = 'sent') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
      check ((state = 'declined') = (sealed_reason is not null))
    )`.execute(db);
  await sql`create index referrals_to on referrals (to_agency, state)`.execute(db);
  await sql`create index referrals_of_note on referrals (note_id)`.execute(db);
  await sql`create index referrals_by_operation on referrals (operation_id)`.execute(db);
  await keepHourlyVersionsOf(db, 'referrals');
  // Records only that a lead takes up a person's wish, so that others need not. What the lead then does is not recorded here.
  await sql`
    create table take_ups (
      note_id       uuid primary key references notes,
      operation_id  uuid not null,
      member_id     uuid not null,
      taken_at      timestamptz not null check (taken_at = date_trunc('hour', taken_at))
    )`.execute(db);
  await sql`
    create table facts (
      id            uuid primary key,
      note_id       uuid not null references notes,
      person        uuid not null,
      operation_id  uuid not null,
      day           date not null,
      town          text not null,
      indicator     text not null,
      part          text,
      unique nulls not distinct (note_id, indicator, part)
    )`.execute(db);
  await sql`create index facts_by_operation on facts (operation_id, indicator)`.execute(db);
}

/** Corrections of notes keep only the hour too. */
async function keepHourlyVersionsOf(db: Kysely<unknown>, table: string): Promise<void> {
  await createVersionsTable(db, table);
  await sql`alter table ${sql.id(`${table}_versions`)}
    add check (replaced_at = date_trunc('hour', replaced_at))`.execute(db);
}
