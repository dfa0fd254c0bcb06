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

/** One function of a module that is loaded when its turn comes. */
const part = <Name extends string>(
  name: string,
  load: () => Promise<Readonly<Record<Name, Part['run']>>>,
  run: Name,
): Part => ({ name, run: async (effort) => (await load())[run](effort) });

const parts: readonly Part[] = [
  part('routing', () => import('../test/assurance/public/signs/assurance.ts'), 'assureRouting'),
  part('self-check', () => import('../test/assurance/public/signs/assurance-advice.ts'), 'assureAdvice'),
  part('extraction', () => import('../test/assurance/newsroom/release-reading/assurance.ts'), 'assureExtraction'),
  part('log tamperings', () => import('../test/assurance/audit/log/assurance.ts'), 'assureLog'),
  part('access', () => import('../test/access-oracle/assurance.ts'), 'assureAccess'),
  part('policy mutants', () => import('../test/access-oracle/assurance.ts'), 'assurePolicyMutants'),
  part('interleaved', () => import('../test/access-oracle/assurance.ts'), 'assureInterleaved'),
  part('counts', () => import('../test/assurance/returns/assurance.ts'), 'assureCounts'),
  part('protected tables', () => import('../test/assurance/returns/tables/assurance.ts'), 'assureTables'),
  part('front-door-parsers', () => import('../test/assurance/reports/assurance.ts'), 'assureFrontDoorParsers'),
  part('messages', () => import('../test/assurance/platform/messages/assurance.ts'), 'assureMessages'),
  part('killed while sending', () => import('../test/assurance/platform/messages/assurance.ts'), 'assureKilledSenders'),
  part('hostile files', () => import('../test/assurance/platform/files/assurance.ts'), 'assureHostileFiles'),
  part('mailbox', () => import('../test/assurance/reports/mailbox.ts'), 'assureMailbox'),
  part('duty to notify', () => import('../test/assurance/nrm/assurance.ts'), 'assureNotify'),
  part('consent taken back', () => import('../test/assurance/safeguarding/consent/assurance.ts'), 'assureWithdrawals'),
  part('retention', () => import('../test/assurance/reports/retention.ts'), 'assureRetention'),
  part('clocks', () => import('../test/assurance/safeguarding/deadlines/assurance.ts'), 'assureClocks'),
  {
    name: 'letting go',
    run: async (effort) => [
      ...(await import('../test/assurance/retention/assurance.ts')).assureLettingGo(effort),
      ...(await import('../test/assurance/safeguarding/retention/meetings.ts')).assureMeetings(effort),
    ],
  },
  part('erased', () => import('../test/assurance/safeguarding/retention/erased.ts'), 'assureErased'),
  {
    ...part('killed while erasing', () => import('../test/assurance/safeguarding/retention/killed.ts'), 'assureKilled'),
    byName: true,
  },
  part('people', () => import('../test/assurance/safeguarding/people/assurance.ts'), 'assurePeople'),
  part('search', () => import('../test/assurance/platform/search/assurance.ts'), 'assureSearch'),
  part('first page', () => import('../test/assurance/oversight/assurance.ts'), 'assureFirstPage'),
  part('two sides', () => import('../test/assurance/safeguarding/custody-notices/assurance.ts'), 'assureTwoSides'),
  part('crash', () => import('../test/assurance/reports/crash.ts'), 'assureCrash'),
  part('balancer', () => import('../test/assurance/reports/balancer.ts'), 'assureBalancer'),
  part('flood', () => import('../test/assurance/reports/flood.ts'), 'assureFlood'),
  part('alike', () => import('../test/assurance/whole/alike.ts'), 'assureAlike'),
  part('twin worlds', () => import('../test/assurance/whole/twins.ts'), 'assureTwins'),
  part('twin weeks', () => import('../test/assurance/whole/twins-played.ts'), 'assurePlayed'),
  part('canary', () => import('../test/assurance/whole/canary.ts'), 'assureCanary'),
  part('front door', () => import('../test/assurance/whole/public-site.ts'), 'assureFrontDoor'),
  part('closed', () => import('../test/assurance/whole/closed.ts'), 'assureClosed'),
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
