import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addReferral } from '../../src/safeguarding/referrals/examples.ts';
import { referenceOf } from '../../src/vocabulary/reference.ts';
import { openApplication } from '../fixtures/application.ts';
import { aHelpedPerson } from '../fixtures/help-offered.ts';
import { plain } from '../fixtures/referral.ts';
import { aTeam } from '../fixtures/visit.ts';

const recent = (html: string): string => plain(/Recently opened<\/h2>[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '').trim();

test('with nothing due, the page says what will appear and leads to the first place of the menu', async (t) => {
  const { signIn, member, agency } = await openApplication(t);
  const council = await agency('council');
  for (const [role, expected, first] of [
    ['partner caseworker', 'referrals to answer', 'Go to cases'],
    ['press', 'releases to draft, approve and publish', 'Go to releases'],
    ['field', 'your next visit, and visits to finish', 'Go to visits'],
  ] as const) {
    const { body } = await (await signIn(await member(council, [role]))).get('/staff');
    const words = plain(body);
    assert.match(words, /Nothing due/, role);
    assert.ok(words.includes(expected), `${role}: ${expected}`);
    assert.ok(words.includes(first), `${role}: ${first}`);
    assert.doesNotMatch(body, /<svg viewBox="0 0 360 340"|sl-ring__/, 'no drawing');
  }
});

test('what a member opened lately is on their home page alone', async (t) => {
  const { signIn, officer, adviser, planned, operation, planner } = await aTeam(t);
  const [at, colleague, leads] = [await signIn(officer), await signIn(adviser), await signIn(planner)];
  assert.equal(recent((await at.get('/staff')).body), '');
  await at.get(`/staff/visits/${planned.id}`);
  await leads.get(`/staff/operations/${operation.id}`);
  const opened = `Visit ${referenceOf('visit', planned.id)}, 18 September 2026`;
  assert.equal(recent((await at.get('/staff')).body), `Recently opened ${opened}`);
  assert.equal(recent((await leads.get('/staff')).body), 'Recently opened Operation Lantern');
  assert.equal(recent((await colleague.get('/staff')).body), '');
});

test('cases and referrals that were opened are listed by reference, no longer than the member may read them, and never across the wall', async (t) => {
  const { signIn, caseworker, council, note, safeguardingDb, keys, force, member } = await aHelpedPerson(t);
  const { id } = await addReferral(safeguardingDb, keys, note, council);
  const worker = await signIn(caseworker);
  await worker.get(`/staff/safeguarding/referrals/${id}`);
  assert.equal(recent((await worker.get('/staff')).body), `Recently opened Referral ${referenceOf('referral', id)}`);
  const detective = await signIn(await member(force, ['planner', 'field', 'enforcement', 'commander']));
  await detective.get(`/staff/safeguarding/referrals/${id}`);
  assert.equal(recent((await detective.get('/staff')).body), '');
  await worker.post(`/staff/safeguarding/referrals/${id}/decide`, { decision: 'declined', reason: 'No room' });
  assert.equal(recent((await worker.get('/staff')).body), '', 'declined: they see it no longer');
});
