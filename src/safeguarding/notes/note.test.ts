import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instantAt } from '../../platform/clock.ts';
import { addDays, weekdayOf } from '../../vocabulary/calendar/days.ts';
import { formatDeadline } from '../../vocabulary/calendar/moments.ts';
import {
  type AnswerDeadline,
  calculateAnswerDeadline,
  checkReferral,
  decide,
  filterRecipients,
  isAwaitingAnswer,
  isDuplicateReferral,
  type Referral,
  takeBack,
} from '../referrals/referral.ts';
import {
  adviceKinds,
  deriveFacts,
  type NoteAnswers,
  needKinds,
  outcomes,
  selectableOutcomes,
  validateNoteAnswers,
} from './note.ts';

const nothing: NoteAnswers = { advice: [], understood: null, needs: [], outcomes: [], disclosed: [], wants: null };
const refusalOf = (result: { ok: true } | { ok: false; refusal: string }): string =>
  result.ok ? 'ok' : result.refusal;

test('accepts and refuses combinations of answers in a note', () => {
  const cases: [string, Partial<NoteAnswers>][] = [
    ['nothing said', {}],
    ['understood missing', { advice: ['health'] }],
    ['ok', { advice: ['health'], understood: 'not known' }],
    ['ok', { outcomes: ['took a card'] }],
    ['ok', { outcomes: ['declined police contact', 'wants help now', 'took a card'] }],
    ['wants something and nothing', { outcomes: ['wants nothing now', 'wants help later'] }],
    ['ok', { outcomes: ['wants help now', 'wants help later'] }],
    ['needs and none', { needs: ['nothing now', 'health'], outcomes: ['took a card'] }],
    ['offered and not offered', { outcomes: ['referral agreed', 'no referral offered'] }],
    ['offered and not offered', { outcomes: ['referral declined', 'no referral offered'] }],
    // Agreed to one agency, declined another.
    ['ok', { outcomes: ['referral agreed', 'referral declined'] }],
    ['ok', { outcomes: ['no referral offered', 'wants help now'] }],
    ['both', { outcomes: ['no indicators', 'indicators seen'] }],
    ['both', { outcomes: ['no indicators'], disclosed: ['earnings taken'] }],
  ];
  for (const [expected, more] of cases) assert.equal(refusalOf(validateNoteAnswers({ ...nothing, ...more })), expected);
});

test('advice of any kind is advice given, without a tick', () => {
  const stands = validateNoteAnswers({ ...nothing, advice: ['safety'], understood: 'in part' });
  assert.deepEqual(stands.ok && stands.value.outcomes, ['advice given']);
});

test('whether the person speaks to police never decides what may be recorded, nor whether help is asked for', () => {
  const some = <One>(of: readonly One[]) => fc.uniqueArray(fc.constantFrom(...of));
  const anything = fc.record({
    advice: some(adviceKinds),
    understood: fc.constantFrom('yes' as const, null),
    needs: some(needKinds),
    outcomes: some(selectableOutcomes.filter((one) => one !== 'declined police contact')),
    disclosed: fc.constant([]),
    wants: fc.constant(null),
  });
  fc.assert(
    fc.property(anything, (asked) => {
      const silent = { ...asked, outcomes: [...asked.outcomes, 'declined police contact' as const] };
      const [with_, without] = [refusalOf(validateNoteAnswers(silent)), refusalOf(validateNoteAnswers(asked))];
      assert.equal(with_, without === 'nothing said' ? 'ok' : without);
    }),
  );
});

test('facts have kinds and needs, and no words of the person', () => {
  const facts = deriveFacts({
    advice: ['health', 'safety'],
    understood: 'yes',
    needs: ['shelter', 'papers'],
    outcomes: ['advice given', 'declined police contact'],
    disclosed: ['earnings taken'],
    wants: 'secret',
    age: 'under 18',
  });
  assert.deepEqual(facts, [
    { indicator: 'people.advised', part: 'health' },
    { indicator: 'people.advised', part: 'safety' },
    { indicator: 'needs.recorded', part: 'shelter' },
    { indicator: 'needs.recorded', part: 'papers' },
    { indicator: 'victims.inNotes', part: 'child' },
    { indicator: 'people.declinedPolice', part: null },
  ]);
  const ofAdult = (said: Partial<NoteAnswers>) => deriveFacts({ ...nothing, age: 'adult', ...said });
  assert.deepEqual(ofAdult({ needs: ['nothing now'], outcomes: ['no indicators'] }), []);
  assert.deepEqual(ofAdult({ outcomes: ['referral agreed', 'no referral offered'] }), []);
  const seen = [{ indicator: 'victims.inNotes', part: 'adult' }];
  assert.deepEqual(ofAdult({ outcomes: ['indicators seen'] }), seen);
  assert.deepEqual(ofAdult({ disclosed: ['earnings taken'] }), seen);
  assert.deepEqual(deriveFacts({ ...nothing, age: null, outcomes: ['indicators seen'] }), [
    { indicator: 'victims.inNotes', part: 'not known' },
  ]);
  assert.equal(outcomes.length, 14);
});

test('a referral goes, with consent, to a support agency that has somebody to read it', () => {
  const agencies = [
    { id: 'council', side: 'help' as const },
    { id: 'empty', side: 'help' as const },
    { id: 'police', side: 'enforcement' as const },
  ];
  const members = [
    { agencyId: 'council', roles: ['partner caseworker' as const] },
    { agencyId: 'empty', roles: ['field' as const] },
    { agencyId: 'police', roles: ['partner caseworker' as const] },
  ];
  const recipients = filterRecipients(agencies, members);
  assert.deepEqual(
    recipients.map(({ id }) => id),
    ['council'],
  );
  assert.equal(refusalOf(checkReferral('police', 'agreed', recipients, 'adult')), 'not a recipient');
  assert.equal(refusalOf(checkReferral('council', 'not agreed', recipients, 'adult')), 'not agreed');
  for (const aged of ['under 18', 'not known', 'not read'] as const)
    assert.equal(refusalOf(checkReferral('council', 'treated as child', recipients, aged)), 'ok');
  assert.equal(refusalOf(checkReferral('council', 'treated as child', recipients, 'adult')), 'known adult');
  assert.equal(refusalOf(checkReferral('council', 'not agreed', recipients, 'under 18')), 'known child');
});

test('a referral is decided once, and declined with a reason', () => {
  const sent = { state: 'sent' } as Referral;
  const at = new Date();
  assert.equal(refusalOf(decide(sent, 'declined', null, 'm' as never, at)), 'reason missing');
  assert.equal(refusalOf(decide({ ...sent, state: 'accepted' }, 'declined', 'x', 'm' as never, at)), 'already decided');
  const accepted = decide(sent, 'accepted', 'x', 'm' as never, at);
  assert.equal(accepted.ok && accepted.value.reason, 'x', 'where and when, for whoever asked');
});

test('a referral on a legal ground is taken back once; one that rests on consent only the person can withdraw', () => {
  const sent = { state: 'sent', ended: null, ground: 'vital interests' } as Referral;
  assert.equal(refusalOf(takeBack(sent, new Date())), 'ok');
  assert.equal(refusalOf(takeBack({ ...sent, state: 'accepted' }, new Date())), 'ok');
  assert.equal(refusalOf(takeBack({ ...sent, state: 'declined' }, new Date())), 'over');
  assert.equal(refusalOf(takeBack({ ...sent, ended: 'finished' }, new Date())), 'over');
  assert.equal(refusalOf(takeBack({ ...sent, ground: 'agreed' }, new Date())), 'rests on what was agreed');
});

test('a question waits until it is answered, even within one hour', () => {
  const at = (hour: number, item: 'wishes' | null) => ({ item, writtenAt: new Date(hour * 3_600_000) });
  const [asked, answered] = [(hour: number) => at(hour, null), (hour: number) => at(hour, 'wishes')];
  const cases: [ReturnType<typeof at>[], boolean][] = [
    [[], false],
    [[answered(1)], false],
    [[asked(1)], true],
    [[asked(1), answered(1)], false],
    [[asked(1), answered(1), asked(1)], true],
    [[asked(1), asked(1), answered(2)], false],
    [[asked(1), answered(2), asked(3)], true],
  ];
  for (const [messages, waits] of cases) assert.equal(isAwaitingAnswer(messages), waits, JSON.stringify(messages));
});

test('the deadline for an answer is shown as a day or an hour, as it was set', () => {
  const days = {
    isWorking: (day: string) => !['Saturday', 'Sunday'].includes(weekdayOf(day)),
    endOf: (day: string) => instantAt(addDays(day, 1), '00:00'),
  };
  const thursday = new Date('2026-11-26T10:00:00Z');
  const due = (within: AnswerDeadline) => formatDeadline(calculateAnswerDeadline(within, thursday, '2026-11-26', days));
  assert.equal(due('by the next working day'), 'the end of Friday 27 November 2026');
  assert.equal(due('within five working days'), 'the end of Thursday 3 December 2026');
  assert.equal(due('within four hours'), '14:00 on Thursday 26 November 2026');
  assert.equal(due('today'), 'the end of Thursday 26 November 2026');
  const minutesPast = new Date('2026-11-26T14:11:00Z');
  assert.equal(
    formatDeadline(calculateAnswerDeadline('within four hours', minutesPast, '2026-11-26', days)),
    '18:00 on Thursday 26 November 2026',
    'never later than four hours',
  );
  const late = new Date('2026-11-26T20:00:00Z');
  assert.equal(
    formatDeadline(calculateAnswerDeadline('within four hours', late, '2026-11-26', days)),
    'the end of Thursday 26 November 2026',
  );
});

test('refuses a second request to the same agency for the same help while the first is open', () => {
  const open = { toAgency: 'council', needs: ['shelter'], state: 'sent', ended: null } as unknown as Referral;
  const asked = { ...open, papers: ['letter', 'draft'] };
  assert.ok(isDuplicateReferral(open, [], [asked]));
  assert.ok(isDuplicateReferral(open, [{ id: 'draft' }], [asked]));
  assert.ok(!isDuplicateReferral(open, [{ id: 'a later draft' }], [asked]), 'with a paper that they do not have');
  assert.ok(isDuplicateReferral(open, [], [{ ...asked, state: 'accepted' }]));
  for (const other of [{ state: 'declined' }, { ended: 'taken back' }, { needs: ['money'] }, { toAgency: 'nurses' }])
    assert.ok(!isDuplicateReferral(open, [], [{ ...asked, ...other } as typeof asked]), JSON.stringify(other));
});
