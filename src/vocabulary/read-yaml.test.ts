import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { parse } from 'yaml';
import { parseYaml } from './read-yaml.ts';

test('the first and every later reading of a text say what the YAML parser says', () => {
  const text = `# ${randomUUID()}\nwhen: 2026-11-25\nnone: ~\nlist: [1, "1", yes]\nwords: >\n  two\n  lines\n`;
  for (const time of ['first', 'kept']) assert.deepEqual(parseYaml(text), parse(text), time);
});

test('what is not YAML is refused each time', () => {
  const text = `a: [${randomUUID()}`;
  for (let time = 0; time < 2; time += 1) assert.throws(() => parseYaml(text));
});
