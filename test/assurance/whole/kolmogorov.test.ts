import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '../../harness/assurance.ts';
import { sameSource } from './kolmogorov.ts';

const draw = (seed: number, count: number, shift = 0): number[] => {
  const random = chance(seed);
  return Array.from({ length: count }, () => random() + random() + random() + shift);
};

test('the critical values of the tables', () => {
  const ramp = (count: number, shift: number) => Array.from({ length: count }, (_, index) => index / count + shift);
  const at = (gap: number) => sameSource(ramp(2_000, 0), ramp(2_000, gap));
  assert.ok(Math.abs(at(0.043) - 0.05) < 0.008, `${at(0.043)}`); // 1.36 × √(2/2000)
  assert.ok(Math.abs(at(0.0515) - 0.01) < 0.004, `${at(0.0515)}`); // 1.63 × √(2/2000)
});

test('mostly accepts two samples of one source, and finds a shift of a tenth of its width', () => {
  const found = Array.from(
    { length: 200 },
    (_, seed) => sameSource(draw(2 * seed, 500), draw(2 * seed + 1, 500)) < 0.05,
  );
  const wrongly = found.filter(Boolean).length;
  assert.ok(wrongly >= 1 && wrongly <= 22, `${wrongly} of 200`);
  assert.ok(sameSource(draw(1, 2_000), draw(2, 2_000, 0.1)) < 0.001);
});
