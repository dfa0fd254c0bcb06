import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgencyKind } from '../../vocabulary/people.ts';
import { findFirstResponderEntry, listFirstResponderAgencies, type NationCode, nationOf } from './who-may-submit.ts';

const agency = (kind: AgencyKind, more = {}) => ({
  id: kind as never,
  kind,
  name: `Some ${kind}`,
  officialName: `Some ${kind} in full`,
  firstResponder: true,
  side: 'help' as const,
  ...more,
});

const cases: readonly [string, ReturnType<typeof agency>, NationCode, string, string | undefined][] = [
  ['a council that is marked', agency('council'), 'england', '2026-11-26', 'councils-england-wales'],
  ['a council that is not', agency('council', { firstResponder: false }), 'england', '2026-11-26', undefined],
  ['a council before there was a list', agency('council'), 'england', '2015-10-31', undefined],
  ['a Scottish council', agency('council'), 'scotland', '2026-11-26', 'councils-scotland-northern-ireland'],
  ['nurses in England, marked by mistake', agency('health'), 'england', '2026-11-26', undefined],
  ['a trust in Northern Ireland', agency('health'), 'northern-ireland', '2026-11-26', 'hsc-trusts'],
  ['advisers, marked by mistake', agency('sexual violence advisers'), 'england', '2026-11-26', undefined],
  [
    'a police force that is marked',
    agency('police force'),
    'england',
    '2026-11-26',
    'territorial-police-england-wales',
  ],
  ['an immigration unit that is marked', agency('immigration'), 'england', '2026-11-26', 'immigration-enforcement'],
  [
    'Border Force, by its name',
    agency('immigration', { officialName: 'Home Office: Border Force' }),
    'england',
    '2026-11-26',
    'border-force',
  ],
  ['a charity on no list', agency('voluntary'), 'england', '2026-11-26', undefined],
];
for (const [name, who, nation, day, entry] of cases)
  test(`${name}: ${entry ?? 'submits nothing'}`, () =>
    assert.equal(findFirstResponderEntry(who, nation, day)?.id, entry));

test('finds a charity on the list by its official name, however it is written', () => {
  const charity = agency('voluntary', { officialName: ' the salvation army ' });
  const other = agency('voluntary', { officialName: 'Salvation Army' });
  assert.ok(
    findFirstResponderEntry(charity, 'england', '2026-11-26') ??
      findFirstResponderEntry(other, 'england', '2026-11-26'),
  );
});

test('lists only support agencies to take a concern to', () => {
  const all = [agency('council'), agency('health'), agency('police force', { side: 'enforcement' })];
  assert.deepEqual(
    listFirstResponderAgencies(all, 'england', '2026-11-26').map(({ kind }) => kind),
    ['council'],
  );
});

test('uses England if the nation is not recorded', () => {
  assert.equal(nationOf(undefined), 'england');
  assert.equal(nationOf('wales'), 'wales');
  assert.equal(nationOf(['wales']), 'england');
});
