/** `messages` and `killed while sending`: words of the case in messages, headers and logs; messages lost or sent twice while servers fail and processes are killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { urgentKinds } from '../../../../src/platform/notifications/notification.ts';
import { chance, count, createProgress, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { scoped } from './scope.ts';
import { account, arrivals, caseWords, type MessageWorld, openMessages } from './world.ts';

const pick = <One>(random: () => number, all: readonly One[]): One => all[Math.floor(random() * all.length)] as One;
/** A run that is not through by then ends, and says how far it came. */
const longestRun = 25 * 60_000;

/** Everything that this process prints while it runs. */
async function listened(run: () => Promise<void>): Promise<string> {
  const before = process.stdout.write;
  let said = '';
  process.stdout.write = ((piece: string | Uint8Array) => {
    said += piece.toString();
    return true;
  }) as typeof process.stdout.write;
  try {
    await run();
  } finally {
    process.stdout.write = before;
  }
  return said;
}

type NoticeRow = { readonly id: string; readonly kind: string; readonly subject: string | null };

/** Words of the case and ids of rows and records, in what left and in what was logged; in logs, addresses too. */
async function findLeaks(world: MessageWorld, log: string): Promise<string[]> {
  const { mail, gateway, db } = world;
  const rows = (await db.selectFrom('notices').select(['id', 'kind', 'subject']).execute()) as NoticeRow[];
  const ids = new Set(rows.flatMap(({ id, subject }) => (subject ? [id, subject] : [id])));
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const leaks: string[] = [];
  const texts = [
    // The address of the reader is theirs to read, and has a word of the case in its domain.
    ...mail.mails.map(({ source }) => source.replaceAll(/reader-\d+@quillhaven\.example/g, '')),
    ...gateway.posted.map(({ headers, body }) => JSON.stringify(headers) + body),
  ];
  for (const text of [...texts, log]) {
    const found = [...caseWords, ...kinds].filter((word) => text.toLowerCase().includes(word.toLowerCase()));
    leaks.push(
      ...found,
      ...(text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []).filter((id) => ids.has(id)),
    );
  }
  if (/reader-\d+@|\+4477009/.test(log)) leaks.push('an address in the log');
  const said = new Set([
    ...mail.mails.map(({ source }) => source.split('\r\n\r\n').slice(1).join('\n').trim()),
    ...gateway.posted.map(({ body }) => String((JSON.parse(body) as { content: string }).content)),
  ]);
  if (said.size > 2) leaks.push(`${said.size} wordings in place of one each`);
  return leaks;
}

/** Rounds of notifications to everybody, while each server fails as chance has it. */
export async function assureMessages({ seed, quick }: Effort): Promise<Row[]> {
  return scoped(async (t) => {
    const [members, rounds] = quick ? [40, 3] : [50, 200];
    const random = chance(seed);
    const world = await openMessages(t, { many: members, random });
    const progress = createProgress('notifications');
    const until = Date.now() + longestRun;
    const log = await listened(async () => {
      for (let round = 0; round < rounds && Date.now() < until; round += 1) {
        await world.tell(round);
        await world.inTrouble(world.sendAll);
        world.later(pick(random, [1, 16, 61]));
        progress((round + 1) * members, rounds * members);
      }
      await world.settleAll();
      const reader = await world.signIn('visit.record');
      await reader.get('/staff/notifications/outside');
    });
    const leaks = await findLeaks(world, log);
    const planted = await findLeaks(world, caseWords[0]);
    const { notices, lost, more, messages } = await account(world);
    const sent = world.mail.mails.length + world.gateway.posted.length;
    return [
      row(
        `words of cases, kinds, ids and addresses in ${count(sent)} messages, their headers and the log (0)`,
        leaks.length === 0 ? '0' : `${leaks.length}: ${[...new Set(leaks)].slice(0, 5).join(', ')}`,
        leaks.length === 0 && planted.includes(caseWords[0]) && sent > members * rounds,
      ),
      row(
        `notifications lost, and messages sent beyond one retry, of ${count(notices)} in ${count(messages)} messages while servers fail (0 and 0)`,
        `${lost} and ${more}`,
        lost === 0 && more === 0 && notices === members * rounds,
      ),
    ];
  });
}

const senderFile = join(import.meta.dirname, 'sender-process.ts');

/** A sender that has loaded its code and waits for its time. */
function startSender(world: MessageWorld): ChildProcess {
  return spawn(process.execPath, [senderFile], {
    env: { ...process.env, ...world.environment, HOUSE_ADDRESSES: JSON.stringify(world.addresses) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

const longestLife = 600;

/** One life of a sender: from the time that it is given to a random moment after it began to send. */
async function letSend(sender: ChildProcess, now: Date, random: () => number): Promise<void> {
  const ended = once(sender, 'exit');
  sender.stdin?.write(`${now.getTime()}\n`);
  await Promise.race([once(sender.stdout as Readable, 'data'), ended]);
  await sleep(random() * longestLife);
  sender.kill('SIGKILL');
  const [, signal] = await ended;
  if (signal !== 'SIGKILL') throw new Error('a sender ended by itself');
}

/** Two processes queue and send at the same time, each until a random moment; two others go on. */
export async function assureKilledSenders({ seed, quick }: Effort): Promise<Row[]> {
  return scoped(async (t) => {
    const [members, kills] = quick ? [20, 8] : [50, 200];
    const random = chance(seed + 1);
    const world = await openMessages(t, { many: members, random });
    const progress = createProgress('kills');
    const until = Date.now() + longestRun;
    const startTwo = () => [startSender(world), startSender(world)];
    let [killed, cut, next] = [0, 0, startTwo()];
    t.after(() => next.map((sender) => sender.kill('SIGKILL')));
    for (let round = 0; killed < kills && Date.now() < until; round += 1) {
      const senders = next;
      next = startTwo();
      await world.tell(round, urgentKinds);
      await world.inTrouble(async () => {
        await Promise.all(senders.map((sender) => letSend(sender, world.clock.now(), random)));
      });
      killed += senders.length;
      cut += await countSending(world);
      world.later(10);
      progress(killed, kills);
    }
    await world.settleAll();
    const { notices, lost, more, messages } = await account(world);
    const twice = [...arrivals(world).values()].filter((times) => times > 1).length;
    return [
      row(
        `notifications lost, and messages sent beyond one retry, of ${count(notices)} in ${count(messages)} messages over ${killed} of ${kills} kills (0 and 0)`,
        `${lost} and ${more}; ${cut} tries were cut off, ${twice} messages arrived twice`,
        lost === 0 && more === 0 && killed === kills,
      ),
    ];
  });
}

const countSending = async ({ db }: MessageWorld): Promise<number> =>
  (await db.selectFrom('notificationMessages').select('id').where('state', '=', 'sending').execute()).length;
