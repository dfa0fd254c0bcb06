/** Walks the main job through a running installation while it loses a process of each site, and finds each record there once. deploy/try.sh runs it. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { addAgreement } from '../../../../src/identity/agreements/index.ts';
import { UnitKeys } from '../../../../src/platform/crypto/crypto.ts';
import type { Db } from '../../../../src/platform/database/database.ts';
import { attend } from '../../../../src/reports/examples.ts';
import { newId } from '../../../../src/vocabulary/ids.ts';
import { opened } from '../../../fixtures/attended-reports.ts';
import { openCast, planFromNothing, walkMainJob } from '../../../fixtures/main-job.ts';
import { CountedWalk } from '../../../harness/counted-walk.ts';
import { nothingTold, report } from '../../reports/persistent-reporter.ts';
import { openInstallation, type Place } from './installation.ts';

type Setting = Place & {
  /** Of the unit, with which reports are opened. */
  readonly keys: string;
  /** The processes to kill, by their id. */
  readonly victims: { readonly staff: number; readonly public: number };
};

const reporters = 2;
const reportsOfEach = 3;
/** The pages of the walk whose requests a staff process does not outlive. */
const killedAtPage = 75;
/** Between the request and the kill, so that the process is at work on it. */
const atWorkMs = 15;

type World = Awaited<ReturnType<typeof openInstallation>>;
type Cast = Awaited<ReturnType<typeof openCast<World>>>;

/** What the data-protection leads, the agencies and two approvers have done before the week: nobody walks it here. */
async function prepare({ db, clock, force, agencies, member }: Cast, keys: UnitKeys): Promise<void> {
  const all = [force, ...agencies].map(({ id }) => id);
  await addAgreement(db, {
    id: newId(),
    agencies: all,
    reference: 'ISA/12',
    signedOn: '2026-03-02',
    reviewOn: '2027-03-02',
    dpiaReference: 'DPIA/4',
    dpiaOn: '2026-02-20',
    confirmed: all,
    replaces: null,
    alsoAsks: [],
    withdrawn: [],
    withdrawnReason: null,
  });
  const lead = await member(force, ['data-protection lead'], 'Dee Lead');
  await attend(db, keys, 'police', lead, new Date(clock.now().getTime() - 3_600_000));
}

/** Reports from several people at once, while one of the public processes is killed. */
async function tellReports({ base }: World, victim: number) {
  const told = nothingTold();
  const texts = Array.from({ length: reporters * reportsOfEach }, (_, number) => `Report ${number + 1} of this try.`);
  const telling = Array.from({ length: reporters }, async (_, reporter) => {
    for (const what of texts.filter((_text, number) => number % reporters === reporter))
      await report(base, { what, who: 'worried', file: undefined }, told, () => sleep(50));
  });
  const killing = (async () => {
    while (told.pages < reporters * reportsOfEach * 3) await sleep(5);
    process.kill(victim, 'SIGKILL');
  })();
  await Promise.all([...telling, killing]);
  assert.deepEqual(told.lost, []);
  assert.deepEqual([...told.shown.values()].sort(), [...texts].sort(), 'each reporter has a receipt');
  return { texts, errors: told.errors };
}

/** Of the job, how many rows each table has when nothing is lost or doubled. */
const expected: Readonly<Record<string, number>> = {};

async function countRows(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema') order by 1`.execute(db);
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const { rows: [row] } = await sql<{ many: number }>`select count(*)::int as many from ${sql.table(name)}`.execute(db);
    counts[name] = row?.many ?? 0;
  }
  return counts;
}

async function main(setting: Setting): Promise<void> {
  const world = await openInstallation(setting);
  try {
    const walk = new CountedWalk({
      loadsAgain: true,
      onRequest: (pages) => {
        if (pages === killedAtPage) setTimeout(() => process.kill(setting.victims.staff, 'SIGKILL'), atWorkMs);
      },
    });
    const cast = await openCast(world, walk);
    assert.ok(existsSync(setting.keys), 'the key file of the unit');
    const keys = UnitKeys.fromFile(setting.keys);
    await prepare(cast, keys);
    const { texts, errors } = await tellReports(world, setting.victims.public);
    await walkMainJob(cast, (planner) => planFromNothing(cast, planner));
    const kept = (await opened({ ...world, keys }, 'police')).map(({ told }) => told.what);
    assert.deepEqual(kept.sort(), [...texts].sort(), 'each report is kept once');
    console.log(walk.timedSteps.join('\n'));
    console.log(JSON.stringify(await countRows(world.db)));
    console.log(JSON.stringify(await countRows(world.safeguardingDb)));
    console.log(JSON.stringify({ pages: walk.pages, loadedAgain: walk.loadedAgain, errors, expected }));
  } finally {
    await world.close();
  }
}

await main(JSON.parse(process.argv[2] ?? '') as Setting);
