import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serialiseCanonically } from '../vocabulary/canonical-json.ts';
import { exactly, type Figure, type Figures, type Quantity } from '../vocabulary/figures.ts';
import type { Check } from './counting/checks.ts';
import { applyQualification, countPhrases, type QualifyRefusal, qualify } from './counting/qualify.ts';
import {
  calculateDigest,
  checkSigning,
  compareFigures,
  getLastDay,
  nextVersion,
  type Return,
  type SignRefusal,
  type Workings,
} from './return.ts';

const atLeast = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'at least' });
const about = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'about' });
const words = (text: string): Quantity => ({ kind: 'words', words: text });

const sayings: readonly (readonly [count: number, quantity: Quantity, outcome: 'true' | QualifyRefusal])[] = [
  [7, atLeast(7), 'true'],
  [7, atLeast(1), 'true'],
  [7, atLeast(8), 'the records say fewer'],
  [0, atLeast(1), 'the records say fewer'],
  [7, atLeast(0), 'says nothing'],
  [7, about(7), 'true'],
  [7, about(8), 'true'],
  [7, about(9), 'not near the records'],
  [3, about(4), 'not near the records'],
  [38, about(40), 'true'],
  [38, about(45), 'not near the records'],
  [0, about(1), 'not near the records'],
  [7, words('several'), 'true'],
  [2, words('several'), 'the words are not true'],
  [10, words('several'), 'the words are not true'],
  [3, words('a few'), 'true'],
  [0, words('a few'), 'the words are not true'],
  [30, words('dozens'), 'true'],
  [7, words('very many indeed'), 'the words are not true'],
  [7, exactly(7), 'is the exact number'],
  [7, exactly(6), 'not near the records'],
  [7, { kind: 'not known' }, 'says nothing'],
];

for (const [count, quantity, outcome] of sayings) {
  const said = serialiseCanonically(quantity);
  test(`${said} of a count of ${count}: ${outcome}`, () => {
    const judged = qualify(count, quantity);
    assert.equal(judged.ok ? 'true' : judged.refusal, outcome);
  });
}

test('words for counts start at two, so that none of them points to one person', () => {
  for (const [fewest, most] of Object.values(countPhrases)) assert.ok(fewest >= 2 && fewest < most);
});

const advised: Figure = {
  indicator: 'people.advised',
  total: exactly(7),
  breakdowns: {
    byTown: [
      { of: { town: 'Watford' }, quantity: exactly(4) },
      { of: { town: 'Ware' }, quantity: exactly(3) },
    ],
  },
};

test('a figure in words, about, or with a lower minimum prints no parts as numbers', () => {
  for (const quantity of [words('several'), about(7), atLeast(5)]) {
    const said = applyQualification(advised, quantity);
    assert.deepEqual(said, { indicator: 'people.advised', total: quantity, breakdowns: {} });
  }
});

test('under a floor that is the count itself, parts are floors that add up', () => {
  const { total, breakdowns } = applyQualification(advised, atLeast(7));
  assert.deepEqual(total, atLeast(7));
  assert.deepEqual(
    breakdowns.byTown?.map(({ quantity }) => quantity),
    [atLeast(4), atLeast(3)],
  );
});

const drawn: Return = {
  id: 'r' as Return['id'],
  operationId: 'o' as Return['operationId'],
  version: 1,
  stage: 'provisional',
  definitions: '2026-01',
  facts: { localDates: ['2026-09-14', '2026-09-20'] } as unknown as Return['facts'],
  figures: { 'people.advised': advised },
  protection: [],
  note: null,
  madeBy: 'm',
  madeAt: new Date('2026-09-18T12:00:00Z'),
  signature: null,
};
const signature = { signedBy: 'm', signedAt: new Date(), digest: '', countersignedBy: null, countersignedAt: null };
const failed = (stops: Check['stops']): Check => ({
  says: '',
  holds: false,
  stops,
  found: '',
  figures: [],
  records: [],
});
const workings = (...checks: Check[]): Workings => ({ counted: drawn.figures, qualifications: {}, checks });
const seen = calculateDigest(drawn);

const over = { today: '2026-09-21', lastDay: '2026-09-20' };

/** A provisional signature on what was shown, with nothing left to do. A case says what differs. */
const usual: Parameters<typeof checkSigning>[2] = {
  final: false,
  seen,
  recordsChanged: false,
  waiting: false,
  glassToReview: 0,
  ...over,
};
const later = { ...drawn, version: 2 };

const signings: readonly (readonly [
  title: string,
  differs: Partial<typeof usual>,
  outcome: Return['stage'] | SignRefusal,
  given?: Return,
  ...failed: Check[],
])[] = [
  ['a first version', {}, 'provisional'],
  ['a first version, when records have moved on', { recordsChanged: true }, 'provisional'],
  ['all that is to come is in', { final: true }, 'final'],
  ['a later version', { seen: calculateDigest(later) }, 'revised', later],
  ['signed before', {}, 'already signed', { ...drawn, signature }],
  ['figures that were not shown', { seen: 'other' }, 'changed since you looked'],
  ['a sum that does not hold', {}, 'checks fail', drawn, failed('signing')],
  ['a visit still open', { final: true }, 'not all done', drawn, failed('final')],
  ['a visit still open, provisionally', {}, 'provisional', drawn, failed('final')],
  ['a matter of judgement', { final: true }, 'final', drawn, failed('nothing')],
  ['signed as final, and waiting', { waiting: true }, 'waits for a second'],
  ['glass that nobody reviewed, yet final', { final: true, glassToReview: 1 }, 'glass not reviewed'],
  ['glass that nobody reviewed, provisional', { glassToReview: 1 }, 'provisional'],
  ['records changed, yet final', { final: true, recordsChanged: true }, 'recount first'],
  ['the last day itself, yet final', { final: true, today: over.lastDay }, 'operation not over'],
  ['the last day itself, provisionally', { today: over.lastDay }, 'provisional'],
];

for (const [title, differs, outcome, given = drawn, ...checks] of signings) {
  test(`signing: ${title}: ${outcome}`, () => {
    const decided = checkSigning(given, workings(...checks), { ...usual, ...differs });
    assert.equal(decided.ok ? decided.value : decided.refusal, outcome);
  });
}

test('a final return waits for the later of the day that was counted and the day that is planned now', () => {
  const [, last] = drawn.facts.localDates;
  assert.equal(getLastDay(drawn, last), last);
  assert.equal(getLastDay(drawn, '2026-12-24'), '2026-12-24');
  assert.equal(getLastDay(drawn, '2026-01-01'), last);
});

test('a fresh count takes the place of a draft, follows a signed version, and reopens a final one for a reason alone', () => {
  const signed = { ...drawn, version: 3, signature };
  const version = (latest: Return | undefined, reason: string | null = null) => {
    const next = nextVersion(latest, reason);
    return next.ok ? [next.value.version, next.value.replaces?.id ?? null] : next.refusal;
  };
  assert.deepEqual(version(undefined), [1, null]);
  assert.deepEqual(version({ ...drawn, version: 3 }), [3, 'r']);
  assert.deepEqual(version(signed), [4, null]);
  assert.equal(version({ ...signed, stage: 'final' }), 'reason missing');
  assert.deepEqual(version({ ...signed, stage: 'final' }, 'A late report'), [4, null]);
});

test('the digest depends on all that is signed and not on the order of fields', () => {
  const turned = Object.fromEntries(Object.entries(drawn).reverse()) as Return;
  assert.equal(calculateDigest(turned), seen);
  for (const change of [
    { operationId: 'p' as Return['operationId'] },
    { version: 2 },
    { stage: 'final' as const },
    { definitions: '2027-01' },
    { facts: { area: 'elsewhere' } as Return['facts'] },
    { figures: {} },
  ])
    assert.notEqual(calculateDigest({ ...drawn, ...change }), seen);
});

test('differences name every changed number, and parts that were added or removed', () => {
  const later: Figures = {
    'people.advised': {
      indicator: 'people.advised',
      total: exactly(8),
      breakdowns: {
        byTown: [
          { of: { town: 'Watford' }, quantity: exactly(4) },
          { of: { town: 'Hertford' }, quantity: exactly(4) },
        ],
      },
    },
  };
  const found = compareFigures(drawn.figures, later).map(({ of, before, after }) => [of.town, before, after]);
  assert.deepEqual(found, [
    [undefined, exactly(7), exactly(8)],
    ['Ware', exactly(3), exactly(0)],
    ['Hertford', exactly(0), exactly(4)],
  ]);
  assert.deepEqual(compareFigures(later, later), []);
  const silent = { 'people.advised': applyQualification(advised, words('several')) };
  assert.deepEqual(
    compareFigures(silent, drawn.figures).map(({ before }) => before),
    [words('several'), undefined, undefined],
    'what was not said is not nought',
  );
});
