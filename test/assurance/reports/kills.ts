/** Kills the server, the database, or both, in the middle of telling, answering and asking back; keeps account of what was said to whom. */

import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { postmasterOf } from '../../harness/embedded.ts';
import type { KillableServer } from '../../harness/killed.ts';
import type { Kept } from './open-intake.ts';
import { canary } from './remains.ts';
import { askBack, tellWith, writeMore } from './wire.ts';

export const killed = ['the server', 'the server', 'the database', 'both'] as const;

/** Complete answers that reached the senders. */
export type Said = {
  /** By receipt, the text of the report. */
  readonly shown: Map<string, string>;
  /** By receipt, what the mailbox said that it had added. */
  readonly added: Map<string, string[]>;
  /** By report, messages that staff were shown as sent to the source. */
  readonly asked: Map<string, string[]>;
  /** By receipt, what stood in the file that the last page said went along. */
  readonly brought: Map<string, string>;
  /** Completed although the database died on the way. */
  outlived: number;
  failed: number;
};

export const nothingSaid = (): Said => ({
  shown: new Map(),
  added: new Map(),
  asked: new Map(),
  brought: new Map(),
  outlived: 0,
  failed: 0,
});

const settings = { SAFELIGHT_DOOR: 'all', SAFELIGHT_LOG: 'debug' };
export const filesOf = ({ folder }: Kept): string => join(folder, 'files');
const tellers = 4;
const patienceMs = 20_000;
/** How often a sender tries again after an answer that the report could not be stored. */
const pressesAgain = 40;

export const noted = (map: Map<string, string[]>, key: string, words: string): void =>
  void map.set(key, [...(map.get(key) ?? []), words]);

export const startApplication = (kept: Kept): Promise<KillableServer> =>
  kept.startDoor({ ...settings, SAFELIGHT_FILES: filesOf(kept) });

/** One person sends `told`, alone or with a file of it. True if a receipt was shown. */
export async function tellAndNote(
  url: string,
  said: Said,
  told: string,
  { who, withFile }: { readonly who: 'me' | 'worried'; readonly withFile: boolean },
): Promise<boolean> {
  const answers = { who, reader: 'support', now: 'no', what: told, place: told };
  const file = withFile ? new File([`${told}\n`.repeat(2_000)], 'note.txt') : undefined;
  const { receipt, took } = await tellWith(url, answers, file, pressesAgain);
  if (!receipt) return false;
  said.shown.set(receipt, told);
  if (took) said.brought.set(receipt, told);
  return true;
}

/** One life of a server, up to a random moment. `next` is started in that time. */
export async function untilKilled(
  kept: Kept,
  { url, child }: KillableServer,
  said: Said,
  { number, random }: { readonly number: number; readonly random: () => number },
): Promise<void> {
  const what = killed[number % killed.length];
  const deaths = { over: false, database: 0 };
  const words = (who: string, time: number): string =>
    `${canary} ${number} ${who} ${time} ${Math.floor(random() * 1e9)}`;
  const going = async (one: (time: number) => Promise<void>): Promise<void> => {
    for (let time = 0; !deaths.over; time += 1) {
      try {
        await one(time);
      } catch {
        said.failed += 1; // The answer never came whole, or said so: nobody was promised anything.
        await sleep(50);
      }
    }
  };
  const telling = (teller: number) => async (time: number) => {
    const [told, before] = [words(`teller ${teller}`, time), deaths.database];
    const who = (teller + time) % 3 === 0 ? 'me' : 'worried';
    if (!(await tellAndNote(url, said, told, { who, withFile: (teller + time) % 2 === 0 }))) return;
    if (deaths.database > before) said.outlived += 1;
  };
  const answering = async (time: number) => {
    const [receipt] = [...said.shown.keys()].slice(-1 - Math.floor(random() * 12));
    if (!receipt) return void (await sleep(20));
    const more = words('answer', time);
    if (await writeMore(url, receipt, more)) noted(said.added, receipt, more);
  };
  const asking = async (time: number) => {
    const id = await anyReport(kept);
    if (!id) return void (await sleep(20));
    const question = words('question', time);
    if (await askBack(url, kept.session, id, question)) noted(said.asked, id, question);
  };
  const work = [
    ...Array.from({ length: tellers }, (_, teller) => going(telling(teller))),
    going(answering),
    going(asking),
  ];
  await enough(said, said.shown.size + 1 + Math.floor(random() * 3));
  await sleep(random() * 120);
  if (what !== 'the server') {
    process.kill(postmasterOf(kept.embedded), 'SIGKILL');
    deaths.database += 1;
  }
  if (what !== 'the database') child.kill('SIGKILL');
  if (what !== 'the server') await kept.reopen();
  // A server that outlived its database continues, with the drafts from before.
  if (what === 'the database') {
    await enough(said, said.shown.size + 2);
    child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  deaths.over = true;
  await Promise.all(work);
}

async function enough(said: Said, shown: number): Promise<void> {
  const until = performance.now() + patienceMs;
  while (said.shown.size < shown && performance.now() < until) await sleep(1);
}

export const anyReport = ({ looking }: Kept): Promise<string | undefined> =>
  looking('police', async (db) => {
    const { rows } = await sql<{ id: string }>`select id from reports order by random() limit 1`.execute(db);
    return rows[0]?.id;
  });
