/** Sends one press twice at the same moment: both get the same page, and the record exists once. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/database.ts';
import type { TestClient } from './browsing.ts';

export async function countRows(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*)::int as many from ${sql.table(table)}`.execute(db);
  return rows[0]?.many ?? 0;
}

/** Where all are led. Five at once, so that some meet inside. */
export async function submitTwice(
  { formToken, post }: TestClient,
  url: string,
  answers: Record<string, unknown>,
  { db, table, more = 1 }: { readonly db: Db; readonly table: string; readonly more?: number },
): Promise<string> {
  const before = await countRows(db, table);
  const form = { ...answers, _csrf: await formToken() };
  const all = await Promise.all([0, 1, 2, 3, 4].map(() => post(url, form)));
  assert.deepEqual(
    all.map(({ statusCode }) => statusCode),
    [303, 303, 303, 303, 303],
    `${url}: ${all.map(({ body }) => /error-summary[\s\S]{0,600}/.exec(body)?.[0].replace(/<[^>]*>/g, ' ')).join('')}`,
  );
  const [led, ...others] = new Set(all.map(({ headers }) => String(headers.location)));
  assert.deepEqual(others, [], `${url}: led to one page`);
  assert.equal((await countRows(db, table)) - before, more, `${url}: one thing in ${table}`);
  const late = await post(url, form);
  assert.equal(late.headers.location, led, `${url}: and so is a press that comes late`);
  assert.equal((await countRows(db, table)) - before, more, `${url}: one thing in ${table}, still`);
  return led ?? '';
}
