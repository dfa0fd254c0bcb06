import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordState } from '../possible-access/possible-access.ts';
import type { Entry } from '../store.ts';
import { toAccesses } from './accesses.ts';

const kept = (keptIn: string, said: RecordState['said']): RecordState => ({
  since: -Infinity,
  until: Infinity,
  keptIn,
  said,
});
const shown: Entry = {
  ...({ at: new Date('2026-09-18T10:00:00Z'), event: 'arrest.shown', memberId: 'm', requestId: 'r' } as Entry),
  subject: 'child',
  returned: [],
  breakGlassId: null,
};
const find = (standings: ReadonlyMap<string, readonly RecordState[]>) =>
  toAccesses([shown], { standings, parentOf: ({ said }) => said.above as string | undefined, policy: {} });

test('records that name each other as parent end the search, and the operation is still found', () => {
  const circle = new Map([
    ['child', [kept('contents', { above: 'child' }), kept('arrests', { above: 'visit' })]],
    ['visit', [kept('photos', { above: 'child' }), kept('visits', { operation_id: 'operation' })]],
  ]);
  const [found] = find(circle);
  assert.equal(found?.operation, 'operation');
  assert.equal(found?.closedAt, undefined);
  assert.deepEqual(found?.people, ['child']);
});

test('a circle without an operation has none', () => {
  const [found] = find(new Map([['child', [kept('arrests', { above: 'child' })]]]));
  assert.equal(found?.operation, undefined);
});
