import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { asLeader } from '../../../test/fixtures/as-leader.ts';
import {
  carryAcross,
  custody,
  home,
  idIn,
  minutesPass,
  openSides,
  withWords,
} from '../../../test/fixtures/custody-notices.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { logRows } from '../../../test/harness/log-rows.ts';
import { findPointer } from '../../platform/crypto/crypto.ts';
import { deleteDelivered } from '../../platform/jobs/outbox.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { Person } from '../people/person.ts';
import { addOnCallShift } from './examples.ts';

const reference = 'WD/1234/26';

async function sides(t: TestContext, of: Partial<Person> = {}) {
  const world = await openSides(t, {}, of);
  const { people, force, person, signIn } = world;
  const choice = (more: Record<string, string> = {}) => ({
    id: newTimelessId(),
    to: force.id,
    sentence: 'consider section 45',
    reference,
    shown: 'other',
    ...more,
  });
  const agreed = { step: 'send', interpreted: 'shared language', answer: 'yes, to these words' };
  const send = async (visitor: Visitor, form: object) =>
    visitor.post(`${home}/of/${person.id}`, await withWords(visitor, `${home}/of/${person.id}`, form));
  const give = async (who = people.adviser, more: Record<string, string> = {}) =>
    send(await signIn(who), choice({ ...agreed, ...more }));
  return { ...world, choice, agreed, send, give };
}

test('with consent, one sentence and the reference reach a custodian, and nothing else does', async (t) => {
  const world = await sides(t);
  const { people, person, signIn, choice, agreed, send, db, safeguardingDb, advisers } = world;
  const adviser = await signIn(people.adviser);
  const record = await adviser.get(`/staff/safeguarding/people/${person.id}`);
  assert.match(record.body, /Send a custody safeguarding notice/);
  const shown = await adviser.post(`${home}/of/${person.id}`, choice());
  assert.equal(shown.statusCode, 200);
  assert.match(shown.body, /May be a victim of modern slavery: consider section 45\.[\s\S]*You can say no/);
  assert.deepEqual(await safeguardingDb.selectFrom('custodyNotices').select('id').execute(), [], 'shown is not sent');

  const alone = choice({ ...agreed, interpreted: 'nobody was needed' });
  assert.match((await send(adviser, alone)).body, /needs an interpreter/);
  const sent = await send(adviser, choice({ ...agreed, reference: ' wd/1234/26' }));
  assert.equal(sent.statusCode, 303);
  const url = String(sent.headers.location);
  await shows(adviser, url, /On its way/);
  assert.equal(await carryAcross(world), 1);
  await shows(adviser, url, /Paging a custodian/);

  const custodian = await signIn(people.custodian);
  await shows(custodian, '/staff/notifications', /Notifications \(1\)[\s\S]*Urgent: new custody safeguarding notice/);
  await showsNo(await signIn(people.officer), '/staff/notifications', /custody safeguarding notice|\(1\)/);
  const [first] = plain((await custodian.get('/staff')).body).match(/What For Due Status (?:\S+ ){10}/g) ?? [];
  assert.match(String(first), /Accept a notice for custody/, 'what is urgent stands first');
  const [rings = ''] = /<main[\s\S]*<\/main>/.exec((await custodian.get(`${custody}/urgent`)).body) ?? [];
  assert.match(rings, /Urgent notice: acknowledge it/);
  assert.doesNotMatch(rings, /WD\/1234|section 45|victim/, 'no word of it on a page that stands open');
  const [row] = await db.selectFrom('receivedCustodyNotices').selectAll().execute();
  const id = row?.id as string;
  const read = (await custodian.get(`${custody}/${id}`)).body;
  assert.match(read, /May be a victim of modern slavery: consider section 45\.[\s\S]*WD\/1234\/26/);
  for (const secret of [person.called, advisers.name, people.adviser.name, 'the person agreed', idIn(url), person.id])
    assert.ok(!read.includes(secret), `a custodian is told ${secret}`);
  assert.deepEqual(Object.keys(row ?? {}).sort(), [
    ...['agencyId', 'arrivedAt', 'id', 'sealedReference', 'sentence', 'withdraws', 'wrappedKey'],
  ]);
  assert.ok(!JSON.stringify(row).includes(reference), 'under seal');

  assert.equal((await custodian.post(`${custody}/${id}/pass-on`, { passedOn: 'custody officer' })).statusCode, 422);
  assert.equal((await custodian.post(`${custody}/${id}/take-on`)).headers.location, `${custody}/${id}`);
  const second = await signIn(people.second);
  assert.equal((await second.post(`${custody}/${id}/take-on`)).headers.location, `${custody}/urgent`, 'once');
  assert.equal((await second.post(`${custody}/${id}/pass-on`, { passedOn: '' })).statusCode, 422);
  assert.equal((await second.post(`${custody}/${id}/pass-on`, { passedOn: 'custody officer' })).statusCode, 303);
  assert.equal((await second.post(`${custody}/${id}/pass-on`, { passedOn: 'custody officer' })).statusCode, 422);
  await shows(adviser, url, /A custodian has it/);
  await showsNo(adviser, url, /custody officer|Passed on|Piers|Sol Second/, 'not what came of it');
  await showsNo(custodian, '/staff', /notice for custody|notice on to custody/);
});

test('sends nothing without consent, and stores no refusal', async (t) => {
  const world = await sides(t);
  const { people, send, signIn, choice, agreed, safeguardingDb, border } = world;
  const adviser = await signIn(people.adviser);
  const post = (more: Record<string, string>) => send(adviser, choice({ ...agreed, ...more }));
  const no = await post({ answer: 'no, or no answer' });
  assert.equal(no.statusCode, 200);
  assert.match(no.body, /Nothing was sent[\s\S]*Help does not depend/);
  for (const [what, more] of [
    ['an answer', { answer: '' }],
    ['who interpreted', { interpreted: '' }],
    ['a reference', { reference: 'Olga Kovalenko' }],
    ['a sentence of the list', { sentence: 'she is pregnant' }],
    ['an agency', { to: newTimelessId() }],
  ] as const) {
    const again = await post(more);
    assert.equal(again.statusCode, 422, what);
  }
  const helper = { to: world.advisers.id };
  assert.equal((await post(helper)).statusCode, 422, 'an agency that helps holds nobody');
  assert.deepEqual(await safeguardingDb.selectFrom('custodyNotices').select('id').execute(), []);
  assert.deepEqual(await safeguardingDb.selectFrom('outbox').select('id').execute(), []);
  assert.equal((await post({ to: border.id, sentence: 'ask before removal' })).statusCode, 303);
});

test('alerts the custodian on call, after fifteen minutes every custodian, and no other agency', async (t) => {
  const world = await sides(t);
  const { people, signIn, give, clock, db } = world;
  await addOnCallShift(db, people.custodian, clock.now());
  const url = String((await give()).headers.location);
  await carryAcross(world);
  const rings = async (who: (typeof people)['custodian']) =>
    /Urgent notice: acknowledge it/.test((await (await signIn(who)).get(`${custody}/urgent`)).body);
  assert.deepEqual([await rings(people.custodian), await rings(people.second)], [true, false]);
  await minutesPass(world, 14);
  assert.deepEqual([await rings(people.custodian), await rings(people.second)], [true, false]);
  await minutesPass(world, 1);
  assert.deepEqual([await rings(people.custodian), await rings(people.second)], [true, true]);
  assert.equal(await rings(people.borderCustodian), false);
  assert.match(
    (await (await signIn(people.adviser)).get(url)).body,
    /Not acknowledged for 15 minutes[\s\S]*Call custody/,
  );
  const page = (await (await signIn(people.second)).get(`${custody}/urgent`)).body;
  assert.match(page, /<noscript><meta http-equiv="refresh" content="15">/);
  const [{ arrivedAt } = { arrivedAt: new Date(1) }] = (await db
    .selectFrom('receivedCustodyNotices')
    .selectAll()
    .execute()) as {
    arrivedAt: Date;
  }[];
  assert.equal(arrivedAt.getTime() % 3_600_000, 0, 'no time finer than the hour');
});

test('a form sent twice alerts once, and news heard twice arrives once', async (t) => {
  const world = await sides(t);
  const { people, send, signIn, choice, agreed, db, safeguardingDb } = world;
  const adviser = await signIn(people.adviser);
  const form = choice(agreed);
  for (let time = 0; time < 2; time += 1) assert.equal((await send(adviser, form)).statusCode, 303);
  await carryAcross(world);
  await safeguardingDb.updateTable('outbox').set({ handledAt: null }).execute();
  await carryAcross(world);
  assert.equal((await db.selectFrom('receivedCustodyNotices').select('id').execute()).length, 1);
});

test('a withdrawal alerts again and says so, once; the parcel is emptied after crossing, and the reference deleted', async (t) => {
  const world = await sides(t);
  const { people, signIn, give, db, safeguardingDb, databases, clock, keys } = world;
  const url = String((await give()).headers.location);
  const [parcel] = await safeguardingDb.selectFrom('outbox').select('details').execute();
  const travelled = Buffer.from(String(parcel?.details.wrapped), 'base64');
  await carryAcross(world);
  const custodian = await signIn(people.custodian);
  const [first] = await db.selectFrom('receivedCustodyNotices').select('id').execute();
  await custodian.post(`${custody}/${first?.id}/take-on`);
  const lead = await signIn(people.lead);
  await shows(lead, url, /Withdraw it/, 'her agency’s lead may, too');
  assert.equal((await lead.post(`${url}/take-back`)).statusCode, 303);
  assert.equal((await lead.post(`${url}/take-back`)).statusCode, 422);
  await carryAcross(world);
  const [back] = await db
    .selectFrom('receivedCustodyNotices')
    .select('id')
    .where('withdraws', 'is not', null)
    .execute();
  const read = (await custodian.get(`${custody}/${back?.id}`)).body;
  assert.match(read, /A notice is withdrawn[\s\S]*is withdrawn[\s\S]*WD\/1234\/26/);
  await shows(lead, url, /Withdrawn; Paging a custodian/);

  await asLeader({ databases, clock }, (tx) => deleteDelivered(tx, keys));
  assert.deepEqual(await safeguardingDb.selectFrom('outbox').select('id').execute(), []);
  assert.ok(keys.halves?.isDestroyed(findPointer(travelled) as Buffer), 'nor does an older copy of the parcel open');
  await shows(custodian, `${custody}/${first?.id}`, /WD\/1234\/26/, 'what the far side keeps is its own');
  clock.move(new Date(clock.now().getTime() + 30 * 86_400_000));
  await minutesPass(world, 1);
  const later = (await (await signIn(people.custodian)).get(`${custody}/${first?.id}`)).body;
  assert.match(later, /forgotten, as all are after 28 days/);
});

test('counts each notice as a disclosure, logged in the safeguarding database, and shows the counts to the data-protection lead', async (t) => {
  const { people, signIn, give, safeguardingDb, force } = await sides(t);
  const id = idIn((await give()).headers.location);
  const [row] = await logRows(
    safeguardingDb,
    ['custody safeguarding notice.sent'],
    ['kind', 'subject', 'recipient', 'reason', 'fields'],
  );
  assert.deepEqual(row, {
    kind: 'disclosure',
    subject: id,
    recipient: force.id,
    reason: 'the person agreed',
    fields: ['sentence', 'custodyReference'],
  });
  const page = (await (await signIn(people.helpProtection)).get(home)).body;
  assert.match(page, /Sent[\s\S]*>1[\s\S]*Consider section 45/);
  const one = (await (await signIn(people.helpProtection)).get(`${home}/${id}`)).body;
  assert.doesNotMatch(one, /Olga|safeguarding\/people|Withdraw it/, 'not of whom');
});

test('only a custodian of the agency is on call; a shift can be ended', async (t) => {
  const { people, signIn } = await sides(t);
  const at = `${custody}/on-call`;
  const turn = (member: string, ends = '22:00') => ({
    member,
    'startDay-day': '18',
    'startDay-month': '9',
    'startDay-year': '2026',
    starts: '08:00',
    'endDay-day': '18',
    'endDay-month': '9',
    'endDay-year': '2026',
    ends,
    reached: 'Duty telephone 01632 960 100',
  });
  const protection = await signIn(people.protection);
  for (const one of [people.officer, people.borderCustodian])
    assert.equal((await protection.post(`${at}/new`, turn(one.id))).statusCode, 422);
  assert.match(
    (await protection.post(`${at}/new`, turn(people.custodian.id, '09:00'))).body,
    /after the start, and after now/,
  );
  assert.equal((await protection.post(`${at}/new`, turn(people.custodian.id))).statusCode, 303);
  const page = (await protection.get(at)).body;
  assert.match(page, /Piers Custodian/);
  const [, end = ''] = /href="(\/staff\/custody-notices\/on-call\/[0-9a-f-]+\/end)"/.exec(page) ?? [];
  assert.equal((await (await signIn(people.borderCustodian)).post(end)).statusCode, 404);
  assert.equal((await protection.post(end)).statusCode, 303);
  await shows(protection, at, /No custodian is on call/);
  assert.equal((await (await signIn(people.officer)).get(at)).statusCode, 403);
});
