/** The trial itself, as the first process of namespaces of its own. Argument: what to do, as JSON. Prints each round on the error output, and the figures as one line of JSON at the end. */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chance, mixed } from '../../../harness/assurance.ts';
import { type Application, databasePort, startApplication } from './application.ts';
import { Account, openSome } from './counted.ts';
import { type Fault, faults } from './faults.ts';
import type { Machine } from './machines.ts';
import { Cluster } from './members.ts';
import type { Figures, Plan, Round } from './plan.ts';
import { startWriting, type Written } from './writers.ts';

const calmMs = 3_000;
const answersAfter = 15;
/** After so long an operator gives back what the fault took. */
const operatorMs = 60_000;
const patienceMs = 180_000;

process.stdin.on('end', () => process.exit(1)).resume(); // The process that started us is gone.
const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const began = performance.now();

async function drill({ seed, rounds, folder, seconds, only = '' }: Plan): Promise<Figures> {
  const random = chance(seed);
  const cluster = await Cluster.start(`${folder}/files`, databasePort);
  const application = await startApplication(cluster, folder);
  const account = new Account(application);
  const ready = (performance.now() - began) / 1_000;
  console.error(`  ready after ${Math.round(ready)} s`);
  const done: Round[] = [];
  const chosen = faults.filter(({ name }) => name.includes(only));
  for (const fault of inOrder(chosen, rounds, random)) {
    if ((performance.now() - began) / 1_000 > seconds) break;
    const round = await oneRound({ cluster, application, account, random }, fault, done.length + 1);
    done.push(round);
    console.error(`  ${done.length}: ${sentence(round)}`);
    appendFileSync(`${folder}/rounds.jsonl`, `${JSON.stringify(round)}\n`);
  }
  return { ready, rounds: done, whole: await account.countAll() };
}

/** The first three are the short form. */
function* inOrder(chosen: readonly Fault[], rounds: number, random: () => number): Generator<Fault> {
  for (let given = 0; given < rounds; ) {
    const all = rounds < chosen.length ? chosen : mixed(chosen, random);
    for (const fault of all) {
      if (given >= rounds) return;
      given += 1;
      yield fault;
    }
  }
}

type Trial = {
  readonly cluster: Cluster;
  readonly application: Application;
  readonly account: Account;
  readonly random: () => number;
};

async function oneRound(
  { cluster, application, account, random }: Trial,
  fault: Fault,
  number: number,
): Promise<Round> {
  await cluster.untilHealthy(patienceMs);
  const primary = await cluster.inRole('leader');
  makeSlot(primary);
  const { written, stop } = startWriting(application, number, random);
  await sleep(calmMs + random() * 1_000);
  const from = performance.now();
  const answering = (ms: number) => untilAnswering(written, ms);
  await fault.happen(cluster, () => answering(operatorMs));
  const byItself = await answering(operatorMs);
  if (!byItself) cluster.heal();
  if (!byItself && !(await answering(patienceMs))) throw new Error('nothing is acknowledged any more');
  const to = performance.now();
  cluster.heal();
  await stop();
  await cluster.untilHealthy(patienceMs);
  const failedOver = primary !== (await cluster.inRole('leader'));
  const { reports, forms, inserts, lost, doubled } = await account.count(written);
  return {
    fault: fault.name,
    gap: longestGap(written, from, to) / 1_000,
    failedOver,
    ...(!failedOver && { slotKept: hasSlot(primary) }),
    byItself,
    reports,
    forms,
    inserts,
    lost,
    doubled,
    closed: await openSome(application, written),
    longestPage: written.longestPage / 1_000,
    slowPages: written.slowPages,
    notices: written.notices,
    checks: written.checks,
    bugs: written.bugs,
    draftsLost: written.told.lost.length,
    gaveUp: written.reportersGaveUp,
  };
}

const slot = 'safelight_log_trial';
const hasSlot = (machine: Machine): boolean =>
  machine.query(`select count(*) from pg_replication_slots where slot_name = '${slot}'`) === '1';
/** One that Patroni did not make, like those of backups. It keeps no log, so that it fills no disk. */
function makeSlot(machine: Machine): void {
  if (!hasSlot(machine)) machine.query(`select pg_create_physical_replication_slot('${slot}')`);
}

/** Whether so many more acts are acknowledged in time, of which some are forms or reports. */
async function untilAnswering({ answeredAt, weeks, told }: Written, ms: number): Promise<boolean> {
  const [acts, larger] = [answeredAt.length + answersAfter, weeks.size + told.shown.size + 2];
  for (const until = performance.now() + ms; performance.now() < until; await sleep(100))
    if (answeredAt.length >= acts && weeks.size + told.shown.size >= larger) return true;
  return false;
}

/** In milliseconds, from the fault on. */
function longestGap({ answeredAt }: Written, from: number, to: number): number {
  let [longest, last] = [0, from];
  for (const at of answeredAt.filter((one) => one >= from && one <= to)) {
    longest = Math.max(longest, at - last);
    last = at;
  }
  return longest;
}

const sentence = (round: Round): string =>
  [
    `${round.fault}:`,
    `${round.gap.toFixed(1)} s without an answer;`,
    `${round.reports} reports, ${round.forms} forms, ${round.inserts} inserts;`,
    `${round.lost.length} lost, ${round.doubled.length} doubled;`,
    `a page took ${round.longestPage.toFixed(1)} s${round.slowPages.length > 0 ? ` (${round.slowPages.join(', ')})` : ''}; ${round.notices} notices;`,
    `${round.failedOver ? 'another primary' : 'the same primary'}${round.byItself ? '' : ', by hand'};`,
    `${round.bugs.length} errors of ours, ${round.draftsLost} drafts gone, ${round.gaveUp} gave up;`,
    `checks ${JSON.stringify(round.checks)}; at ${Math.round((performance.now() - began) / 1_000)} s`,
  ].join(' ');

const figures = await drill(plan);
console.log(JSON.stringify(figures));
process.exit(0);
