import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const allowed = new Set(['node:crypto', 'node:fs', 'pg']);

test('the verifier shares no code with the writer of the log: it imports node:crypto, node:fs and pg alone', () => {
  const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((name) => !name.endsWith('.test.ts'));
  assert.ok(files.length > 5);
  for (const name of files) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    for (const [, from = ''] of text.matchAll(/(?:\bfrom|\bimport\(?|\brequire\()\s*['"]([^'"]+)['"]/g))
      assert.ok(allowed.has(from) || /^\.\/[a-z-]+\.ts$/.test(from), `${name} imports ${from}`);
    assert.doesNotMatch(text, /import\(\s*[^'"\s]/, `${name} imports what it does not name`);
  }
});
