import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { icTipCode, icTipKinds, icTipObjects, icTipOn, icTipVersions, readIcTip } from './ic-tip.ts';
import { exploitationCodes } from './load.ts';

const version = () => {
  const now = icTipOn(icTipVersions, '2026-11-26');
  assert.ok(now);
  return now;
};

test('has no version before adoption; afterwards all objects and kinds are there', () => {
  assert.equal(icTipOn(icTipVersions, '2025-02-28'), undefined);
  assert.deepEqual(
    version().objects.map(({ object }) => object),
    icTipObjects,
  );
  assert.deepEqual(
    version().kinds.map(({ kind }) => kind),
    icTipKinds,
  );
  assert.ok(version().sources.every(({ url }) => url.startsWith('https://')));
});

test('names a gap for each code that was not read, for every word of the application', () => {
  for (const { key } of exploitationCodes.types) {
    const { code, gap } = icTipCode(version(), 'form of exploitation', key);
    assert.ok((code === null) === (gap !== null), key);
  }
  assert.ok(version().check.some((one) => /not read/.test(one)));
});

test('shows a code with its source once it was read, and says so for a word without one', () => {
  const raw = parse(readFileSync(new URL('./ic-tip.yaml', import.meta.url), 'utf8'));
  const [kind] = raw.versions[0].kinds;
  kind.codes = { invented: 'X9' };
  kind.gap = null;
  const [read] = readIcTip(raw);
  assert.ok(read);
  assert.deepEqual(icTipCode(read, 'form of exploitation', 'invented'), { code: 'X9', gap: null });
  assert.equal(icTipCode(read, 'form of exploitation', 'another').gap, 'no code for this word');
  kind.sources = [];
  assert.throws(() => readIcTip(raw), /A code has a source/);
  kind.sources = ['NOWHERE'];
  assert.throws(() => readIcTip(raw), /no source is called NOWHERE/);
  Object.assign(kind, { sources: ['SDG'], codes: {}, gap: null });
  assert.throws(() => readIcTip(raw), /has a gap/);
  raw.versions[0].objects[0].gap = null;
  assert.throws(() => readIcTip(raw), /says why/);
});
