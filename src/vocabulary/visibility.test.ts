import assert from 'node:assert/strict';
import { test } from 'node:test';
import { full, type LookupResult, matchLookup, notVisible, restricted } from './visibility.ts';

type Place = { readonly name: string };
type Town = { readonly town: string };

test('each of the three answers is heard, and one that is forgotten does not compile', () => {
  const say = (seen: LookupResult<Place, Town>): string =>
    matchLookup(seen, { full: ({ name }) => name, restricted: ({ town }) => town, nothing: () => 'nothing' });
  assert.deepEqual([say(full({ name: 'a' })), say(restricted({ town: 'b' })), say(notVisible)], ['a', 'b', 'nothing']);

  const forgotten = (seen: LookupResult<Place, Town>) =>
    // @ts-expect-error The case `restricted` is missing.
    matchLookup(seen, { full: ({ name }: Place) => name, nothing: () => '' });
  assert.equal(typeof forgotten, 'function');
  // @ts-expect-error The record is not there before somebody has asked which sight it is.
  const unasked = (seen: LookupResult<Place, Town>) => seen.record;
  assert.equal(unasked(notVisible), undefined);
});
