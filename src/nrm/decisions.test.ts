import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { addDays } from '../vocabulary/calendar/days.ts';
import {
  addWorkingDays,
  type DecisionKind,
  type NrmCase,
  reasonableGroundsAim,
  recordDecision,
  recoveryAtLeastUntil,
  stateOf,
  testOn,
  withinRecovery,
} from './decisions.ts';
import { consentInformationOn, decisionTests, periods } from './load.ts';

const rules = { tests: decisionTests, periods };
const begun = (referredOn: string): NrmCase => ({
  referredOn,
  referredAs: 'adult',
  decisions: [],
  suspendedOn: null,
  withdrawnOn: null,
});
const whole = (held: NrmCase, kind: DecisionKind, outcome: 'positive' | 'negative', day: string): NrmCase => {
  const decided = recordDecision(held, kind, outcome, day, rules);
  assert.ok(decided.ok, decided.ok ? '' : decided.refusal);
  return decided.value;
};

const tests: readonly [DecisionKind, string, string | undefined][] = [
  ['reasonable grounds', '2015-10-31', undefined],
  ['reasonable grounds', '2019-09-18', 'rg-suspect'],
  ['reasonable grounds', '2023-01-29', 'rg-suspect'],
  ['reasonable grounds', '2023-01-30', 'rg-objective'],
  ['reasonable grounds', '2023-07-09', 'rg-objective'],
  ['reasonable grounds', '2023-07-10', 'rg-believe'],
  ['reasonable grounds', '2026-11-25', 'rg-believe'],
  ['conclusive grounds', '2019-09-18', 'cg-balance'],
  ['conclusive grounds', '2026-11-25', 'cg-balance'],
];
for (const [kind, day, id] of tests)
  test(`${kind} on ${day} are decided by ${id ?? 'no rule kept here'}`, () =>
    assert.equal(testOn(decisionTests, kind, day)?.id, id));

const recoveries: readonly [string, string | undefined, string | undefined][] = [
  ['2015-10-31', undefined, undefined],
  ['2019-09-25', '2019-11-09', 'recovery-45'],
  ['2023-01-29', '2023-03-15', 'recovery-45'],
  ['2023-01-30', '2023-03-01', 'recovery-30'],
  ['2024-02-01', '2024-03-02', 'recovery-30'],
];
for (const [decidedOn, until, rule] of recoveries)
  test(`recovery from ${decidedOn} lasts at least until ${until ?? 'nobody knows when'}`, () =>
    assert.deepEqual(recoveryAtLeastUntil(periods, decidedOn), until ? { until, rule } : null));

const weekday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
test('excludes weekends, holidays and the day itself from the five working days', () => {
  assert.equal(reasonableGroundsAim(periods, '2026-11-25', weekday), '2026-12-02');
  const closed = new Set(['2026-12-25', '2026-12-28']);
  assert.equal(
    reasonableGroundsAim(periods, '2026-12-23', (day) => weekday(day) && !closed.has(day)),
    '2027-01-01',
  );
  assert.equal(reasonableGroundsAim(periods, '2015-10-30', weekday), null);
  assert.throws(() => addWorkingDays('2026-11-25', 1, () => false));
});

test('keeps the test in force on the day of the decision, not of the referral', () => {
  const held = whole(begun('2023-01-27'), 'reasonable grounds', 'positive', '2023-01-30');
  assert.equal(held.decisions[0]?.testId, 'rg-objective');
  assert.equal(
    whole(begun('2023-01-27'), 'reasonable grounds', 'positive', '2023-01-29').decisions[0]?.testId,
    'rg-suspect',
  );
});

test('refuses decisions in an impossible order or with impossible dates', () => {
  const start = begun('2026-03-02');
  const positive = whole(start, 'reasonable grounds', 'positive', '2026-03-09');
  const concluded = whole(positive, 'conclusive grounds', 'positive', '2026-05-01');
  const refusal = (held: NrmCase, kind: DecisionKind, day: string) => {
    const decided = recordDecision(held, kind, 'positive', day, rules);
    return decided.ok ? 'accepted' : decided.refusal;
  };
  assert.equal(refusal(start, 'reasonable grounds', '2026-03-01'), 'before the referral');
  assert.equal(refusal(start, 'conclusive grounds', '2026-03-09'), 'reasonable grounds first');
  assert.equal(refusal(start, 'reconsideration', '2026-03-09'), 'nothing to reconsider');
  assert.equal(refusal(positive, 'reasonable grounds', '2026-03-10'), 'already decided');
  assert.equal(refusal(positive, 'conclusive grounds', '2026-03-08'), 'before the last decision');
  assert.equal(refusal(concluded, 'conclusive grounds', '2026-06-01'), 'already decided');
  assert.equal(refusal({ ...positive, withdrawnOn: '2026-03-20' }, 'conclusive grounds', '2026-05-01'), 'withdrawn');
  assert.equal(refusal(begun('2015-01-05'), 'reasonable grounds', '2015-01-09'), 'no rule for that day');
});

test('lets a reconsideration replace the negative decision before it', () => {
  const no = whole(begun('2026-03-02'), 'reasonable grounds', 'negative', '2026-03-09');
  assert.equal(stateOf(no), 'negative');
  const yes = whole(no, 'reconsideration', 'positive', '2026-04-01');
  assert.equal(stateOf(yes), 'in recovery');
  const concluded = whole(yes, 'conclusive grounds', 'negative', '2026-06-01');
  assert.equal(stateOf(concluded), 'negative');
  assert.equal(stateOf(whole(concluded, 'reconsideration', 'positive', '2026-07-01')), 'conclusive positive');
  assert.equal(testOn(decisionTests, 'reconsideration', '2026-04-01')?.test, null, 'what was not read is not made up');
});

test('reports a conclusive decision within an adult’s recovery period without refusing it; for a child both may come together', () => {
  const positive = whole(begun('2026-03-02'), 'reasonable grounds', 'positive', '2026-03-09');
  assert.equal(withinRecovery(positive, addDays('2026-03-09', 29), periods), true);
  assert.equal(withinRecovery(positive, addDays('2026-03-09', 30), periods), false);
  assert.equal(withinRecovery({ ...positive, referredAs: 'child' }, '2026-03-09', periods), false);
  assert.equal(stateOf({ ...positive, suspendedOn: '2026-03-12' }), 'suspended');
  assert.equal(stateOf({ ...positive, withdrawnOn: '2026-03-12' }), 'withdrawn');
});

const saysOn = (day: string): string[] => consentInformationOn(day)?.sentences.map(({ says }) => says) ?? [];

test('informs an adult about police, crime and silence before asking; has no wording before the first version', () => {
  const says = saysOn('2026-11-28').join(' ');
  assert.match(
    says,
    /The police will record a crime committed against you, with you as the victim\. You do not have to speak to them\./,
  );
  assert.match(says, /you can change your mind/i);
  assert.equal(consentInformationOn('2026-04-26'), undefined);
});

test('keeps each day’s wording unchanged, because consents refer to it by digest', () => {
  const versions = [
    ['2026-04-27', 'told-2026-11', '505dd4dd5415b81c4d8e3b0cb8d765af3da19f8b1af1cd1501ee054d6b5a0b50'],
    ['2026-11-27', 'told-2026-11', '505dd4dd5415b81c4d8e3b0cb8d765af3da19f8b1af1cd1501ee054d6b5a0b50'],
    ['2026-11-28', 'told-2026-11-28', '6069eea88d0f96731eb6db904a3dcd414554918d33092537b05a1800f2dcd02e'],
    ['2026-11-29', 'told-2026-11-29', 'f05de0b2755d93a36fbcc77596029a7c99dd9401386b7904b22f315a18d721ae'],
  ] as const;
  for (const [day, id, digest] of versions) {
    const now = createHash('sha256').update(saysOn(day).join('\n')).digest('hex');
    assert.deepEqual(
      [consentInformationOn(day)?.id, now],
      [id, digest],
      `${day}: words that were shown are never changed; add a version`,
    );
  }
});

test('says from 29 November 2026 on that the Home Office is also in charge of immigration', () => {
  const said = 'The Home Office is also in charge of immigration.';
  assert.ok(saysOn('2026-11-29').includes(said));
  assert.ok(!saysOn('2026-11-28').includes(said));
});

test('keeps the current adult wording free of blame and long sentences', () => {
  for (const sentence of saysOn('2026-11-29').flatMap((says) => says.split(/(?<=\.) /))) {
    assert.doesNotMatch(sentence, /recorded as a crime|crime against you|(?<!do not )have to speak/);
    assert.ok(sentence.split(' ').length <= 20, sentence);
  }
});
