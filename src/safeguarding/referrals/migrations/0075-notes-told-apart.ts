import { type Kysely, sql } from 'kysely';
import { ages } from '../note.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** Hours do not tell in which order notes were written: a number does; and which person of the visit it is stands with the note, so that those who help speak of the same one. How old the person seemed stands with the note, so that a child waits for nobody who may see the visit. A take-up knows how many requests had come to nothing, so that one more lets the note wait again. */
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
