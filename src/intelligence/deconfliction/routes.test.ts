import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import {
  addEachOther,
  checks,
  compare,
  day,
  type Force,
  force,
  instance,
} from '../../../test/fixtures/checked-forces.ts';
import { addPlannedVisit, addPremises, addTeam } from '../../operations/plan/examples.ts';
import { UnitKeys } from '../../platform/crypto/crypto.ts';
import { fingerprintOf, openExchangeKey } from '../../platform/crypto/exchange-key.ts';
import { setContext } from '../../platform/database/database.ts';
import { instantAt } from '../../vocabulary/calendar/wall-clock.ts';
import { newId } from '../../vocabulary/ids.ts';
import { deconflictionPaths } from '../../vocabulary/paths/intelligence.ts';
import { addExampleEntity } from '../entities/examples.ts';
import { addExampleItem } from '../items/examples.ts';
import { mostQuestions, weekOf } from './deconfliction.ts';
import { formatInvitation, readAnswer, writeQuestion } from './messages.ts';
import { blindQuestions, openAnswers } from './oblivious-check.ts';

const flat = { address: 'Flat 2, 12 Mill Lane', town: 'Watford', postcode: 'WD17 1AA' };
const house = { address: '12 Mill Ln', town: 'Watford', postcode: null };
const elsewhere = { address: '90 Long Street', town: 'Luton', postcode: 'LU1 1AA' };

test('two agencies that plan the same address learn whom to ring, and a third learns nothing', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat);
  const stort = await force(application, 'Stort', house);
  const ver = await force(application, 'Ver', elsewhere);
  await compare(application);
  const atLea = (await lea.planner.get(checks)).body;
  assert.match(atLea, /Stort: Duty inspector of Stort, 01632 960100/);
  assert.match(atLea, /Not rung yet/);
  assert.match((await stort.planner.get(checks)).body, /Lea: Duty inspector of Lea/);
  for (const { planner } of [lea, stort, ver])
    assert.doesNotMatch((await planner.get(checks)).body, /Ver: Duty|06:00 to 0.*Ver/);
  assert.match((await ver.planner.get(checks)).body, /No other agency plans a visit to your premises/);
  assert.doesNotMatch(atLea, /Plan of Stort|12 Mill Ln/, 'nothing of the other plan');
  assert.match((await lea.planner.get('/staff')).body, /Ring another agency before a visit/);
  assert.match((await lea.planner.get('/staff/notifications')).body, /ring another agency before a visit/);
  assert.doesNotMatch((await ver.planner.get('/staff')).body, /Ring another agency/);
});

test('a match is red half an hour before the visit, until somebody says that they spoke', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat);
  const stort = await force(application, 'Stort', house);
  await compare(application);
  const page = async (): Promise<string> => (await (await application.signIn(lea.member)).get(checks)).body;
  const [, at = ''] = /href="(\/staff\/intelligence\/checks\/matches\/[0-9a-f-]+)"/.exec(await page()) ?? [];
  application.clock.move(new Date(instantAt(day, '05:29').getTime()));
  assert.match(await page(), /Not rung yet/);
  application.clock.move(new Date(instantAt(day, '05:30').getTime()));
  const before = await application.signIn(lea.member);
  assert.match(await page(), /Ring now/);
  assert.match((await before.get(at)).body, /We have spoken/);
  assert.equal((await before.post(`${at}/rung`, {})).statusCode, 303);
  const after = (await before.get(at)).body;
  assert.match(after, /recorded by Officer Pat of Lea/);
  assert.doesNotMatch(after, /We have spoken/);
  const other = await application.signIn(stort.member);
  assert.match((await other.get(checks)).body, /Ring now/, 'each side speaks for itself');
  assert.equal((await other.get(at)).statusCode, 404);
});

test('a match ends where one plan changes, opens again with what was said, and is found again in a new week', async (t) => {
  const application = await openApplication(t);
  const { db, clock } = application;
  const lea = await force(application, 'Lea', flat);
  const stort = await force(application, 'Stort', house);
  await compare(application);
  const set = (state: 'planned' | 'called off') =>
    db.transaction().execute(async (tx) => {
      await setContext(tx, { now: clock.now() });
      await tx
        .updateTable('plannedVisits')
        .set({ state, reason: state === 'planned' ? null : 'Other work' })
        .where('id', '=', stort.visit.id)
        .execute();
    });
  const matches = () =>
    db.selectFrom('deconflictionMatches').selectAll().where('agencyId', '=', lea.agency.id).execute();
  await set('called off');
  await compare(application);
  assert.deepEqual(
    (await matches()).map(({ endedAt }) => endedAt !== null),
    [true],
  );
  await set('planned');
  await compare(application);
  clock.move(new Date(instantAt('2026-09-21', '00:05').getTime()));
  await compare(application);
  assert.deepEqual(
    (await matches()).map(({ endedAt }) => endedAt),
    [null],
  );
  const weeks = await db.selectFrom('deconflictionTags').select('week').distinct().execute();
  assert.deepEqual(
    weeks.map(({ week }) => String(week)),
    ['2026-09-21'],
  );
});

test('other agencies are not told of a hidden operation; its own team is', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat);
  const stort = await force(application, 'Stort', house);
  const hide = await lea.planner.post(`${checks}/hide`, {
    operationId: lea.operation.id,
    reason: 'An officer of another force is a suspect here.',
  });
  assert.equal(hide.statusCode, 303, hide.body);
  await compare(application);
  assert.match((await lea.planner.get(checks)).body, /Stort: Duty inspector/);
  assert.match((await stort.planner.get(checks)).body, /No other agency plans a visit/);
  const foreign = await stort.planner.post(`${checks}/hide`, {
    operationId: lea.operation.id,
    reason: 'An officer of another force is a suspect here.',
  });
  assert.equal(foreign.statusCode, 422);
  const [, end = ''] = /href="([^"]+\/hidden\/[^"]+\/end)"/.exec((await lea.planner.get(checks)).body) ?? [];
  assert.equal((await stort.planner.get(end)).statusCode, 404);
  assert.equal((await lea.planner.post(end, {})).statusCode, 303);
  await compare(application);
  assert.match((await stort.planner.get(checks)).body, /Lea: Duty inspector/);
});

test('an agency without a contact takes no part', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat, { takesPart: false });
  await force(application, 'Stort', house);
  await compare(application);
  assert.match((await lea.planner.get(checks)).body, /Your agency takes no part yet/);
  assert.deepEqual(await application.db.selectFrom('deconflictionMatches').selectAll().execute(), []);
});

test('people, telephones and vehicles that triage has compared are found, until the last day', async (t) => {
  const application = await openApplication(t);
  const { db, keys } = application;
  const lea = await force(application, 'Lea', elsewhere);
  const stort = await force(application, 'Stort', house);
  const subjects = [];
  for (const { agency } of [lea, stort]) {
    const member = await application.member(agency, ['triage']);
    const triage = await application.signIn(member);
    const item = await addExampleItem(db, keys, member);
    const entity = await addExampleEntity(db, keys, member, item, { kind: 'phone', number: '07700 900123' });
    assert.equal((await triage.post(`/staff/intelligence/named/${entity}/compare`, {})).statusCode, 303);
    subjects.push({ triage, entity, member, item });
  }
  await compare(application);
  const [one, other] = subjects;
  assert.ok(one && other);
  assert.match((await one.triage.get(checks)).body, /07700 900123[\s\S]*Stort: Duty inspector/);
  assert.doesNotMatch((await lea.planner.get(checks)).body, /07700 900123/, 'a planner does not see intelligence');
  const born = await addExampleEntity(db, keys, one.member, one.item, {
    kind: 'person',
    name: 'Ola',
    aliases: [],
    born: null,
  });
  assert.match((await one.triage.get(`/staff/intelligence/named/${born}/compare`)).body, /Too little is known/);
  assert.equal((await one.triage.post(`/staff/intelligence/named/${born}/compare`, {})).statusCode, 422);
  assert.equal((await one.triage.post(`/staff/intelligence/named/${one.entity}/compare/end`, {})).statusCode, 303);
  await compare(application);
  assert.match((await other.triage.get(checks)).body, /No longer planned by both/);
});

test('an agency that asks too much is refused, and both see it', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat);
  const stort = await force(application, 'Stort', elsewhere);
  const guessed = await addTeam(application.db, stort.operation, { name: 'Guessing' });
  for (let number = 1; number <= mostQuestions / 2 + 20; number += 1) {
    const premises = await addPremises(application.db, stort.operation, {
      ...{ address: `${number} Guess Road`, town: 'Luton', postcode: 'LU1 1AA' },
    });
    await addPlannedVisit(application.db, premises, guessed, { day, starts: '06:00' });
  }
  await compare(application);
  await compare(application);
  const [asked] = await application.db
    .selectFrom('deconflictionQuestions')
    .selectAll()
    .where('agencyId', '=', lea.agency.id)
    .where('direction', '=', 'answered')
    .execute();
  assert.equal(asked?.questions, mostQuestions);
  assert.match((await lea.planner.get(checks)).body, new RegExp(`It asked you[\\s\\S]*${mostQuestions}`));
  assert.match((await stort.planner.get(checks)).body, new RegExp(`You asked[\\s\\S]*${mostQuestions}`));
});

/** A program of a partner that asks what it likes. */
async function addProgram(application: TestApplication, at: Force) {
  const key = openExchangeKey(UnitKeys.generate());
  const from = newId();
  const line = formatInvitation({ origin: 'https://other.example.org', agencyId: from, publicKey: key.publicKey });
  const added = await at.planner.post(`${checks}/partners/new`, {
    ...{ name: 'Guessing Police', line, shown: fingerprintOf(key.publicKey), compared: 'yes' },
  });
  assert.equal(added.statusCode, 303, added.body);
  const week = weekOf(application.clock.now());
  return async (inputs: readonly string[], more: { readonly at?: Date; readonly to?: string } = {}) => {
    const pair = { from, to: at.agency.id, week, at: application.clock.now(), ...more };
    const questions = inputs.length > 0 ? blindQuestions(inputs) : undefined;
    const question = writeQuestion(key, pair, questions?.asked ?? []);
    const answer = await application.app.inject({
      ...{ method: 'POST', url: deconflictionPaths.ask(), payload: JSON.stringify(question) },
      headers: { 'content-type': 'application/json', host: new URL(application.config.origin).host },
    });
    const ownKey = openExchangeKey(application.keys).publicKey;
    return { status: answer.statusCode, questions, read: readAnswer(answer.body, question, ownKey) };
  };
}

test('a partner that guesses is refused after a week’s questions, and the agency sees how many', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat);
  const ask = await addProgram(application, lea);
  await compare(application);
  let refused = 0;
  for (let asked = 0; asked < mostQuestions + 60; asked += 12) {
    const { status, questions, read } = await ask([`premises code wd171aa ${asked}`]);
    assert.equal(status, 200);
    refused += Number(read?.refused);
    assert.equal(read?.answers === null, read?.refused);
    assert.ok(questions && read);
  }
  assert.equal(refused, 5);
  const seen = (await lea.planner.get(checks)).body;
  assert.match(seen, /Guessing Police[\s\S]*It asked you[\s\S]*480[\s\S]*60/);
});

test('what is hidden is answered as what is absent', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat);
  const ask = await addProgram(application, lea);
  const input = 'premises code wd171aa 12';
  const askOnce = async () => {
    const { questions, read } = await ask([input]);
    assert.ok(questions && read?.answers);
    const tag = openAnswers(questions, read.answers).get(input);
    return { list: read.list.map(String), isThere: read.list.some((one) => tag?.equals(one)) };
  };
  await compare(application);
  const shown = await askOnce();
  assert.equal(shown.isThere, true);
  await lea.planner.post(`${checks}/hide`, {
    operationId: lea.operation.id,
    reason: 'An officer of another force is a suspect here.',
  });
  await compare(application);
  const hidden = await askOnce();
  assert.equal(hidden.isThere, false);
  await application.db.deleteFrom('plannedVisits').where('id', '=', lea.visit.id).execute();
  await application.db.deleteFrom('deconflictionHidden').execute();
  await compare(application);
  const absent = await askOnce();
  assert.deepEqual(absent, hidden);
  assert.equal(absent.list.length, shown.list.length);
});

test('who is no partner, signs with another key or asks at another time learns nothing', async (t) => {
  const application = await openApplication(t);
  const lea = await force(application, 'Lea', flat);
  const stort = await force(application, 'Stort', house);
  const ask = await addProgram(application, lea);
  assert.equal((await ask([], { to: stort.agency.id })).status, 404, 'a partner of one agency alone');
  assert.equal((await ask([], { to: newId() })).status, 404);
  assert.equal((await ask([], { at: new Date(application.clock.now().getTime() - 6 * 60_000) })).status, 409);
  const host = { 'content-type': 'application/json', host: new URL(application.config.origin).host };
  for (const payload of ['', '{}', '[1]', '{"schema":"safelight-check-question"}', 'x'.repeat(10_000)])
    assert.equal(
      (await application.app.inject({ method: 'POST', url: deconflictionPaths.ask(), payload, headers: host }))
        .statusCode,
      400,
    );
});

test('two instances that added each other find the same address; one that is not a partner learns nothing', async (t) => {
  const [here, there] = [await instance(t), await instance(t)];
  const lea = await force(here, 'Lea', flat);
  const stort = await force(there, 'Stort', house);
  await addEachOther(lea, stort);
  await compare(here);
  for (const application of [here, there]) {
    application.clock.move(new Date(application.clock.now().getTime() + 5 * 60_000));
    await compare(application);
  }
  here.clock.move(new Date(here.clock.now().getTime() + 5 * 60_000));
  await compare(here);
  assert.match((await (await here.signIn(lea.member)).get(checks)).body, /Stort: Duty inspector of Stort/);
  assert.match((await (await there.signIn(stort.member)).get(checks)).body, /Lea: Duty inspector of Lea/);
  assert.match((await (await there.signIn(stort.member)).get(checks)).body, /It asked you/);
  there.clock.move(new Date(there.clock.now().getTime() + 5 * 60_000));
  const [partner] = await there.db.selectFrom('deconflictionPartners').select('id').execute();
  const end = await (await there.signIn(stort.member)).post(`${checks}/partners/${partner?.id}/end`, {});
  assert.equal(end.statusCode, 303);
  here.clock.move(new Date(here.clock.now().getTime() + 5 * 60_000));
  await compare(here);
  assert.match((await (await here.signIn(lea.member)).get(checks)).body, /does not know your agency/);
});
