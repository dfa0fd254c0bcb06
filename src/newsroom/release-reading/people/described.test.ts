import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClaims, readRelease } from '../claims.ts';
import { readForm } from '../parse-release.ts';
import type { ParsedRelease } from '../parsed-release.ts';

function release(body: string): ParsedRelease {
  const text = `---\narea: Oakshire\npublish:\n  date: 11 Jun 2024\n---\n\n${body}\n`;
  const reading = readForm(new TextEncoder().encode(text), 'release.md');
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.value;
}

const peopleIn = (body: string): string[] =>
  readClaims(release(body)).flatMap((one) => {
    if (one.kind !== 'person arrested') return [];
    const home = one.home ? `, of ${one.home}` : '';
    return [`person arrested: ${one.sex ?? 'sex not said'}, ${one.age ?? one.ageRange?.join('-')}${home}`];
  });

test('people described apart from their arrest count where they are as many as were arrested, and else stay unread', () => {
  const people = peopleIn;
  const two = 'The men, aged 34 and 36, and the woman, aged 31, from Marl, have been bailed.';
  const told3 = ['person arrested: male, 34', 'person arrested: male, 36', 'person arrested: female, 31, of Marl'];
  assert.deepEqual(people(`Police arrested three people.\n\n${two}`), told3);
  assert.deepEqual(people(`Two men and a woman were arrested.\n\n${two}`), told3);
  assert.deepEqual(people(`Police arrested four people.\n\n${two}`), []);
  assert.deepEqual(people(two), []);
  assert.deepEqual(people('A man was arrested in Denby. The 34-year-old, from Marl, has since been bailed.'), [
    'person arrested: male, 34, of Marl',
  ]);
  const list = 'The following people have been charged:\n\n* Jan Novak, 51, of Denby\n* Eva Malik, 44, of Marl';
  assert.deepEqual(people(`Officers made two arrests. ${list}`), [
    'person arrested: sex not said, 51, of Denby',
    'person arrested: sex not said, 44, of Marl',
  ]);
  assert.deepEqual(people(list), []);
  assert.deepEqual(
    people('Three people were arrested. They are aged from 34 to 45. Two are from Denby and one has no known address.'),
    [
      'person arrested: sex not said, 34-45, of Denby',
      'person arrested: sex not said, 34-45, of Denby',
      'person arrested: sex not said, 34-45',
    ],
  );
  assert.deepEqual(
    people(
      'Three people were arrested. The accused are aged from 34 to 45. Two are from Denby and one is from Marl.',
    ).toSorted(),
    [
      'person arrested: sex not said, 34-45, of Denby',
      'person arrested: sex not said, 34-45, of Denby',
      'person arrested: sex not said, 34-45, of Marl',
    ],
  );
  const { unread } = readRelease(release(`Police arrested three people.\n\n${two}`));
  assert.deepEqual(unread, []);
});

test('a name that a release gives in full beside its short one is one body, and a place is no speaker', () => {
  const claims = readClaims(
    release(
      'Oakshire Police worked with the Ministry of Trade, Innovation and Labour (MTIL) and Border Force.\n\nTwo were arrested in Stanmore County, Sheriff Jo Tennant said.',
    ),
  );
  assert.deepEqual(
    claims.flatMap((one) => (one.kind === 'partner' ? [one.name] : [])),
    ['Ministry of Trade, Innovation and Labour', 'Border Force'],
  );
  assert.deepEqual(
    claims.flatMap((one) => (one.kind === 'speaker' || one.kind === 'officer' ? [one.name] : [])),
    ['Jo Tennant'],
  );
});
