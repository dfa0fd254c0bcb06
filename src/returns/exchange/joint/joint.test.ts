import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idNamed, type Said } from '../document/examples.ts';
import { exampleWeek, keptReturn, keyOf, lea, stort } from '../inbox/examples.ts';
import { judgeWeek, type Reporter } from '../inbox/inbox.ts';
import { listLikelyPairs } from '../inbox/joint-visits.ts';
import { rollUp } from '../inbox/roll-up.ts';
import { fieldOf, readDecisions } from './decisions.ts';
import { listEvidence, toPairContext } from './pair-evidence.ts';

const line = (visits: number) => ({ day: '2026-09-15', town: 'Ware', kind: 'nail bar', visits, premises: visits });
const joint = (reference: string, kind = 'nail bar') => ({
  ...{ reference, day: '2026-09-15', town: 'Ware', kind, counts: { 'visits.made': 1 } },
});

function pairOf(...sent: readonly (readonly [Reporter, Said])[]) {
  const keys = [lea, stort].map((one) => keyOf(one));
  const documents = sent.map(([reporter, said]) =>
    keptReturn(reporter, { counts: { 'visits.made': 3 }, visits: [line(1)], ...said }),
  );
  const { added } = rollUp(judgeWeek(exampleWeek(), { keys, documents }, new Date('2026-09-23T12:00:00Z')), new Map());
  const pairs = listLikelyPairs(added);
  const [pair] = pairs;
  assert.ok(pair);
  return { pairs, pair, evidence: listEvidence(pair, toPairContext(added)) };
}

test('says what two returns say for one visit, and what against it', () => {
  const alike = pairOf([lea, {}], [stort, {}]).evidence;
  assert.deepEqual(alike, {
    same: ['Both have one visit there that day.', 'Both operations have the same name.'],
    different: [],
  });
  const named = { id: idNamed('another'), name: 'Operation Wren' };
  const apart = pairOf(
    [lea, { visits: [line(2)], jointVisits: [joint('JV-ABCD-2345'), joint('JV-WXYZ-6789', 'car wash')] }],
    [stort, { operation: named, jointVisits: [joint('JV-WXYZ-6789', 'car wash')] }],
  ).evidence;
  assert.match(apart.same.join(' '), /gives a visit there the reference JV-ABCD-2345\. No other return names it/);
  assert.match(apart.different.join(' '), /The first return has two visits there that day, the second one\./);
  assert.match(apart.different.join(' '), /share a reference for another visit, and none for this one/);
});

test('says that one operation may have been entered twice', () => {
  const twice = { operation: { id: idNamed('the same again'), name: 'Operation Lantern' } };
  assert.match(pairOf([lea, {}], [lea, twice]).evidence.same.join(' '), /may have entered the operation twice/);
});

test('reads what was changed, and refuses a pair that is no longer there', () => {
  const { pairs, pair } = pairOf([lea, {}], [stort, {}]);
  const read = (typed: object, decisions: Parameters<typeof readDecisions>[1]['decisions'] = []) =>
    readDecisions(typed as Record<string, unknown>, { pairs, decisions });
  const field = fieldOf(pair);
  assert.deepEqual(read({ [field]: 'same', [`was-${field}`]: 'open' }).changes, [{ pair: pair.key, answer: 'same' }]);
  assert.deepEqual(Object.keys(read({ [field]: 'open', [`was-${field}`]: 'open' }).errors), ['']);
  assert.match(read({ [field]: 'perhaps' }).errors[field] ?? '', /Select an answer/);
  assert.match(read({ 'pair-gone': 'same', 'was-pair-gone': 'open' }).errors[''] ?? '', /returns of this week changed/);
  assert.match(
    read({ [field]: 'same' }).errors[field] ?? '',
    /Open this page again/,
    'without what it was opened with',
  );
  const decided = [{ pair: pair.key, answer: 'different' as const }];
  assert.match(read({ [field]: 'same', [`was-${field}`]: 'open' }, decided).errors[field] ?? '', /A colleague decided/);
});
