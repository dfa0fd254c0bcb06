/** Whose record a row of the log is about: asked for one record, or for a list of hundreds, the answer is the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { openDemonstration } from '../fixtures/demonstration.ts';

const listTables = async (db: Kysely<never>): Promise<string[]> =>
  (
    await sql<{ name: string }>`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'id' and data_type = 'uuid'`.execute(db)
  ).rows.map(({ name }) => name);

test('a list of records has the owners that its records have one by one', async (t) => {
  const { db, safeguardingDb } = await openDemonstration(t);
  let owned = 0;
  for (const store of [db, safeguardingDb] as unknown as Kysely<never>[]) {
    const all = sql.join(
      (await listTables(store)).map((table) => sql`select id from ${sql.table(table)}`),
      sql` union `,
    );
    for (const action of ['operation.read', 'visit.read', 'case.read', 'no such action']) {
      const { rows } = await sql<{ id: string; one: string | null; listed: (string | null)[] }>`
        with listed as materialized (select * from ctx.owners_of(array(${all}), ${action}))
        select i.id, ctx.owner_of(i.id) as one, array(select o.owner from listed o where o.id = i.id) as listed
        from (${all}) i`.execute(store);
      for (const { id, one, listed } of rows) assert.deepEqual(listed, one === null ? [] : [one], `${action} of ${id}`);
      owned += rows.filter(({ one }) => one !== null).length;
    }
  }
  assert.ok(owned > 400, `${owned} records with an owner`);
});
