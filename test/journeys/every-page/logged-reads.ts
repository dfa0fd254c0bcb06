/** Every page that reads records of people adds a row to the log of its store, and the row names the owner of the record. */
import assert from 'node:assert/strict';
import type { DemonstrationApplication } from '../../fixtures/demonstration.ts';
import { logReaders, type MemberCrawl } from '../../fixtures/member-crawl.ts';
import { toRouteShape } from '../../harness/crawl.ts';
import { listed } from '../../harness/listed.ts';

/** A staff process cannot read whole rows of these tables without a log row. Counting is recognised by its role. */
const person = new Set(
  listed(`
  premises, visits, encounters, encounter_names, observations, arrests, screenings, searches, seizures, notes,
  referrals, access_log`),
);

export function assertReadsLogged(crawls: readonly MemberCrawl[]): void {
  const visits = crawls
    .filter(({ who }) => logReaders.includes(who))
    .flatMap(({ visits }) => visits.filter(({ statusCode }) => statusCode === 200));
  const silent = visits.filter(({ tables, logged }) => logged === 0 && tables.some((table) => person.has(table)));
  assert.deepEqual([...new Set(silent.map(({ url }) => toRouteShape(url)))], []);
  const shapes = new Set(visits.filter(({ logged }) => logged > 0).map(({ url }) => toRouteShape(url)));
  for (const wanted of [
    '/staff/visits',
    '/staff/operations/:id',
    '/staff/premises/:id',
    '/staff/safeguarding',
    '/staff/arrests/:id',
  ])
    assert.ok(shapes.has(wanted), `${wanted} writes a row`);
}

export async function assertOwnersLogged({ db, safeguardingDb }: DemonstrationApplication): Promise<void> {
  const rowsOf = (store: typeof db) =>
    store.selectFrom('accessLog').select(['event', 'subject', 'returned', 'fields', 'ownerId', 'kind']).execute();
  const rows = [...(await rowsOf(db)), ...(await rowsOf(safeguardingDb))];
  const ownerless = rows.filter(
    ({ event, subject, ownerId }) =>
      subject !== null &&
      ownerId === null &&
      !/^(meeting|log|access|return|protected count|briefing|week)/.test(event as string),
  );
  assert.deepEqual([...new Set(ownerless.map(({ event }) => event))], [], 'whose record it was is said');
  const listed = rows.filter(({ event }) => /listed$/.test(event as string));
  assert.ok(listed.some(({ returned }) => (returned as string[]).length > 0));
}
