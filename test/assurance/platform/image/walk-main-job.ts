/** Walks the main job through a running installation while it loses processes of each site, and finds each record there once. deploy/try.sh runs it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
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

/** `keys`: the key file of the unit, with which reports are opened. */
type Setting = Place & { readonly keys: string };
type World = Awaited<ReturnType<typeof openInstallation>>;
type Cast = Awaited<ReturnType<typeof openCast<World>>>;

/** Which container dies at the first form from which page on. The first one is back before the second dies. */
const staffVictims = [
  [30, 'staff1'],
  [70, 'staff2'],
] as const;
/** Between the request and the kill: the process is at work on it. */
const atWorkMs = 15;
const reporters = 2;
const reportsOfEach = 3;
/** Pages of reports, of about 36, after which a public process dies. */
const pagesBeforeKill = 18;

const processOf = (container: string): number =>
  Number(execFileSync('podman', ['inspect', '--format', '{{.State.Pid}}', container], { encoding: 'utf8' }));
/** As a crash ends it: podman, which would not start again what it was asked to kill, does not know of it. */
const kill = (id: number): boolean => process.kill(id, 'SIGKILL');

/** Kills by turns while forms are at work. */
function killingWalk() {
  const killed: string[] = [];
  const left = staffVictims.map(([page, container]) => ({ page, container, id: 0 }));
  const onRequest = (page: number, form: boolean): void => {
    const [next] = left;
    if (!next || page < next.page) return;
    // Its number is asked for one page before, because that takes a while.
    if (next.id === 0) next.id = processOf(next.container);
    else if (form) {
      const { container, id } = next;
      left.shift();
      killed.push(`${container} at page ${page}`);
      setTimeout(() => kill(id), atWorkMs);
    }
  };
  return { walk: new CountedWalk({ loadsAgain: true, onRequest }), killed };
}

/** What data-protection leads and agencies have done before the week: nobody walks it here. */
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
async function tellReports({ base }: World) {
  const victim = processOf('public1');
  const told = nothingTold();
  const texts = Array.from({ length: reporters * reportsOfEach }, (_, number) => `Report ${number + 1} of this try.`);
  const telling = Array.from({ length: reporters }, async (_, reporter) => {
    for (const what of texts.filter((_text, number) => number % reporters === reporter))
      await report(base, { what, who: 'worried', file: undefined }, told, () => sleep(50));
  });
  const killing = (async () => {
    while (told.pages < pagesBeforeKill) await sleep(5);
    await sleep(atWorkMs);
    kill(victim);
  })();
  await Promise.all([...telling, killing]);
  assert.deepEqual(told.lost, [], 'no report is lost');
  assert.deepEqual([...told.shown.values()].sort(), texts, 'each reporter has a receipt');
  return { texts, sentAgain: told.errors };
}

/** The officer who reads reports finds them in the queue. */
async function readReport({ member, force, at, walk, base }: Cast, texts: readonly string[]): Promise<void> {
  const reader = await at(await member(force, ['triage'], 'Tam Triage'));
  await reader.open(`${base}/staff/reports`);
  await reader.followMatching(/\/staff\/reports\/[0-9a-f-]{36}$/);
  const page = await reader.page.locator('main').innerText();
  assert.ok(
    texts.some((text) => page.includes(text)),
    page,
  );
  walk.step('Report read');
}

/** Rows of the job when nothing is lost and nothing doubled. */
const rows = {
  main: {
    weeks: 2,
    operations: 1,
    partners: 7,
    partnerInvitations: 6,
    operationMembers: 14,
    teams: 1,
    teamMembers: 5,
    premises: 3,
    powers: 3,
    plannedVisits: 3,
    briefings: 1,
    visits: 3,
    encounters: 2,
    observations: 2,
    arrests: 1,
    screenings: 1,
    searches: 1,
    returns: 1,
    returnFirstSignatures: 1,
    returnSecondSignatures: 1,
    releases: 1,
    publications: 1,
    reports: reporters * reportsOfEach,
  },
  safeguarding: { notes: 2, persons: 1, consents: 1, referrals: 1, contactNotes: 1 },
} as const;

async function countRows(db: Db, tables: Readonly<Record<string, number>>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of Object.keys(tables)) {
    const counted = await db.selectFrom(table).select(sql<number>`count(*)::int`.as('many')).executeTakeFirstOrThrow();
    counts[table] = counted.many as number;
  }
  return counts;
}

async function checkRecords(world: World, keys: UnitKeys, texts: readonly string[], nrm: boolean) {
  assert.deepEqual(await countRows(world.db, rows.main), rows.main);
  const safeguarding = { ...rows.safeguarding, nrmDrafts: Number(nrm) };
  assert.deepEqual(await countRows(world.safeguardingDb, safeguarding), safeguarding);
  const kept = await opened({ ...world, keys }, 'police');
  assert.deepEqual(kept.map(({ told }) => told.what).sort(), texts, 'each report is kept once');
}

/** Readers of the public site find the release. */
async function readRelease({ base }: World): Promise<void> {
  const news = await (await fetch(`${base}/news`)).text();
  const [, path = ''] = /href="(\/news\/[a-z0-9-]+)"/.exec(news) ?? [];
  const release = await fetch(base + path);
  assert.ok(path && release.status === 200, news);
  assert.match(await release.text(), /Watford|Lea Vale/);
}

async function main(setting: Setting, nrm: boolean): Promise<void> {
  const world = await openInstallation(setting);
  try {
    const { walk, killed } = killingWalk();
    const cast = await openCast(world, walk);
    const keys = UnitKeys.fromFile(setting.keys);
    await prepare(cast, keys);
    const began = performance.now();
    const [{ texts, sentAgain }] = await Promise.all([
      tellReports(world),
      walkMainJob(cast, (planner) => planFromNothing(cast, planner), { nrm }),
    ]);
    await readReport(cast, texts);
    await readRelease(world);
    assert.equal(killed.length, staffVictims.length, 'each staff process was killed');
    await checkRecords(world, keys, texts, nrm);
    const seconds = Math.round((performance.now() - began) / 1_000);
    console.log(
      `  ${walk.pages} pages in ${seconds} s; killed: public1, ${killed.join(', ')}; sent again: ${walk.loadedAgain.length} pages of staff, ${sentAgain} of ${texts.length} reports`,
    );
  } finally {
    await world.close();
  }
}

const [setting = '', length] = process.argv.slice(2);
await main(JSON.parse(setting) as Setting, length !== '--short');
