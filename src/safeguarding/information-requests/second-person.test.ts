import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
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
import { reads } from '../../../test/harness/browsing.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { changePerson } from '../people/examples.ts';
import type { Person } from '../people/person.ts';
import { editionOn } from './law.ts';

const atDisclosures = '/staff/safeguarding/disclosures';
const tests = editionOn('2026-09-18')
  .tests.filter(({ ofCounselling }) => !ofCounselling)
  .map(({ name }) => name);
const plain = (body: string): string => body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const words = 'Shelter for two nights in May.';
const reasons = 'He was asked, and wants his uncle to be stopped.';

async function police(t: TestContext) {
  const world = await openPolice(t);
  const { people, advisers, signIn, know, safeguardingDb } = world;
  const person = await know({ age: 'under 18', yearOfBirth: null });
  const at = {
    lead: await signIn(people.lead),
    protects: await signIn(people.helpProtection),
    detective: await signIn(people.detective),
  };
  const asked = await at.detective.post(`${home}/new`, asking(advisers.id));
  const request = idIn(asked.headers.location);
  const ask = async (who: Visitor, more: Record<string, unknown> = {}) => {
    const id = newTimelessId();
    const form = {
      ...{ id, person: person.id, outcome: 'give agreed items', passed: tests, agreement: 'was not asked' },
      ...{ kinds: ['help provided'], words, reasons, ...more },
    };
    const answer = await who.post(`${behind}/${request}/decide`, form);
    return { id, answer, page: `${atDisclosures}/${id}`, send: `${behind}/approved/${id}` };
  };
  const seen = async () => {
    const pages: string[] = [];
    // “Saved.” is about what the detective sent before.
    for (const url of ['/staff', home, `${home}/${request}`, atDisclosures, behind])
      pages.push(same((await at.detective.get(url)).body).replace(/<section [^>]*sl-saved[\s\S]*?<\/section>/, ''));
    return pages;
  };
  const kept = async () => ({
    decisions: (await safeguardingDb.selectFrom('informationDecisions').select('id').execute()).length,
    news: (await safeguardingDb.selectFrom('outbox').select('id').execute()).length,
  });
  const row = (id: string) =>
    safeguardingDb.selectFrom('disclosures').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return { ...world, ...at, person, request, ask, seen, kept, row };
}

test('an answer about a child waits for a second person while police see the same as for an unknown person; then it is sent unchanged', async (t) => {
  const world = await police(t);
  const { lead, protects, detective, request, ask, seen, kept, row, people, signIn } = world;
  const before = await seen();
  const { id, answer, page, send } = await ask(lead);
  assert.equal(answer.headers.location, page);
  assert.deepEqual(await kept(), { decisions: 0, news: 0 });
  assert.equal(await carryAnswers(world), 0);
  assert.deepEqual(await seen(), before, 'nothing is to be seen of what waits');
  await reads(lead, '/staff', /Your disclosure to be approved/);
  await reads(protects, '/staff', /Approve or refuse a disclosure without consent/);
  await reads(
    protects,
    page,
    /The child was not asked\. .*wants his uncle to be stopped.*Shelter for two nights in May/,
  );
  for (const url of [page, `${page}/answer`]) {
    const [, asked = ''] = /href="([^"]+)"[^>]*>What police asked, and why</.exec((await protects.get(url)).body) ?? [];
    assert.equal(asked, `${home}/${request}`);
    assert.equal((await protects.get(asked)).statusCode, 200);
  }
  assert.equal((await lead.post(`${page}/answer`, { answer: 'approve' })).statusCode, 404, 'not her own');
  assert.equal((await lead.post(send)).statusCode, 404, 'not before it is approved');
  const councilLead = await signIn(people.councilLead);
  assert.equal((await councilLead.post(`${page}/answer`, { answer: 'approve' })).statusCode, 404, 'of another agency');
  assert.equal((await protects.post(`${page}/answer`, { answer: 'approve' })).statusCode, 303);
  assert.deepEqual(await kept(), { decisions: 0, news: 0 });
  assert.deepEqual(await seen(), before);
  await reads(lead, '/staff', /Send an approved disclosure/);
  await reads(lead, send, /Approved by a second person.*The help given.*two nights/);
  const went = await lead.post(send, { words: 'Something else', kinds: 'health information' });
  assert.equal(went.headers.location, behind);
  assert.equal((await lead.post(send)).statusCode, 404, 'once');
  assert.equal((await row(id)).sealedPlan, null);
  assert.equal(await carryAnswers(world), 1);
  const told = plain((await detective.get(`${home}/${request}`)).body);
  assert.match(told, /Answered.*The help given.*Shelter for two nights in May/);
  assert.doesNotMatch(told, /Something else|uncle|Ines|Hana|agreed to/, 'a child who was not asked agreed to nothing');
  await reads(lead, behind, /Child’s best interests.*uncle to be stopped/);
});

test('gives nothing after a refusal, a deadline or another decision, nor about a person who is an adult by now', async (t) => {
  const { lead, protects, ask, seen, kept, row, safeguardingDb, keys, person, request, clock, people, signIn } =
    await police(t);
  const before = await seen();
  const refused = await ask(lead);
  const said = 'Where he slept is not what they need.';
  assert.equal((await protects.post(`${refused.page}/answer`, { answer: 'refuse', said })).statusCode, 303);
  assert.equal((await lead.post(refused.send)).statusCode, 404);
  assert.equal((await row(refused.id)).sealedPlan, null);
  const second = await ask(lead);
  await protects.post(`${second.page}/answer`, { answer: 'approve' });
  const grownUp: Person = { ...person, age: 'adult', ageBasis: 'the council assessed it' };
  await changePerson(safeguardingDb, keys, grownUp, clock.now());
  assert.match(plain((await lead.post(second.send)).body), /did not|it is an adult now|Without the person’s yes/);
  await changePerson(safeguardingDb, keys, person, clock.now());
  assert.deepEqual(await seen(), before);
  const nothing = { person: person.id, outcome: 'give nothing', agreement: 'was not asked', reasons };
  assert.equal((await lead.post(`${behind}/${request}/decide`, nothing)).statusCode, 303);
  const late = await lead.post(second.send);
  assert.equal(late.statusCode, 422);
  assert.match(plain(late.body), /decided already/);
  assert.deepEqual(await kept(), { decisions: 1, news: 0 });
  clock.move(new Date(clock.now().getTime() + 14 * 86_400_000));
  assert.equal((await (await signIn(people.lead)).post(second.send)).statusCode, 404, 'the time is over');
});

test('allows an answer at once only if it cannot wait, with a reason and a later review', async (t) => {
  const world = await police(t);
  const { lead, protects, ask, kept, row } = world;
  assert.match(plain((await ask(lead, { atOnce: 'yes' })).answer.body), /Say why it cannot wait/);
  assert.deepEqual(await kept(), { decisions: 0, news: 0 });
  const cannotWait = 'He is driven away tonight, and they ask where from';
  const { id, page, answer } = await ask(lead, { atOnce: 'yes', cannotWait });
  assert.equal(answer.headers.location, behind);
  assert.equal(await carryAnswers(world), 1);
  assert.equal((await row(id)).reviewBy?.toISOString(), '2026-09-21T23:00:00.000Z');
  assert.equal((await lead.post(`${page}/answer`, { answer: 'agrees' })).statusCode, 404, 'nobody looks at her own');
  await reads(protects, '/staff', /Review a disclosure made in an emergency/);
  assert.ok((await protects.get(page)).body.includes(`href="${behind}"`));
  const said = 'They had not asked where he slept.';
  assert.equal((await protects.post(`${page}/answer`, { answer: 'something was wrong', said })).statusCode, 303);
  await reads(lead, page, /Information given to police cannot be withdrawn/);
});

test('refuses to answer at once under the id of a pending approval; a decision under its own id is accepted', async (t) => {
  const { lead, protects, ask, kept, row } = await police(t);
  const { id, page } = await ask(lead);
  assert.match((await ask(lead, { id, words: 'Otherwise.' })).answer.body, /already sent this form with other words/);
  assert.equal((await ask(lead, { id })).answer.headers.location, page, 'the same, pressed twice');
  await protects.post(`${page}/answer`, { answer: 'approve' });
  const once = { atOnce: 'yes', cannotWait: 'He is driven away tonight, and they ask where from', words: 'Otherwise.' };
  const again = await ask(lead, { ...once, id });
  assert.deepEqual(await kept(), { decisions: 0, news: 0 });
  assert.match(again.answer.body, /This form already waits for approval/);
  const next = /name="id" value="([^"]*)"/.exec(again.answer.body)?.[1];
  assert.equal((await ask(lead, { ...once, id: next })).answer.headers.location, behind);
  assert.deepEqual(await kept(), { decisions: 1, news: 1 });
  assert.ok((await row(String(next))).reviewBy, 'looked at afterwards');
});

test('the database refuses a child’s answer on an approval that is pending, another’s or exceeded; of two attempts one succeeds', async (t) => {
  const world = await police(t);
  const { lead, protects, ask, kept, people, safeguardingDb, member, advisers, know } = world;
  const colleague = await member(advisers, ['safeguarding lead'], 'Cora Colleague');
  const spent = await ask(lead);
  await protects.post(`${spent.page}/answer`, { answer: 'approve' });
  await lead.post(spent.send);
  const whole = await safeguardingDb.selectFrom('informationDecisions').selectAll().executeTakeFirstOrThrow();
  await safeguardingDb.deleteFrom('informationDecisions').execute();
  await safeguardingDb.deleteFrom('outbox').execute();
  const adds = (who: Member, values: object) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], (tx) =>
      tx
        .insertInto('informationDecisions')
        .values({ ...whole, decidedBy: who.id, ...values })
        .execute(),
    );
  const second = /second person/;
  await assert.rejects(adds(people.lead, {}), second, 'what it rested on is spent');
  await assert.rejects(adds(people.lead, { id: newTimelessId() }), second, 'on nothing');
  const waits = await ask(lead);
  await assert.rejects(adds(people.lead, { id: waits.id }), second, 'on what waits');
  await assert.rejects(
    safeguardingDb
      .insertInto('informationDecisions')
      .values({ ...whole, id: waits.id })
      .execute(),
    second,
    'not as the one who rules the tables, either',
  );
  await protects.post(`${waits.page}/answer`, { answer: 'approve' });
  await assert.rejects(adds(colleague, { id: waits.id }), second, 'by another than who asked');
  await assert.rejects(adds(people.lead, { id: waits.id, kinds: ['health information'] }), second, 'beyond it');
  await assert.rejects(adds(people.lead, { id: waits.id, personId: (await know()).id }), second, 'of another');
  await adds(people.lead, { id: waits.id });
  const colleagues = await world.signIn(colleague);
  const other = await ask(colleagues);
  await protects.post(`${other.page}/answer`, { answer: 'approve' });
  const sent = await Promise.all([lead.post(waits.send), colleagues.post(other.send), lead.post(waits.send)]);
  assert.equal(
    sent.filter(({ statusCode }) => statusCode === 303).length,
    1,
    String(sent.map((one) => one.statusCode)),
  );
  assert.ok(sent.every(({ statusCode }) => [303, 404, 422].includes(statusCode)));
  assert.deepEqual(await kept(), { decisions: 1, news: 1 });
});
