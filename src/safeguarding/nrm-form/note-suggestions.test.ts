import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { helpedIn } from '../../../test/fixtures/help-offered.ts';
import { formVersions } from '../../nrm/index.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { seedNrmReferral } from '../nrm-drafts/examples.ts';
import type { NrmReferralContent } from '../nrm-drafts/nrm-referral.ts';
import { addPerson } from '../people/examples.ts';
import { addNote } from '../referrals/examples.ts';
import { suggestFromNotes } from './note-suggestions.ts';

const note = {
  ...{ id: newTimelessId<'note'>(), day: '2026-11-26', town: 'Hertford' },
  ...{ language: 'Vietnamese', interpreter: 'by phone' as const, disclosed: ['passport held'] },
  outcomes: ['wants help now', 'indicators seen'] as const,
};

test('a note suggests what was seen and how the person was spoken to, and no place where it happened', () => {
  const found = suggestFromNotes([note]);
  assert.equal(
    found['how you spoke']?.value,
    'Met in Hertford on 26 November 2026. Language: Vietnamese, interpreter by phone.',
  );
  assert.equal(found['signs seen']?.value, 'yes');
  assert.equal(found.town?.value, undefined, 'where somebody was met need not be where it happened');
  assert.equal(found.town?.says, 'From the note of 26 November 2026: met in Hertford. Check with the person.');
  assert.deepEqual(suggestFromNotes([]), {});
  const plain = suggestFromNotes([{ ...note, outcomes: ['took a card'], disclosed: [] }]);
  assert.deepEqual(
    [plain['signs seen'], plain['which signs'], plain['needs support']],
    [undefined, undefined, undefined],
  );
});

test('the form offers what the note says until it is saved, to readers of the note and on a referral alone', async (t) => {
  const world = await helpedIn(await openApplication(t, { today: '2026-11-26', time: '10:47' }));
  const { signIn, member, advisers, lead, adviser, metAt, safeguardingDb: db, keys, clock } = world;
  const written = await addNote(db, keys, { ...metAt, encounterId: newTimelessId() }, adviser, {
    ...{ town: 'Hertford', outcomes: ['wants help now', 'indicators seen'] },
    ...{ language: 'Vietnamese', interpreter: 'by phone' },
  });
  const origin = { origin: 'met at visit', originId: written.encounterId, operationId: written.operationId } as const;
  const person = await addPerson(db, keys, lead, clock.now(), { ...origin, yearOfBirth: null, age: 'adult' });
  const noted = { by: lead.id, on: '2026-11-26' };
  const fork = (answer: 'yes' | 'no'): NrmReferralContent['fork'] => ({
    ...{ assessor: null, able: null, decisionMaker: null, decision: null, doubt: { ...noted, answer: 'no' } },
    consent: {
      ...{ ...noted, answer, how: 'the person themself', digest: 'd', wordingId: 'w' },
      ...{ language: 'vi', interpreted: 'remote interpreter', interpreter: 'I 7' },
    },
  });
  const begin = (said: Partial<NrmReferralContent>) => seedNrmReferral(db, keys, person, clock.now(), { said });
  const number = formVersions.at(-1)?.sections.findIndex(({ title }) => title === 'Evidence');
  const evidence = (id: string) => `/staff/safeguarding/nrm-referrals/${id}/parts/${number}`;
  const agreed = await begin({ fork: fork('yes') });
  const at = await signIn(lead);
  const { body } = await at.get(evidence(agreed.id));
  assert.match(body, /Met in Hertford on 26 November 2026\. Language: Vietnamese, interpreter by phone\.<\/textarea>/);
  assert.match(body, /From the note of 26 November 2026: indicators were seen\. Check with the person\./);
  assert.match(body, /name="modern-slavery-indicators"[^>]*value="yes" checked/);
  const concern = (await at.get(`/staff/safeguarding/nrm-referrals/${agreed.id}`)).body;
  assert.match(concern, /An answer can lead to one more question/);
  const read = await db.selectFrom('accessLog').select('returned').where('event', '=', 'notes.listed').execute();
  assert.ok(
    read.some(({ returned }) => returned?.includes(written.id)),
    'the note is in the log',
  );

  const caseworker = await member(advisers, ['partner caseworker'], 'Col League');
  const closed = (await (await signIn(caseworker)).get(evidence(agreed.id))).body;
  assert.doesNotMatch(closed, /Hertford|From the note/, 'a colleague who cannot read the note');
  const refused = await begin({ fork: fork('no') });
  const notified = (await at.get(evidence(refused.id))).body;
  assert.doesNotMatch(notified, /Hertford|From the note/, 'a notification names no place of a meeting');
});

test('before the route is decided no answers are counted, because the form can change', async (t) => {
  const {
    signIn,
    lead,
    safeguardingDb: db,
    keys,
    clock,
  } = await helpedIn(await openApplication(t, { today: '2026-11-26', time: '10:47' }));
  const person = await addPerson(db, keys, lead, clock.now());
  const concern = await seedNrmReferral(db, keys, person, clock.now());
  const { body } = await (await signIn(lead)).get(`/staff/safeguarding/nrm-referrals/${concern.id}`);
  assert.match(body, /Safelight counts the missing answers once you have answered the question above/);
  assert.doesNotMatch(body, /Missing answers|\d+ of \d+/);
});

test('the question of consent starts in the language of the record', async (t) => {
  const {
    signIn,
    lead,
    safeguardingDb: db,
    keys,
    clock,
  } = await helpedIn(await openApplication(t, { today: '2026-11-26', time: '10:47' }));
  const person = await addPerson(db, keys, lead, clock.now(), {
    ...{ language: 'Vietnamese', interpreter: 'needed', interpreterGender: 'a woman' },
  });
  const doubt = { by: lead.id, on: '2026-11-26', answer: 'no' } as const;
  const fork = { assessor: null, able: null, decisionMaker: null, decision: null, doubt, consent: null };
  const concern = await seedNrmReferral(db, keys, person, clock.now(), { said: { fork } });
  const { body } = await (await signIn(lead)).get(`/staff/safeguarding/nrm-referrals/${concern.id}/question`);
  assert.match(body, /The record says: Vietnamese; an interpreter is needed/);
  assert.match(body, /<option value="vi" selected/);
  assert.match(
    body,
    /These words are in English only\. The person’s language is recorded as Vietnamese, with an interpreter needed\. Have the words interpreted before you ask\. The person asked for a woman as interpreter\./,
  );
});
