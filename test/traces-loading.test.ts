import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const sources = globSync('src/**/*.ts', { cwd: root })
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
/** What a file loads when it is loaded: types are not. */
const loadedBy = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map(
    ([, name = '']) => name,
  );
const importersOf = (name: RegExp): string[] =>
  sources.filter(({ text }) => loadedBy(text).some((loaded) => name.test(loaded))).map(({ path }) => path);

test('loads OpenTelemetry only by one dynamic import, where a collector is set', () => {
  const users = ['src/platform/traces/open-traces.ts', 'src/platform/traces/span-queue.ts'];
  assert.deepEqual(importersOf(/^@opentelemetry\//).sort(), users);
  assert.deepEqual(importersOf(/\/span-queue\.ts$/), ['src/platform/traces/open-traces.ts']);
  assert.deepEqual(importersOf(/\/open-traces\.ts$/), []);
  const later = sources.filter(({ text }) => /import\([^)]*(open-traces|span-queue|opentelemetry)/.test(text));
  assert.deepEqual(
    later.map(({ path }) => path),
    ['src/main.ts'],
  );
  const main = later[0]?.text ?? '';
  assert.ok(main.indexOf("if (!settings || site === 'public') return undefined;") > 0);
  assert.ok(main.indexOf('if (!settings || ') < main.indexOf("import('./platform/traces/open-traces.ts')"));
});
