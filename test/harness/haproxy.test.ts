import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { documentedConfiguration } from './haproxy.ts';

test('HAProxy is run with what docs/settings.md prints, except for three addresses', () => {
  const printed = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8').split('\n');
  const run = documentedConfiguration({ site: 20_001, processes: [20_002, 20_003] })
    .trimEnd()
    .split('\n');
  assert.deepEqual(
    run.filter((line) => !printed.includes(line)),
    ['  bind 127.0.0.1:20001', '  server public1 127.0.0.1:20002', '  server public2 127.0.0.1:20003'],
  );
  assert.ok(run.includes('  option http-buffer-request'));
});
