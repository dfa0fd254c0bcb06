import { type Kysely, sql } from 'kysely';
import { outcomes } from '../../notes/note.ts';

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** The author of a note can record that children’s services were told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table notes
    drop constraint notes_outcomes_check,
    add constraint notes_outcomes_check
      check (cardinality(outcomes) > 0 and outcomes <@ array[${oneOf(outcomes)}])`.execute(db);
}
