import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import {
  carryAcross,
  custody,
  home,
  minutesPass,
  openSides,
  withWords,
} from '../../../test/fixtures/custody-notices.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import * as disclosures from '../disclosures/store.ts';
import { addPerson, changePerson } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { addApproved, addNotice } from './examples.ts';

const asked = '/staff/safeguarding/disclosures';
const reference = 'WD/1234/26';
const reasons = 'She is to be charged tomorrow, and wants it known.';
const plain = (body: string): string =>
  body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
/** Leaves only the text of a page. */
const same = (body: string): string => body.replaceAll(/name="_csrf" value="[^"]*"/g, '');

async function child(t: TestContext, of: Partial<Person> = { age: 'under 18', yearOfBirth: null }) {
  const world = await openSides(t, {}, of);
  const { people, person, signIn, force, safeguardingDb } = world;
  const at = {
    adviser: await signIn(people.adviser),
    lead: await signIn(people.lead),
    protects: await signIn(people.helpProtection),
    custodian: await signIn(people.custodian),
    officer: await signIn(people.officer),
  };
  const ask = async (who: Visitor, more: Record<string, string> = {}) => {
    const id = newTimelessId();
    const form = await withWords(who, `${home}/of/${person.id}`, {
      ...{ id, to: force.id, sentence: 'consider section 45', reference, step: 'send' },
      ...{ interpreted: 'shared language', reasons, ...more },
    });
    const answer = await who.post(`${home}/of/${person.id}`, form);
    return { id, form, answer, page: `${asked}/${id}`, send: `${home}/approved/${id}` };
  };
  const sent = async () => (await safeguardingDb.selectFrom('custodyNotices').select('id').execute()).length;
  const news = async () => (await safeguardingDb.selectFrom('outbox').select('id').execute()).length;
  const row = (id: string) =>
    safeguardingDb.selectFrom('disclosures').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  /** Everything that the other side can open. */
  const across = async () => {
    const pages: string[] = [];
    for (const who of [at.custodian, at.officer])
      for (const url of ['/staff', custody, `${custody}/urgent`, home, asked])
        pages.push(same((await who.get(url)).body));
    return pages;
  };
  return { ...world, ...at, ask, sent, news, row, across };
}

test('a child’s notice waits for a second person, invisible to custody; the requester then sends it unchanged, and only then it alerts', async (t) => {
  for (const age of ['under 18', 'not known'] as const) {
    const world = await child(t, { age, yearOfBirth: null });
    const { adviser, lead, protects, custodian, ask, sent, news, row, across, db } = world;
    const before = await across();
    const alone = await ask(adviser, { reasons: '', answer: 'yes, to these words' });
    assert.equal(alone.answer.statusCode, 422, 'a yes is not enough');
    const { id, form, answer, page, send } = await ask(adviser);
    assert.equal(answer.headers.location, page);
    assert.equal((await adviser.post(`${home}/of/${world.person.id}`, form)).headers.location, page, 'pressed twice');
    assert.deepEqual([await sent(), await news()], [0, 0]);
    assert.ok(!JSON.stringify(await row(id)).includes('WD/1234'), 'under seal');
    await carryAcross(world);
    await minutesPass(world, 20);
    assert.deepEqual(await across(), before, 'nothing is to be seen of what waits');

    assert.match(plain((await adviser.get('/staff')).body), /Your disclosure to be approved/);
    assert.match(plain((await adviser.get(page)).body), /Waits until a second person has approved it: nobody is told/);
    for (const second of [lead, protects]) {
      assert.match(plain((await second.get('/staff')).body), /Approve or refuse a disclosure without consent/);
      const read = plain((await second.get(page)).body);
      assert.match(read, /charged tomorrow[\s\S]*consider section 45[\s\S]*WD\/1234\/26/, 'all that would cross');
    }
    for (const who of [adviser, custodian, world.officer])
      assert.ok([403, 404].includes((await who.post(`${page}/answer`, { answer: 'approve' })).statusCode));
    assert.equal((await adviser.post(send)).statusCode, 404, 'not before it is approved');
    assert.equal((await lead.post(`${page}/answer`, { answer: 'approve' })).statusCode, 303);
    assert.deepEqual([await sent(), await news()], [0, 0], 'approved is not sent');
    assert.deepEqual(await across(), before);
    assert.equal((await lead.post(send)).statusCode, 404, 'whoever approves sends nothing');
    assert.equal((await adviser.post(`${asked}/${id}/send`)).statusCode, 404, 'no request for help comes of it');

    assert.match(plain((await adviser.get('/staff')).body), /Send an approved disclosure/);
    assert.ok((await adviser.get(page)).body.includes(send));
    const account = `/staff/safeguarding/people/${world.person.id}/consents`;
    assert.match(plain((await adviser.get(account)).body), /Disclosure without consent requested: Lea Vale/);
    assert.match(
      plain((await adviser.get(send)).body),
      /Approved by a second person[\s\S]*section 45[\s\S]*WD\/1234\/26/,
    );
    const went = await adviser.post(send, { sentence: 'threat to life', reference: 'XX/9999/26' });
    assert.equal(went.headers.location, `${home}/${id}`);
    assert.equal((await adviser.post(send)).statusCode, 404, 'once');
    assert.equal((await row(id)).sealedPlan, null, 'the reference is kept here no longer');
    assert.match(plain((await adviser.get(`${home}/${id}`)).body), /charged tomorrow/);
    assert.match(plain((await adviser.get(page)).body), /The colleague who asked for it has sent it/);
    assert.match(plain((await adviser.get(account)).body), /Disclosed without consent: Lea Vale/);
    for (const who of [adviser, lead, protects])
      assert.doesNotMatch(
        plain((await who.get('/staff')).body),
        /approved disclosure|disclosure without consent|disclosure to be approved/,
      );
    await carryAcross(world);
    const [ring] = await db.selectFrom('custodyUrgentPages').select(['id', 'rounds']).execute();
    assert.equal(ring?.rounds, 0, 'the fifteen minutes begin when it goes');
    const heard = plain((await custodian.get(`${custody}/${ring?.id}`)).body);
    assert.match(heard, /section 45[\s\S]*WD\/1234\/26/);
    assert.doesNotMatch(heard, /9999|interests|charged|approved|second person|Tess|Harbour/i);
  }
});

test('a refusal gives a reason and stores no reference; a child who proves to be an adult is asked for consent', async (t) => {
  const { adviser, lead, ask, sent, row, across, safeguardingDb, person, keys, clock } = await child(t);
  const before = await across();
  const first = await ask(adviser);
  const said = 'She can be asked for her mother first.';
  assert.equal((await lead.post(`${first.page}/answer`, { answer: 'refuse', said })).statusCode, 303);
  assert.match(plain((await adviser.get(first.page)).body), /Refused by .*her mother first/);
  assert.equal((await row(first.id)).sealedPlan, null);
  assert.equal((await adviser.post(first.send)).statusCode, 404);
  const second = await ask(adviser);
  await lead.post(`${second.page}/answer`, { answer: 'approve' });
  const grownUp: Person = { ...person, age: 'adult', ageBasis: 'the council assessed it' };
  await changePerson(safeguardingDb, keys, grownUp, clock.now());
  const grown = await adviser.post(second.send);
  assert.equal(grown.statusCode, 422);
  assert.match(plain(grown.body), /it is an adult now/);
  assert.deepEqual([await sent(), await across()], [0, before]);
});

test('only a lead can send at once, with a reason; it alerts at once, and a second person reviews it by the next working day', async (t) => {
  const world = await child(t);
  const { adviser, lead, protects, ask, sent, db, clock, signIn, people, row } = world;
  const once = { atOnce: 'yes', cannotWait: 'She is being interviewed now, and nobody else answers' };
  const forged = await ask(adviser, once);
  assert.match(plain(forged.answer.body), /lead to share it now\. In immediate danger, call 999/);
  assert.match(plain((await ask(lead, { atOnce: 'yes' })).answer.body), /Say why it cannot wait/);
  const unticked = await ask(lead, { cannotWait: once.cannotWait });
  assert.match(plain(unticked.answer.body), /Select “Share it now”/, 'nobody waits who thinks that it went');
  assert.equal(await sent(), 0);
  const { id, page, answer } = await ask(lead, once);
  assert.equal(answer.headers.location, `${home}/${id}`);
  await carryAcross(world);
  assert.equal((await db.selectFrom('custodyUrgentPages').select('id').execute()).length, 1);
  assert.equal((await row(id)).reviewBy?.toISOString(), '2026-09-21T23:00:00.000Z');
  assert.equal((await lead.post(`${page}/answer`, { answer: 'agrees' })).statusCode, 404, 'nobody looks at her own');
  assert.match(plain((await protects.get('/staff')).body), /Review a disclosure made in an emergency/);
  clock.move(new Date('2026-09-22T08:00:00Z'));
  const later = await signIn(people.helpProtection);
  assert.match(plain((await later.get('/staff')).body), /Review a disclosure made in an emergency.*Overdue/);
  assert.ok((await later.get(page)).body.includes(`${home}/${id}`), 'what was sent can be read');
  const said = 'Her solicitor had told custody already.';
  assert.equal((await later.post(`${page}/answer`, { answer: 'something was wrong', said })).statusCode, 303);
  const at = await signIn(people.lead);
  assert.match(plain((await at.get(page)).body), /Withdraw the notice on its own page/);
  assert.equal((await at.post(`${home}/${id}/take-back`)).statusCode, 303);
});

test('the database refuses a child’s notice on an approval that is pending, another’s, expired or wrong; of two attempts one succeeds', async (t) => {
  const world = await child(t);
  const { people, force, border, safeguardingDb, keys, person, clock, adviser, lead, ask, sent, news, row } = world;
  const of = { personId: person.id, to: force.id, by: people.adviser, at: clock.now() };
  const more = { ground: 'child’s best interests', reasons } as const;
  const made = await addNotice(safeguardingDb, keys, of, more);
  const forged = await safeguardingDb.selectFrom('custodyNotices').selectAll().executeTakeFirstOrThrow();
  await safeguardingDb.deleteFrom('custodyNotices').execute();
  const second = /second person/;
  const insert = (values: object) => ({ ...forged, transferId: newTimelessId(), ...values });
  const adds = (who: Member, values: object) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], (tx) =>
      tx
        .insertInto('custodyNotices')
        .values(insert({ authorId: who.id, ...values }))
        .execute(),
    );
  // Sent once, so the approval is used up.
  await assert.rejects(adds(people.adviser, {}), second, 'twice');
  await assert.rejects(adds(people.adviser, { id: newTimelessId() }), second, 'on nothing');
  const waits = await ask(adviser);
  await assert.rejects(adds(people.adviser, { id: waits.id }), second, 'on what waits');
  await assert.rejects(
    safeguardingDb
      .insertInto('custodyNotices')
      .values(insert({ id: waits.id }))
      .execute(),
    second,
    'not as the one who rules the tables, either',
  );
  await assert.rejects(
    safeguardingDb.updateTable('disclosures').set({ sealedPlan: null }).where('id', '=', waits.id).execute(),
    /stays as it was asked/,
  );
  await lead.post(`${waits.page}/answer`, { answer: 'approve' });
  await assert.rejects(adds(people.lead, { id: waits.id }), second, 'by whoever approved');
  await assert.rejects(adds(people.adviser, { id: waits.id, recipient: border.id }), second, 'to another');
  const other = await addPerson(safeguardingDb, keys, people.adviser, clock.now());
  await assert.rejects(adds(people.adviser, { id: waits.id, personId: other.id }), second, 'of another');
  const asNotice = { ...made, withdrawnAt: null, withdrawnBy: null, withdrawalTransferId: null };
  const on = async (about: object) => {
    const id = newTimelessId();
    await addApproved(safeguardingDb, keys, { ...asNotice, id } as never, about);
    return id;
  };
  const toHelp = { purpose: 'childcare', items: ['when we met'] } as const;
  await assert.rejects(adds(people.adviser, { id: await on(toHelp) }), second, 'approved for something else');
  const over = { until: new Date(Math.floor(clock.now().getTime() / 3_600_000) * 3_600_000 + 3_600_000) };
  const soon = await on(over);
  clock.move(new Date(over.until.getTime()));
  await assert.rejects(adds(people.adviser, { id: soon }), second, 'over');
  for (const wrong of [{ basis: 'court order' }, { items: ['when we met'] }] as const)
    await assert.rejects(on(wrong), /disclosures_within/);

  assert.deepEqual([await sent(), await news()], [0, 0]);
  const sender = await world.signIn(people.adviser);
  const both = await Promise.all([sender.post(waits.send), sender.post(waits.send)]);
  assert.ok(
    both.every(({ statusCode }) => [303, 404].includes(statusCode)),
    String(both.map((one) => one.statusCode)),
  );
  assert.deepEqual([await sent(), await news()], [1, 1]);
  const race = await ask(sender, { sentence: 'threat to life' });
  const leads = await world.signIn(people.lead);
  const [, went] = await Promise.all([
    leads.post(`${race.page}/answer`, { answer: 'refuse', said: 'It is not known to be true.' }),
    sender.post(race.send),
  ]);
  assert.equal(went.statusCode, 404);
  assert.equal((await row(race.id)).sealedPlan, null);
  assert.equal(await sent(), 1);
  assert.equal((await disclosures.listDisclosureSummaries(safeguardingDb as never, [person.id as never])).length, 5);
});

test('a record about an unreachable child claims no answer and no interpreter', async (t) => {
  const { lead, adviser, protects, ask, sent } = await child(t);
  const { answer, page, send, id } = await ask(adviser, { interpreted: 'child not reached' });
  assert.equal(answer.statusCode, 303, plain(answer.body));
  for (const who of [adviser, protects])
    assert.match(
      plain((await who.get(page)).body),
      /The child could not be reached to be asked\. She is to be charged/,
    );
  await lead.post(`${page}/answer`, { answer: 'approve' });
  assert.equal((await adviser.post(send)).statusCode, 303);
  assert.equal(await sent(), 1);
  assert.match(plain((await adviser.get(`${home}/${id}`)).body), /Interpreted The child could not be reached/);
});

test('does not accept “could not be reached” for an adult: their own consent is required', async (t) => {
  const { adviser, ask, sent, safeguardingDb, person, people, force, keys, clock } = await child(t, {});
  const adult = await ask(adviser, { interpreted: 'child not reached', answer: 'yes, to these words' });
  assert.equal(adult.answer.statusCode, 422);
  assert.match(plain(adult.answer.body), /Select the interpreter/);
  assert.equal(await sent(), 0);
  await addNotice(safeguardingDb, keys, { personId: person.id, to: force.id, by: people.adviser, at: clock.now() });
  const notReached = safeguardingDb.updateTable('custodyNotices').set({ interpreted: 'child not reached' });
  await assert.rejects(notReached.execute(), /custody_notices_interpreted_check|cannot be changed|is not changed/);
});
