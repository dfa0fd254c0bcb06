import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { encodingFor, precompressPage } from './precompressed.ts';

test('whatever the first and the last words, each packing gives them back whole', () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3_000 });
  fc.assert(
    fc.property(words, words, (first, last) => {
      const page = precompressPage(first);
      assert.equal(page.with(last, 'identity').toString(), first + last);
      assert.equal(gunzipSync(page.with(last, 'gzip')).toString(), first + last);
      assert.equal(brotliDecompressSync(page.with(last, 'br')).toString(), first + last);
      assert.equal(brotliDecompressSync(page.with('again', 'br')).toString(), `${first}again`);
    }),
    { numRuns: 300, seed: 11 },
  );
});

test('long first words and the longest last words too', () => {
  const first = 'Information '.repeat(20_000);
  const page = precompressPage(first);
  for (const last of ['x', 'y'.repeat(65_535)]) {
    assert.equal(gunzipSync(page.with(last, 'gzip')).toString(), first + last);
    assert.equal(brotliDecompressSync(page.with(last, 'br')).toString(), first + last);
  }
  assert.ok(page.with('x', 'br').length < 200);
});

test('a page that was packed before is not packed again, and another one never takes its place', () => {
  const pages = Array.from({ length: 20 }, (_, number) => `Page ${number}`);
  assert.equal(precompressPage('Page'), precompressPage('Page'));
  for (const first of [...pages, ...pages])
    assert.equal(gunzipSync(precompressPage(first).with('.', 'gzip')).toString(), `${first}.`);
});

test('what a browser refuses is not sent', () => {
  const cases = [
    ['gzip, deflate, br', 'br'],
    ['gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.0, gzip;q=0', 'identity'],
    ['', 'identity'],
  ] as const;
  for (const [accepted, packing] of cases)
    assert.equal(encodingFor({ headers: { 'accept-encoding': accepted } }), packing, accepted);
});
