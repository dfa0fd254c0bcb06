import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ContactNote,
  type ContactNoteContent,
  deriveHelpStatus,
  findHelpErrors,
  findHelpReferrals,
  type HelpRefusal,
  helpTypes,
} from './help.ts';

const offer = (
  help: (typeof helpTypes)[number],
  answer: Extract<ContactNoteContent, { what: 'offer' }>['answer'],
): ContactNoteContent => ({
  what: 'offer',
  help,
  answer,
  words: null,
});
const needs = (...named: Extract<ContactNoteContent, { what: 'needs' }>['needs']): ContactNoteContent => ({
  what: 'needs',
  needs: named,
  words: null,
});
const act = (number: number, done: ContactNoteContent): ContactNote => ({
  id: `act-${number}` as never,
  personId: 'person' as never,
  agencyId: 'agency' as never,
  authorId: 'author' as never,
  number,
  at: new Date('2026-09-18T09:00:00Z'),
  done,
});

test('refuses contradictions and accepts every answer to every offer', () => {
  const cases: [ContactNoteContent, HelpRefusal[]][] = [
    [needs(), []],
    [needs('shelter', 'money'), []],
    [needs('nothing now'), []],
    [needs('nothing now', 'money'), ['needs and none']],
    [offer('nothing now', 'accepted'), []],
    [offer('nothing now', 'declined'), ['nothing to offer']],
    [offer('nothing now', 'offered, no answer yet'), ['nothing to offer']],
    ...helpTypes
      .filter((help) => help !== 'nothing now')
      .flatMap((help) =>
        (['offered, no answer yet', 'accepted', 'declined'] as const).map(
          (answer): [ContactNoteContent, HelpRefusal[]] => [offer(help, answer), []],
        ),
      ),
  ];
  for (const [done, wrong] of cases) assert.deepEqual(findHelpErrors(done), wrong, JSON.stringify(done));
});

test('a referral counts for the help that it asks for; an accepted one before one that waits', () => {
  const referral = (more: Record<string, unknown>) => ({
    ...{ needs: ['shelter'], purpose: 'requested help', state: 'sent', ended: null },
    ...{ toAgency: 'council', day: '2026-09-18' },
    ...more,
  });
  const states = (...given: Record<string, unknown>[]) =>
    Object.fromEntries(
      [...findHelpReferrals(given.map(referral) as never[])].map(([help, { state, toAgency }]) => [
        help,
        `${state} ${toAgency}`,
      ]),
    );
  assert.deepEqual(states(), {});
  assert.deepEqual(states({}), { 'safe accommodation': 'sent council' });
  assert.deepEqual(states({ state: 'accepted' }, { toAgency: 'charity', day: '2026-09-20' }), {
    'safe accommodation': 'accepted council',
  });
  assert.deepEqual(states({ state: 'declined' }, { state: 'accepted', ended: 'taken back' }), {});
  assert.deepEqual(states({ state: 'accepted', ended: 'finished', needs: ['health', 'money', 'safety'] }), {
    health: 'accepted council',
    'money and papers': 'accepted council',
  });
  assert.deepEqual(states({ needs: [], purpose: 'NRM referral' }), {
    'the National Referral Mechanism': 'sent council',
  });
});

test('the latest answer by number counts, whatever the order of reading; unasked needs and offers stay undefined', () => {
  assert.deepEqual(deriveHelpStatus([]), { needs: undefined, offers: new Map() });
  const acts = [
    act(4, offer('health', 'accepted')),
    act(1, needs('money', 'shelter')),
    act(3, needs('money')),
    act(2, offer('health', 'declined')),
    act(5, offer('the National Referral Mechanism', 'declined')),
  ];
  for (const read of [acts, [...acts].reverse()]) {
    const stands = deriveHelpStatus(read);
    assert.deepEqual(stands.needs, { kinds: ['money'], words: null });
    assert.equal(stands.offers.get('health')?.done.answer, 'accepted');
    assert.equal(stands.offers.get('the National Referral Mechanism')?.done.answer, 'declined');
    assert.equal(stands.offers.size, 2);
  }
});
