import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countPage } from '../pages.ts';
import { sayNoRecords } from './figure-pages.ts';

test('the page of a count says before and while it counts that it takes time', () => {
  const operation = { id: 'an operation', codeName: 'Lantern', endsOn: '2026-09-18' } as never;
  const { lead, waiting, sending } = countPage(operation, undefined, '2026-09-20');
  assert.match(lead?.join(' ') ?? '', /takes up to half a minute/);
  assert.match(waiting ?? '', /being counted/);
  assert.equal(sending, undefined, 'no file is sent');
});

test('a figure without records is called zero only if it is', () => {
  assert.match(sayNoRecords({ kind: 'number', value: 0, qualifier: 'exact' }), /is zero/);
  for (const total of [{ kind: 'not known' } as const, undefined]) assert.doesNotMatch(sayNoRecords(total), /zero/);
});
