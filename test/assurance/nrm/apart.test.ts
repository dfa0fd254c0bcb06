import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kinds, withNone, withPlant } from './narratives.ts';

const here = import.meta.dirname;
const sourcesOf = (pattern: string): string[] =>
  globSync(pattern, { cwd: here }).map((name) => readFileSync(join(here, name), 'utf8'));

test('what invents narratives takes nothing from what checks them', () => {
  for (const text of sourcesOf(
    '{../../harness/dice,ordinary,invented,planted,narratives,first-sight,second-sight,third-sight,fourth-sight,fifth-sight}.ts',
  ))
    for (const [, from = ''] of text.matchAll(/from '([^']+)'/g)) assert.match(from, /^(?:\.|\.\.\/\.\.\/harness)\//);
});

test('and what checks takes nothing from what invents', () => {
  for (const text of sourcesOf('../../../src/nrm/{,identifying/}*.ts').filter((one) => !one.includes('node:test')))
    assert.doesNotMatch(text, /from '[^']*assurance\//);
});

test('a planted word is where the plant says, and the same seed plants the same', () => {
  kinds.forEach((kind, place) => {
    const one = withPlant(place, kind);
    assert.deepEqual(withPlant(place, kind), one);
    assert.ok(one.planted.length > 0, kind);
    for (const { text, from, to } of one.planted) assert.ok((one.texts[text]?.slice(from, to).length ?? 0) > 0, kind);
    assert.ok(one.texts.every((text) => !/[⟦⟧]/.test(text)));
  });
  assert.deepEqual(withNone(3).planted, []);
});
