import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { prepareNames } from '../case-names.ts';
import { makeKeying } from './keying.ts';
import { indexWords } from './word-keys.ts';

test('makes the tokens that HMAC with SHA-256 makes', () => {
  for (const length of [1, 16, 32, 64]) {
    const key = randomBytes(length);
    const keying = makeKeying(key);
    for (const words of ['', 'popescu', 'Nguyễn', 'x'.repeat(300)])
      assert.equal(keying('exact', words), createHmac('sha256', key).update(`exact:${words}`).digest('base64url'));
  }
  assert.throws(() => makeKeying(randomBytes(65)), RangeError);
});

test('makes other tokens for each comparison', () => {
  assert.notEqual(makeKeying()('exact', 'popescu'), makeKeying()('exact', 'popescu'));
});

test('keeps no recorded word: what is compared with holds tokens and numbers alone', () => {
  const recorded = ['Nguyễn Thị Lan', 'Popescu, Maria (aka Mia)', 'Golden Lotus Nails', 'KX21 ABD', '07700 900123'];
  const prepared = prepareNames([
    { record: 'r1', kind: 'person', name: recorded[0] ?? '' },
    { record: 'r2', kind: 'person', name: recorded[1] ?? '' },
    { record: 'r3', kind: 'business', name: recorded[2] ?? '' },
    { record: 'r4', kind: 'note', name: `They came in KX21 ABD, and Ion Munteanu rang from 07700 900123.` },
  ]);
  const held = JSON.stringify(prepared, (_, value) =>
    value instanceof Map ? [...value] : value instanceof Set ? [...value] : value,
  );
  const tokens = held.match(/"[\w-]{43}"/g) ?? [];
  assert.ok(tokens.length > 20, `${tokens.length} tokens`);
  const rest = held.replaceAll(/"[\w-]{43}"/g, '').toLowerCase(); // a random token may spell a short word
  for (const word of ['nguyen', 'popescu', 'maria', 'mia', 'golden', 'lotus', 'kx21', '900123', 'munteanu'])
    assert.ok(!rest.includes(word), word);
});

test('takes a spelling for near only where two kinds of key agree', () => {
  const near = (recorded: string, typed: string): boolean =>
    indexWords([{ letters: recorded, isJoined: false }], makeKeying()).find(typed).size > 0;
  for (const [recorded, typed] of [
    ['popescu', 'popesku'],
    ['nguyen', 'nugyen'],
    ['kowalczyk', 'kovalchik'],
    ['akhmed', 'ahmed'],
    ['mhmd', 'mohammed'],
  ] as const)
    assert.ok(near(recorded, typed), `${recorded} ${typed}`);
  for (const [recorded, typed] of [
    ['kaur', 'here'],
    ['june', 'some'],
    ['hale', 'help'],
    ['popescu', 'police'],
    ['ali', 'all'],
  ] as const)
    assert.ok(!near(recorded, typed), `${recorded} ${typed}`);
});
