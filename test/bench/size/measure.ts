/** Fifty members at work in a large partnership: how long each of their pages takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnitKeys } from '../../../src/platform/crypto/crypto.ts';
import { databaseNames, openEmbedded } from '../../../src/platform/embedded-postgres/embedded.ts';
import { by, type Effort, type Line } from '../effort.ts';
import { startServer, stop } from '../processes.ts';
import { familyTime, processorTime } from '../processor.ts';
import { fillToSize, type Size } from './fill.ts';
import { type Asked, chooseMembers, type Member } from './pages.ts';

/** As staff processes are started for live use (deploy/). */
const staffFlags = ['--min-semi-space-size=16'];

/** A member reads a page for so long, on average, before the next. */
const readsFor = 2_000;

/** `folder`: the data of a demonstration, which is filled and can be thrown away afterwards. */
export async function measureAtSize(folder: string, effort: Effort): Promise<readonly Line[]> {
  const size: Size = {
    members: 2_000,
    operations: by(effort, 400, 40, 4),
    visitsEach: by(effort, 500, 100, 60), // Of ten teams, on five days: at least one each day.
    encountersEach: 5,
    people: by(effort, 1_000_000, 20_000, 200),
    logRows: by(effort, 5_000_000, 100_000, 1_000),
  };
  return measureFilled(folder, await fillFolder(folder, size), size, effort);
}

/** Folder and members as they were filled. */
export async function measureFilled(
  folder: string,
  members: readonly Member[],
  size: Size,
  effort: Effort,
): Promise<readonly Line[]> {
  const server = await startServer('built', { SAFELIGHT_DATA: folder, SAFELIGHT_MODE: 'demonstration' }, staffFlags);
  try {
    const used = (): readonly number[] => [processorTime(server.child.pid ?? 0), familyTime(postmasterIn(folder))];
    await settle(used, by(effort, 600, 60, 0));
    await work(server.url, members, by(effort, 20, 10, 1));
    const before = used();
    const times = await work(server.url, members, by(effort, 120, 30, 3));
    const taken = used().map((now, index) => now - (before[index] ?? 0));
    return figures(times, taken, size, effort);
  } finally {
    await stop(server.child);
  }
}

/** Waits, so many seconds at most, until what a start begins is done: the log is sealed, and all cases are looked through for those to erase, as once an hour afterwards. */
async function settle(used: () => readonly number[], seconds: number): Promise<void> {
  const began = performance.now();
  const sum = (): number => used().reduce((total, one) => total + one, 0);
  for (let passed = 0; passed < seconds; passed = (performance.now() - began) / 1000) {
    const before = sum();
    await sleep(5_000);
    if (sum() - before > 250_000) continue; // A twentieth of one processor.
    console.log(`  the work of a start was done after ${passed.toFixed(0)} s`);
    return;
  }
  if (seconds > 0) console.log(`  the work of a start goes on after ${seconds} s, and is measured too`);
}

/** A superuser reaches the database of the folder only before a server opens it. */
async function fillFolder(folder: string, size: Size): Promise<readonly Member[]> {
  const keys = UnitKeys.fromFile(`${folder}/keys.json`).withHalvesIn(`${folder}/key-halves`);
  const embedded = await openEmbedded(folder);
  try {
    const addresses = {
      main: embedded.superuserAddress(databaseNames.main),
      safeguarding: embedded.superuserAddress(databaseNames.safeguarding),
    };
    const began = performance.now();
    await fillToSize(addresses, keys, size, new Date());
    const visits = (size.operations * size.visitsEach).toLocaleString('en-GB');
    console.log(
      `${size.members.toLocaleString('en-GB')} members, ${visits} visits, ${size.people.toLocaleString('en-GB')} cases, ${size.logRows.toLocaleString('en-GB')} log rows, filled in ${((performance.now() - began) / 1000).toFixed(0)} s`,
    );
    return await chooseMembers(addresses, new Date());
  } finally {
    await embedded.stop();
  }
}

type Times = Map<string, number[]>;

/** Each member opens a page, reads it, and opens another, chosen at random; gives the milliseconds of each page by its name. */
async function work(url: string, members: readonly Member[], seconds: number): Promise<Times> {
  const until = performance.now() + seconds * 1000;
  const times: Times = new Map();
  const one = async ({ token, pages }: Member): Promise<void> => {
    const form = await openForm(url, token);
    const headers = { cookie: form.cookie };
    await sleep(Math.random() * readsFor);
    while (performance.now() < until) {
      const asked = pages[Math.floor(Math.random() * pages.length)] as Asked;
      const began = performance.now();
      const answer = await fetch(url + asked.path, {
        headers,
        redirect: 'manual',
        ...(asked.sought !== undefined && {
          method: 'POST',
          body: new URLSearchParams({ sought: asked.sought, _csrf: form.token }),
        }),
      });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${asked.name}, ${asked.path}: ${answer.status}`);
      const all = times.get(asked.name) ?? [];
      all.push(performance.now() - began);
      times.set(asked.name, all);
      await sleep(-Math.log(1 - Math.random()) * readsFor);
    }
  };
  await Promise.all(members.map(one));
  return times;
}

const postmasterIn = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** What a form of this session needs: its token, and the cookies that it belongs to. */
async function openForm(url: string, session: string): Promise<{ readonly token: string; readonly cookie: string }> {
  const answer = await fetch(`${url}/staff/search`, { headers: { cookie: `safelight=${session}` } });
  const set = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  const token = /name="_csrf" value="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
  return { token, cookie: [`safelight=${session}`, ...set].join('; ') };
}

const quantile = (times: readonly number[], part: number): number =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))] ??
  Number.NaN;

/** `taken`: processor time of the server and of the database, in microseconds. */
function figures(times: Times, taken: readonly number[], size: Size, effort: Effort): Line[] {
  const all = [...times.values()].flat();
  const pages = [...times].map(([name, of]) => ({ name, of, p95: quantile(of, 0.95) }));
  pages.sort((one, other) => other.p95 - one.p95);
  for (const { name, of, p95 } of pages)
    console.log(`  ${name}: p50 ${quantile(of, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${of.length} times`);
  const perPage = taken.map((microseconds) => (microseconds / 1000 / all.length).toFixed(1));
  const fewer = effort === 'full' ? '' : ` (${effort}: fewer than the full run)`;
  const [slowest] = pages;
  const bounds = { unit: 'ms', pass: 300, aim: 150 } as const;
  return [
    {
      what: `p95 of the ${pages.length} most used pages, 50 members${fewer}`,
      value: quantile(all, 0.95),
      ...bounds,
      more: `p50 ${quantile(all, 0.5).toFixed(0)} ms, ${all.length} pages, processor ${perPage[0]} ms of the server and ${perPage[1]} ms of the database for each, background work included; each member reads ${readsFor / 1000} s; ${size.people.toLocaleString('en-GB')} cases`,
    },
    { what: `p95 of the slowest of them, ${slowest?.name}${fewer}`, value: slowest?.p95 ?? Number.NaN, ...bounds },
  ];
}
