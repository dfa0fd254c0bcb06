/** `mixed week`: a week of mixed load in an hour, against the built server: whether memory, connections and open files grow. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, stop } from '../../../bench/processes.ts';
import { chance, count, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { growthOf, isWithin, type LevelOf, type Sample } from './growth.ts';
import { type Account, play } from './played.ts';
import { openTrial, settingsOf, type Trial } from './trial.ts';
import { held, look, sample } from './watch.ts';
import { type ActName, smoke, week } from './week.ts';

const hourMs = 3_600_000;
const smokeMs = 8_000;
const smokePremises = 2;
const everyMs = 10_000;
/** Samples between two lines of a long trial. */
const saysEvery = 12;
/** So long may what was opened for a visitor take to be closed, in milliseconds. */
const longestRest = 20_000;

/** What is judged. Memory goes up and down with each collection: half of the time it is below its median. Memory in use by script is told after a collection, so by its least. What comes and goes with the acts is told by its mean: the acts are the same in each tenth. */
const judged: readonly (readonly [name: string, what: string, unit: string, how: LevelOf])[] = [
  ['memory', 'memory of the server', 'MiB', 'median'],
  ['heap', 'memory in use by script, after a collection', 'MiB', 'least'],
  ['databaseMemory', 'memory of PostgreSQL’s processes that they do not share', 'MiB', 'mean'],
  ['connections', 'connections to the database', '', 'mean'],
  ['files', 'open files and sockets of the server', '', 'mean'],
  ['sockets', 'sockets of the server', '', 'mean'],
];

export async function assureMixedWeek({ seed, quick }: Effort): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-mixed-week-'));
  try {
    if (quick) return await playOnce(folder, seed);
    await import('../../../../scripts/build.ts');
    // Makes the demonstration, whose memory is no part of the week.
    await stop((await startServer('built', settingsOf(folder))).child);
    return await playWeek(folder, seed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `folder`: the data of a demonstration, which can be thrown away afterwards. */
export async function playWeek(folder: string, seed: number, wholeMs = hourMs): Promise<readonly Row[]> {
  const random = chance(seed);
  const trial = await openTrial('built', folder, random, Number.POSITIVE_INFINITY);
  try {
    const { memory: cold = 0 } = await look(trial.watched);
    await trial.warmUp();
    const { memory: warm = 0 } = await look(trial.watched);
    console.log(
      `  warmed up with ${count(trial.answered.pages)} pages, from ${cold.toFixed(0)} to ${warm.toFixed(0)} MiB`,
    );
    const sampling = sample(() => look(trial.watched), everyMs, sayLevels);
    const account = await play(trial.acts, week, { wholeMs, random, heard: console.error });
    return [...doneRows(account, week, trial), ...growthRows(await sampling.end(), wholeMs)];
  } finally {
    await trial.close();
  }
}

/** The same acts in seconds, on the server as it is in the sources. So short a time tells nothing of memory, which is still warming up: it is not judged. */
async function playOnce(folder: string, seed: number): Promise<readonly Row[]> {
  const random = chance(seed);
  const trial = await openTrial('unbuilt', folder, random, smokePremises);
  try {
    const before = held(await look(trial.watched));
    const account = await play(trial.acts, smoke, { wholeMs: smokeMs, random, heard: console.error });
    console.log('  memory is not judged: it is still warming up in so short a time');
    return [...doneRows(account, smoke, trial), ...(await restRows(trial, before))];
  } finally {
    await trial.close();
  }
}

/** How far a long trial is, on the error output: the figures have the other one. */
function sayLevels(samples: readonly Sample[]): void {
  const { atMs = 0, levels = {} } = samples.at(-1) ?? {};
  if (samples.length % saysEvery !== 0) return;
  const all = Object.entries(levels).map(([name, level]) => `${name} ${level.toFixed(0)}`);
  console.error(`  after ${(atMs / 60_000).toFixed(0)} min: ${all.join(', ')}`);
}

function doneRows(
  { done, failed, latest }: Account,
  counts: Readonly<Record<ActName, number>>,
  { answered: { pages, errors } }: Pick<Trial, 'answered'>,
): Row[] {
  const names = Object.keys(counts) as ActName[];
  for (const name of names) console.log(`  ${name}: ${count(done[name])} of ${count(counts[name])}`);
  const all = names.reduce((sum, name) => sum + counts[name], 0);
  const late = `the latest began ${(latest / 1_000).toFixed(1)} s after its moment`;
  const kinds = [...new Set(failed.map((failure) => `; ${failure.slice(0, 200)}`))].join('');
  return [
    row(
      'acts of a week, each answered as it must be',
      `${count(all - failed.length)} of ${count(all)}, ${count(pages)} pages and forms and those of the reports, ${late}${kinds}`,
      failed.length === 0,
    ),
    row('answers with an error of the server', count(errors), errors === 0),
  ];
}

const growthRows = (samples: readonly Sample[], wholeMs: number): Row[] =>
  judged.map(([name, what, unit, how]) => {
    const found = growthOf(samples, name, wholeMs, how);
    const say = (level: number): string => (unit ? `${level.toFixed(1)} ${unit}` : level.toFixed(1));
    return row(
      `growth of ${what}, last tenth beside the second (must be ≤ 5 %)`,
      `${(found.share * 100).toFixed(1)} %, ${say(found.before)} to ${say(found.after)}`,
      isWithin(found),
    );
  });

/** When all acts are done, all is closed that was opened for them. */
async function restRows({ watched }: Trial, before: Readonly<Record<string, number>>): Promise<Row[]> {
  const until = performance.now() + longestRest;
  for (;;) {
    const now = held(await look(watched));
    const rows = Object.entries(now).map(([name, many]) =>
      row(`${name}, before the acts and after them`, `${before[name]} and ${many}`, many <= (before[name] ?? 0)),
    );
    if (rows.every(({ passed }) => passed) || performance.now() > until) return rows;
    await sleep(250);
  }
}
