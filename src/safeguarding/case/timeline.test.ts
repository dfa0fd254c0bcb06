import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestIn, plain, raise, world } from '../../../test/fixtures/nrm-draft-handover.ts';
import { instantAt } from '../../platform/clock.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';

test('an event of which only the day was recorded shows the day and no hour', async (t) => {
  const { clock, signIn, nurse, person } = await world(t);
  clock.move(instantAt(dayOf(clock.now()), '06:25'));
  const her = await signIn(nurse);
  const at = await raise(her, person);
  await her.post(`${at}/question?of=doubt`, { answer: 'no' });
  const answer = {
    ...{ digest: digestIn(await her.get(`${at}/question`)), answer: 'yes', how: 'the person themself' },
    ...{ language: 'uk', interpreted: 'interpreter present', interpreter: 'I 7' },
  };
  assert.equal((await her.post(`${at}/question?of=consent`, answer)).statusCode, 303);
  for (const page of ['', '/history']) {
    const { body } = await her.get(`/staff/safeguarding/people/${person.id}${page}`);
    const timeline = plain(body.slice(body.indexOf('id="timeline"')));
    assert.match(timeline, /Consent to the NRM: the person said yes(?:(?!in the hour).)*? on 26 November 2026/);
    assert.match(timeline, /NRM referral started[\s\S]*in the hour after 06:00/);
  }
});
