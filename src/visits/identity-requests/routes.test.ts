import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { newId } from '../../vocabulary/ids.ts';
import { nameReasons } from '../visit.ts';
import { addSealedName, sealedName } from './examples.ts';

const reason = 'A warrant is to be laid tomorrow, and it must name the witness.';
const asking = { purpose: 'prosecution or disclosure', reason, hours: '4' };
const opens = { decision: 'open the name', reasons: 'The warrant cannot be laid without it; four hours are enough.' };
const refuses = { decision: 'refuse', reasons: 'The warrant can describe the witness without a name.' };
const idIn = (location: unknown): string => /[0-9a-f-]{36}/.exec(String(location))?.[0] ?? '';

async function openApplicationWithSealedName(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:00' });
  const made = await addSealedName(application);
  type Who = (typeof made.people)['planner'];
  const { signIn } = application;
  const ask = async (who: Who = made.people.planner, answers: Record<string, unknown> = asking, id = made.met.id) =>
    (await signIn(who)).post(`/staff/identity-requests/of/${id}`, answers);
  const decide = async (who: Who, id: string, answers: Record<string, unknown> = opens) =>
    (await signIn(who)).post(`/staff/identity-requests/${id}/decide`, answers);
  const read = async (who: Who) =>
    (await signIn(who)).post(`/staff/encounters/${made.met.id}/name`, { why: nameReasons[0] });
  const home = async (who: Who) => (await (await signIn(who)).get('/staff')).body;
  return { ...application, ...made, ask, decide, read, home };
}

const hours = (count: number) => new Date(Date.parse('2026-09-18T11:00:00Z') + count * 3_600_000);

test('who directs the visit knows that a name is held, and reads it only while a custodian has opened it', async (t) => {
  const { signIn, people, met, ask, decide, read, home, clock, db, force } = await openApplicationWithSealedName(t);
  const { planner, custodian, commander, officer, lead } = people;
  assert.match((await read(officer)).body, /Petrescu-Moor/, 'the team that was there needs nobody');
  const page = await (await signIn(planner)).get(`/staff/encounters/${met.id}`);
  assert.match(page.body, /held under seal(?!:)[\s\S]*Ask a custodian to open the name/);
  assert.doesNotMatch(page.body, /A witness|Open the name</);
  assert.equal((await read(planner)).statusCode, 404);

  const asked = await ask();
  assert.equal(asked.statusCode, 303);
  const id = idIn(asked.headers.location);
  assert.match(await home(custodian), /Decide an identity request[\s\S]*Ros Planner[\s\S]*Lea Vale Constabulary/);
  assert.match(await home(custodian), /New identity request/);
  assert.equal((await read(planner)).statusCode, 404, 'asked is not opened');
  const shown = (await (await signIn(custodian)).get(`/staff/identity-requests/${id}/decide`)).body;
  assert.match(shown, /A warrant is to be laid tomorrow/);
  assert.doesNotMatch(shown, /Petrescu|A witness|Romanian|works there/);
  assert.equal((await (await signIn(custodian)).get(`/staff/encounters/${met.id}`)).statusCode, 403);

  clock.move(hours(1));
  assert.equal((await decide(custodian, id)).statusCode, 303);
  assert.match(await home(planner), /A custodian decided your identity request/);
  assert.doesNotMatch(await home(custodian), /Decide an identity request/);
  assert.match((await read(planner)).body, /Petrescu-Moor/);
  for (const other of [commander, people.second])
    assert.equal((await read(other)).statusCode, 404, `to her alone, not to ${other.name}`);
  for (const never of [custodian, lead]) assert.equal((await read(never)).statusCode, 403, never.name);
  assert.equal(
    (await (await signIn(planner)).post(`/staff/encounters/${met.id}/name/record`, { name: 'Mine' })).statusCode,
    403,
    'to read alone',
  );

  clock.move(new Date(hours(4).getTime() - 1));
  assert.match((await read(planner)).body, /Petrescu-Moor/);
  clock.move(hours(4));
  assert.equal((await read(planner)).statusCode, 404, 'it closed by itself');
  assert.match((await (await signIn(planner)).get(`/staff/identity-requests/${id}`)).body, /Opened, and closed again/);

  const rows = await db
    .selectFrom('accessLog')
    .select(['event', 'kind', 'subject', 'recipient', 'ownerId', 'fields', 'returned'])
    .where('event', 'in', ['name.requested', 'name.disclosed'])
    .orderBy('id')
    .execute();
  const same = { subject: met.id, ownerId: force.id, returned: [id] };
  assert.deepEqual(rows, [
    { event: 'name.requested', kind: 'collection', recipient: null, fields: [], ...same },
    { event: 'name.disclosed', kind: 'disclosure', recipient: planner.id, fields: ['name'], ...same },
  ]);
});

test('only enforcement members who direct the visit may ask, for a person whose name is held', async (t) => {
  const { people, ask, met, unnamed, db, signIn } = await openApplicationWithSealedName(t);
  const cases: readonly (readonly [keyof typeof people, number])[] = [
    ['planner', 303],
    ['commander', 303],
    ['unitPlanner', 303],
    ['second', 303],
    ['outside', 404],
    ['helpPlanner', 403],
    ['helper', 403],
    ['officer', 403],
    ['otherTeam', 403],
    ['custodian', 403],
    ['lead', 403],
    ['press', 403],
  ];
  for (const [who, status] of cases) {
    assert.equal((await ask(people[who])).statusCode, status, who);
    const form = await (await signIn(people[who])).get(`/staff/identity-requests/of/${met.id}`);
    assert.equal(form.statusCode, status === 303 ? 200 : status, who);
    assert.doesNotMatch(form.body, new RegExp(sealedName));
  }
  for (const id of [unnamed.id, newId<'encounter'>()])
    assert.equal((await ask(people.planner, asking, id)).statusCode, 404, 'no name to open');
  assert.equal((await db.selectFrom('identityRequests').selectAll().execute()).length, 4);
});

test('a form without purpose, reason or duration is shown again with its input', async (t) => {
  const { people, ask, db } = await openApplicationWithSealedName(t);
  for (const [what, more] of [
    ['no purpose', { purpose: '' }],
    ['another purpose', { purpose: 'because I want to' }],
    ['no reason', { reason: '' }],
    ['no sentence', { reason: 'Need it' }],
    ['no time', { hours: '' }],
    ['too long', { hours: '25' }],
    ['a week', { hours: '168' }],
  ] as const) {
    const again = await ask(people.planner, { ...asking, ...more });
    assert.equal(again.statusCode, 422, what);
    if (!('reason' in more)) assert.match(again.body, /A warrant is to be laid tomorrow/);
  }
  assert.equal((await db.selectFrom('identityRequests').selectAll().execute()).length, 0);
});

test('a custodian of the leading agency decides, once and in time, and never their own request', async (t) => {
  const { people, ask, decide, clock, db } = await openApplicationWithSealedName(t);
  const own = idIn((await ask(people.second)).headers.location);
  const self = await decide(people.second, own);
  assert.equal(self.statusCode, 422);
  assert.match(self.body, /Another custodian decides/);
  assert.equal((await decide(people.custodian, own, { ...opens, reasons: 'Fine' })).statusCode, 422);
  assert.equal((await decide(people.custodian, own, { reasons: opens.reasons })).statusCode, 422);
  for (const [who, status] of [
    ['unitCustodian', 404],
    ['lead', 403],
    ['planner', 403],
    ['helper', 403],
  ] as const)
    assert.equal((await decide(people[who], own)).statusCode, status, who);
  assert.equal((await decide(people.custodian, newId())).statusCode, 404, 'a forged id');
  assert.equal((await db.selectFrom('identityRequestDecisions').selectAll().execute()).length, 0);
  assert.equal((await decide(people.custodian, own, refuses)).statusCode, 303);
  assert.match((await decide(people.custodian, own)).body, /decided this already/);

  const late = idIn((await ask(people.planner, { ...asking, hours: '1' })).headers.location);
  clock.move(hours(1));
  assert.match((await decide(people.custodian, late)).body, /is over/);
  assert.equal((await ask(people.planner)).statusCode, 303, 'whoever still needs it asks anew');
});

test('a refusal opens nothing and keeps its reasons; the name may be asked for again, but not twice at once', async (t) => {
  const { people, ask, decide, read, signIn, db } = await openApplicationWithSealedName(t);
  const id = idIn((await ask()).headers.location);
  assert.match((await ask()).body, /asked for this name already/);
  assert.equal((await decide(people.custodian, id, refuses)).statusCode, 303);
  assert.equal((await read(people.planner)).statusCode, 404);
  const answer = await (await signIn(people.planner)).get(`/staff/identity-requests/${id}`);
  assert.match(answer.body, /Refused[\s\S]*can describe the witness without a name[\s\S]*Cass Custodian/);
  const again = idIn((await ask()).headers.location);
  assert.equal((await decide(people.custodian, again)).statusCode, 303);
  assert.match((await ask()).body, /asked for this name already/, 'it is open');
  for (const [table, change] of [
    ['identity_requests', { until: hours(20) }],
    ['identity_requests', { askedBy: people.commander.id }],
    ['identityRequestDecisions', { granted: true }],
  ] as const) {
    await assert.rejects(db.updateTable(table).set(change).execute(), /stays as it was made/);
    await assert.rejects(db.deleteFrom(table).execute(), /stays as it was made/);
  }
  const events = await db.selectFrom('accessLog').select('event').where('event', 'like', 'name.request r%').execute();
  assert.deepEqual(events, [{ event: 'name.request refused' }]);
});

test('the asker, the owner’s custodians and the data-protection leads of both agencies see a request', async (t) => {
  const { people, ask, signIn, home } = await openApplicationWithSealedName(t);
  const id = idIn((await ask(people.unitPlanner)).headers.location);
  const cases: readonly (readonly [keyof typeof people, number])[] = [
    ['unitPlanner', 200],
    ['custodian', 200],
    ['second', 200],
    ['lead', 200],
    ['unitLead', 200],
    ['planner', 404],
    ['commander', 404],
    ['unitCustodian', 404],
    ['officer', 403],
    ['helper', 403],
    ['helpPlanner', 403],
    ['press', 403],
  ];
  for (const [who, status] of cases) {
    const visitor = await signIn(people[who]);
    assert.equal((await visitor.get(`/staff/identity-requests/${id}`)).statusCode, status, who);
    const list = await visitor.get('/staff/identity-requests');
    assert.equal(/Una Planner/.test(list.body), status === 200, who);
  }
  assert.doesNotMatch(await home(people.unitCustodian), /Una Planner|identity request/);
});

test('a disclosure ends when the member leaves the operation, and nothing is opened if nobody could decide', async (t) => {
  const { people, ask, decide, read, db, clock, signIn, met, operation } = await openApplicationWithSealedName(t);
  const id = idIn((await ask(people.unitPlanner)).headers.location);
  await decide(people.custodian, id);
  assert.equal((await read(people.unitPlanner)).statusCode, 200);
  clock.move(hours(1));
  await db
    .updateTable('grants')
    .set({ until: hours(1) })
    .where('memberId', '=', people.unitPlanner.id)
    .where('operationId', '=', operation.id)
    .execute();
  assert.equal((await read(people.unitPlanner)).statusCode, 404);

  await db
    .updateTable('members')
    .set({ endedAt: hours(1) })
    .where('id', '=', people.custodian.id)
    .execute();
  const alone = await (await signIn(people.second)).get(`/staff/identity-requests/of/${met.id}`);
  assert.match(alone.body, /Ask its administrator to name a custodian/);
  assert.equal((await ask(people.second)).statusCode, 422);
});

test('a custodian of the owner ends a disclosure early, with reasons; the asker sees this and may ask again', async (t) => {
  const { people, ask, decide, read, home, signIn, db, met, force } = await openApplicationWithSealedName(t);
  const { planner, custodian, second, unitCustodian, lead } = people;
  const id = idIn((await ask()).headers.location);
  const ends = { reasons: 'The warrant was laid this morning, and the name is needed no longer.' };
  const end = async (who: typeof planner, answers: Record<string, unknown> = ends) =>
    (await signIn(who)).post(`/staff/identity-requests/${id}/end`, answers);
  assert.match((await end(custodian)).body, /does not stand open any more/, 'nothing is open yet');
  await decide(custodian, id);
  assert.match((await read(planner)).body, /Petrescu-Moor/);
  assert.match((await (await signIn(second)).get(`/staff/identity-requests/${id}`)).body, /End it now/);
  assert.doesNotMatch((await (await signIn(planner)).get(`/staff/identity-requests/${id}`)).body, /End it now/);
  for (const [who, status] of [
    [unitCustodian, 404],
    [lead, 403],
    [planner, 403],
  ] as const)
    assert.equal((await end(who)).statusCode, status, who.name);
  const unsaid = await end(second, { reasons: 'Enough' });
  assert.equal(unsaid.statusCode, 422);
  assert.match(unsaid.body, />Enough</, 'keeps what was typed');
  assert.match((await read(planner)).body, /Petrescu-Moor/);

  assert.equal((await end(second)).statusCode, 303);
  assert.equal((await read(planner)).statusCode, 404, 'at once');
  assert.match(await home(planner), /A custodian ended your access to a name/);
  const told = (await (await signIn(planner)).get(`/staff/identity-requests/${id}`)).body;
  assert.match(told, /Ended by a custodian[\s\S]*by Officer Sol Second[\s\S]*The warrant was laid this morning/);
  assert.match((await end(custodian)).body, /does not stand open any more/, 'once');
  const row = await db
    .selectFrom('accessLog')
    .select(['kind', 'subject', 'recipient', 'ownerId', 'returned'])
    .where('event', '=', 'name.disclosure ended')
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, {
    kind: 'alteration',
    subject: met.id,
    recipient: planner.id,
    ownerId: force.id,
    returned: [id],
  });
  assert.equal((await ask()).statusCode, 303, 'asked anew');
});
