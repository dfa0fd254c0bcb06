/** `messages` and `killed while sending`: words of the case in messages, headers and logs; messages lost or sent twice while servers fail and processes are killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chance, count, type Effort, type Row, row } from '../../../harness/assurance.ts';
import { scoped } from './scope.ts';
import { account, arrivals, caseWords, type MessageWorld, openMessages } from './world.ts';

const troubles = [undefined, undefined, 'refuse', 'busy', 'cut before the answer', 'cut before the message'] as const;
const gatewayTroubles = [undefined, undefined, 'refuse', 'busy', 'fail', 'cut', 'redirect', 'no reference'] as const;
const pick = <One>(random: () => number, all: readonly One[]): One => all[Math.floor(random() * all.length)] as One;

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

/** Words of the case and ids of rows, in what left and in what was logged; in logs, addresses too. */
async function findLeaks(world: MessageWorld, log: string): Promise<string[]> {
  const { mail, gateway, db } = world;
  const rows = (await db.selectFrom('notices').select(['id', 'kind']).execute()) as { id: string; kind: string }[];
  const ids = new Set(rows.map(({ id }) => id));
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
    const [members, rounds] = quick ? [25, 12] : [50, 200];
    const random = chance(seed);
    const world = await openMessages(t, members);
    const log = await listened(async () => {
      for (let round = 0; round < rounds; round += 1) {
        world.mail.state.trouble = pick(random, troubles);
        world.gateway.state.trouble = pick(random, gatewayTroubles);
        await world.tell(round);
        await world.sendAll();
        world.later(pick(random, [1, 16, 61]));
      }
      world.mail.state.trouble = undefined;
      world.gateway.state.trouble = undefined;
      await world.settleAll();
      const reader = await world.signIn('visit.record');
      await reader.get('/staff/notifications/outside');
    });
    const leaks = await findLeaks(world, log);
    const { notices, lost, more, messages } = await account(world);
    const sent = world.mail.mails.length + world.gateway.posted.length;
    return [
      row(
        `words of cases, kinds, ids and addresses in ${count(sent)} messages, their headers and the log (0)`,
        leaks.length === 0 ? '0' : `${leaks.length}: ${[...new Set(leaks)].slice(0, 5).join(', ')}`,
        leaks.length === 0 && sent > members * rounds,
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

/** One life of a sender, up to a random moment. */
async function untilKilled(world: MessageWorld, random: () => number): Promise<void> {
  const child = spawn(process.execPath, [senderFile], {
    env: {
      ...process.env,
      ...world.environment,
      HOUSE_ADDRESSES: JSON.stringify(world.addresses),
      HOUSE_NOW: String(world.clock.now().getTime()),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await sleep(random() * 600);
  child.kill('SIGKILL');
  await ended;
}

/** A process that queues and sends is killed at random moments; another goes on. */
export async function assureKilledSenders({ seed, quick }: Effort): Promise<Row[]> {
  return scoped(async (t) => {
    const kills = quick ? 8 : 200;
    const random = chance(seed + 1);
    const world = await openMessages(t, quick ? 20 : 40);
    let cut = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      await world.tell(kill, ['urgent case news']);
      await untilKilled(world, random);
      const left = await world.db
        .selectFrom('notificationMessages')
        .select('id')
        .where('state', '=', 'sending')
        .execute();
      cut += left.length;
      world.later(10);
    }
    await world.settleAll();
    const { notices, lost, more, messages } = await account(world);
    const twice = [...arrivals(world).values()].filter((times) => times > 1).length;
    return [
      row(
        `notifications lost, and messages sent beyond one retry, of ${count(notices)} in ${count(messages)} messages over ${kills} kills (0 and 0)`,
        `${lost} and ${more}; ${cut} tries were cut off, ${twice} messages arrived twice`,
        lost === 0 && more === 0,
      ),
    ];
  });
}
