/** `faults`: breaks twelve things in a running Safelight, and measures how long the shipped alarms or `/readyz` take to say so, and to fall silent after the cure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { chance, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { type Fault, faults } from './faults.ts';
import { conditionOf, readAlarms, watch } from './prometheus.ts';
import { type Process, type World, withWorld } from './world.ts';

/** As docs/operations/observe.md says; prometheus.test.ts compares. */
const readEvery = 5;
/** In seconds. */
const bound = 30;
const aim = 10;
const givenUpAfter = 45;
/** A message is tried again after a minute. */
const slowCureAfter = 120;
const rounds = 2;

type Seen = {
  readonly fault: Fault;
  /** Seconds; undefined where it did not happen in time. */
  readonly alarm: number | undefined;
  readonly unready: number | undefined;
  readonly gone: number | undefined;
  readonly skipped: string | undefined;
};

export async function assureFaults({ seed, quick }: Effort): Promise<readonly Row[]> {
  return withWorld(async (world) => {
    const { background, pooled, staff, site, etcd } = world;
    const processes = [background, staff, site, ...(pooled ? [pooled] : [])];
    const targets = [...processes.map(({ target }) => target), ...(etcd ? [etcd.target] : [])];
    const random = chance(seed);
    const prometheus = watch(targets, { every: readEvery, random });
    const ready = pollReadiness(pooled);
    const drill: Drill = { world, firing: prometheus.firing, ready: ready.notReadySince, quick };
    try {
      await sleep(settled);
      // A machine that has just started four processes may be slow to answer for a moment.
      await secondsUntil(() => prometheus.holding().size === 0, givenUpAfter);
      const before = [...prometheus.holding()];
      const seen: Seen[] = quick ? await Promise.all(faults.map((fault) => breakOnce(fault, drill))) : [];
      for (let round = 0; !quick && round < rounds; round += 1)
        for (const fault of faults) {
          await sleep(random() * readEvery * 1_000);
          seen.push(await breakOnce(fault, drill));
        }
      return [quietRow(before), ...faults.map((fault) => rowOf(fault, seen)), wholeRow(seen)];
    } finally {
      prometheus.stop();
      ready.stop();
    }
  });
}

/** Until each target was read, and each rule asked after it. */
const settled = 2 * readEvery * 1_000 + 500;

type Drill = {
  readonly world: World;
  readonly firing: () => ReadonlySet<string>;
  readonly ready: () => number | undefined;
  readonly quick: boolean;
};

async function breakOnce(fault: Fault, { world, firing, ready, quick }: Drill): Promise<Seen> {
  const rings = () => fault.alarms.some((name) => firing().has(name));
  const making = performance.now();
  const made = await fault.make(world);
  if (typeof made === 'string') return { fault, alarm: undefined, unready: undefined, gone: undefined, skipped: made };
  const begun = performance.now();
  const alarm = await secondsUntil(rings, givenUpAfter);
  const since = fault.probed ? ready() : undefined;
  const unready = since !== undefined && since >= making ? Math.max(0, since - begun) / 1_000 : undefined;
  await made();
  // A message is tried again after a minute, for which the short form does not wait.
  const gone =
    quick && fault.slowCure
      ? undefined
      : await secondsUntil(() => !rings(), fault.slowCure ? slowCureAfter : givenUpAfter);
  return { fault, alarm, unready, gone, skipped: undefined };
}

async function secondsUntil(holds: () => boolean, most: number): Promise<number | undefined> {
  const begun = performance.now();
  for (; performance.now() - begun < most * 1_000; await sleep(50))
    if (holds()) return (performance.now() - begun) / 1_000;
  return undefined;
}

/** Asks `/readyz` of the process each second, as a balancer does. */
function pollReadiness(process: Process | undefined) {
  let since: number | undefined;
  const ask = async (): Promise<void> => {
    const answer = await fetch(`${process?.url}/readyz`, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
    await answer?.text();
    since = answer?.status === 503 ? (since ?? performance.now()) : undefined;
  };
  const timer = setInterval(ask, 1_000);
  return { notReadySince: () => since, stop: () => clearInterval(timer) };
}

const say = (seconds: number | undefined): string => (seconds === undefined ? 'never' : `${seconds.toFixed(1)} s`);
const worst = (all: readonly (number | undefined)[]): number | undefined =>
  all.some((one) => one === undefined) ? undefined : Math.max(...(all as readonly number[]));
/** The earlier of both. */
const toldAfter = ({ alarm, unready }: Seen): number | undefined =>
  alarm === undefined ? unready : Math.min(alarm, unready ?? alarm);

const quietRow = (before: readonly string[]): Row =>
  row(
    'alarms that ring, or are about to, before anything is broken (0)',
    before.length === 0 ? '0' : before.join(', '),
    before.length === 0,
  );

function rowOf(fault: Fault, all: readonly Seen[]): Row {
  const seen = all.filter((one) => one.fault === fault);
  const what = `${fault.what}: said within ${bound} s, and gone after the cure`;
  const skipped = seen[0]?.skipped;
  // Not a failure of Safelight: the machine lacks the program or the right. The last row counts what was tried.
  if (skipped !== undefined) return row(what, skipped, true);
  const told = worst(seen.map(toldAfter));
  const gone = worst(seen.map((one) => one.gone));
  const waits = seen.every((one) => one.gone === undefined) && fault.slowCure === true;
  const unready = seen.map((one) => one.unready).filter((one) => one !== undefined);
  const probe = unready.length > 0 ? `, /readyz after ${say(Math.max(...unready))}` : '';
  return row(
    what,
    `${fault.alarms[0]} after ${say(worst(seen.map(({ alarm }) => alarm)))}${probe}; gone ${waits ? 'after the next try, not waited for' : `after ${say(gone)}`}`,
    told !== undefined && told <= bound && (gone !== undefined || waits),
  );
}

function wholeRow(all: readonly Seen[]): Row {
  const tried = faults.filter((fault) => all.some((one) => one.fault === fault && one.skipped === undefined));
  const within = (seconds: number) =>
    tried.filter((fault) => {
      const told = worst(all.filter((one) => one.fault === fault).map(toldAfter));
      return told !== undefined && told <= seconds;
    }).length;
  const notAsked = readAlarms().alarms.filter(({ expr }) => !conditionOf(expr)).length;
  return row(
    `faults said within ${bound} s, of ${faults.length} (aim: ${aim} s)`,
    `${within(bound)} of ${tried.length} tried; ${within(aim)} within ${aim} s; ${notAsked} alarms with rates were not asked`,
    within(bound) === tried.length && tried.length >= faults.length - 3,
  );
}
