/** `npm run assurance`: properties measured beyond the tests, as figures with their seeds. Each module has its part. */

import { parseArgs } from 'node:util';
import type { Effort, Row } from '../test/harness/assurance.ts';
import { stopSharedServer } from '../test/harness/shared-server.ts';

type Part = {
  readonly name: string;
  readonly run: (effort: Effort) => Promise<readonly Row[]> | readonly Row[];
  /** Runs only by name: its figures depend on the speed of the machine. */
  readonly byName?: true;
};

const help = `npm run assurance -- [--quick] [--seed N] [--only WORD] [--without WORD …]
Prints figures, each with what it must be, and the seed to repeat them by. --quick: the same code on fewer cases.
Ends with 1 when a figure falls short.`;

const parts: readonly Part[] = [
  {
    name: 'routing',
    run: async (options) => (await import('../test/assurance/public/signs/assurance.ts')).assureRouting(options),
  },
  {
    name: 'self-check',
    run: async (options) => (await import('../test/assurance/public/signs/assurance-advice.ts')).assureAdvice(options),
  },
  {
    name: 'extraction',
    run: async (options) =>
      (await import('../test/assurance/newsroom/release-reading/assurance.ts')).assureExtraction(options),
  },
  {
    name: 'log tamperings',
    run: async (options) => (await import('../test/assurance/audit/log/assurance.ts')).assureLog(options),
  },
  {
    name: 'access',
    run: async (options) => (await import('../test/access-oracle/assurance.ts')).assureAccess(options),
  },
  {
    name: 'policy mutants',
    run: async (options) => (await import('../test/access-oracle/assurance.ts')).assurePolicyMutants(options),
  },
  {
    name: 'interleaved',
    run: async (options) => (await import('../test/access-oracle/assurance.ts')).assureInterleaved(options),
  },
  {
    name: 'counts',
    run: async (options) => (await import('../test/assurance/returns/assurance.ts')).assureCounts(options),
  },
  {
    name: 'front-door-parsers',
    run: async (options) => (await import('../test/assurance/reports/assurance.ts')).assureFrontDoorParsers(options),
  },
  {
    name: 'hostile files',
    run: async (options) => (await import('../test/assurance/platform/files/assurance.ts')).assureHostileFiles(options),
  },
  {
    name: 'mailbox',
    run: async (options) => (await import('../test/assurance/reports/mailbox.ts')).assureMailbox(options),
  },
  {
    name: 'duty to notify',
    run: async (options) => (await import('../test/assurance/nrm/assurance.ts')).assureNotify(options),
  },
  {
    name: 'consent taken back',
    run: async (options) =>
      (await import('../test/assurance/safeguarding/consent/assurance.ts')).assureWithdrawals(options),
  },
  {
    name: 'retention',
    run: async (options) => (await import('../test/assurance/reports/retention.ts')).assureRetention(options),
  },
  {
    name: 'clocks',
    run: async (options) =>
      (await import('../test/assurance/safeguarding/deadlines/assurance.ts')).assureClocks(options),
  },
  {
    name: 'letting go',
    run: async (options) => [
      ...(await import('../test/assurance/retention/assurance.ts')).assureLettingGo(options),
      ...(await import('../test/assurance/safeguarding/retention/meetings.ts')).assureMeetings(options),
    ],
  },
  {
    name: 'erased',
    run: async (options) => (await import('../test/assurance/safeguarding/retention/erased.ts')).assureErased(options),
  },
  {
    name: 'killed while erasing',
    byName: true,
    run: async (options) => (await import('../test/assurance/safeguarding/retention/killed.ts')).assureKilled(options),
  },
  {
    name: 'people',
    run: async (options) => (await import('../test/assurance/safeguarding/people/assurance.ts')).assurePeople(options),
  },
  {
    name: 'first page',
    run: async (options) => (await import('../test/assurance/oversight/assurance.ts')).assureFirstPage(options),
  },
  {
    name: 'two sides',
    run: async (options) =>
      (await import('../test/assurance/safeguarding/custody-notices/assurance.ts')).assureTwoSides(options),
  },
  {
    name: 'crash',
    run: async (options) => (await import('../test/assurance/reports/crash.ts')).assureCrash(options),
  },
  {
    name: 'flood',
    run: async (options) => (await import('../test/assurance/reports/flood.ts')).assureFlood(options),
  },
  { name: 'alike', run: async (options) => (await import('../test/assurance/whole/alike.ts')).assureAlike(options) },
  {
    name: 'twin worlds',
    run: async (options) => (await import('../test/assurance/whole/twins.ts')).assureTwins(options),
  },
  {
    name: 'twin weeks',
    run: async (options) => (await import('../test/assurance/whole/twins-played.ts')).assurePlayed(options),
  },
  { name: 'canary', run: async (options) => (await import('../test/assurance/whole/canary.ts')).assureCanary(options) },
  {
    name: 'front door',
    run: async (options) => (await import('../test/assurance/whole/public-site.ts')).assureFrontDoor(options),
  },
  { name: 'closed', run: async (options) => (await import('../test/assurance/whole/closed.ts')).assureClosed(options) },
];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) console.log(help);
else process.exit(await main());

async function main(): Promise<number> {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const chosen = parts.filter(
    ({ name, byName }) =>
      (values.only ? name.includes(values.only) : !byName) && !values.without.some((word) => name.includes(word)),
  );
  console.log(`seed ${seed}${values.quick ? ', quick' : ''}`);
  let [passed, failed] = [0, 0];
  try {
    for (const { name, run } of chosen) {
      const started = Date.now();
      console.log(`\n${name}`);
      for (const row of await run({ seed, quick: values.quick })) {
        console.log(`${row.passed ? '✔' : '✖'} ${row.what}: ${row.figure}`);
        if (row.passed) passed += 1;
        else failed += 1;
      }
      console.log(`  in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
  } finally {
    await stopSharedServer();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
