/** A process that queues and sends messages until it is killed: addresses, settings and the time of its clock from the environment. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../../../src/platform/config.ts';
import { type Addresses, Databases } from '../../../../src/platform/database/database.ts';
import { runChore } from '../../../../src/platform/jobs/outbox.ts';
import { openSenders } from '../../../../src/platform/messages/channel.ts';
import { queueMessages, sendNext, settleCutOff } from '../../../../src/platform/messages/queue.ts';

const { HOUSE_ADDRESSES = '', HOUSE_NOW = '0' } = process.env;
const databases = new Databases(JSON.parse(HOUSE_ADDRESSES) as Addresses);
const clock = { now: () => new Date(Number(HOUSE_NOW)), today: () => '' };
const senders = openSenders(readConfig());
const chores = [queueMessages(senders), settleCutOff];
let told = false;
for (;;) {
  for (const run of chores) await runChore(databases, clock, { name: 'x', everySeconds: 1, run });
  // From here on it sends, and may be killed.
  if (!told) console.log('1');
  told = true;
  while (await sendNext({ databases, clock, senders }));
  await sleep(20);
}
