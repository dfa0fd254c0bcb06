import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHelpedPerson } from '../../../test/fixtures/help-offered.ts';
import { answer, hidden, question } from '../../../test/fixtures/referral.ts';
import { countRows, submitTwice } from '../../../test/harness/pressed-twice.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

test('a form sent twice makes one note, consent, referral, question and disclosure, each with one grant', async (t) => {
  const { signIn, adviser, other, lead, caseworker, council, nurses, note, metAt, safeguardingDb } =
    await aHelpedPerson(t);
  const at = await signIn(adviser);
  const apart = (table: string, more = 1) => ({ db: safeguardingDb, table, more });
  const written = { id: newTimelessId(), advice: ['health'], understood: 'yes', needs: ['shelter'], wants: 'Rest' };
  const by = await signIn(other);
  const facts = await countRows(safeguardingDb, 'noteFacts');
  await submitTwice(by, `/staff/safeguarding/encounters/${metAt.encounterId}/note`, written, apart('notes'));
  assert.equal((await countRows(safeguardingDb, 'noteFacts')) - facts, 2, 'counted once');

  const ask = `/staff/safeguarding/people/${note.encounterId}/consents/ask`;
  const consents: string[] = [];
  for (const more of [{}, { act: 'share', to: nurses.id, purpose: 'examine and treat' }]) {
    const asked = { id: newTimelessId(), ...question(council.id), ...more };
    const { body } = await at.post(ask, { ...asked, step: 'show' });
    const agreed = { ...asked, ...answer, digest: hidden(body, 'digest'), step: 'save' };
    await submitTwice(at, ask, agreed, apart('consents'));
    consents.push(asked.id);
  }
  const refer = {
    id: newTimelessId(),
    needs: ['shelter'],
    words: 'A room',
    agreed: `consent:${consents[0]}`,
    step: 'send',
  };
  await submitTwice(at, `/staff/safeguarding/notes/${note.id}/refer`, refer, apart('referrals'));
  assert.equal(await countRows(safeguardingDb, 'person_grants'), 1, 'one referral, one grant');
  const worker = await signIn(caseworker);
  const asks = { id: newTimelessId(), words: 'How many nights?' };
  await submitTwice(worker, `/staff/safeguarding/referrals/${refer.id}/ask`, asks, apart('referral_messages'));

  const tell = { id: newTimelessId(), step: 'send' };
  await submitTwice(at, `/staff/safeguarding/consents/${consents[1]}/share`, tell, apart('person_grants'));
  const leads = await signIn(lead);
  await submitTwice(leads, `/staff/safeguarding/notes/${note.id}/take-up`, {}, apart('note_acknowledgements'));
});

test('without consent, one form sent twice makes one request for approval, and then one referral and one grant', async (t) => {
  const { signIn, adviser, lead, council, note, safeguardingDb } = await aHelpedPerson(t);
  const at = await signIn(adviser);
  const refer = {
    ...{ id: newTimelessId(), to: council.id, needs: ['safety'], words: 'A room', step: 'send' },
    ...{ agreed: 'vital interests', reasons: 'He has a knife and knows the address' },
  };
  const apart = (table: string) => ({ db: safeguardingDb, table });
  await submitTwice(at, `/staff/safeguarding/notes/${note.id}/refer`, refer, apart('disclosures'));
  const { id } = await safeguardingDb.selectFrom('disclosures').select('id').executeTakeFirstOrThrow();
  const there = `/staff/safeguarding/disclosures/${id}`;
  await (await signIn(lead)).post(`${there}/answer`, { answer: 'approve' });
  const sent = await Promise.all([0, 1, 2].map(() => at.post(`${there}/send`, { step: 'send' })));
  assert.ok(sent.some(({ statusCode }) => statusCode === 303));
  assert.deepEqual(
    sent.map(({ statusCode }) => statusCode).filter((status) => status >= 500),
    [],
  );
  assert.equal(await countRows(safeguardingDb, 'referrals'), 1);
  assert.equal(await countRows(safeguardingDb, 'person_grants'), 1);
});
