import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayRange, sayTotal } from './said.ts';

const apart = ({ says, ...parts }: ReturnType<typeof sayTotal>) => [
  says,
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null)),
];

test('a total keeps its qualifier, and what is not known is no 0', () => {
  assert.deepEqual(
    [
      undefined,
      { value: 0, qualifier: 'not known' as const },
      { value: 0, qualifier: 'exact' as const },
      { value: 1_200, qualifier: 'at least' as const },
      { value: 25, qualifier: 'about' as const },
      { value: 7, qualifier: 'about' as const, least: 5 },
      { value: 7, qualifier: 'about' as const, least: 7 },
      { value: 20, qualifier: 'about' as const, least: 10, isRounded: true as const },
      { value: 8, qualifier: 'about' as const, least: 0 },
    ].map((total) => apart(sayTotal(total))),
    [
      ['not given', { qualifier: 'not given' }],
      ['not known', { qualifier: 'not known' }],
      ['0', { qualifier: 'exact', number: 0 }],
      ['at least 1,200', { qualifier: 'at least', number: 1_200 }],
      ['about 25', { qualifier: 'about', number: 25 }],
      ['between 5 and 7', { qualifier: 'between', least: 5, most: 7 }],
      ['about 7', { qualifier: 'about', number: 7 }],
      ['between about 10 and about 20', { qualifier: 'about', least: 10, most: 20 }],
      ['fewer than 9', { qualifier: 'between', least: 0, most: 8 }],
    ],
  );
});

test('a range says its ends and nothing more than the page', () => {
  assert.deepEqual(
    [
      { least: 7, most: 7, about: null },
      { least: 7, most: 7, about: 7 },
      { least: 1, most: 33, about: 15 },
      { least: 0, most: 4, about: null },
      // The page leaves out what was sent where nothing limits the sum.
      { least: 6, most: null, about: 15 },
    ].map((range) => apart(sayRange(range))),
    [
      ['7', { qualifier: 'exact', number: 7 }],
      ['about 7', { qualifier: 'about', number: 7 }],
      ['between 1 and 33 (about 15 as sent)', { qualifier: 'between', least: 1, most: 33, asSent: 15 }],
      ['between 0 and 4', { qualifier: 'between', least: 0, most: 4 }],
      ['at least 6', { qualifier: 'at least', number: 6 }],
    ],
  );
});
