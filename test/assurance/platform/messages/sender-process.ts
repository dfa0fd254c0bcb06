/** A process that queues and sends messages until it is killed: addresses and settings from the environment, the time of its clock from its first line. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../../../src/platform/config.ts';
import { type Addresses, Databases } from '../../../../src/platform/database/database.ts';
import { runChore } from '../../../../src/platform/jobs/outbox.ts';
import { openSenders } from '../../../../src/platform/messages/channel.ts';
import { createPump, queueMessages, settleCutOff } from '../../../../src/platform/messages/queue.ts';

const databases = new Databases(JSON.parse(process.env.HOUSE_ADDRESSES ?? '') as Addresses);
const senders = openSenders(readConfig());
const [line] = (await once(createInterface(process.stdin), 'line')) as [string];
const clock = { now: () => new Date(Number(line)), today: () => '' };
const pump = createPump({ databases, clock, senders });
const chores = [queueMessages(senders), settleCutOff];
let begun = false;
for (;;) {
  for (const run of chores) await runChore(databases, clock, { name: 'x', everySeconds: 1, run });
  // From here on it sends, and may be killed.
  if (!begun) console.log('1');
  begun = true;
  await pump();
  await sleep(20);
}
