import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { adviceKinds, factsOf, needKinds, outcomes, type Said, said, tickedOutcomes } from './note.ts';
import { decide, type Referral, recipientsAmong, refer } from './referral.ts';

const nothing: Said = { advice: [], understood: null, needs: [], outcomes: [], wants: null };
const refusalOf = (result: { ok: true } | { ok: false; refusal: string }): string =>
  result.ok ? 'ok' : result.refusal;

test('what may stand together in a note', () => {
  const cases: [string, Partial<Said>][] = [
    ['nothing said', {}],
    ['understood missing', { advice: ['health'] }],
    ['ok', { advice: ['health'], understood: 'not known' }],
    ['ok', { outcomes: ['took a card'] }],
    ['ok', { outcomes: ['did not wish to speak to police', 'wants help now', 'took a card'] }],
    ['wants something and nothing', { outcomes: ['wants nothing now', 'wants help later'] }],
    ['ok', { outcomes: ['wants help now', 'wants help later'] }],
    ['needs and none', { needs: ['nothing now', 'health'], outcomes: ['took a card'] }],
    ['both', { outcomes: ['no indicators', 'indicators seen'] }],
  ];
  for (const [expected, more] of cases) assert.equal(refusalOf(said({ ...nothing, ...more })), expected);
});

test('advice of any kind is advice given, without a tick', () => {
  const stands = said({ ...nothing, advice: ['safety'], understood: 'in part' });
  assert.deepEqual(stands.ok && stands.value.outcomes, ['advice given']);
});

test('whether the person speaks to police never decides what may be recorded, nor whether help is asked for', () => {
  const some = <One>(of: readonly One[]) => fc.uniqueArray(fc.constantFrom(...of));
  const anything = fc.record({
    advice: some(adviceKinds),
    understood: fc.constantFrom('yes' as const, null),
    needs: some(needKinds),
    outcomes: some(tickedOutcomes.filter((one) => one !== 'did not wish to speak to police')),
    wants: fc.constant(null),
  });
  fc.assert(
    fc.property(anything, (asked) => {
      const silent = { ...asked, outcomes: [...asked.outcomes, 'did not wish to speak to police' as const] };
      const [with_, without] = [refusalOf(said(silent)), refusalOf(said(asked))];
      assert.equal(with_, without === 'nothing said' ? 'ok' : without);
    }),
  );
});

test('facts are of kinds and needs; nothing that was said is in them', () => {
  const facts = factsOf({
    advice: ['health', 'safety'],
    understood: 'yes',
    needs: ['shelter', 'papers'],
    outcomes: ['advice given', 'did not wish to speak to police'],
    wants: 'secret',
  });
  assert.deepEqual(facts, [
    { indicator: 'people.advised', part: 'health' },
    { indicator: 'people.advised', part: 'safety' },
    { indicator: 'needs.recorded', part: 'shelter' },
    { indicator: 'needs.recorded', part: 'papers' },
    { indicator: 'people.declinedPolice', part: null },
  ]);
  assert.deepEqual(factsOf({ ...nothing, needs: ['nothing now'], outcomes: ['no indicators'] }), []);
  assert.equal(outcomes.length, 11);
});

test('a referral goes to help that has somebody to read it, with agreement', () => {
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
  const recipients = recipientsAmong(agencies, members);
  assert.deepEqual(
    recipients.map(({ id }) => id),
    ['council'],
  );
  assert.equal(refusalOf(refer('police', 'agreed', recipients)), 'not a recipient');
  assert.equal(refusalOf(refer('council', 'not agreed', recipients)), 'not agreed');
  assert.equal(refusalOf(refer('council', 'under 18 or age not known', recipients)), 'ok');
});

test('a referral is decided once, and declined with a reason', () => {
  const sent = { state: 'sent' } as Referral;
  const at = new Date();
  assert.equal(refusalOf(decide(sent, 'declined', null, 'm' as never, at)), 'reason missing');
  assert.equal(refusalOf(decide({ ...sent, state: 'accepted' }, 'declined', 'x', 'm' as never, at)), 'already decided');
  const accepted = decide(sent, 'accepted', 'x', 'm' as never, at);
  assert.equal(accepted.ok && accepted.value.reason, null);
});
