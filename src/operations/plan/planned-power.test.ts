import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../vocabulary/ids.ts';
import { findPower } from '../powers-of-entry/load.ts';
import {
  checkCorrectedPower,
  getPowerState,
  nextStates,
  type Power,
  type PowerState,
  type PowerStep,
  takeStep,
} from './planned-power.ts';

const today = '2026-09-18';
const rule = (basis: string) => {
  const found = findPower(basis, today);
  assert.ok(found);
  return found;
};
const power: Power = {
  id: newId(),
  operationId: newId(),
  premisesId: newId(),
  basis: 'pace-s8',
  state: 'planned',
  purposes: [],
  holderId: null,
  heldBy: null,
  reference: 'first',
  appliedOn: null,
  decidedOn: null,
  grantedBy: null,
  expiresOn: null,
  executedAt: null,
  returnedOn: null,
  accompanying: [],
  entries: 'one',
  note: null,
};
const step = (to: PowerState, more: Partial<PowerStep> = {}): PowerStep => ({
  to,
  on: today,
  at: null,
  reference: null,
  lastDay: null,
  accompanying: null,
  entries: null,
  grantedBy: null,
  note: null,
  ...more,
});

test('a power goes its way, and no other', () => {
  const warrant = rule('pace-s8');
  const ways: Record<PowerState, readonly PowerState[]> = {
    planned: ['applied for', 'granted'],
    'applied for': ['granted', 'refused'],
    granted: ['executed', 'returned'],
    executed: ['returned'],
    refused: [],
    returned: [],
  };
  for (const [from, to] of Object.entries(ways))
    assert.deepEqual(nextStates({ state: from as PowerState }, warrant), to, from);
  assert.deepEqual(nextStates({ state: 'planned' }, rule('consent')), ['executed'], 'nobody grants consent beforehand');
  assert.deepEqual(nextStates({ state: 'planned' }, rule('immigration-s28ca')), ['applied for', 'granted']);
});

test('lapses by the shorter reading where the text was not read', () => {
  const unread = findPower('immigration-para17', '2016-09-18');
  assert.ok(unread);
  const result = takeStep({ ...power, basis: unread.id }, step('granted', { on: '2016-09-18' }), unread, today);
  assert.ok(result.ok);
  assert.equal(result.value.expiresOn, '2016-10-18');
});

test('steps are taken or refused, case by case', () => {
  const granted: Power = {
    ...power,
    state: 'granted',
    appliedOn: '2026-09-01',
    decidedOn: '2026-09-02',
    expiresOn: '2026-09-10',
  };
  const cases: readonly (readonly [string, Power, PowerStep, string | Partial<Power>])[] = [
    ['applied for', power, step('applied for'), { state: 'applied for', appliedOn: today, reference: 'first' }],
    ['granted, lapsing by law', power, step('granted'), { expiresOn: '2026-12-18', decidedOn: today }],
    ['granted, as the paper says', power, step('granted', { lastDay: '2026-10-01' }), { expiresOn: '2026-10-01' }],
    ['granted for longer than the law', power, step('granted', { lastDay: '2026-12-19' }), 'lasts longer than the law'],
    ['lapsed before it began', power, step('granted', { lastDay: '2026-09-17' }), 'lapsed before it began'],
    [
      'the paper’s own day within the longer reading',
      { ...power, basis: 'immigration-para17' },
      step('granted', { lastDay: '2026-12-18' }),
      { expiresOn: '2026-12-18' },
    ],
    ['an AD letter', { ...power, basis: 'immigration-s28ca' }, step('granted'), { expiresOn: '2026-09-24' }],
    ['consent is used, never granted', { ...power, basis: 'consent' }, step('granted'), 'not from here'],
    [
      'consent used',
      { ...power, basis: 'consent' },
      step('executed', { at: new Date('2026-09-18T09:00:00Z') }),
      { state: 'executed', expiresOn: null },
    ],
    ['to come', power, step('applied for', { on: '2026-09-19' }), 'in the future'],
    [
      'decided before it was applied for',
      { ...power, state: 'applied for', appliedOn: '2026-09-10' },
      step('granted', { on: '2026-09-09' }),
      'before the step before',
    ],
    ['executed before it was granted', granted, step('executed', { on: '2026-09-01' }), 'before the step before'],
    ['executed too late is written down', granted, step('executed', { on: '2026-09-11' }), { state: 'executed' }],
    ['refused, and that is the end', { ...power, state: 'refused' }, step('granted'), 'not from here'],
    [
      'names who comes along',
      power,
      step('granted', { accompanying: [newId()], reference: 'W/7' }),
      { reference: 'W/7' },
    ],
  ];
  for (const [name, from, taken, expected] of cases) {
    const result = takeStep(from, taken, rule(from.basis), today);
    if (typeof expected === 'string') assert.deepEqual(result, { ok: false, refusal: expected }, name);
    else {
      assert.ok(result.ok, name);
      assert.deepEqual({ ...result.value, ...expected }, result.value, name);
    }
  }
});

test('a power expires by the day and by nothing else', () => {
  const granted = { state: 'granted', expiresOn: '2026-09-18' } as const;
  assert.equal(getPowerState(granted, '2026-09-18'), 'granted');
  assert.equal(getPowerState(granted, '2026-09-19'), 'expired');
  assert.equal(getPowerState({ state: 'executed', expiresOn: '2026-09-18' }, '2026-09-19'), 'executed');
  assert.equal(getPowerState({ state: 'granted', expiresOn: null }, '2099-01-01'), 'granted');
});

test('a correction of a power keeps to the law and the order of dates', () => {
  const kept: Power = {
    ...power,
    state: 'granted',
    appliedOn: '2026-09-01',
    decidedOn: '2026-09-02',
    expiresOn: '2026-10-02',
  };
  for (const [name, more, used, expected] of [
    ['as it is', {}, null, true],
    ['the whole of three months', { expiresOn: '2026-12-02' }, null, true],
    ['longer', { expiresOn: '2026-12-03' }, null, 'lasts longer than the law'],
    ['before it was granted', { expiresOn: '2026-09-01' }, null, 'lapsed before it began'],
    ['to come', { decidedOn: '2026-09-19' }, null, 'in the future'],
    ['out of order', { appliedOn: '2026-09-03' }, null, 'before the step before'],
    ['used before it was granted', {}, '2026-09-01', 'before the step before'],
    ['returned before it was used', { returnedOn: '2026-09-04' }, '2026-09-05', 'before the step before'],
    ['never granted', { decidedOn: null, expiresOn: null }, null, true],
  ] as const) {
    const result = checkCorrectedPower({ ...kept, ...more }, rule('pace-s8'), today, used);
    if (expected === true) assert.ok(result.ok, name);
    else assert.deepEqual(result, { ok: false, refusal: expected }, name);
  }
});
