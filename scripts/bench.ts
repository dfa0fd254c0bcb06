/** `npm run bench`: how fast and how heavy, each figure beside its divisor in the same run. Never part of a test. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { privateEntrance } from '../src/platform/addresses.ts';
import { by, type Effort, type Line } from '../test/bench/effort.ts';
import { type Engine, engines } from '../test/bench/engines.ts';
import { measureImport } from '../test/bench/import.ts';
import { measureLog } from '../test/bench/log.ts';
import { load, median, type RunningServer, ratio, startBare, startServer, stop } from '../test/bench/processes.ts';
import { measurePublicMemory } from '../test/bench/public-memory.ts';
import { measureShortReport } from '../test/bench/short-report.ts';
import { weighPages } from '../test/bench/weight.ts';
import { stopSharedServer } from '../test/harness/shared-server.ts';

const help = `npm run bench -- [--quick | --smoke] [--only log|pages|audited|intake|short|premises|facts|check|plan|linking|chart|size]
Figures as ratios, taken in turn in one run: on the database that comes with Safelight, and on a PostgreSQL server
(SAFELIGHT_BENCH_SERVER, a superuser's address, or Debian's postgresql-17 where it is installed). Takes well
over an hour, of which the pages of a large partnership (size) some 45 minutes; --quick and --smoke take minutes.
--smoke: the same code once, on the fewest cases and the first database alone. It shows that the bench runs; its figures mean nothing.`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
const effort: Effort = values.smoke ? 'smoke' : values.quick ? 'quick' : 'full';
const [rounds, seconds, starts, warmUps] = by(effort, [5, 4, 7, 1], [3, 2, 3, 1], [1, 1, 1, 0]);

const say = ({ what, value, unit, pass, aim, more }: Line): void => {
  const lower = unit !== '×' || pass >= 1; // A share must be high, what a thing costs beside another low.
  const met = (bound: number): boolean => (lower ? value <= bound : value >= bound);
  const verdict = met(aim) ? 'aim reached' : met(pass) ? 'pass, short of the aim' : 'FALLS SHORT';
  const sign = lower ? '≤' : '≥';
  console.log(
    `${what}: ${value.toFixed(unit.startsWith('×') ? 2 : unit === 's' ? 3 : 0)} ${unit} (pass ${sign} ${pass}, aim ${sign} ${aim}: ${verdict})${more ? `; ${more}` : ''}`,
  );
};

try {
  if (values.help) console.log(help);
  else if (values.only === 'audited') await auditedRead();
  else if (values.only === 'intake') await intake();
  else if (values.only === 'short') await shortReport();
  else if (values.only === 'pages') await pagesAlone();
  else if (values.only === 'premises') await premisesFile();
  else if (values.only === 'facts') await facts();
  else if (values.only === 'check') await releaseCheck();
  else if (values.only === 'plan') await planCheck();
  else if (values.only === 'linking') await linking();
  else if (values.only === 'chart') await linkChart();
  else if (values.only === 'size') await atSize();
  else await main();
} finally {
  // Several parts work on one server for tests.
  await stopSharedServer();
}

async function main(): Promise<void> {
  console.log('== the log');
  for await (const line of measureLog(effort)) say(line);
  if (values.only === 'log') return;
  await import('./build.ts');
  for await (const engine of engines()) {
    console.log(`\n== on ${engine.name}`);
    await coldStarts(engine);
    const application = await startServer('built', engine.environment());
    try {
      await pages(application);
      sayMemory(application);
      await searchForOther(application);
      await weighPages(application.url);
    } finally {
      await stop(application.child);
    }
    await unbuiltMemory(engine.environment);
    await measureImport(engine.environment(), by(effort, 1_000, 200, 20));
    if (effort !== 'smoke') continue;
    await shortReportOn(engine); // Another engine would make a second demonstration.
    await atSizeOn(engine); // Last: it fills the demonstration.
    break;
  }
  if (effort !== 'smoke') await shortReport();
  say(await measurePublicMemory(Math.min(2, seconds)));
  await auditedRead();
  await intake();
  await premisesFile();
  await facts();
  await releaseCheck();
  await planCheck();
  await linking();
  await linkChart();
  if (effort !== 'smoke') await atSize();
}

function sayMemory(application: Awaited<ReturnType<typeof startServer>>): void {
  say({
    what: 'memory of the built server after the load',
    value: application.memory(),
    unit: 'MiB',
    pass: 150,
    aim: 130,
  });
}

async function premisesFile(): Promise<void> {
  console.log('\n== premises from a file, on the database that comes with Safelight');
  const { measurePremisesImport } = await import('../test/bench/premises-import.ts');
  for await (const figure of measurePremisesImport(effort)) say(figure);
}

async function facts(): Promise<void> {
  console.log('\n== facts into indicators, on the database that comes with Safelight');
  const { measureFacts } = await import('../test/bench/facts.ts');
  for await (const figure of measureFacts(effort)) say(figure);
}

async function planCheck(): Promise<void> {
  console.log('\n== the check of a plan, the rules alone');
  const { measurePlanCheck } = await import('../test/bench/plan-check.ts');
  for (const figure of measurePlanCheck(effort)) say(figure);
}

async function linking(): Promise<void> {
  console.log('\n== possible links among entities, the rules alone; then one at a time by its page');
  const { measureLinking } = await import('../test/bench/linking.ts');
  for (const figure of measureLinking(effort)) say(figure);
  const { measureBlindCheck } = await import('../test/bench/blind-check.ts');
  for (const figure of measureBlindCheck(effort)) say(figure);
  const { measureLinkOne } = await import('../test/bench/link-one.ts');
  for await (const figure of measureLinkOne(effort)) say(figure);
}

async function linkChart(): Promise<void> {
  console.log('\n== a link chart, drawn on the server');
  const { measureLinkChart } = await import('../test/bench/link-chart.ts');
  for await (const figure of measureLinkChart(effort)) say(figure);
}

async function releaseCheck(): Promise<void> {
  console.log('\n== the check of a release, on the week of the demonstration');
  const { measureReleaseCheck } = await import('../test/bench/release-check.ts');
  for await (const figure of measureReleaseCheck(effort)) say(figure);
}

/** On the first database alone: at the full size it takes over half an hour to fill. */
async function atSize(): Promise<void> {
  await import('./build.ts');
  for await (const engine of engines()) {
    await stop((await startServer('built', engine.environment())).child); // Makes, migrates and seeds once.
    await atSizeOn(engine);
    break;
  }
}

async function atSizeOn(engine: Engine): Promise<void> {
  console.log('\n== the pages of a large partnership, on the database that comes with Safelight');
  const { measureAtSize } = await import('../test/bench/size/measure.ts');
  for (const line of await measureAtSize(engine.environment().SAFELIGHT_DATA ?? '', effort)) say(line);
}

/** The throughput of public pages, on the first database alone. */
async function pagesAlone(): Promise<void> {
  await import('./build.ts');
  for await (const engine of engines()) {
    await stop((await startServer('built', engine.environment())).child); // Makes, migrates and seeds once.
    const application = await startServer('built', engine.environment());
    try {
      await pages(application);
      sayMemory(application);
    } finally {
      await stop(application.child);
    }
    break;
  }
  say(await measurePublicMemory(Math.min(2, seconds)));
}

async function shortReport(): Promise<void> {
  await import('./build.ts');
  for await (const engine of engines()) {
    await shortReportOn(engine);
    break; // What the phone and the network take does not depend on the database.
  }
}

async function shortReportOn(engine: Engine): Promise<void> {
  console.log('\n== a short report on a slow phone');
  const application = await startServer('built', engine.environment());
  try {
    for await (const line of measureShortReport(application.url, effort)) say(line);
  } finally {
    await stop(application.child);
  }
}

/** A separate database, filled as after years of work. */
async function auditedRead(): Promise<void> {
  console.log('\n== the audited read of a record, on the database that comes with Safelight');
  const { measureAuditedRead } = await import('../test/bench/audited-read.ts');
  for (const figure of await measureAuditedRead(effort)) say(figure);
}

async function intake(): Promise<void> {
  console.log('\n== the intake of a report, on the database that comes with Safelight');
  const { measureIntake } = await import('../test/bench/intake.ts');
  for (const figure of await measureIntake(effort)) say(figure);
}

/** The database runs and is migrated in both cases, so that everything else is measured. */
async function coldStarts({ environment, databaseStart }: Engine): Promise<void> {
  await stop((await startServer('built', environment())).child); // Makes, migrates and seeds once.
  const database = await databaseStart();
  for (const [kind, pass, aim] of [
    ['built', 0.4, 0.25],
    ['unbuilt', 0.9, 0.5],
  ] as const) {
    const times: number[] = [];
    const staffTimes: number[] = [];
    for (let start = 0; start < starts + warmUps; start += 1) {
      const application = await startServer(kind, environment());
      await stop(application.child);
      if (start < warmUps) continue;
      times.push(application.firstAnswer - database);
      staffTimes.push(application.firstStaffAnswer - database);
    }
    say({
      what: `first answer of the ${kind} server beyond the database’s start`,
      value: median(times) / 1000,
      unit: 's',
      pass,
      aim,
      more: `the public site, median of ${starts}, without ${database.toFixed(0)} ms of the database; the staff site ${(median(staffTimes) / 1000).toFixed(2)} s`,
    });
  }
}

async function pages(application: RunningServer): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-bench-'));
  try {
    for (const [what, path] of [
      ['release page', await aRelease(application.url)],
      ['home page of the named site', '/'],
      ['door of the journey (a step for each visitor)', privateEntrance],
    ] as const) {
      const answer = await fetch(application.url + path, { headers: { 'accept-encoding': 'br' } });
      writeFileSync(join(folder, 'buffer'), await packed(application.url + path));
      await answer.arrayBuffer();
      const bare = await startBare('buffer', join(folder, 'buffer'), 'br');
      const found = await ratio(
        () => load(application, path, { seconds, headers: ['accept-encoding:br'] }),
        () => load(bare, '/', { seconds, headers: ['accept-encoding:br'] }),
        rounds,
      );
      await stop(bare.child);
      report(what, 'bare node:http sending the same buffer', found, [0.65, 0.8]);
    }
    const floor = await startBare('template');
    for (const [what, path, asked, bounds] of [
      ['sign-in page (a token for each visitor)', '/staff/sign-in', {}, [0.35, 0.7]],
      ['the same, packed as a browser asks', '/staff/sign-in', { headers: ['accept-encoding:br'] }, [0.35, 0.7]],
      ['news search, many visitors for the same word', '/news?q=address', {}, [0.35, 0.7]],
    ] as const) {
      const found = await ratio(
        () => load(application, path, { seconds, ...asked }),
        () => load(floor, '/', { seconds }),
        rounds,
      );
      report(what, 'the template floor', found, bounds);
    }
    await stop(floor.child);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The database answers each: there is no floor for that, and no bound. */
async function searchForOther(application: RunningServer): Promise<void> {
  const { perSecond, p99, errors } = await load(application, '/news?q=', { seconds, words: 100_000 });
  console.log(
    `news search, each visitor for another word: ${perSecond.toFixed(0)} a second, p99 ${p99} ms, ${errors} errors; memory then ${application.memory().toFixed(0)} MiB (no bounds)`,
  );
}

function report(
  what: string,
  beside: string,
  found: Awaited<ReturnType<typeof ratio>>,
  [pass, aim]: readonly [number, number],
): void {
  const processor = found.processor
    ? `, processor ${found.processor.toFixed(0)} beside ${found.theirProcessor.toFixed(0)} µs a request`
    : '';
  const more = `${found.ours.toFixed(0)} beside ${found.theirs.toFixed(0)} a second, pairs ${found.range}, p99 ${found.p99} ms${processor}${found.errors ? `, ${found.errors} errors` : ''}`;
  say({ what: `${what} beside ${beside}`, value: found.median, unit: '×', pass, aim, more });
}

/** The bytes as they travel, not unpacked by fetch. */
async function packed(url: string): Promise<Buffer> {
  const { request } = await import('node:http');
  return new Promise((done, failed) => {
    request(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(Buffer.concat(chunks)));
    })
      .on('error', failed)
      .end();
  });
}

async function aRelease(url: string): Promise<string> {
  const list = await (await fetch(`${url}/news`)).text();
  const path = /href="(\/news\/[a-z0-9-]+)"/.exec(list)?.[1];
  if (!path) throw new Error('the demonstration has no release to measure');
  return path;
}

async function unbuiltMemory(environment: () => NodeJS.ProcessEnv): Promise<void> {
  const application = await startServer('unbuilt', environment());
  for (const path of ['/help', '/news', '/staff/sign-in'])
    await load(application, path, { seconds: Math.min(2, seconds) });
  say({
    what: 'memory of the unbuilt server after the load',
    value: application.memory(),
    unit: 'MiB',
    pass: 230,
    aim: 230,
  });
  await stop(application.child);
}
