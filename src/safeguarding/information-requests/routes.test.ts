import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { asMember } from '../../../test/fixtures/as-member.ts';
import {
  asking,
  behind,
  carryAnswers,
  home,
  idIn,
  openPolice,
  same,
} from '../../../test/fixtures/information-requests.ts';
import { shows } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addDecision, addRequest } from './examples.ts';
import { editionOn } from './law.ts';
import { listDecisions } from './store.ts';

const day = 86_400_000;
const tests = editionOn('2026-09-18')
  .tests.filter(({ ofCounselling }) => !ofCounselling)
  .map(({ name }) => name);
const gives = (person: string, more: Record<string, unknown> = {}) => ({
  person,
  outcome: 'give agreed items',
  passed: tests,
  agreement: 'agreed to the ticked items',
  kinds: ['help provided'],
  words: 'Shelter for two nights in May.',
  shown: 'other',
  reasons: 'She was asked alone and wants it known.',
  ...more,
});
const refuses = (more: Record<string, unknown> = {}) => ({
  person: 'nobody',
  outcome: 'give nothing',
  agreement: 'was not asked',
  reasons: 'It asks for more than its enquiry needs.',
  ...more,
});

const spoken = {
  how: 'the person themself',
  language: 'uk',
  interpreted: 'remote interpreter',
  interpreter: 'Interpreter 4471',
};

async function police(t: TestContext) {
  const world = await openPolice(t);
  const { people, advisers, signIn } = world;
  const ask = async (more: Record<string, unknown> = {}, who = people.detective): Promise<string> => {
    const asked = await (await signIn(who)).post(`${home}/new`, asking(advisers.id, more));
    assert.equal(asked.statusCode, 303, asked.body);
    return idIn(asked.headers.location);
  };
  const decides = async (id: string, answers: Record<string, unknown>, who = people.lead) => {
    const visitor = await signIn(who);
    const first = await visitor.post(`${behind}/${id}/decide`, answers);
    const [, digest] = /name="digest" value="([^"]+)"/.exec(first.body) ?? [];
    return digest ? visitor.post(`${behind}/${id}/decide`, { ...answers, ...spoken, digest }) : first;
  };
  const read = async (id: string, who = people.detective) => (await signIn(who)).get(`${home}/${id}`);
  return { ...world, ask, decides, read };
}

test('police ask the agency, its lead finds the person’s record, and the agreed information is answered', async (t) => {
  const world = await police(t);
  const { ask, decides, read, know, people, signIn, db, safeguardingDb, force } = world;
  const person = await know();
  const id = await ask();
  assert.match((await read(id)).body, /Harbour Advisers has until[\s\S]*Notice to the person/);
  const row = JSON.stringify(await db.selectFrom('informationRequests').selectAll().execute());
  for (const secret of ['Kovalenko', '41WA', 'a witness has left']) assert.ok(!row.includes(secret), 'under seal');

  const lead = await signIn(people.lead);
  await shows(lead, '/staff', /Decide a police request for information/);
  const form = await lead.get(`${behind}/${id}/decide`);
  assert.match(form.body, /Olga[\s\S]*born in 1998/, 'found by the name that police gave');
  assert.equal((await decides(id, gives(person.id))).statusCode, 303);
  assert.equal((await decides(id, gives(person.id))).statusCode, 422, 'once');
  assert.match((await read(id)).body, /has until/, 'not before it was carried across');
  await carryAnswers(world);
  const told = (await read(id)).body;
  assert.match(told, /Answered[\s\S]*The help given[\s\S]*Shelter for two nights in May/);
  for (const secret of ['Ines', 'asked alone', person.id, 'Olga<']) assert.ok(!told.includes(secret), secret);
  const [logged] = await logRows(
    safeguardingDb,
    ['information request.answered'],
    ['kind', 'recipient', 'reason', 'fields'],
  );
  assert.deepEqual(logged, {
    kind: 'disclosure',
    recipient: force.id,
    reason: 'the person agreed',
    fields: ['help provided'],
  });
  const counted = (await (await signIn(people.helpProtection)).get(behind)).body;
  assert.match(counted, /Given something[\s\S]*>1</);
});

test('an adult’s consent needs the wording shown, a language, an explainer and an interpreter', async (t) => {
  const { ask, know, people, signIn, safeguardingDb, keys, force } = await police(t);
  const person = await know();
  const id = await ask();
  const lead = await signIn(people.lead);
  const url = `${behind}/${id}/decide`;
  const { shown: _, ...unpicked } = gives(person.id);
  assert.match((await lead.post(url, unpicked)).body, /Select the language in which the person is shown the words/);
  const shown = await lead.post(url, gives(person.id));
  assert.equal(shown.statusCode, 200);
  for (const says of [
    force.name,
    'The help that you were given',
    'Shelter for two nights in May.',
    'cannot be taken back',
  ])
    assert.match(shown.body, new RegExp(says, 'i'), says);
  assert.match(shown.body, /If you say no, you still get help/);
  assert.deepEqual(await safeguardingDb.selectFrom('informationDecisions').select('id').execute(), [], 'nothing yet');
  const [, digest] = /name="digest" value="([^"]+)"/.exec(shown.body) ?? [];
  const yes = { ...gives(person.id), ...spoken, digest };
  for (const [more, says] of [
    [{ digest: 'other' }, /The words have changed since/],
    [{ digest: ['', digest] }, /Select “The person agrees: answer police”/],
    [{ words: 'And where she slept.' }, /The words have changed since/],
    [{ how: '' }, /Select who said yes/],
    [{ language: '' }, /Select the language/],
    [{ interpreted: '' }, /Select the interpreter/],
    [{ interpreted: 'nobody was needed' }, /Select the interpreter/],
    [{ interpreter: '' }, /interpreter’s name or number/],
  ] as const)
    assert.match((await lead.post(url, { ...yes, ...more })).body, says);
  assert.deepEqual(await safeguardingDb.selectFrom('informationDecisions').select('id').execute(), []);
  assert.equal((await lead.post(url, yes)).statusCode, 303);
  const row = JSON.stringify(await safeguardingDb.selectFrom('informationDecisions').selectAll().execute());
  for (const secret of ['Interpreter 4471', 'two nights', 'asks us for information about you'])
    assert.ok(!row.includes(secret), 'under seal');
  const [kept] = await listDecisions(safeguardingDb as never, keys);
  const { wording = '', ...how } = kept?.agreed ?? {};
  const { digest: of, ...carried } = how as Record<string, unknown>;
  assert.match(wording, /• the help that you were given\nWe would use these words, and no others:\n• “Shelter for two/);
  assert.equal(of, digest);
  assert.deepEqual(carried, { ...spoken, shownWording: null, shownLanguage: null });
  await shows(lead, behind, /said by the person; explained in Ukrainian, interpreting: an interpreter/);
  // The database requires it too: wording and consent only occur together.
  const whole = await safeguardingDb.selectFrom('informationDecisions').selectAll().executeTakeFirstOrThrow();
  for (const more of [{ sealedAgreed: null }, { ground: 'child’s best interests' }])
    await assert.rejects(
      safeguardingDb
        .insertInto('informationDecisions')
        .values({ ...whole, id: newId(), requestId: newId(), ...more })
        .execute(),
      /a yes is kept with the words/,
    );
  await safeguardingDb
    .updateTable('informationDecisions')
    .set({ personId: null, sealedReasons: null, wrappedKey: null })
    .execute();
  const gone = await safeguardingDb.selectFrom('informationDecisions').select('sealedAgreed').executeTakeFirstOrThrow();
  assert.equal(gone.sealedAgreed, null, 'it goes with the record');
});

test('known and refused, known and overlooked, not known at all: police read the same bytes at the same instant', async (t) => {
  const pages: string[][] = [];
  for (const world of ['refused', 'overlooked', 'unknown', 'unknown and refused'] as const) {
    const { ask, decides, read, know, people, signIn, clock, safeguardingDb, ...rest } = await police(t);
    const known = world.startsWith('unknown') ? undefined : await know();
    const id = await ask();
    const seen: string[] = [];
    const look = async () => {
      const detective = await signIn(people.detective);
      for (const url of ['/staff', home, `${home}/${id}`, `${home}/new`])
        seen.push(same((await detective.get(url)).body));
      seen.push(same((await read(id, people.protection)).body));
    };
    await look();
    await (await signIn(people.lead)).get(`${behind}/${id}/decide`);
    if (world.endsWith('refused'))
      assert.equal((await decides(id, refuses({ person: known?.id ?? 'nobody' }))).statusCode, 303);
    assert.equal(await carryAnswers({ clock, ...rest }), 0, 'a refusal sends nothing');
    await look();
    clock.move(new Date(clock.now().getTime() + 14 * day - 1));
    await look();
    clock.move(new Date(clock.now().getTime() + 1));
    await look();
    assert.ok(seen.at(-3)?.includes('No information is given. That is so where nothing is held'));
    pages.push(seen);
    const late = await decides(id, gives(known?.id ?? 'nobody'));
    assert.equal(late.statusCode, 422, 'nothing is given after that');
    assert.equal((await safeguardingDb.selectFrom('outbox').select('id').execute()).length, 0);
  }
  for (const page of pages) assert.deepEqual(page, pages[0]);
});

test('gives nothing without consent, about another person, beyond the request, or with a failed test', async (t) => {
  const { ask, decides, know, safeguardingDb } = await police(t);
  const person = await know();
  const id = await ask();
  for (const [what, answers] of [
    ['she does not agree', gives(person.id, { agreement: 'does not agree' })],
    ['she was not asked', gives(person.id, { agreement: 'was not asked' })],
    ['of nobody', gives('nobody')],
    ['of somebody else', gives(newId())],
    ['a test not passed', gives(person.id, { passed: tests.slice(1) })],
    ['not asked for', gives(person.id, { kinds: ['health information'] })],
    ['nothing named', gives(person.id, { kinds: [] })],
    ['no words', gives(person.id, { words: '' })],
    ['no reasons', gives(person.id, { reasons: 'Fine' })],
  ] as const)
    assert.equal((await decides(id, answers)).statusCode, 422, what);
  assert.deepEqual(await safeguardingDb.selectFrom('informationDecisions').select('id').execute(), []);
  assert.deepEqual(await safeguardingDb.selectFrom('outbox').select('id').execute(), []);
});

test('refuses a request that leaves out a test, asks for everything, or gives no notice without a reason', async (t) => {
  const { people, signIn, advisers, force, db } = await police(t);
  const detective = await signIn(people.detective);
  for (const [what, more] of [
    ['a test', { test2: '' }],
    ['a test in two words', { test3: 'Need it' }],
    ['what it asks for', { kinds: [] }],
    ['probative value, for notes of counselling', { kinds: ['notes of counselling'] }],
    ['why nobody is told', { notice: 'not given' }],
    ['a reason of the list', { notice: 'not given', exception: 'it is easier' }],
    ['an agency that helps', { to: force.id }],
    ['how it is dealt with', { handling: '' }],
  ] as const)
    assert.equal((await detective.post(`${home}/new`, asking(advisers.id, more))).statusCode, 422, what);
  assert.deepEqual(await db.selectFrom('informationRequests').select('id').execute(), []);
  const counselling = { kinds: ['notes of counselling'], test5: 'The notes alone would tell who paid for the room.' };
  assert.equal((await detective.post(`${home}/new`, asking(advisers.id, counselling))).statusCode, 303);
  const border = await (await signIn(people.borderOfficer)).post(`${home}/new`, asking(advisers.id));
  assert.equal(border.statusCode, 422);
  assert.match(border.body, /Only police may ask/);
});

test('only the requester and the agency that was asked can read a request; for others it looks missing', async (t) => {
  const { ask, read, people, signIn } = await police(t);
  const id = await ask();
  for (const who of [people.detective, people.protection, people.lead, people.helpProtection])
    assert.equal((await read(id, who)).statusCode, 200, who.name);
  for (const who of [people.other, people.borderOfficer, people.councilLead, people.field]) {
    const [there, nowhere] = [await read(id, who), await read(newId(), who)];
    assert.ok([403, 404].includes(there.statusCode), who.name);
    assert.deepEqual([there.statusCode, same(there.body)], [nowhere.statusCode, same(nowhere.body)], who.name);
    assert.ok(!(await (await signIn(who)).get(home)).body.includes(id));
  }
  for (const [who, status] of [
    [people.councilLead, 404],
    [people.detective, 403],
    [people.field, 403],
    [people.helpProtection, 403],
  ] as const)
    assert.equal((await (await signIn(who)).get(`${behind}/${id}/decide`)).statusCode, status, who.name);
});

test('the database itself: police ask in their own name, now; a lead decides in their own name, about a person they know', async (t) => {
  const world = await police(t);
  const { db, safeguardingDb, keys, people, advisers, clock, know, force, databases } = world;
  const request = await addRequest(db, keys, { by: people.detective, to: advisers.id, at: clock.now() });
  const row = await db.selectFrom('informationRequests').selectAll().executeTakeFirstOrThrow();
  await db.deleteFrom('informationRequests').execute();
  const asks = (who: { id: string; agencyId: string }, more: Record<string, unknown> = {}) =>
    asMember(world, who, ['main', 'staff'], (tx) =>
      tx
        .insertInto('informationRequests')
        .values({ ...row, askedBy: who.id, agencyId: who.agencyId, ...more })
        .execute(),
    );
  await asks(people.detective);
  const later = new Date(clock.now().getTime() + 3_600_000);
  for (const [what, who, more] of [
    ['in another’s name', people.detective, { askedBy: people.other.id }],
    ['by immigration', people.borderOfficer, {}],
    ['by immigration for police', people.borderOfficer, { agencyId: force.id }],
    ['by help', people.lead, {}],
    ['from later on', people.detective, { askedAt: later, dueAt: new Date(later.getTime() + 14 * day) }],
    ['to be answered at once', people.detective, { dueAt: later }],
    ['of everything', people.detective, { kinds: ['the whole file'] }],
    ['by a law of its own', people.detective, { law: 'because' }],
  ] as const)
    await assert.rejects(asks(who, more), /policy|check|violates|asked for now/, what);
  await db.insertInto('informationRequests').values(row).execute();
  const known = await know();
  const made = await addDecision(safeguardingDb, keys, {
    request,
    by: people.lead,
    personId: known.id,
    at: clock.now(),
  });
  const decision = await safeguardingDb.selectFrom('informationDecisions').selectAll().executeTakeFirstOrThrow();
  await safeguardingDb.deleteFrom('informationDecisions').where('id', '=', made.id).execute();
  const decides = (who: { id: string; agencyId: string }, more: Record<string, unknown> = {}) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], (tx) =>
      tx
        .insertInto('informationDecisions')
        .values({ ...decision, decidedBy: who.id, agencyId: who.agencyId, ...more })
        .execute(),
    );
  await decides(people.lead);
  for (const [what, who, more] of [
    ['in another’s name', people.lead, { decidedBy: people.field.id }],
    ['by a field worker', people.field, {}],
    ['by who answers for data', people.helpProtection, {}],
    ['by police', people.detective, {}],
    ['of somebody whom she does not know', people.councilLead, {}],
    ['given on no ground', people.lead, { ground: null }],
    ['given of nobody', people.lead, { personId: null }],
  ] as const)
    await assert.rejects(decides(who, more), /policy|check|violates/, what);
  for (const role of ['staff', 'statistics', 'public', 'auditor'] as const)
    await assert.rejects(
      sql`select ctx.take_information_answer(${request.id}, ${advisers.id}, '{}', '\\x00', '\\x00')`.execute(
        databases.for('main', role),
      ),
      /permission denied/,
      role,
    );
  const leader = databases.for('main', 'leader');
  const carry = (agency: string, kinds: string) =>
    sql`select ctx.take_information_answer(${request.id}, ${agency}, ${kinds}::text[], '\\x00', '\\x00')`.execute(
      leader,
    );
  await carry(force.id, '{help provided}').catch(() => {});
  await carry(advisers.id, '{health information}').catch(() => {});
  assert.deepEqual(await db.selectFrom('informationAnswers').select('id').execute(), [], 'not by another, not beyond');
});
