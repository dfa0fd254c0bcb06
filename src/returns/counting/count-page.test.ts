import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countPage } from '../pages.ts';
import { sayNoRecords } from './figure-pages.ts';

test('the page of a count says that a large one takes longer, and that the next page waits', () => {
  const operation = { id: 'an operation', codeName: 'Lantern', endsOn: '2026-09-18' } as never;
  const { lead, waiting, sending } = countPage(operation, undefined, '2026-09-20');
  assert.match(lead?.join(' ') ?? '', /A large one takes longer: the next page waits for it/);
  assert.match(waiting ?? '', /being counted/);
  assert.equal(sending, undefined, 'no file is sent');
});

test('a figure without records is called zero only if it is', () => {
  assert.match(sayNoRecords({ kind: 'number', value: 0, qualifier: 'exact' }), /is zero/);
  for (const total of [{ kind: 'not known' } as const, undefined]) assert.doesNotMatch(sayNoRecords(total), /zero/);
});
