import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../../test/fixtures/application.ts';
import { countNow, signNow, staged } from '../../../../test/fixtures/counted-return.ts';
import { reads, readsNo } from '../../../../test/harness/browsing.ts';
import { query } from '../../../../test/harness/sql.ts';
import { addWeek } from '../../../operations/weeks/examples.ts';
import { fingerprintOf } from '../../../platform/crypto/exchange-key.ts';
import { exampleTasking, keyNamed, toBytes } from '../document/examples.ts';

type World = Awaited<ReturnType<typeof partnership>>;

async function partnership(t: Parameters<typeof openApplication>[0], today = '2026-09-07') {
  const application = await openApplication(t, { today, time: '12:00' });
  const force = await application.agency('police force', { name: 'Lea Vale Constabulary' });
  const planner = await application.signIn(await application.member(force, ['planner']));
  return { ...application, force, planner };
}

/** Gives the page of the tasking. */
const bring = async ({ planner }: Pick<World, 'planner'>, document: object): Promise<string> => {
  const came = await planner.upload('/staff/taskings/new', {}, { name: 'tasking.json', content: toBytes(document) });
  assert.equal(came.statusCode, 303, came.body);
  return String(came.headers.location);
};
const compare = async ({ planner }: Pick<World, 'planner'>, at: string) => {
  const done = await planner.post(`${at}/key`, { compared: 'yes' });
  assert.equal(done.statusCode, 303, done.body);
};

test('a planner imports a tasking, compares its key and fills a week from it', async (t) => {
  const world = await partnership(t);
  const { planner, db, auditTrail } = world;
  const at = await bring(world, exampleTasking());
  await reads(planner, at, /Compare the key[\s\S]*Visit nail bars\.[\s\S]*Report nil returns too/);
  await reads(planner, at, new RegExp(fingerprintOf(keyNamed('Joint Desk').publicKey)));
  assert.equal((await planner.get(`${at}/new-week`)).statusCode, 409);
  await readsNo(planner, '/staff', /Choose the week of a tasking/);
  assert.equal((await planner.post(`${at}/key`, {})).statusCode, 422);
  await compare(world, at);
  assert.equal((await planner.post(`${at}/key`, { compared: 'yes' })).statusCode, 422);
  await reads(planner, '/staff', /Choose the week of a tasking[\s\S]*22 September 2026 at 12:00/);
  const { body } = await planner.get(`${at}/new-week`);
  for (const value of ['Week against sexual exploitation', 'Joint Desk', '14', '20'])
    assert.match(body, new RegExp(`value="${value}"`));
  const added = await planner.post(`${at}/new-week`, {
    ...{ name: 'Week against sexual exploitation', lead: 'Joint Desk', focus: 'sexual exploitation' },
    ...{ 'starts-day': '14', 'starts-month': '9', 'starts-year': '2026' },
    ...{ 'ends-day': '20', 'ends-month': '9', 'ends-year': '2026' },
  });
  assert.equal(added.statusCode, 303, added.body);
  const week = String(added.headers.location);
  await reads(planner, week, /Tasking of Joint Desk[\s\S]*Deadline of the return[\s\S]*22 September 2026, 12:00/);
  await reads(planner, week, /Editions of definitions that count[\s\S]*2026-11[\s\S]*Hertfordshire/);
  const plan = await planner.get(`/staff/operations/new?week=${week.split('/').at(-1)}`);
  assert.match(plan.body, /name="area"[^>]*value="Hertfordshire"/);
  // The same file again is kept once.
  assert.equal(await bring(world, exampleTasking()), at);
  assert.equal((await query(db)`select 1 from received_taskings`).length, 1);
  const events = await auditTrail({ looks: false });
  for (const event of ['tasking.imported', 'coordinator key.compared', 'tasking.used', 'week.added'])
    assert.ok(events.includes(event), event);
});

test('refuses a file that is no tasking, of another version or changed', async (t) => {
  const { planner } = await partnership(t);
  const refuse = async (content: Buffer, why: RegExp) => {
    const refused = await planner.upload('/staff/taskings/new', {}, { name: 'x.json', content });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, why);
  };
  await refuse(Buffer.from('notes'), /This is no tasking\. Select the file/);
  await refuse(toBytes({ ...exampleTasking(), schemaVersion: 2 }), /no tasking of a known version/);
  await refuse(toBytes({ ...exampleTasking(), tasking: 'Visit car washes.' }), /The signature does not match/);
  await refuse(Buffer.alloc(260_000, ' '), /No tasking is that large/);
  const none = await planner.upload('/staff/taskings/new', {}, undefined);
  assert.match(none.body, /Select the file/);
});

test('a later tasking replaces the earlier one, keeps the week, and its conflicts show until the week takes the dates', async (t) => {
  const world = await partnership(t);
  const { planner, db, force } = world;
  const week = await addWeek(db, force, { name: 'Local week' });
  const first = await bring(world, exampleTasking());
  await compare(world, first);
  await reads(planner, first, /Compare with Local week/);
  const form = `${first}/week?into=${week.id}`;
  await reads(
    planner,
    form,
    /Take from the tasking[\s\S]*Name: Week against sexual exploitation[\s\S]*Now: Local week/,
  );
  assert.equal((await planner.post(form, { into: week.id })).statusCode, 303);
  await reads(planner, `/staff/weeks/${week.id}`, /Local week[\s\S]*Deadline of the return/);
  const moved = exampleTasking({
    ...{ issuedAt: '2026-09-05T09:00:00.000Z', deadline: '2026-09-29T11:00:00.000Z' },
    week: { ...exampleTasking().week, window: { from: '2026-09-16', until: '2026-09-22' } },
  });
  const second = await bring(world, moved);
  await reads(planner, first, /Replaced/);
  await reads(planner, second, /Conflict[\s\S]*Your week has 14 to 20 September 2026\. The tasking has 16 to 22/);
  await reads(planner, `/staff/weeks/${week.id}`, /29 September 2026, 12:00[\s\S]*Conflict[\s\S]*16 to 22 September/);
  const taken = await planner.post(`${second}/week?into=${week.id}`, { into: week.id, take: ['dates'] });
  assert.equal(taken.statusCode, 303, taken.body);
  await reads(planner, `/staff/weeks/${week.id}`, /Local week[\s\S]*16 to 22 September 2026/);
  await readsNo(planner, `/staff/weeks/${week.id}`, /Conflict/);
});

test('a coordinator’s program sends a tasking over HTTPS once its key was compared, and nothing else gets in', async (t) => {
  const world = await partnership(t);
  const { app, force, planner, db } = world;
  const send = (payload: Buffer, agency: string = force.id) =>
    app.inject({
      ...{ method: 'POST', url: `/staff/exchange/taskings?agency=${agency}`, payload },
      headers: { 'content-type': 'application/json' },
    });
  const early = await send(toBytes(exampleTasking()));
  assert.deepEqual([early.statusCode, early.json().why], [403, 'unknown key']);
  assert.equal((await query(db)`select 1 from received_taskings`).length, 0);
  const at = await bring(world, exampleTasking());
  await compare(world, at);
  const later = toBytes(exampleTasking({ issuedAt: '2026-09-05T09:00:00.000Z', area: 'Essex' }));
  const taken = await send(later);
  assert.equal(taken.statusCode, 201, taken.body);
  assert.equal((await send(later)).statusCode, 200);
  assert.equal((await send(toBytes({ ...exampleTasking(), area: 'Kent' }))).json().why, 'bad signature');
  assert.equal((await send(Buffer.from('[]'))).statusCode, 422);
  assert.equal((await send(later, crypto.randomUUID())).statusCode, 403);
  await reads(planner, '/staff/taskings', /in force[\s\S]*replaced/);
  const end =
    /href="(\/staff\/taskings\/keys\/[^"]+\/end)"/.exec((await planner.get('/staff/taskings')).body)?.[1] ?? '';
  assert.equal((await planner.post(end)).statusCode, 303);
  assert.equal((await planner.post(end)).statusCode, 422);
  assert.equal((await send(toBytes(exampleTasking({ area: 'Surrey' })))).statusCode, 403);
});

test('the deadline is on Home until the return is signed, which counts by an edition that the tasking takes', async (t) => {
  const { analyst, operation, application, stage } = await staged(t, ['signing'], '2026-12-01');
  const { db } = application;
  const [{ weekId } = { weekId: '' }] = await query<{ weekId: string }>(db)`select week_id from operations`;
  const world = { planner: await application.signIn(await application.member(stage.force, ['planner'])) };
  const at = await bring(world, exampleTasking({ definitions: ['2026-01'], deadline: '2026-12-02T11:00:00.000Z' }));
  await compare(world, at);
  await query(db)`update received_taskings set week_id = ${weekId}`;
  await reads(analyst, '/staff', /Return due to a coordinator[\s\S]*Tomorrow at 11:00/);
  const address = await countNow(analyst, operation.id);
  await reads(analyst, '/staff', /Return due to a coordinator/);
  await signNow(analyst, address, 'open');
  await readsNo(analyst, '/staff', /Return due to a coordinator/);
  const [made] = await query<{ definitions: string }>(db)`select definitions from returns`;
  assert.equal(made?.definitions, '2026-01');
});

test('other agencies and other roles see none of it', async (t) => {
  const world = await partnership(t);
  const at = await bring(world, exampleTasking());
  const other = await world.signIn(
    await world.member(await world.agency('police force', { name: 'Stort Police' }), ['planner']),
  );
  assert.equal((await other.get(at)).statusCode, 404);
  assert.equal((await other.get(`${at}/key`)).statusCode, 404);
  await readsNo(other, '/staff/taskings', /Week against/);
  const press = await world.signIn(await world.member(world.force, ['press']));
  assert.equal((await press.get(at)).statusCode, 403);
  const analyst = await world.signIn(await world.member(world.force, ['analyst']));
  await reads(analyst, at, /Compare the key/);
  assert.equal((await analyst.get(`${at}/new-week`)).statusCode, 403);
});
