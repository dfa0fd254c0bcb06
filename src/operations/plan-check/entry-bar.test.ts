import assert from 'node:assert/strict';
import { test } from 'node:test';
import { good, noVisits, one, power, visitOf } from '../../../test/fixtures/plan.ts';
import { instantAt, timeOf } from '../../platform/clock.ts';
import type { Power } from '../plan/planned-power.ts';
import { type EntryBar, findEntryBar } from './entry-bar.ts';
import { checkPlan } from './plan-check.ts';

const day = '2026-09-16';
const ungranted = { decidedOn: null, expiresOn: null };
const letter = { basis: 'immigration-s28ca', decidedOn: '2026-09-12' };
const cases: readonly (readonly [string, Partial<Power>, EntryBar | undefined, string?])[] = [
  ['a warrant in force', {}, undefined],
  ['a warrant that is planned', { state: 'planned', ...ungranted }, { rule: 'not granted yet' }],
  ['a warrant that was applied for', { state: 'applied for', ...ungranted }, { rule: 'not granted yet' }],
  ['a warrant without a day of grant', ungranted, { rule: 'not granted yet' }],
  ['a refused warrant', { state: 'refused', expiresOn: null }, { rule: 'refused' }],
  ['a warrant on its last day', { expiresOn: day }, undefined, '21:59'],
  ['a warrant on the day after', { expiresOn: '2026-09-15' }, { rule: 'lapsed', lastDay: '2026-09-15' }],
  [
    'a warrant after the months of the law',
    { decidedOn: '2026-06-01', expiresOn: null },
    { rule: 'lapsed', lastDay: '2026-09-01' },
  ],
  ['an ended warrant by night', { expiresOn: '2026-09-15' }, { rule: 'lapsed', lastDay: '2026-09-15' }, '23:00'],
  ['a warrant at 6am', {}, undefined, '06:00'],
  ['a warrant just before 6am', {}, { rule: 'by night' }, '05:59'],
  ['a warrant at 10pm', {}, { rule: 'by night' }, '22:00'],
  [
    'an authority after its last day',
    { ...letter, expiresOn: '2026-09-15' },
    { rule: 'lapsed', lastDay: '2026-09-15' },
  ],
  ['consent, which nobody grants, by night', { basis: 'consent', state: 'planned', ...ungranted }, undefined, '23:00'],
  ['a power that the catalogue does not know', { basis: 'no-such-power' }, undefined],
];

for (const [what, more, expected, time = '10:00'] of cases)
  test(`${what}: ${expected?.rule ?? 'lets the team in'}, and the plan says the same`, () => {
    const planned = { ...power, ...more };
    const at = instantAt(day, time);
    assert.deepEqual(findEntryBar(planned, at), expected);
    const plan = { ...good, powers: [planned], visits: [visitOf(one, { day, starts: timeOf(at) })] };
    const bars = ['not granted yet', 'refused', 'lapsed', 'perhaps lapsed', 'by night'];
    const [first] = checkPlan(plan, at, noVisits).filter(({ rule }) => bars.includes(rule));
    assert.equal(first?.rule, expected?.rule);
  });

test('a warrant ends at midnight by the clock in London, not in UTC', () => {
  const lastDay = { ...power, expiresOn: day };
  assert.deepEqual(findEntryBar(lastDay, new Date('2026-09-16T22:59:00Z')), { rule: 'by night' });
  assert.deepEqual(findEntryBar(lastDay, new Date('2026-09-16T23:00:00Z')), { rule: 'lapsed', lastDay: day });
});
