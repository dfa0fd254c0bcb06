import { type Kysely, sql } from 'kysely';

/** Help is asked for whoever has a record too, also for somebody who was never met at a visit: by a note, by the record, or by both. What is asked for without an operation is counted in none. Of an agency of which nobody is here, whoever asked writes down the answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table referrals
    alter column note_id drop not null,
    alter column operation_id drop not null,
    add column person_id uuid,
    add column outside boolean not null default false,
    add check (num_nonnulls(note_id, person_id) > 0),
    add check (note_id is null or operation_id is not null)`.execute(db);
  await sql`create index referrals_of_person on referrals (person_id) where person_id is not null`.execute(db);
}
