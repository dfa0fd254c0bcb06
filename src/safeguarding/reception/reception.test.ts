import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemberId } from '../../vocabulary/ids.ts';
import {
  capacityOf,
  checkPlan,
  freeBeds,
  fullHours,
  type Gap,
  gapsOf,
  type Reception,
  type RotaEntry,
  standDown,
  stateOf,
} from './reception.ts';

const at = (hour: number, minute = 0): Date => new Date(Date.UTC(2026, 8, 18, hour, minute));
const lead = 'lead' as MemberId;
const reception = { opensAt: at(8), closesAt: at(20), places: 10, stoodDownAt: null, stoodDownBy: null } as Reception;
const entry = (work: RotaEntry['work'], more: Partial<RotaEntry> = {}): RotaEntry =>
  ({ work, startsAt: at(8), endsAt: at(20), endedAt: null, beds: null, ...more }) as RotaEntry;
const full = [
  entry('leads reception'),
  entry('nurse'),
  entry('adviser'),
  entry('interpreter', { language: 'Romanian' }),
  entry('first-night shelter', { beds: 10 }),
];

test('a reception opens and closes by its hours, and stands down for good', () => {
  const cases: readonly (readonly [Date, string])[] = [
    [at(7, 59), 'planned'],
    [at(8), 'open'],
    [at(19, 59), 'open'],
    [at(20), 'closed'],
  ];
  for (const [now, state] of cases) assert.equal(stateOf(reception, now), state);
  const down = standDown(reception, 0, lead, at(21));
  assert.ok(down.ok);
  for (const [now] of cases) assert.equal(stateOf(down.value, now), 'stood down');
  assert.deepEqual(standDown(down.value, 0, lead, at(22)), { ok: false, refusal: 'stood down already' });
  assert.deepEqual(standDown(reception, 1, lead, at(21)), { ok: false, refusal: 'people are here' });
});

test('reports gaps before the week starts', () => {
  const without = (work: RotaEntry['work']) => full.filter((one) => one.work !== work);
  const [leaderless, bedless] = [without('leads reception'), without('first-night shelter')];
  const leads = (more: Partial<RotaEntry>) => entry('leads reception', more);
  const shelter = (more: Partial<RotaEntry>) => entry('first-night shelter', more);
  const cases: readonly (readonly [string, readonly RotaEntry[], readonly Gap[]])[] = [
    ['all are there', full, []],
    ['nobody', [], ['nobody leads', 'no nurse', 'no adviser', 'no interpreter', 'no bed']],
    ['no lead', leaderless, ['nobody leads']],
    ['no nurse', without('nurse'), ['no nurse']],
    ['no adviser', without('adviser'), ['no adviser']],
    ['no interpreter', without('interpreter'), ['no interpreter']],
    ['no bed', bedless, ['no bed']],
    ['nine beds', [...bedless, shelter({ beds: 9 })], ['fewer beds than places']],
    ['taken off', [...without('nurse'), entry('nurse', { endedAt: at(9) })], ['no nurse']],
    ['a lead who goes', [...leaderless, leads({ endsAt: at(19) })], ['hours without a lead']],
    [
      'two leads with an hour between',
      [...leaderless, leads({ endsAt: at(12) }), leads({ startsAt: at(13) })],
      ['hours without a lead'],
    ],
    ['two leads, the later named first', [...leaderless, leads({ startsAt: at(12) }), leads({ endsAt: at(12) })], []],
  ];
  for (const [name, rota, gaps] of cases) assert.deepEqual(gapsOf(reception, rota), gaps, name);
});

test('counts what is on the rota, and not what was taken off', () => {
  const more = [...full, entry('first-night shelter', { beds: 3 }), entry('nurse', { endedAt: at(9) })];
  assert.deepEqual(capacityOf(reception, more), { places: 10, interpreters: 1, nurses: 1, advisers: 1, beds: 13 });
  assert.equal(freeBeds({ beds: 3 }, 2), 1);
  assert.equal(freeBeds({ beds: 3 }, 4), 0);
});

test('refuses an impossible plan', () => {
  assert.ok(checkPlan(at(8), at(20), at(7)).ok);
  assert.ok(checkPlan(at(8), at(20), at(19)).ok, 'under way');
  assert.deepEqual(checkPlan(at(20), at(8), at(7)), { ok: false, refusal: 'ends before it begins' });
  assert.deepEqual(checkPlan(at(8), at(20), at(20)), { ok: false, refusal: 'over already' });
  assert.deepEqual(checkPlan(at(8), at(8 + 49), at(7)), { ok: false, refusal: 'longer than two days' });
});

test('rounds every time to the full hours around it', () => {
  for (let minute = 0; minute < 60; minute += 1) {
    const { startsAt, endsAt } = fullHours(at(8, minute), at(15, minute));
    assert.ok(startsAt <= at(8, minute) && endsAt >= at(15, minute));
    assert.equal(startsAt.getTime() % 3_600_000, 0);
    assert.equal(endsAt.getTime() % 3_600_000, 0);
  }
});
