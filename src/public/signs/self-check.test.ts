import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { exampleService } from './examples.ts';
import { guidanceFor } from './guidance.ts';
import { listGuidance, listSigns } from './load.ts';
import {
  adviceBases,
  adviceBasisOf,
  exploitationOf,
  helpSeekerOf,
  kinds,
  type Reader,
  readers,
  type SelfCheckReader,
  selectTicked,
  servicesFor,
  signsAsked,
} from './self-check.ts';
import { isControlSign } from './signs.ts';

const today = '2026-11-25';
const signs = listSigns(today);
const guidance = listGuidance(today);
const askers: readonly SelfCheckReader[] = readers.flatMap((reader) => kinds.map((kind) => ({ reader, kind })));
const told = (asker: SelfCheckReader, footing: (typeof adviceBases)[number]) =>
  guidanceFor(guidance, asker, footing).map(({ id }) => id);

const advice: readonly [
  reader: Reader,
  kind: SelfCheckReader['kind'],
  footing: (typeof adviceBases)[number],
  ids: string[],
][] = [
  [
    'worried person',
    'labour exploitation',
    'a sign of control',
    ['tell somebody who can ask', 'facts', 'observe only'],
  ],
  ['worried person', 'child exploitation', 'no sign of control', ['no reason', 'talk it over', 'observe only']],
  [
    'it is happening to me',
    'sexual exploitation',
    'no sign of control',
    ['without being sure', 'police are your choice', 'safe to talk', 'your agreement'],
  ],
  [
    'it is happening to me',
    'child exploitation',
    'a sign of control',
    ['without being sure', 'police are your choice', 'safe to talk', 'under 18'],
  ],
  [
    'it is happening to me',
    'not known',
    'a sign of control',
    ['without being sure', 'police are your choice', 'safe to talk', 'your agreement', 'under 18'],
  ],
  [
    'professional',
    'child exploitation',
    'a sign of control',
    [
      'facts',
      'alone, with an interpreter of theirs',
      'no companion interprets',
      'help has no price',
      'no guessing',
      'child',
    ],
  ],
  [
    'professional',
    'criminal exploitation',
    'no sign of control',
    ['no reason', 'talk it over', 'no companion interprets', 'help has no price', 'no guessing'],
  ],
];

for (const [reader, kind, footing, ids] of advice) {
  test(`${reader}, ${kind}, on ${footing}, sees what fits and no more`, () => {
    assert.deepEqual(told({ reader, kind }, footing), ids);
  });
}

test('every reader has signs to look for and something to do, for every kind', () => {
  for (const asker of askers) {
    const asked = signsAsked(asker, signs);
    assert.ok(asked.filter(isControlSign).length >= 10, JSON.stringify(asker));
    assert.equal(asked.every(isControlSign), asker.reader === 'it is happening to me', JSON.stringify(asker));
    for (const footing of adviceBases) {
      const parts = guidanceFor(guidance, asker, footing).map(({ part }) => part);
      assert.ok(parts.includes('do'), JSON.stringify(asker));
      assert.equal(parts.includes('law'), asker.reader === 'professional' && footing === 'a sign of control');
    }
  }
});

test('each kind of exploitation has signs of its own, and what is not known has those that hold for all', () => {
  const asked = (kind: SelfCheckReader['kind']) => new Set(signsAsked({ reader: 'worried person', kind }, signs));
  const general = asked('not known');
  for (const kind of exploitations) {
    assert.ok(general.isSubsetOf(asked(kind)), kind);
    assert.ok([...asked(kind).difference(general)].some(isControlSign), kind);
  }
});

test('no advice without a sign of control asks anybody to report or to refer', () => {
  for (const asker of askers.filter(({ reader }) => reader !== 'it is happening to me')) {
    for (const { text } of guidanceFor(guidance, asker, 'no sign of control'))
      assert.doesNotMatch(text.replace('is a reason to report anybody', ''), /\b(report|refer|notif|tell one)/i, text);
  }
});

test('without a sign of control other readers see no services that take reports; people who ask about themselves always see all', () => {
  const all = (['emergency', 'police', 'enforcement', 'support', 'anonymous reporting'] as const).map((role) =>
    exampleService(role, { role }),
  );
  const shown = (reader: Reader, footing: (typeof adviceBases)[number]) =>
    servicesFor({ reader, kind: 'not known' }, footing, all).map(({ id }) => id);
  assert.deepEqual(shown('worried person', 'no sign of control'), ['emergency', 'support']);
  assert.deepEqual(shown('professional', 'no sign of control'), ['emergency', 'support']);
  assert.equal(shown('worried person', 'a sign of control').length, 5);
  for (const footing of adviceBases) assert.equal(shown('it is happening to me', footing).length, 5);
});

test('services are chosen by the kind that the reader named, and by none where the reader does not know', () => {
  for (const kind of exploitations) assert.equal(exploitationOf({ reader: 'professional', kind }), kind);
  assert.equal(exploitationOf({ reader: 'professional', kind: 'not known' }), undefined);
});

test('questions about a child get the answer for a child, whichever reader asks', () => {
  for (const reader of readers)
    assert.equal(helpSeekerOf({ reader, kind: 'child exploitation' }), 'child or worried about a child');
  assert.equal(helpSeekerOf({ reader: 'professional', kind: 'not known' }), 'professional');
});

test('whatever is ticked, a sign that means nothing alone changes nothing, and a second sign of control neither', () => {
  const [alone, control] = [signs.filter((sign) => !isControlSign(sign)), signs.filter(isControlSign)];
  const ticks = fc.record({
    asker: fc.constantFrom(...askers),
    ticked: fc.subarray(signs.map(({ id }) => id)),
    more: fc.subarray(alone.map(({ id }) => id)),
    another: fc.constantFrom(...control.map(({ id }) => id)),
  });
  fc.assert(
    fc.property(ticks, ({ asker, ticked, more, another }) => {
      const footing = adviceBasisOf(selectTicked(asker, signs, ticked));
      assert.equal(adviceBasisOf(selectTicked(asker, signs, [...ticked, ...more])), footing);
      if (footing === 'a sign of control')
        assert.equal(adviceBasisOf(selectTicked(asker, signs, [...ticked, another])), footing);
    }),
    { numRuns: 2_000, seed: 20261125 },
  );
});

test('what was not asked is not heard', () => {
  const asker: SelfCheckReader = { reader: 'it is happening to me', kind: 'labour exploitation' };
  assert.deepEqual(selectTicked(asker, signs, ['tattoo', 'no such sign', 'moved about']), []);
  assert.deepEqual(
    selectTicked(asker, signs, ['debt', 'tattoo', 'afraid']).map(({ id }) => id),
    ['afraid', 'debt'],
  );
});
