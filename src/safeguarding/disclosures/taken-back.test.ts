import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { plain, referred } from '../../../test/fixtures/referral.ts';
import { reads, shows, showsNo } from '../../../test/harness/browsing.ts';
import { setContext } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { AgencyKind, Role } from '../../vocabulary/people.ts';
import { addConsent } from '../consent/examples.ts';
import { addReferral } from '../referrals/examples.ts';

test('page, letter and file of a referral without consent name its ground, and its sender takes it back', async (t) => {
  const { signIn, adviser, lead, council, caseworker, note, safeguardingDb } = await aHelpedPerson(t);
  const [helper, leads, worker] = [await signIn(adviser), await signIn(lead), await signIn(caseworker)];
  const form = { to: council.id, needs: ['safety'], words: 'Ask for Ana', step: 'send', id: newTimelessId() };
  const grave = { ...form, agreed: 'vital interests', reasons: 'He has a knife' };
  assert.equal((await helper.post(`/staff/safeguarding/notes/${note.id}/refer`, grave)).statusCode, 303);
  const second = `/staff/safeguarding/disclosures/${form.id}`;
  assert.equal((await leads.post(`${second}/answer`, { answer: 'approve' })).statusCode, 303);
  assert.equal((await helper.post(`${second}/send`, {})).statusCode, 303);
  const at = `/staff/safeguarding/referrals/${form.id}`;
  const seen = plain((await worker.get(at)).body);
  assert.match(seen, /Legal ground somebody’s life or safety is at stake/);
  assert.match(seen, /the end of Monday 21 September 2026/);
  assert.doesNotMatch(seen, /agreed/);
  const grant = await safeguardingDb.selectFrom('personGrants').select('id').executeTakeFirstOrThrow();
  const letter = plain((await helper.get(`/staff/safeguarding/grants/${grant.id}/letter`)).body);
  assert.match(letter, /The person has not consented.*Legal ground Somebody’s life or safety is at stake/);
  assert.doesNotMatch(letter, /the person has agreed|consent is withdrawn|and nothing more/i);

  for (const nobody of [worker, leads]) {
    const refused = await nobody.post(`${at}/take-back`, {});
    assert.equal(refused.statusCode, nobody === worker ? 404 : 422, 'whoever sent it, or leads there');
  }
  const account = `/staff/safeguarding/people/${note.encounterId}/consents`;
  await shows(helper, account, new RegExp(`${at}/take-back`));
  await shows(helper, at, /Withdraw the referral/);
  await shows(helper, at, new RegExp(`grants/${grant.id}/letter[^>]*>\\s*Print as a letter`));
  await showsNo(worker, at, /Print as a letter/);
  assert.match((await helper.post(`${at}/take-back`, {})).body, /Select the reason for withdrawing/);
  const why = 'it was sent to the wrong agency';
  assert.equal((await helper.post(`${at}/take-back`, { why })).statusCode, 303);
  assert.equal((await helper.post(`${at}/take-back`, { why })).statusCode, 404);
  assert.equal((await worker.get(at)).statusCode, 404);
  await shows(worker, '/staff', /Confirm a withdrawal of consent/);
  const after = plain((await helper.get(at)).body);
  assert.match(after, /The sender withdrew it/);
  assert.match(after, /Could be seen until/);
  assert.doesNotMatch(after, /You can see this until|Answer due/);
  await reads(helper, account, /withdrawn: no access/);
  const log = await safeguardingDb
    .selectFrom('accessLog')
    .select('reason')
    .where('event', '=', 'referral.taken back')
    .execute();
  assert.deepEqual(log, [{ reason: why }]);
});

test('the sender cannot decide for the recipient, in the database too', async (t) => {
  const { adviser, council, note, safeguardingDb, keys } = await aHelpedPerson(t);
  const { id } = await addReferral(safeguardingDb, keys, note, council, { ground: 'vital interests' });
  const actor = { memberId: adviser.id, agencyId: adviser.agencyId, side: 'help', roles: ['field'], operations: [] };
  const asSender = (values: object) =>
    safeguardingDb.transaction().execute(async (tx) => {
      await setContext(tx, {
        now: note.writtenAt,
        actor: { ...actor, partnerOperations: [], teams: [] } as never,
      });
      await tx.updateTable('referrals').set(values).where('id', '=', id).execute();
    });
  const decided = { decidedBy: adviser.id, decidedAt: note.writtenAt };
  await assert.rejects(asSender({ state: 'accepted', ...decided }), /decides nothing for the agency asked/);
  await assert.rejects(
    asSender({ state: 'declined', sealedReason: Buffer.from('x'), ...decided }),
    /decides nothing for the agency asked/,
  );
  await asSender({ ended: 'taken back', endedAt: note.writtenAt });
});

test('the sender’s first page shows each answer of the recipient until it is dealt with', async (t) => {
  const { signIn, adviser, council, nurses, caseworker, nurse, note, safeguardingDb, keys } = await aHelpedPerson(t);
  const first = await addReferral(safeguardingDb, keys, note, council);
  const [helper, worker] = [await signIn(adviser), await signIn(caseworker)];
  const at = `/staff/safeguarding/referrals/${first.id}`;
  const home = async () => plain((await helper.get('/staff')).body);
  assert.doesNotMatch(await home(), /about a referral|a referral was|Referral (accepted|finished)/);
  await showsNo(helper, at, /Answer a question/, 'none was asked');
  await worker.post(`${at}/ask`, { id: newTimelessId(), words: 'How many nights?' });
  assert.match(await home(), /Answer a question about a referral/);
  await shows(helper, at, /Answer a question/);
  const item = 'help needed';
  await helper.post(`${at}/ask`, { id: newTimelessId(), words: 'Four', item });
  assert.doesNotMatch(await home(), /about a referral|a referral was|Referral (accepted|finished)/);

  await worker.post(`${at}/decide`, { decision: 'declined', reason: 'No room' });
  assert.match(await home(), /Ask another agency: a referral was declined/);
  const declined = await helper.get(at);
  assert.match(declined.body, new RegExp(`/staff/safeguarding/notes/${note.id}/refer`));
  assert.match(declined.body, new RegExp(`/staff/safeguarding/notes/${note.id}"`));
  assert.doesNotMatch(plain(declined.body), /You can see this until|Answer due/);

  const second = await addReferral(safeguardingDb, keys, note, nurses);
  assert.doesNotMatch(await home(), /was declined/, 'somebody else is asked now');
  const accepts = { decision: 'accepted', reason: 'Monday at nine, ring Nia' };
  const nursing = await signIn(nurse);
  assert.equal((await nursing.post(`/staff/safeguarding/referrals/${second.id}/decide`, accepts)).statusCode, 303);
  assert.match(await home(), /Referral accepted/);
  const taken = plain((await helper.get(`/staff/safeguarding/referrals/${second.id}`)).body);
  assert.match(taken, /Their answer: Monday at nine, ring Nia/);
  assert.doesNotMatch(taken, /Answer due/);
  assert.match(taken, /They can see this until/);
  await nursing.post(`/staff/safeguarding/referrals/${second.id}/finish`, { outcome: 'help given' });
  assert.match(await home(), /Referral finished/);
});

test('a consent that a worker reports is kept as such, without wording or language', async (t) => {
  const { signIn, adviser, council, note, safeguardingDb } = await aHelpedPerson(t);
  const helper = await signIn(adviser);
  const form = { id: newTimelessId(), to: council.id, needs: ['shelter'], words: 'x', agreed: 'agreed', step: 'send' };
  assert.equal((await helper.post(`/staff/safeguarding/notes/${note.id}/refer`, form)).statusCode, 303);
  const row = await safeguardingDb.selectFrom('consents').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([row.how, row.language, row.interpreted], ['reported by worker', null, 'not written down']);
  const account = plain((await helper.get(`/staff/safeguarding/people/${note.encounterId}/consents`)).body);
  assert.match(account, /reported by a worker.*Ada Adviser reported that the person agreed/);
  assert.doesNotMatch(account, /in English|The words|We would like/);
});

test('the sender’s first page shows referrals that were not answered in time', async (t) => {
  const { signIn, adviser, council, safeguardingDb, keys, note, clock } = await aHelpedPerson(t);
  await addReferral(safeguardingDb, keys, note, council);
  const helper = await signIn(adviser);
  await showsNo(helper, '/staff', /without an answer/);
  clock.move(new Date('2026-09-19T09:05:00Z'));
  const later = await signIn(adviser);
  await shows(later, '/staff', /Follow up a referral without an answer/);
  await shows(later, '/staff/safeguarding/referrals', /late/);
});

test('police, immigration and strangers get the same answer for a person who agreed as for an unknown id', async (t) => {
  const application = await referred(t);
  const { signIn, agency, member, letIn, consent, referral, note, other, safeguardingDb, keys, council, adviser } =
    application;
  const known = { personId: note.encounterId, operationId: note.operationId, at: note.writtenAt };
  await addConsent(safeguardingDb, keys, known, council.id, adviser, { act: 'share', items: ['where we met'] });
  const addresses = (person: string, one: string, asked: string) => [
    `/staff/safeguarding/people/${person}/consents`,
    `/staff/safeguarding/people/${person}/consents/ask`,
    `/staff/safeguarding/consents/${one}/withdraw`,
    `/staff/safeguarding/ended-grants/${one}`,
    ...['', '/decide', '/ask', '/finish'].map((path) => `/staff/safeguarding/referrals/${asked}${path}`),
  ];
  const there = addresses(note.encounterId, consent, referral);
  const nothing = addresses(newTimelessId(), newTimelessId(), newTimelessId());
  const watchers = [await signIn(other)];
  for (const [kind, held] of [
    ['police force', ['field', 'enforcement', 'safeguarding lead', 'partner caseworker']],
    ['immigration', ['enforcement', 'field']],
    ['police force', ['planner', 'commander', 'auditor', 'data-protection lead', 'custodian', 'analyst']],
    ['health', ['partner caseworker']],
  ] as readonly (readonly [AgencyKind, readonly Role[]])[]) {
    const one = await member(await agency(kind), held);
    await letIn(one);
    watchers.push(await signIn(one));
  }
  const bare = ({ body }: { body: string }) => body.replaceAll(/name="(_csrf|id)" value="[^"]*"/g, '');
  for (const visitor of watchers)
    for (const [index, url] of there.entries()) {
      const [hides, absent] = [await visitor.get(url), await visitor.get(nothing[index] as string)];
      assert.ok([403, 404].includes(hides.statusCode), `${visitor.member.roles} ${url}: ${hides.statusCode}`);
      assert.equal(hides.statusCode, absent.statusCode, url);
      assert.equal(bare(hides), bare(absent), url);
      const posted = await visitor.post(url, {
        how: 'the person themself',
        decision: 'accepted',
        outcome: 'passed on',
      });
      assert.ok([403, 404].includes(posted.statusCode), url);
    }
  const row = await safeguardingDb
    .selectFrom('consents')
    .select('withdrawnAt')
    .where('id', '=', consent)
    .executeTakeFirstOrThrow();
  assert.equal(row.withdrawnAt, null);
});
