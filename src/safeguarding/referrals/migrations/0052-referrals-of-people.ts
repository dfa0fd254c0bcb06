import { type Kysely, sql } from 'kysely';

/** A referral can also be about a person with a record, even one who was never met at a visit. It names a note, a record or both. A referral without an operation counts in none. If the recipient has no member in Safelight, the sender records its answer. */
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
