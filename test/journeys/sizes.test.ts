import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badFileText, openReader } from '../../src/newsroom/imported-releases/index.ts';
import { largestFile } from '../../src/newsroom/release-reading/index.ts';
import { fileRefusalMessages, maxFileBytes } from '../../src/platform/files/index.ts';
import { fileTextValues } from '../../src/reports/attachments/words.ts';
import { formatSize, megabyte } from '../../src/vocabulary/sizes.ts';

test('tells a size in the unit that fits it, rounded and never as a thousand of a smaller one', () => {
  for (const [bytes, words] of [
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_499, '1 kB'],
    [1_500, '2 kB'],
    [65_536, '66 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [1_000_000, '1 MB'],
    [1_048_576, '1 MB'],
    [1_050_000, '1.1 MB'],
    [49_949_999, '49.9 MB'],
    [50_000_000, '50 MB'],
    [52_428_800, '52.4 MB'],
    [999_949_999, '999.9 MB'],
    [999_950_000, '1 GB'],
    [1_500_000_000, '1.5 GB'],
  ] as const)
    assert.equal(formatSize(bytes), words, `${bytes}`);
});

test('shows the limits that it enforces', async () => {
  assert.equal(maxFileBytes, 50 * megabyte);
  assert.equal(fileTextValues.size, 50);
  assert.equal(fileRefusalMessages['too large'], 'it is larger than 50 MB');
  assert.equal(largestFile, megabyte);
  assert.equal(badFileText({ refusal: 'too large', detail: '' }), 'the file is larger than 1 MB');
  const read = await openReader();
  for (const [bytes, refusal] of [
    [megabyte, 'no front matter'],
    [megabyte + 1, 'too large'],
  ] as const) {
    const reading = read(Buffer.alloc(bytes, 'x'), 'long.md');
    assert.equal(reading.ok || reading.refusal, refusal);
  }
});
