/** `npm run check`: commit subjects, format and lint, types, then the tests of rules, borders and wording, and the wording of every rendered page; stops at the first that finds something. `--fast` leaves the tests out, for who runs all of them anyway. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const given = process.argv.slice(2);
const root = resolve(import.meta.dirname, '..');
const node = process.execPath;
const steps: readonly (readonly [means: string, program: string, ...parameters: string[]])[] = [
  ...(process.platform === 'win32' ? [] : ([['Commit subjects', 'bash', '.ci/subjects']] as const)),
  ['Format and rules', node, 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  ['Types', node, 'node_modules/typescript/bin/tsc', '--noEmit'],
  ['Types of browser scripts', node, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'assets'],
  ...(given.includes('--fast')
    ? []
    : ([
        ['Rules, borders and wording', node, 'scripts/test.ts', '--rules', ...given],
        ['Wording of every page', node, 'scripts/test.ts', '--notes', 'test/journeys/page-writing.test.ts'],
      ] as const)),
];

for (const [means, program, ...parameters] of steps) {
  console.log(means);
  const child = spawn(program, parameters, { cwd: root, stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);
  const [code] = await once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, forward);
  if (code !== 0) process.exit(code ?? 1);
}
