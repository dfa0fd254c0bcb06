import assert from 'node:assert/strict';
import { test } from 'node:test';
import { full, nothing, restricted, type Sight, see } from './visibility.ts';

type Place = { readonly name: string };
type Town = { readonly town: string };

test('each of the three answers is heard, and one that is forgotten does not compile', () => {
  const say = (seen: Sight<Place, Town>): string =>
    see(seen, { full: ({ name }) => name, restricted: ({ town }) => town, nothing: () => 'nothing' });
  assert.deepEqual([say(full({ name: 'a' })), say(restricted({ town: 'b' })), say(nothing)], ['a', 'b', 'nothing']);

  // @ts-expect-error `tsc` refuses this line because the case `restricted` is missing; without that error it refuses the comment.
  const forgotten = (seen: Sight<Place, Town>) => see(seen, { full: ({ name }: Place) => name, nothing: () => '' });
  assert.equal(typeof forgotten, 'function');
  // @ts-expect-error The record is not there before somebody has asked which sight it is.
  const unasked = (seen: Sight<Place, Town>) => seen.record;
  assert.equal(unasked(nothing), undefined);
});
