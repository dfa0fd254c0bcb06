import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { answer, hidden, items, plain, question, referred, summary } from '../../../test/fixtures/referral.ts';
import { reads, shows, showsNo } from '../../../test/harness/browsing.ts';
import { setContext } from '../../platform/database/database.ts';
import { newId, newTimelessId } from '../../vocabulary/ids.ts';
import { nrmPurpose } from '../../vocabulary/information-shared.ts';

test('consent is asked for in words that are shown, and kept as they were shown', async (t) => {
  const { signIn, adviser, advisers, council, note, safeguardingDb, force } = await aHelpedPerson(t);
  const helper = await signIn(adviser);
  const page = `/staff/safeguarding/people/${note.encounterId}/consents`;
  const url = `${page}/ask`;
  await shows(helper, url, /Saying no has no consequences/);
  const form = await helper.get(`${url}?act=refer`);
  assert.doesNotMatch(form.body, /Some police force/, 'police are on no list');
  for (const [act, offered, not] of [
    ['examine', ['examine and treat', 'proof of injuries'], [nrmPurpose, 'safety planning']],
    ['share', ['safety planning'], [nrmPurpose, 'proof of injuries', 'requested help']],
    ['refer', [nrmPurpose, 'requested help'], ['proof of injuries']],
  ] as const) {
    const { body } = await helper.get(`${url}?act=${act}`);
    for (const purpose of offered) assert.ok(body.includes(`<option value="${purpose}"`), `${act} ${purpose}`);
    for (const purpose of not) assert.ok(!body.includes(`<option value="${purpose}"`), `${act}: not ${purpose}`);
  }
  const id = hidden(form.body, 'id');
  const ask = (more: Record<string, unknown>) =>
    helper.post(url, { id, ...question(council.id), step: 'show', ...more });
  const wrong: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ to: force.id }, /agency of the list/],
    [{ to: newId() }, /agency of the list/],
    [{ items: [] }, /Select the information to share/],
    [{ items: ['when we met'] }, /A referral needs/],
    [{ items: ['forensic samples'] }, /another act is asked for by itself/],
    [{ act: 'examine' }, /another act is asked for by itself/],
    [{ purpose: 'to deport' }, /what it is for/],
    [{ purpose: nrmPurpose }, /id="to-error"[\s\S]*is no first responder, and can submit no referral/],
    [
      { act: 'examine', items: ['injury examination'], to: advisers.id },
      /id="purpose-error"[\s\S]*Select from this list alone/,
    ],
    [{ purpose: 'proof of injuries' }, /id="purpose-error"[\s\S]*Select from this list alone/],
    [{ days: '400' }, /for how long/],
    [{ shown: '' }, /Select the language of the words/],
    [{ shown: 'fr' }, /Select the language of the words/],
  ];
  for (const [more, says] of wrong) {
    const answered = await ask(more);
    assert.equal(answered.statusCode, 422);
    assert.match(answered.body, says);
  }
  const shown = await ask({});
  assert.equal(shown.statusCode, 200);
  const words = plain(shown.body);
  for (const said of [
    /ask this agency to help you: Lea Council This is what we would tell them:/,
    /what you said you want/,
    /16 October 2026/,
    /take it back/,
    /does not depend on speaking to the police/,
  ])
    assert.match(words, said);
  assert.equal((await safeguardingDb.selectFrom('consents').selectAll().execute()).length, 0, 'nothing is kept yet');

  // Large type is a step of the same form: it refuses what the form refuses, and no choice is in an address.
  const large = await ask({ step: 'large' });
  assert.match(large.body, /sl-large-card/);
  assert.doesNotMatch(shown.body, /consents\/words\?|ask\?act=/);
  const little = await ask({ step: 'large', items: ['when we met'] });
  assert.equal(little.statusCode, 422);
  assert.match(little.body, /A referral needs them/);
  const digest = hidden(shown.body, 'digest');
  const save = (more: Record<string, unknown>) => ask({ ...answer, digest, step: 'save', ...more });
  for (const [more, says] of [
    [{ how: '' }, /who gave the answer/],
    [{ interpreted: 'nobody was needed' }, /select English above/],
    [{ interpreter: '' }, /interpreter’s name or number/],
    [{ interpreted: 'not written down' }, /Select the interpreter/],
    [{ digest: 'x' }, /words have changed/],
    [{ days: '90' }, /words have changed/],
    [{ shown: 'ar' }, /words have changed/],
    [{ items: [...items, 'where we met'] }, /words have changed/],
  ] as const) {
    const answered = await save(more);
    assert.equal(answered.statusCode, 422, JSON.stringify(more));
    assert.match(answered.body, says);
  }
  for (let times = 0; times < 2; times += 1) assert.equal((await save({})).headers.location, `${page}?done=kept`);
  const [row, ...more] = await safeguardingDb.selectFrom('consents').selectAll().execute();
  assert.deepEqual(more, [], 'sent twice, kept once');
  assert.equal(row?.wordingDigest, digest);
  assert.equal(row?.until.toISOString(), '2026-10-16T23:00:00.000Z');
  assert.ok(!row?.sealedInterpreter.includes('Interpreter 4471'));
  await reads(helper, `${page}?done=kept`, /The consent is saved/);
  const account = plain((await helper.get(page)).body);
  for (const said of [
    /by the person/,
    /in Romanian/,
    /Interpreter 4471/,
    /In force until 16 October 2026/,
    /No disclosures yet/,
  ])
    assert.match(account, said);
  const { body } = await helper.get(`/staff/safeguarding/notes/${note.id}/refer`);
  assert.match(body, new RegExp(`value="consent:${row?.id}"`));
});

test('a referral shows exactly what was agreed and previewed; answers concern only agreed items; access ends when it is finished', async (t) => {
  const { signIn, helper, caseworker, at, preview, council, safeguardingDb } = await referred(t);
  const worker = await signIn(caseworker);
  const seen = await worker.get(at);
  assert.equal(summary(seen.body), summary(preview.body));
  const told = plain(summary(seen.body) ?? '');
  for (const said of [
    /a quiet room/,
    /A room from Monday/,
    /to find a safe place to stay/,
    /until 16 October 2026/,
    /the person has agreed/,
  ])
    assert.match(told, said);
  assert.doesNotMatch(told, /Watford|rights at work|did not wish/, 'neither the town nor what was advised was agreed');
  const log = await safeguardingDb.selectFrom('accessLog').selectAll().where('event', '=', 'referral.made').execute();
  assert.deepEqual([log[0]?.kind, log[0]?.recipient, log[0]?.fields], ['disclosure', council.id, items]);

  assert.equal((await worker.post(`${at}/ask`, { id: newTimelessId(), words: 'How many nights?' })).statusCode, 303);
  await shows(helper, at, /How many nights\?/);
  const reply = (more: object) => helper.post(`${at}/ask`, { id: newTimelessId(), words: 'Four nights', ...more });
  assert.match((await reply({})).body, /Select the agreed item/);
  assert.match((await reply({ item: 'where we met' })).body, /Select the agreed item/, 'not agreed, so not told');
  assert.equal((await reply({ item: 'help needed' })).statusCode, 303);
  await shows(worker, at, /Four nights/);
  assert.match(
    (await worker.post(`${at}/finish`, { outcome: 'passed on' })).body,
    /Accept or decline this referral first/,
  );
  assert.equal(
    (await worker.post(`${at}/decide`, { decision: 'accepted', reason: 'A room today at 18:00' })).statusCode,
    303,
  );
  assert.match(
    (await worker.post(`${at}/decide`, { decision: 'declined', reason: 'No' })).body,
    /already decided this/,
  );
  assert.equal((await worker.post(`${at}/finish`, { outcome: 'help given' })).statusCode, 303);
  for (const path of ['', '/decide', '/ask', '/finish'])
    assert.equal((await worker.get(`${at}${path}`)).statusCode, 404);
  await reads(helper, at, /Finished Help given/);
  await shows(worker, '/staff/safeguarding/ended-grants', /Finished/);
});

test('withdrawn after finishing: the recipient is still told to stop using it, and confirms this', async (t) => {
  const { signIn, helper, caseworker, at, consent, note, safeguardingDb } = await referred(t);
  const worker = await signIn(caseworker);
  await worker.post(`${at}/decide`, { decision: 'accepted', reason: 'A room today at 18:00' });
  assert.equal((await worker.post(`${at}/finish`, { outcome: 'help given' })).statusCode, 303);
  await showsNo(worker, '/staff', /withdrawal of consent/);
  const url = `/staff/safeguarding/consents/${consent}/withdraw`;
  await reads(helper, url, /Lea Council .* Each recipient will be asked to stop using/);
  assert.equal((await helper.post(url, { how: 'the person themself' })).statusCode, 303);
  await shows(worker, '/staff', /Confirm a withdrawal of consent/);
  const account = `/staff/safeguarding/people/${note.encounterId}/consents`;
  await reads(helper, account, /finished: no access; withdrawn since. They have not confirmed/);
  const { id } = await safeguardingDb.selectFrom('withdrawnGrants').select('id').executeTakeFirstOrThrow();
  assert.equal((await worker.post(`/staff/safeguarding/ended-grants/${id}`, {})).statusCode, 303);
  await showsNo(worker, '/staff', /withdrawal of consent/);
  await reads(helper, account, /withdrawn since. They confirmed it/);
  await reads(helper, at, /Finished Help given/, 'that help was given stays');
});

test('withdrawn: the recipient sees nothing on any page, is notified once and confirms; the person’s account keeps the disclosure', async (t) => {
  const { signIn, helper, lead, caseworker, at, consent, referral, note, safeguardingDb } = await referred(t);
  const worker = await signIn(caseworker);
  await worker.post(`${at}/decide`, { decision: 'accepted', reason: 'A room today at 18:00' });
  await worker.post(`${at}/ask`, { id: newTimelessId(), words: 'How many nights?' });
  const url = `/staff/safeguarding/consents/${consent}/withdraw`;
  const form = await helper.get(url);
  assert.match(plain(form.body), /Lea Council will lose access at once/);
  assert.match((await helper.post(url, {})).body, /who said so/);
  const leads = await signIn(lead);
  assert.equal((await leads.post(url, { how: 'reported by worker' })).statusCode, 303, 'a lead who can read it may');
  assert.match((await helper.post(url, { how: 'the person themself' })).body, /already withdrawn/);

  for (const path of ['', '/decide', '/ask', '/finish'])
    for (const answered of [
      await worker.get(`${at}${path}`),
      await worker.post(`${at}${path}`, {
        decision: 'accepted',
        outcome: 'passed on',
        words: 'x',
        id: newTimelessId(),
      }),
    ])
      assert.equal(answered.statusCode, 404, path);
  const everywhere = await Promise.all(
    [
      '/staff',
      '/staff/safeguarding',
      '/staff/safeguarding/referrals',
      '/staff/safeguarding/ended-grants',
      '/staff/notifications',
    ].map((one) => worker.get(one)),
  );
  for (const { body } of everywhere) {
    assert.ok(!body.includes(referral));
    assert.doesNotMatch(body, /quiet|Monday|How many nights|shelter/);
  }
  assert.match(everywhere[0]?.body ?? '', /Confirm a withdrawal of consent/);
  const [, hear = ''] = /href="(\/staff\/safeguarding\/ended-grants\/[^"]+)"/.exec(everywhere[3]?.body ?? '') ?? [];
  for (let times = 0; times < 2; times += 1) assert.equal((await worker.post(hear)).statusCode, 303);
  await showsNo(worker, '/staff', /withdrawal of consent/);
  assert.equal((await helper.get(hear)).statusCode, 403, 'nobody says it for them');

  const account = plain((await helper.get(`/staff/safeguarding/people/${note.encounterId}/consents`)).body);
  assert.match(account, /Withdrawn, in the hour after 10:00 on 18 September 2026/);
  assert.match(account, /Lea Council.*withdrawn: no access\. They confirmed it/);
  await reads(helper, at, /The person withdrew consent/);
  const refer = `/staff/safeguarding/notes/${note.id}/refer`;
  const again = { id: newTimelessId(), needs: ['shelter'], words: 'x', agreed: `consent:${consent}`, step: 'send' };
  assert.match((await helper.post(refer, again)).body, /withdrawn or has expired/, 'nothing is made of it any more');
  assert.equal((await safeguardingDb.selectFrom('referrals').selectAll().execute()).length, 1);
});

test('without consent nothing is disclosed until a second person approves it, and reasons are required', async (t) => {
  const { signIn, adviser, lead, council, caseworker, note, safeguardingDb, db } = await aHelpedPerson(t);
  const [helper, leads] = [await signIn(adviser), await signIn(lead)];
  const url = `/staff/safeguarding/notes/${note.id}/refer`;
  const ask = (who: Visitor, more: object) =>
    who.post(url, { id: newTimelessId(), to: council.id, needs: ['shelter'], words: 'x', step: 'send', ...more });
  assert.match((await ask(helper, { agreed: 'vital interests' })).body, /Say why you share this without consent/);
  assert.match((await ask(leads, { agreed: 'court order' })).body, /Say why you share this without consent/);
  assert.match((await ask(helper, { agreed: 'not agreed', reasons: 'x' })).body, /an adult decides/);
  await shows(helper, url, /At your agency, the colleague who can approve this is Lee Lead \(safeguarding lead\)/);
  await showsNo(helper, url, /Under 18/, 'no way round what an adult says');
  for (const address of [url, `/staff/safeguarding/people/${note.encounterId}/refer`])
    for (const step of ['preview', 'send']) {
      const child = { agreed: 'treated as child', reasons: 'x', id: newTimelessId(), step };
      const refused = await helper.post(address, { to: council.id, needs: ['shelter'], words: 'x', ...child });
      assert.equal(refused.statusCode, 422);
      assert.match(refused.body, /The record says the person is an adult, so they decide/);
    }
  assert.match(
    (await ask(leads, { agreed: 'treated as child' })).body,
    /Say why you share this without consent/,
    'who cannot read the age says how it is known',
  );
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: note.writtenAt });
    await tx.updateTable('encounters').set({ age: 'under 18' }).where('id', '=', note.encounterId).execute();
  });
  assert.match((await ask(helper, { agreed: 'not agreed' })).body, /The record says the person is under 18/);
  assert.equal((await ask(helper, { agreed: 'treated as child' })).statusCode, 303);
  const knife = { agreed: 'vital interests', reasons: 'He has a knife and knows the address', needs: ['safety'] };
  assert.equal((await ask(helper, knife)).statusCode, 303);
  const order = { agreed: 'court order', reasons: 'Order of the family court of 3 September', needs: ['children'] };
  assert.equal((await ask(leads, order)).statusCode, 303);
  const rows = await safeguardingDb
    .selectFrom('disclosures')
    .select(['id', 'basis', 'askedBy', 'approvedBy'])
    .orderBy('basis')
    .execute();
  assert.deepEqual(
    rows.map(({ basis, askedBy, approvedBy }) => [basis, askedBy, approvedBy]),
    [
      ['child', adviser.id, null],
      ['court order', lead.id, null],
      ['vital interests', adviser.id, null],
    ],
  );
  assert.deepEqual(await safeguardingDb.selectFrom('referrals').selectAll().execute(), [], 'nobody was told');
  const agreedAt = `/staff/safeguarding/people/${note.encounterId}/consents`;
  const account = plain((await leads.get(agreedAt)).body);
  assert.match(
    account,
    /Disclosure without consent requested: Lea Council, to give the help asked for Proposed legal ground.*Ada Adviser/,
  );
  assert.doesNotMatch(
    account,
    /knife|family court/,
    'it may be shown to the person, and why may be somebody else’s word',
  );
  const stabbed = rows.find(({ basis }) => basis === 'vital interests')?.id as string;
  const why = `/staff/safeguarding/disclosures/${stabbed}`;
  await shows(leads, agreedAt, new RegExp(why));
  await shows(leads, why, /He has a knife and knows the address/);
  const look = await safeguardingDb
    .selectFrom('accessLog')
    .select('subject')
    .where('event', '=', 'reasons.shown')
    .where('subject', '=', stabbed)
    .execute();
  assert.equal(look.length, 1);
  assert.equal((await (await signIn(caseworker)).get(why)).statusCode, 404, 'whoever is told is not told why');
  const untold = await ask(helper, { agreed: 'agreed', also: ['contact details'] });
  assert.match(untold.body, /Enter the safe contact and tick it above/i);
});
