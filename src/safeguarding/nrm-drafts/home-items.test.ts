import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addPerson } from '../people/examples.ts';
import { seedNrmReferral } from './examples.ts';
import type { NrmReferralContent } from './nrm-referral.ts';

test('an unfinished NRM referral is on the home page of the member who began it, with the next thing to do', async (t) => {
  const application = await openApplication(t, { today: '2026-11-26' });
  const { agency, member, safeguardingDb: db, keys, clock, signIn } = application;
  const council = await agency('council', { name: 'Lea Council', firstResponder: true });
  const advisers = await agency('sexual violence advisers', { name: 'Lea Advisers' });
  const lead = await member(council, ['safeguarding lead'], 'Ravi Menon');
  const colleague = await member(council, ['safeguarding lead'], 'Cas Worker');
  const adviser = await member(advisers, ['safeguarding lead'], 'Ada Adviser');
  const noted = { by: lead.id, on: '2026-11-25' };
  const consent = (answer: 'yes' | 'no'): NrmReferralContent['fork'] => ({
    ...{ assessor: null, able: null, decisionMaker: null, decision: null },
    doubt: { ...noted, answer: 'no' },
    consent: {
      ...{ ...noted, answer, how: 'the person themself', digest: 'd', wordingId: 'w' },
      ...{ language: 'vi', interpreted: 'remote interpreter', interpreter: 'I 7' },
    },
  });
  const begin = async (who: typeof lead, said: Partial<NrmReferralContent>, age: 'adult' | 'under 18' = 'adult') => {
    const person = await addPerson(db, keys, who, clock.now(), { age, yearOfBirth: null });
    return seedNrmReferral(db, keys, person, clock.now(), { said });
  };
  await begin(lead, {});
  const agreed = await begin(lead, { fork: consent('yes') });
  await begin(lead, { fork: consent('no') });
  await begin(lead, { fork: consent('yes'), submission: { ...noted } as never });
  await begin(lead, { fork: consent('yes'), handed: [{ ...noted, paperId: newTimelessId() } as never] });
  await begin(adviser, { fork: consent('no') });
  await begin(adviser, {}, 'under 18');

  const rows = async (who: typeof lead) => (await dueRows(await signIn(who))).filter(({ what }) => /NRM/.test(what));
  const mine = await rows(lead);
  assert.deepEqual(mine.map(({ what }) => what).toSorted(), [
    'Finish an NRM referral Next question: Is there a reason to doubt that the person can make this decision at this time?',
    'Finish an NRM referral The draft is ready, and no agency can see it yet. Send it to a first responder.',
    'Finish an NRM referral The person agreed on 25 November 2026. Add the missing answers, then submit it.',
    'Finish an NRM referral The person did not agree. Notify without a name.',
  ]);
  const [row] = mine.filter(({ what }) => what.includes('agreed on'));
  assert.equal(row?.href, `/staff/safeguarding/nrm-referrals/${agreed.id}`);
  assert.match(String(row?.for), /^NRM referral N-\w{3}-\w{3}$/);
  assert.equal(row?.status, 'In progress');
  assert.deepEqual(await rows(colleague), []);
  assert.deepEqual(
    (await rows(adviser)).map(({ what }) => what),
    [
      'Finish an NRM referral A child needs no consent, nor does a person who may be one. Add the missing answers, then send the draft to a first responder.',
    ],
    'an agency that cannot submit has nothing to do after a no',
  );
});
