import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access } from '../../src/app.ts';
import type { MemberKey } from '../../src/demonstration/data/agencies-and-members.ts';
import { loggedTables } from '../../src/platform/audit-hook/unlogged-reads.ts';
import { openDemonstration } from '../fixtures/demonstration.ts';
import { crawl, toRouteShape } from '../harness/crawl.ts';

test('a class about people of which no look is written down says why', () => {
  for (const [name, { looks, marking }] of Object.entries(access.policy))
    if (marking === 'OFFICIAL-SENSITIVE: PERSONAL DATA' && typeof looks === 'object')
      assert.match(looks.none, /\w{3}/, `${name} is about people and says why no look is written`);
  assert.ok(loggedTables(access.policy, 'staff').has('premises'));
  assert.ok(!loggedTables(access.policy, 'statistics').has('visits'), 'who counts fields looks at nobody');
});

test('every page that reads records of people adds a row to the log of its store', async (t) => {
  const application = await openDemonstration(t);
  const { db, safeguardingDb, countQueries } = application;
  const count = async (of: typeof db): Promise<number> =>
    (
      await of
        .selectFrom('accessLog')
        .select(({ fn }) => fn.countAll<number>().as('all'))
        .executeTakeFirstOrThrow()
    ).all as number;
  const logged = async () => (await count(db)) + (await count(safeguardingDb));
  const shapes = new Set<string>();
  const silent = new Set<string>();
  for (const key of walked) {
    const visitor = await application.as(key);
    let before = await logged();
    await crawl(async (url) => {
      application.takeTablesRead();
      const page = await visitor.get(url);
      const tables = application.takeTablesRead();
      const after = await logged();
      if (page.statusCode === 200 && tables.some((table) => person.has(table)) && after === before)
        silent.add(toRouteShape(url));
      if (page.statusCode === 200 && after > before) shapes.add(toRouteShape(url));
      before = after;
      return page;
    }, '/staff');
  }
  countQueries();
  assert.deepEqual([...silent], []);
  for (const wanted of [
    '/staff/visits',
    '/staff/operations/:id',
    '/staff/premises/:id',
    '/staff/safeguarding',
    '/staff/arrests/:id',
  ])
    assert.ok(shapes.has(wanted), `${wanted} writes a row`);
  const rows = [
    ...(await db
      .selectFrom('accessLog')
      .select(['event', 'subject', 'returned', 'fields', 'ownerId', 'kind'])
      .execute()),
    ...(await safeguardingDb
      .selectFrom('accessLog')
      .select(['event', 'subject', 'returned', 'fields', 'ownerId', 'kind'])
      .execute()),
  ];
  const ownerless = rows.filter(
    ({ event, subject, ownerId }) =>
      subject !== null && ownerId === null && !/^(meeting|log|access|return|briefing|week)/.test(event as string),
  );
  assert.deepEqual([...new Set(ownerless.map(({ event }) => event))], [], 'whose record it was is said');
  const listed = rows.filter(({ event }) => /listed$/.test(event as string));
  assert.ok(listed.some(({ returned }) => (returned as string[]).length > 0));
});

/** A staff process cannot read whole rows of these tables without a log row. Counting is recognised by its role. */
const person = new Set([
  'premises',
  'visits',
  'encounters',
  'encounter_names',
  'observations',
  'arrests',
  'screenings',
  'searches',
  'seizures',
  'notes',
  'referrals',
  'access_log',
]);

/** One of each kind of reader; everybody's links are followed elsewhere. */
const walked: readonly MemberKey[] = ['planner', 'immigration', 'adviser', 'lead', 'caseworker', 'protection2'];
