import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { clockOn, clocksOn } from './catalogue.ts';
import { clockEntries, readClocks } from './load.ts';

const text = readFileSync(new URL('./clocks.yaml', import.meta.url), 'utf8');

test('at most one rule of each clock is in force on any day of ten years', () => {
  for (let day = '2019-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
    const ids = clocksOn(clockEntries, day).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, day);
  }
});

test('applies the rule of the day on which a clock began', () => {
  const daysOf = (day: string) => {
    const term = clockOn(clockEntries, 'recovery-period', day)?.term;
    return term?.counts === 'calendar days' ? term.days : undefined;
  };
  assert.equal(daysOf('2019-09-16'), 45);
  assert.equal(daysOf('2023-01-29'), 45);
  assert.equal(daysOf('2023-01-30'), 30);
  assert.equal(daysOf('2010-01-01'), 45, 'before the first rule kept here, the first');
  assert.equal(clockOn(clockEntries, 'no-such-clock', '2026-11-25'), undefined);
});

test('has all required clocks with their lengths', () => {
  const lengths = Object.fromEntries(
    clocksOn(clockEntries, '2026-11-25').map(({ id, term }) => [
      id,
      term.counts === 'elapsed minutes' ? `${term.minutes} min` : `${term.days} ${term.counts}`,
    ]),
  );
  assert.deepEqual(lengths, {
    'notice-acknowledged': '15 min',
    'concern-answered': '1 working days',
    'urgent-referral-answered': '2880 min',
    'referral-answered': '5 working days',
    'question-answered': '1 working days',
    'police-protection': '4320 min',
    'reasonable-grounds': '5 working days',
    'recovery-period': '30 calendar days',
    'help-arrived-28': '28 calendar days',
    'help-arrived-90': '90 calendar days',
    'hiv-prophylaxis': '4320 min',
    'emergency-contraception': '7200 min',
    'forensic-vaginal': '10080 min',
    'forensic-anal': '4320 min',
    'forensic-mouth': '2880 min',
    'forensic-skin': '2880 min',
    'forensic-urine': '7200 min',
    'forensic-blood': '4320 min',
  });
});

test('health clocks belong to the nurse, are chances and not duties, and say what to check and what stays possible', () => {
  for (const { group, keptBy, means, check, afterwards, id } of clockEntries) {
    assert.equal(group === 'health', keptBy === 'nurse', id);
    if (group !== 'health') continue;
    assert.equal(means, 'possible until', id);
    assert.ok(check.length > 0, id);
    assert.match(afterwards, /\banyway\b/, id);
  }
});

const broken: readonly [what: string, from: string, to: string, says: RegExp][] = [
  ['a source that nobody names', 'sources: [CA46, FRG46]', 'sources: [CA47]', /no source CA47/],
  [
    'no source and no word of it',
    'sources: [CA46, FRG46]\n    check: ["The subsection that says 72 hours was not read in the Act itself."]',
    'sources: []\n    check: []',
    /does not say so/,
  ],
  [
    'ours, with a source of law',
    'ours: false\n    sources: [CA46, FRG46]',
    'ours: true\n    sources: [CA46, FRG46]',
    /either ours/,
  ],
  ['two rules for one day', 'validTo: "2023-01-29"', 'validTo: "2023-01-30"', /two rules of recovery-period/],
  ['an end before its beginning', 'validTo: "2023-01-29"', 'validTo: "2018-12-31"', /ends before it begins/],
  ['two ways of counting', 'term: { minutes: 15 }', 'term: { minutes: 15, hours: 1 }', /./],
  ['a day that is none', 'validFrom: "2023-01-30"', 'validFrom: "2023-02-30"', /./],
  ['a length of nothing', 'term: { hours: 72 }', 'term: { hours: 0 }', /./],
];

for (const [what, from, to, says] of broken) {
  test(`a file is refused that has ${what}`, () => {
    assert.ok(text.includes(from), from);
    assert.throws(() => readClocks(text.replace(from, to)), says);
  });
}
