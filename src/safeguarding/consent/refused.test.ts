import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { asLeader } from '../../../test/fixtures/as-leader.ts';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { agreed, answer, hidden, plain, question } from '../../../test/fixtures/referral.ts';
import { aWalkIn } from '../../../test/fixtures/walk-in.ts';
import { reads, shows } from '../../../test/harness/browsing.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { erase } from '../retention/store.ts';
import { type ConsentRefusal, listStandingRefusals } from './consent.ts';
import { addConsent, addGrant } from './examples.ts';
import { listConsentRefusals, listConsents } from './store.ts';
import { readHeldConsents } from './subject-access-store.ts';

/** Asks in the words that the page shows, and records the person’s no. */
async function saysNo(helper: Visitor, personId: string, to: string, more = {}) {
  const url = `/staff/safeguarding/people/${personId}/consents/ask`;
  const asked = { id: newTimelessId(), ...question(to), ...more };
  const { body } = await helper.post(url, { ...asked, step: 'show' });
  const no = { ...asked, ...answer, digest: hidden(body, 'digest'), step: 'save', answer: 'no' };
  return { url, asked, no, shown: body, saved: await helper.post(url, no) };
}

const again =
  /On 18 September 2026 the person said no\. The question was: referral to an agency, Lea Council, .*?Do not ask again unless the person raises it/;

test('a person’s no is kept with the question and the day, and shown before anybody asks again', async (t) => {
  const world = await aHelpedPerson(t);
  const { signIn, adviser, lead, council, nurses, note, safeguardingDb: db, force, member, letIn } = world;
  const helper = await signIn(adviser);
  const page = `/staff/safeguarding/people/${note.encounterId}/consents`;
  const { url, no, shown, saved } = await saysNo(helper, note.encounterId, council.id);
  assert.match(shown, /No answer yet: go back without saving/);
  assert.doesNotMatch(shown, />Cancel</, 'one way back');
  assert.match(shown, /value="no" name="answer"[^>]*>\s*The person says no/);
  assert.equal(saved.headers.location, `${page}?done=refused`);
  assert.equal((await helper.post(url, no)).statusCode, 303, 'sent twice, kept once');
  const rows = await db.selectFrom('consents').select(['refused', 'withdrawnAt', 'givenAt', 'recipient']).execute();
  assert.equal(rows.length, 1);
  assert.ok(rows[0]?.refused && rows[0].withdrawnAt?.getTime() === rows[0].givenAt.getTime());
  await reads(helper, `${page}?done=refused`, /so that nobody asks again\. Help goes on as before/);
  for (const who of [helper, await signIn(lead)]) {
    const account = plain((await who.get(page)).body);
    assert.match(account, /The person said no\. Referral to an agency: Lea Council/);
    assert.match(account, /No, [^.]*by the person/);
    assert.match(account, /by Officer Ada Adviser, in Romanian/);
    assert.match(account, /No consent yet/);
    for (const asking of [url, `${url}?act=share`, `/staff/safeguarding/notes/${note.id}/refer`])
      assert.match(plain((await who.get(asking)).body), again, asking);
  }
  assert.doesNotMatch((await helper.get(`/staff/safeguarding/notes/${note.id}/refer`)).body, /value="consent:/);
  const officer = await member(force, ['field', 'enforcement']);
  await letIn(officer);
  assert.notEqual((await (await signIn(officer)).get(page)).statusCode, 200, 'police read nothing of it');
  await agreed(helper, note.encounterId, nurses.id);
  await shows(helper, url, again);
});

test('a no is no consent: nothing rests on it, nothing withdraws it, and the same form cannot say both', async (t) => {
  const { signIn, adviser, council, note, metAt, keys, safeguardingDb: db } = await aHelpedPerson(t);
  const helper = await signIn(adviser);
  const share = { act: 'share', purpose: 'safety planning' };
  const { url, no } = await saysNo(helper, note.encounterId, council.id, share);
  const both = await helper.post(url, { ...no, answer: 'yes' });
  assert.match(both.body, /You already saved another answer with this form/);
  const [refusal] = await listConsentRefusals(db as never, keys, [note.encounterId as never]);
  assert.ok(refusal);
  assert.deepEqual(await listConsents(db as never, keys, [note.encounterId as never]), []);
  assert.equal((await helper.get(`/staff/safeguarding/consents/${refusal.id}/withdraw`)).statusCode, 404);
  const pretended = { ...refusal, withdrawnAt: null, withdrawnBy: null, withdrawnHow: null };
  const shown = refusal.items.map((item) => ({ item, words: 'x' }) as never);
  await assert.rejects(addGrant(db, keys, { consent: pretended }, shown, adviser), /lies within what it rests on/);
  const known = { personId: note.encounterId, operationId: metAt.operationId, at: metAt.at };
  const ended = { withdrawnAt: metAt.at, withdrawnBy: adviser.id, withdrawnHow: 'the person themself' } as const;
  await assert.rejects(addConsent(db, keys, known, council.id, adviser, ended), /given before it is taken back|check/);
  await assert.rejects(
    sql`update consents set refused = false, withdrawn_at = null, withdrawn_by = null, withdrawn_how = null`.execute(
      db,
    ),
    /taken back once/,
  );
  const { id: _id, ...copy } = await db.selectFrom('consents').selectAll().executeTakeFirstOrThrow();
  const bare = { ...copy, id: newTimelessId(), withdrawnAt: null, withdrawnBy: null, withdrawnHow: null };
  await assert.rejects(db.insertInto('consents').values(bare).execute(), /check constraint/);
});

test('a no withdraws the earlier yes to the same, also a colleague’s, and leaves a yes to another purpose', async (t) => {
  const world = await aHelpedPerson(t);
  const { signIn, adviser, other, lead, council, note, metAt, keys, safeguardingDb: db } = world;
  const helper = await signIn(adviser);
  const page = `/staff/safeguarding/people/${note.encounterId}/consents`;
  const consent = await agreed(helper, note.encounterId, council.id);
  const known = { personId: note.encounterId, operationId: metAt.operationId, at: metAt.at };
  await addConsent(db, keys, known, council.id, other, { purpose: 'safe place' });
  const kept = await addConsent(db, keys, known, council.id, other, { purpose: 'childcare' });
  const { shown, saved } = await saysNo(helper, note.encounterId, council.id);
  assert.match(shown, /The person agreed to this before\. A no withdraws that consent/);
  assert.equal(saved.headers.location, `${page}?done=ended`);
  const given = db.selectFrom('consents').select(['id', 'withdrawnBy', 'withdrawnHow']).where('refused', '=', false);
  for (const one of await given.execute())
    assert.equal(one.withdrawnBy, one.id === kept.id ? null : adviser.id, 'the earlier yes is withdrawn');
  const asking = (await helper.get(`/staff/safeguarding/notes/${note.id}/refer`)).body;
  assert.doesNotMatch(asking, new RegExp(`consent:${consent}`));
  const account = plain((await helper.get(page)).body);
  assert.doesNotMatch(account, /In force/);
  assert.match(account, /Withdrawn, in the hour after/);
  await shows(await signIn(lead), `${page}/ask`, again);
});

test('one form id keeps one question: the same id for another agency is refused, not said to be saved', async (t) => {
  const { signIn, adviser, council, nurses, note, safeguardingDb: db } = await aHelpedPerson(t);
  const helper = await signIn(adviser);
  const { asked } = await saysNo(helper, note.encounterId, council.id);
  const { saved } = await saysNo(helper, note.encounterId, nurses.id, { id: asked.id });
  assert.equal(saved.statusCode, 422);
  assert.match(saved.body, /You already saved another answer with this form/);
  const rows = await db.selectFrom('consents').select('recipient').execute();
  assert.deepEqual(rows, [{ recipient: council.id }]);
});

test('only a later yes to the same question clears a no', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 8, 18, hour));
  const agencyId = newTimelessId<'agency'>();
  const asked = { act: 'refer', recipient: newTimelessId<'agency'>(), purpose: 'safe place' } as const;
  const no = { ...asked, agencyId, givenAt: at(10) } as unknown as ConsentRefusal;
  const yes = { ...asked, agencyId, givenAt: at(11), withdrawnAt: null };
  for (const [clears, more] of [
    ...[[true, {}] as const, [true, { givenAt: at(10) }] as const, [false, { givenAt: at(9) }] as const],
    ...[[false, { purpose: 'childcare' }] as const, [false, { withdrawnAt: at(12) }] as const],
    [false, { givenAt: at(10), agencyId: newTimelessId<'agency'>() }] as const,
  ])
    assert.equal(listStandingRefusals([no], [{ ...yes, ...more }]).length === 0, clears, JSON.stringify(more));
});

test('the agency that was refused does not read so, where another agency asked', async (t) => {
  const { signIn, adviser, council, nurses, note, member, letIn, lead } = await aHelpedPerson(t);
  const helper = await signIn(adviser);
  await saysNo(helper, note.encounterId, council.id);
  await saysNo(helper, note.encounterId, nurses.id);
  const refused = await member(council, ['safeguarding lead']);
  await letIn(refused);
  const page = `/staff/safeguarding/people/${note.encounterId}/consents`;
  const seen = plain((await (await signIn(refused)).get(page)).body);
  assert.doesNotMatch(seen, /The person said no\. [^:]*: Lea Council/);
  assert.match(seen, /The person said no\. Referral to an agency: Lea Nurses/);
  await shows(await signIn(lead), page, /The person said no\. Referral to an agency: Lea Council/);
});

test('only the word of one button is an answer: anything else saves nothing and keeps what was typed', async (t) => {
  const { signIn, adviser, council, note, safeguardingDb: db } = await aHelpedPerson(t);
  const helper = await signIn(adviser);
  const url = `/staff/safeguarding/people/${note.encounterId}/consents/ask`;
  const asked = { id: newTimelessId(), ...question(council.id) };
  const { body } = await helper.post(url, { ...asked, step: 'show' });
  const { answer: _yes, ...unanswered } = { ...asked, ...answer, digest: hidden(body, 'digest'), step: 'save' };
  for (const sent of [
    ...[{}, { no: 'yes' }, { no: ['yes', 'yes'] }, { answer: '' }, { answer: 'No' }, { answer: '\0' }],
    ...[{ answer: ['yes', 'no'] }, { answer: ['yes', 'yes'] }],
  ]) {
    const { statusCode, body: again } = await helper.post(url, { ...unanswered, ...sent });
    assert.equal(statusCode, 422, JSON.stringify(sent));
    assert.match(again, /Select “The person agrees” or “The person says no”/);
    assert.match(again, /value="Interpreter 4471"/);
  }
  assert.deepEqual(await db.selectFrom('consents').selectAll().execute(), []);
});

test('a no prolongs nothing, is in the answer to the person, and goes with the record', async (t) => {
  const { signIn, caseworker, person, nurses, keys, clock, databases, safeguardingDb: db } = await aWalkIn(t);
  const at = await signIn(caseworker);
  await saysNo(at, person.id, nurses.id);
  const { rows } = await sql`select from ctx.days_kept(${person.id}, null, ${person.agencyId})`.execute(db);
  assert.equal(rows.length, 0, 'no day of help');
  const held = await readHeldConsents(db as never, keys, [person.id]);
  assert.deepEqual(
    held.map(({ title }) => title),
    ['What you said no to'],
  );
  await shows(at, `/staff/safeguarding/people/${person.id}`, /The person said no to a referral/);
  await asLeader({ databases, clock }, async (tx, now) => {
    const hers = { kind: 'record', id: person.id, agencyId: person.agencyId, seen: 0 } as const;
    assert.equal(await erase(tx, hers, now, { of: 'x', why: 'x' }), true);
  });
  assert.deepEqual(await db.selectFrom('consents').selectAll().execute(), []);
});
