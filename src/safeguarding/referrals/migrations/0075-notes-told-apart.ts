import { type Kysely, sql } from 'kysely';
import { ages } from '../../../vocabulary/age.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Hours do not order notes, so each gets a number. A note also keeps the person’s number at the visit, so that helpers mean the same person. It keeps the apparent age, so that help for a child does not depend on access to the visit. A take-up keeps the number of failed requests: one more makes the note wait again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table notes
    add column age text check (age in (${oneOf(ages)})),
    add column met_number integer check (met_number > 0),
    add column number integer generated always as identity`.execute(db);
  await sql`alter table take_ups
    add column fallen integer not null default 0 check (fallen >= 0),
    drop constraint take_ups_pkey,
    add primary key (note_id, fallen)`.execute(db);
}
