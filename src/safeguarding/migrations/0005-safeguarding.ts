import { type Kysely, sql } from 'kysely';
import { keepVersionsOf } from '../../platform/versions.ts';
import { adviceKinds, needKinds, outcomes, referralStates, understandings } from '../note.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** The store behind the wall, in its small first form: a database of its own, without a key to any other. Days and hours, never minutes. */
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
  await keepVersionsOf(db, 'notes');
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
      sealed_words  bytea,
      wrapped_key   bytea not null,
      state         text not null check (state in (${oneOf(referralStates)})),
      decided_by    uuid,
      decided_at    timestamptz check (decided_at = date_trunc('hour', decided_at)),
      reason        text,
      check ((state = 'sent') = (decided_by is null)),
      check (state <> 'declined' or reason is not null)
    )`.execute(db);
  await sql`create index referrals_to on referrals (to_agency, state)`.execute(db);
  await keepVersionsOf(db, 'referrals');
  await sql`
    create table facts (
      id            uuid primary key,
      note_id       uuid not null references notes,
      operation_id  uuid not null,
      day           date not null,
      town          text not null,
      indicator     text not null,
      part          text
    )`.execute(db);
  await sql`create index facts_by_operation on facts (operation_id, indicator)`.execute(db);
  await sql`create index facts_by_note on facts (note_id)`.execute(db);
}
