/** Helpers that several migrations of this area share. */
import { type Kysely, sql } from 'kysely';

export const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
export const toTheHour = (column: string) => sql.raw(`check (${column} = date_trunc('hour', ${column}))`);

/** Functions that see more than who calls them work as this role. */
export async function forRelations(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create policy relations on ${sql.id(table)} to safelight_relations using (true) with check (true)`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on ${sql.id(table)} to safelight_relations`.execute(db);
}
