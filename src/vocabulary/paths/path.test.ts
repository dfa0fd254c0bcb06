import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staffPath } from './path.ts';

test('an address is built from its route, with one id for each parameter', () => {
  assert.equal(staffPath('/visits')(), '/staff/visits');
  assert.equal(staffPath('/visits/:id')('1'), '/staff/visits/1');
  assert.equal(staffPath('/people/:id/notes/:note')('1', '2'), '/staff/people/1/notes/2');
  assert.equal(staffPath('/people/:id/notes').route, '/people/:id/notes');
});

test('what an id holds stays inside its part of the address', () => {
  assert.equal(staffPath('/visits/:id/leave')('a/b?c'), '/staff/visits/a%2Fb%3Fc/leave');
});
