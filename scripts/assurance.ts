/** `npm run assurance`: properties measured beyond the tests, as figures with their seeds. Each module has its part. */

import { parseArgs } from 'node:util';
import type { Effort, Row } from '../test/harness/assurance.ts';
import { stopSharedServer } from '../test/harness/shared-server.ts';

type Part = {
  readonly name: string;
  readonly run: (effort: Effort) => Promise<readonly Row[]> | readonly Row[];
  /** Runs only by name: its figures depend on the speed of the machine, or it needs root. `in full`: its short form runs with the others, and the long one takes an hour. */
  readonly byName?: true | 'in full';
  /** Measures times or waits for them: its figures are wrong while other work runs. */
  readonly alone?: true;
};

const help = `npm run assurance -- [--quick] [--seed N] [--only WORD] [--without WORD …] [--folder FOLDER] [--alone | --beside]
Prints figures, each with what it must be, and the seed to repeat them by. --quick: the same code on fewer cases.
--folder: releases with their facts.json, which "releases read" reads as well.
--alone: only the parts that measure times and need the machine for themselves; --beside: only the others.
Ends with 1 when a figure falls short.`;

/** One function of a module that is loaded when its turn comes. */
const part = <Name extends string>(
  name: string,
  load: () => Promise<Readonly<Record<Name, Part['run']>>>,
  run: Name,
): Part => ({ name, run: async (effort) => (await load())[run](effort) });

const alone = (one: Part): Part => ({ ...one, alone: true });

const parts: readonly Part[] = [
  part('routing', () => import('../test/assurance/public/signs/assurance.ts'), 'assureRouting'),
  part('self-check', () => import('../test/assurance/public/signs/assurance-advice.ts'), 'assureAdvice'),
  part('extraction', () => import('../test/assurance/newsroom/release-reading/assurance.ts'), 'assureExtraction'),
  part(
    'releases read',
    () => import('../test/assurance/newsroom/release-reading/releases-read.ts'),
    'assureReleasesRead',
  ),
  part(
    'names planted in releases',
    () => import('../test/assurance/newsroom/release-check/assurance.ts'),
    'assureNames',
  ),
  part('leaks in prose', () => import('../test/assurance/newsroom/release-check/assurance.ts'), 'assureLeaks'),
  part('releases validated', () => import('../test/assurance/newsroom/releases/assurance.ts'), 'assureReleases'),
  part('log tamperings', () => import('../test/assurance/audit/log/assurance.ts'), 'assureLog'),
  part('access', () => import('../test/access-oracle/assurance.ts'), 'assureAccess'),
  part('policy mutants', () => import('../test/access-oracle/assurance.ts'), 'assurePolicyMutants'),
  part('interleaved', () => import('../test/access-oracle/assurance.ts'), 'assureInterleaved'),
  part('counts', () => import('../test/assurance/returns/assurance.ts'), 'assureCounts'),
  part('protected tables at random', () => import('../test/assurance/returns/tables/assurance.ts'), 'assureTables'),
  part(
    'protected tables in series',
    () => import('../test/assurance/returns/tables/assurance.ts'),
    'assureTablesInSeries',
  ),
  part(
    'protected tables attacked',
    () => import('../test/assurance/returns/tables/assurance.ts'),
    'assureTablesAttacked',
  ),
  part(
    'protected tables overlapping',
    () => import('../test/assurance/returns/tables/assurance.ts'),
    'assureTablesOverlapping',
  ),
  part(
    'protected tables repeated',
    () => import('../test/assurance/returns/tables/assurance.ts'),
    'assureTablesRepeated',
  ),
  part('returns exchanged', () => import('../test/assurance/returns/exchange/assurance.ts'), 'assureExchange'),
  part('front-door-parsers', () => import('../test/assurance/reports/assurance.ts'), 'assureFrontDoorParsers'),
  alone(part('messages', () => import('../test/assurance/platform/messages/assurance.ts'), 'assureMessages')),
  alone(
    part(
      'killed while sending',
      () => import('../test/assurance/platform/messages/assurance.ts'),
      'assureKilledSenders',
    ),
  ),
  alone(part('hostile files', () => import('../test/assurance/platform/files/assurance.ts'), 'assureHostileFiles')),
  alone(part('mailbox', () => import('../test/assurance/reports/mailbox.ts'), 'assureMailbox')),
  part('sources in intelligence', () => import('../test/assurance/intelligence/assurance.ts'), 'assureSources'),
  part('links in intelligence', () => import('../test/assurance/intelligence/links.ts'), 'assureLinks'),
  part('checks between agencies', () => import('../test/assurance/intelligence/checks.ts'), 'assureChecks'),
  part('duty to notify', () => import('../test/assurance/nrm/assurance.ts'), 'assureNotify'),
  part('consent taken back', () => import('../test/assurance/safeguarding/consent/assurance.ts'), 'assureWithdrawals'),
  part('backup', () => import('../test/assurance/platform/backup/assurance.ts'), 'assureBackups'),
  part('incremental backups', () => import('../test/assurance/platform/backup/incremental.ts'), 'assureIncremental'),
  part('points in time', () => import('../test/assurance/platform/backup/points-in-time.ts'), 'assurePointsInTime'),
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
  alone(part('crash', () => import('../test/assurance/reports/crash.ts'), 'assureCrash')),
  alone(part('upgrade', () => import('../test/assurance/platform/upgrade/assurance.ts'), 'assureUpgrade')),
  alone(part('balancer', () => import('../test/assurance/reports/balancer.ts'), 'assureBalancer')),
  {
    ...alone(part('cluster', () => import('../test/assurance/platform/cluster/assurance.ts'), 'assureCluster')),
    byName: 'in full',
  },
  part('faults', () => import('../test/assurance/platform/faults/assurance.ts'), 'assureFaults'),
  alone(part('flood', () => import('../test/assurance/reports/flood.ts'), 'assureFlood')),
  alone(part('alike', () => import('../test/assurance/whole/alike.ts'), 'assureAlike')),
  {
    ...alone(part('mixed week', () => import('../test/assurance/whole/mixed-week/assurance.ts'), 'assureMixedWeek')),
    byName: 'in full',
  },
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
    folder: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    alone: { type: 'boolean', default: false },
    beside: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) console.log(help);
else process.exit(await main());

async function main(): Promise<number> {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const chosen = parts.filter(
    ({ name, byName, alone = false }) =>
      (alone ? !values.beside : !values.alone) &&
      (values.only ? name.includes(values.only) : !byName || (byName === 'in full' && values.quick)) &&
      !values.without.some((word) => name.includes(word)),
  );
  console.log(`seed ${seed}${values.quick ? ', quick' : ''}`);
  let [passed, failed] = [0, 0];
  try {
    for (const { name, run } of chosen) {
      const started = Date.now();
      console.log(`\n${name}`);
      for (const row of await run({ seed, quick: values.quick, ...(values.folder ? { folder: values.folder } : {}) })) {
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
