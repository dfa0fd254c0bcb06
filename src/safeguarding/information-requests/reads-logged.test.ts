import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { asking, behind, home, idIn, openPolice, same } from '../../../test/fixtures/information-requests.ts';
import { shows } from '../../../test/harness/browsing.ts';
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';

type Row = { event: string; action: string; at: Date; memberId: string; agencyId: string; ownerId: string | null };

const rowsOf = async (db: Db): Promise<Row[]> =>
  (await sql<Row>`select event, action, at, member_id, agency_id, owner_id from access_log order by id`.execute(db))
    .rows;

test('a support agency’s views of a request are in the safeguarding log, and the main log does not show them', async (t) => {
  const application = await openPolice(t);
  const { people, advisers, signIn, db, safeguardingDb, app } = application;
  const detective = await signIn(people.detective);
  const request = idIn((await detective.post(`${home}/new`, asking(advisers.id))).headers.location);
  await detective.get(`${home}/${request}`);
  const lead = await signIn(people.lead);
  const protection = await signIn(people.helpProtection);
  for (const url of ['/staff', home, `${home}/${request}`, behind, `${behind}/${request}/decide`])
    assert.equal((await lead.get(url)).statusCode, 200, url);
  assert.equal((await lead.get(`${home}/${newId()}`)).statusCode, 404);
  for (const url of [home, `${home}/${request}`, `/staff/oversight/records/${request}`])
    assert.equal((await protection.get(url)).statusCode, 200, url);
  assert.equal((await protection.get(`/staff/oversight/records/${request}/possible-access`)).statusCode, 200);
  await protection.post(`/staff/oversight/records/${request}/export`, { _csrf: 'forged' });
  await app.refusals.close();

  const left = (
    await sql<{ row: string }>`select to_jsonb(a)::text as row from access_log a
    where agency_id = ${advisers.id} and (action like 'information%' or event like 'information%'
      or to_jsonb(a)::text like ${`%${request}%`} or returned @> array[${people.detective.id}::uuid])`.execute(db)
  ).rows;
  assert.deepEqual(left, [], 'nothing of it in the main log');

  const apart = (await rowsOf(safeguardingDb)).filter(
    ({ action, event }) => action === 'information request.read' || event === 'information requests.waiting counted',
  );
  for (const event of [
    'information requests.waiting counted',
    'information requests.listed',
    'information request.shown',
    'record not found',
  ])
    assert.ok(
      apart.some((row) => row.event === event && row.memberId === people.lead.id),
      event,
    );
  for (const { at, agencyId, ownerId, event } of apart) {
    assert.equal(at.getTime() % 3_600_000, 0, 'to the hour');
    assert.equal(agencyId, advisers.id);
    if (event !== 'record not found')
      assert.equal(ownerId, advisers.id, 'a look at a record of the agency that was asked');
  }
  await shows(protection, `/staff/oversight/records/${request}`, /Ines Lead/);
  await shows(protection, '/staff/oversight/ours', /Ines Lead/);
});

test('police read the same log of a request whether the agency opened it or not', async (t) => {
  const pages: string[][] = [];
  for (const opened of [true, false]) {
    const { people, advisers, force, signIn, member } = await openPolice(t);
    const request = idIn(
      (await (await signIn(people.detective)).post(`${home}/new`, asking(advisers.id))).headers.location,
    );
    const lead = await signIn(people.lead);
    if (opened) for (const url of [home, `${home}/${request}`, `${behind}/${request}/decide`]) await lead.get(url);
    const auditor = await signIn(await member(force, ['auditor'], 'Ari Auditor'));
    const protection = await signIn(people.protection);
    const seen: string[] = [];
    for (const who of [auditor, protection])
      for (const url of [
        `records/${request}`,
        `members/${people.lead.id}`,
        'ours',
        `records/${request}/possible-access`,
        'unusual',
      ]) {
        const page = await who.get(`/staff/oversight/${url}`);
        assert.equal(page.statusCode, 200, url);
        seen.push(same(page.body));
      }
    pages.push(seen);
  }
  assert.deepEqual(pages[0], pages[1]);
});

test('police’s own views of a request stay in the main log', async (t) => {
  const { people, advisers, signIn, db } = await openPolice(t);
  const detective = await signIn(people.detective);
  const request = idIn((await detective.post(`${home}/new`, asking(advisers.id))).headers.location);
  await detective.get(`${home}/${request}`);
  assert.ok(
    (await rowsOf(db)).some(
      ({ event, memberId }) => event === 'information request.shown' && memberId === people.detective.id,
    ),
  );
});
