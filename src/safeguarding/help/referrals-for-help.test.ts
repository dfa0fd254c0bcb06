import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agrees, aWalkIn, consentTo } from '../../../test/fixtures/walk-in.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const home = '/staff/safeguarding/people';

test('an accepted referral for shelter shows on the help page', async (t) => {
  const application = await aWalkIn(t);
  const { signIn, caseworker, nurse, person, nurses } = application;
  const at = await signIn(caseworker);
  const shelter = async () => {
    const page = plain((await at.get(`${home}/${person.id}/help`)).body);
    return /Safe accommodation (.*?) Record an offer/.exec(page)?.[1] ?? '';
  };
  assert.match(await shelter(), /Not offered yet/);
  const consent = await agrees(at, person.id, consentTo(nurses.id));
  const sent = { id: newTimelessId(), agreed: `consent:${consent}`, short: 'yes', needs: ['shelter'], words: 'A room' };
  await at.post(`/staff/safeguarding/people/${person.id}/refer`, {
    ...sent,
    answer: 'by the next working day',
    step: 'send',
  });
  assert.match(await shelter(), /Referral to Lea Nurses of 18 September 2026: no answer yet/);
  const asked = await signIn(nurse);
  await asked.post(`/staff/safeguarding/referrals/${sent.id}/decide`, {
    decision: 'accepted',
    reason: 'A room today at 18:00',
  });
  assert.match(await shelter(), /Lea Nurses accepted a referral of 18 September 2026/);
  assert.doesNotMatch(await shelter(), /Not offered yet/);
  await at.post(`${home}/${person.id}/offer`, {
    ...{ id: newTimelessId(), help: 'safe accommodation', answer: 'accepted', words: '' },
  });
  assert.match(await shelter(), /Lea Nurses accepted a referral of 18 September 2026\. The person said yes/);
  await at.post(`/staff/safeguarding/consents/${consent}/withdraw`, { how: 'the person themself' });
  assert.doesNotMatch(await shelter(), /Lea Nurses/, 'a withdrawn referral no longer counts');
});

test('an NRM referral that is being written shows on the help page, with a link to it', async (t) => {
  const { signIn, caseworker, person } = await aWalkIn(t);
  const at = await signIn(caseworker);
  const nrm = async () => {
    const page = plain((await at.get(`${home}/${person.id}/help`)).body);
    return /The National Referral Mechanism(?! (?:is|may)) (.*?) Record an offer/.exec(page)?.[1] ?? '';
  };
  assert.match(await nrm(), /Not offered yet/);
  const begun = await at.post(`${home}/${person.id}/nrm-referral`, {});
  assert.equal(begun.statusCode, 303, begun.body);
  assert.match(await nrm(), /An NRM referral is being written/);
  const { body } = await at.get(`${home}/${person.id}/help`);
  assert.match(body, /href="\/staff\/safeguarding\/nrm-referrals\/[0-9a-f-]+"[^>]*>\s*Open the NRM referral/);
  assert.doesNotMatch(body, /Start the NRM referral/);
});
