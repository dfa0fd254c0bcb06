import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { helpedIn } from '../../../test/fixtures/help-offered.ts';
import { plain } from '../../../test/fixtures/referral.ts';
import { formVersions } from '../../nrm/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { seedNrmReferral } from '../nrm-drafts/examples.ts';
import type { NrmReferralContent } from '../nrm-drafts/nrm-referral.ts';
import { getNrmReferral } from '../nrm-drafts/store.ts';
import { addPerson } from '../people/examples.ts';
import { addNote, addReferral } from '../referrals/examples.ts';

const key = 'local-authority-contacted-about-child-local-authority';

async function aChild(t: Parameters<typeof openApplication>[0]) {
  const world = await helpedIn(await openApplication(t, { today: '2026-11-26', time: '10:47' }));
  const { signIn, lead, adviser, metAt, safeguardingDb: db, keys, clock } = world;
  const note = await addNote(db, keys, { ...metAt, encounterId: newTimelessId() }, adviser, { age: 'under 18' });
  const origin = { origin: 'met at visit', originId: note.encounterId, operationId: note.operationId } as const;
  const person = await addPerson(db, keys, lead, clock.now(), { ...origin, age: 'under 18', yearOfBirth: 2012 });
  const noted = { by: lead.id, on: '2026-11-26' };
  const fork: NrmReferralContent['fork'] = {
    ...{ assessor: null, able: null, decisionMaker: null, decision: null, consent: null },
    doubt: { ...noted, answer: 'no' },
  };
  const begun = await seedNrmReferral(db, keys, person, clock.now(), { said: { fork } });
  const number = formVersions
    .at(-1)
    ?.sections.findIndex(({ fields }) => fields.some((field) => field.key === `${key}-name`));
  const at = await signIn(lead);
  const page = `/staff/safeguarding/nrm-referrals/${begun.id}/parts/${number}`;
  return { ...world, note, person, begun, at, page };
}

const shownIn = (body: string, name: string) =>
  new RegExp(`<input[^>]*name="${key}-${name}"[^>]*>`).exec(body)?.[0].match(/ value="([^"]*)"/)?.[1] ?? '';

test('the council that a child was referred to is offered for the NRM form, and saved only by its author', async (t) => {
  const { at, page, note, begun, council, caseworker, signIn, safeguardingDb: db, keys } = await aChild(t);
  assert.equal(shownIn((await at.get(page)).body, 'name'), '', 'nobody was told');
  const { id } = await addReferral(db, keys, note, council, { ground: 'treated as child' });
  const answer = { decision: 'accepted', reason: 'Come to Bridge House. Bea Brook, 01632 960 345' };
  const decided = await (await signIn(caseworker)).post(`/staff/safeguarding/referrals/${id}/decide`, answer);
  assert.equal(decided.statusCode, 303);
  const { body } = await at.get(page);
  assert.equal(shownIn(body, 'name'), 'Lea Council');
  assert.equal(shownIn(body, 'phone'), '01632 960 345');
  assert.match(plain(body), /From the referral to children’s services[^.]*\. Check it\./);
  assert.match(plain(body), /the council’s answer: “Come to Bridge House\. Bea Brook, 01632 960 345”\./);
  assert.equal(shownIn(body, 'first-name'), '', 'the words need not name a worker');
  assert.equal((await getNrmReferral(db as never, keys, begun.id)).answers['council name'], undefined, 'only offered');
  const saved = await at.post(page, { asked: `${key}-name`, [`${key}-name`]: 'Lea Council' });
  assert.ok(saved.statusCode < 400 || saved.statusCode === 422);
  const { answers } = await getNrmReferral(db as never, keys, begun.id);
  assert.equal(answers['council name']?.value, 'Lea Council');
});

test('a notification by telephone is offered too, with whom, how and when', async (t) => {
  const { at, page, person, council } = await aChild(t);
  const told = await at.post(`/staff/safeguarding/people/${person.id}/refer`, {
    ...{ step: 'notified', how: 'by telephone', whom: 'Bea Brook, duty social worker, 01632 960 345' },
    ...{ when: 'Today at 10:15', id: newTimelessId(), items: ['essential information'], to: council.id },
  });
  assert.equal(told.statusCode, 303);
  const { body } = await at.get(page);
  assert.equal(shownIn(body, 'name'), 'Lea Council');
  assert.equal(shownIn(body, 'phone'), '01632 960 345');
  assert.match(
    plain(body),
    /From the notification of children’s services on 26 November 2026: “[^”]*by telephone\. Whom: Bea Brook/,
  );
});
