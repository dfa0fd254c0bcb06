/** `balancer`: two public processes behind HAProxy, configured as docs/settings.md says. One is killed at random moments while people report. */

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateEntrance } from '../../../src/platform/addresses.ts';
import { chance, count, type Effort, type Row, row } from '../../harness/assurance.ts';
import { openBalancer } from '../../harness/balancer.ts';
import { end, findPorts, type Haproxy, installedHaproxy, startHaproxy } from '../../harness/haproxy.ts';
import type { KillableServer } from '../../harness/killed.ts';
import { heldBy, openStored } from './crash.ts';
import { filesOf } from './kills.ts';
import { type Kept, withKept } from './open-intake.ts';
import { nothingTold, report, type Told } from './persistent-reporter.ts';
import { openAll } from './wire.ts';

const reporters = 8;
const thinksMs = 300;
const patienceMs = 60_000;
/** After a process listens again: HAProxy asks each second. */
const noticedMs = 1_500;

export async function assureBalancer({ seed, quick }: Effort): Promise<Row[]> {
  const version = installedHaproxy();
  const name = version ? `HAProxy ${version}` : 'a balancer of our own, because HAProxy is not installed';
  return withKept(async (kept) => [
    ...(version ? await journeysStay(kept, name, quick ? 100 : 1_000) : []),
    ...(await whileKilling(kept, { seed, kills: quick ? 4 : 200, name, version })),
  ]);
}

type Drill = {
  readonly seed: number;
  readonly kills: number;
  readonly name: string;
  readonly version: string | undefined;
};

async function whileKilling(kept: Kept, { seed, kills, name, version }: Drill): Promise<Row[]> {
  const random = chance(seed);
  const [site = 0, one = 0, other = 0] = await findPorts(3, chance(Date.now()));
  const ports = [one, other] as const;
  const settings = {
    SAFELIGHT_STEP_KEY: Buffer.alloc(32, 7).toString('base64'),
    SAFELIGHT_FILES: filesOf(kept),
    SAFELIGHT_TRUST_PROXY: 'true',
  };
  // The next process of each port reads its modules while this one lives, so that a kill waits less.
  const prepared = ports.map((port) => kept.prepareDoor(settings, port));
  const start = async (victim: number): Promise<KillableServer> => {
    const begun = prepared[victim]?.begin();
    if (!begun) throw new Error(`no process ${victim}`);
    const server = await bounded(begun, 'a process did not start');
    prepared[victim] = kept.prepareDoor(settings, ports[victim] ?? 0);
    return server;
  };
  const servers = await Promise.all([start(0), start(1)]);
  const balancer = version ? await startHaproxy(kept.folder, { site, processes: ports }) : await ownBalancer(ports);
  const told = nothingTold();
  let over = false;
  const working = Array.from({ length: reporters }, async (_, reporter) => {
    for (let time = 0; !over; time += 1) {
      const what = `Report ${seed}-${reporter}-${time}.`;
      const file = (reporter + time) % 2 === 0 ? new File([`${what}\n`.repeat(4_000)], 'note.txt') : undefined;
      const who = (reporter + time) % 3 === 0 ? 'me' : 'worried';
      await report(balancer.url, { what, who, file }, told, () => sleep(random() * thinksMs));
    }
  });
  try {
    const killing = killInTurn(kills, { random, told, servers, start });
    await Promise.race([killing, Promise.all(working)]);
    over = true;
    await bounded(Promise.all(working), 'a reporter did not finish');
    const opened = await openAll(balancer.url, [...told.shown.keys()]);
    return await figures(kept, told, opened, { kills, name });
  } finally {
    over = true;
    await balancer.stop();
    for (const { child } of [...servers, ...prepared]) await end(child);
  }
}

type Killing = {
  readonly random: () => number;
  readonly told: Told;
  readonly servers: KillableServer[];
  readonly start: (victim: number) => Promise<KillableServer>;
};

/** One process at a time, by chance; the next only when both answer again. */
async function killInTurn(kills: number, { random, told, servers, start }: Killing): Promise<void> {
  for (let kill = 0; kill < kills; kill += 1) {
    const pages = told.pages;
    for (const until = performance.now() + patienceMs; told.pages < pages + reporters; await sleep(5))
      if (performance.now() > until) throw new Error('no pages are answered');
    await sleep(random() * thinksMs);
    const victim = random() < 0.5 ? 0 : 1;
    const { child } = servers[victim] as KillableServer;
    await end(child);
    await sleep(random() * 500);
    servers[victim] = await start(victim);
    await sleep(noticedMs);
  }
}

async function figures(
  kept: Kept,
  told: Told,
  opened: readonly boolean[],
  { kills, name }: Pick<Drill, 'kills' | 'name'>,
): Promise<Row[]> {
  const stored = await openStored(kept);
  const held = heldBy(stored, { ...told, added: new Map(), asked: new Map() });
  const texts = [...stored.byId.values()].map((words) => /Report [\d-]+\./.exec(words)?.[0] ?? '');
  const distinct = new Set(texts);
  const vanished = told.unshown.filter((what) => !distinct.has(what));
  const lost = [...told.lost, ...vanished.map((what) => `at send: ${what}`)];
  const closed = opened.filter((opens) => !opens).length;
  const killed = `one of two public processes behind ${name}, killed at ${kills} random moments`;
  const withFiles = told.brought.size;
  return [
    row(
      `${killed}: reports that were begun and lost`,
      `${lost.length} of ${count(told.begun)}${lost.length > 0 ? ` (${lost.slice(0, 5).join(' ')})` : ''}; ${told.resumed} of them went on after an error`,
      lost.length === 0 && told.begun >= kills,
    ),
    row(
      'the same: receipts that were shown and open no mailbox through the balancer',
      `${closed} of ${count(opened.length)}`,
      closed === 0 && opened.length >= kills,
    ),
    row(
      'the same: texts and files that were sent, and not to be opened with the receipt and the keys',
      `${held.missing} of ${count(held.looked)} (${count(withFiles)} files)`,
      held.missing === 0 && withFiles > 0,
    ),
    row(
      'the same: reports kept twice',
      `${texts.length - distinct.size} of ${count(texts.length)}`,
      texts.length === distinct.size,
    ),
    row(
      'the same: pages that answered with an error and were sent again',
      `${told.errors} for ${count(told.pages)} pages; ${told.beganAgain} first pages without an answer led to the entrance`,
      told.errors <= kills * reporters * 2,
    ),
    row(
      'the same: reports that were kept, whose reporter saw no receipt and is asked to tell it again',
      `${told.unshown.length - vanished.length}`,
      told.unshown.length <= kills * reporters,
    ),
  ];
}

/** Forms of one journey reach one process, with and without files, long and short; when it is gone they reach the other at once. */
async function journeysStay({ folder }: Kept, name: string, journeys: number): Promise<Row[]> {
  const [site = 0, one = 0, other = 0] = await findPorts(3, chance(Date.now()));
  const stubs = await Promise.all([one, other].map(openStub));
  const balancer = await startHaproxy(folder, { site, processes: [one, other] });
  try {
    const [both, alone] = [new Set<string>(), new Set<string>()];
    let [strayed, failed, slowest] = [0, 0, 0];
    for (let journey = 0; journey < journeys; journey += 1) {
      const reached = await sendForms(balancer.url);
      if (new Set(reached).size > 1) strayed += 1;
      for (const process of reached) both.add(process);
    }
    stubs[0]?.close();
    for (let journey = 0; journey < journeys; journey += 1) {
      const began = performance.now();
      for (const process of await sendForms(balancer.url)) {
        alone.add(process);
        if (process !== String(other)) failed += 1;
      }
      slowest = Math.max(slowest, performance.now() - began);
    }
    return [
      row(
        `${name} as docs/settings.md prints it: journeys of which a form, short, long or with a file, reached another process`,
        `${strayed} of ${count(journeys)}`,
        strayed === 0 && both.size === 2,
      ),
      row(
        'the same, one process gone: forms that the other did not answer',
        `${failed} of ${count(journeys * 4)}; the slowest four took ${Math.round(slowest)} ms`,
        failed === 0,
      ),
    ];
  } finally {
    await balancer.stop();
    for (const stub of stubs) stub.close();
  }
}

/** The four forms of one journey; which process answered each. */
async function sendForms(url: string): Promise<string[]> {
  const journey = randomBytes(12).toString('base64url');
  const token = () => journey + randomBytes(27).toString('base64url').slice(0, 35);
  const multipart = (bytes: number): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ to: '/report', step: token() })) form.append(name, value);
    form.append('files', new File([new Uint8Array(randomBytes(bytes))], 'picture.jpg'));
    return form;
  };
  const bodies = [
    new URLSearchParams({ to: '/report', step: token() }),
    new URLSearchParams({ step: token(), what: 'é'.repeat(8_000) }),
    multipart(500),
    multipart(100_000),
  ];
  const reached: string[] = [];
  for (const body of bodies) {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await fetch(url + privateEntrance, { method: 'POST', body, signal }).catch(() => undefined);
    reached.push((await answer?.text()) ?? 'none');
  }
  return reached;
}

/** Answers every request with its port, when the request has come whole. */
async function openStub(port: number): Promise<{ readonly close: () => void }> {
  const server = createServer((request, reply) => {
    request.resume().once('end', () => reply.end(String(port)));
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return {
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function ownBalancer(ports: readonly number[]): Promise<Haproxy> {
  const { url, server } = await openBalancer(ports);
  return { url, stop: async () => void server.close() };
}

async function bounded<Found>(work: Promise<Found>, problem: string): Promise<Found> {
  const over = new AbortController();
  const late = sleep(patienceMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(problem);
  });
  return Promise.race([work, late]).finally(() => over.abort());
}
