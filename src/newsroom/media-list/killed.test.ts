import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMailServer } from '../../../test/fixtures/message-servers.ts';
import { draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { openPressMail, sendNextNotice, settleCutOff } from './queue.ts';

const program = join(import.meta.dirname, '../../../test/fixtures/press-sender.ts');
const newsrooms = 12;

test('a sender that is killed while it sends leaves no newsroom out, and sends to none twice', async (t) => {
  const mail = await openMailServer(t);
  const room = await openNewsroom(t, { environment: mail.environment });
  const { writer, force, analyst, db, clock, config, databases, addresses } = room;
  const listed = Array.from({ length: newsrooms }, (_, number) => ({
    id: newTimelessId(),
    agencyId: force.id,
    newsroom: `Paper ${number}`,
    address: `news@paper-${number}.example`,
    addedBy: analyst.id,
    addedAt: clock.now(),
  }));
  await db.insertInto('pressContacts').values(listed).execute();
  await publish(room, await draft(writer, room.signed.id));
  const answered = 4;
  let chosen = 0;
  mail.state.choose = () => (chosen++ < answered ? undefined : 'slow');
  const sender = spawn(process.execPath, [program], {
    env: { ...process.env, ...mail.environment, HOUSE_ADDRESSES: JSON.stringify(addresses) },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  t.after(() => sender.kill('SIGKILL'));
  const ended = once(sender, 'exit');
  sender.stdin.write(`${clock.now().getTime()}\n`);
  // The server has these and answers none of them.
  while (mail.mails.length < answered + 2 && sender.exitCode === null) await sleep(20);
  sender.kill('SIGKILL');
  assert.deepEqual(await ended, [null, 'SIGKILL']);

  mail.state.choose = undefined;
  const sending = openPressMail(config, { databases, clock });
  assert.ok(sending);
  t.after(() => sending.close());
  clock.move(new Date(clock.now().getTime() + 3 * 60_000));
  await runChore(databases, clock, { name: 'x', everySeconds: 1, run: settleCutOff });
  while (await sendNextNotice(sending));
  const states = await db.selectFrom('pressNotices').select(['state', 'reason']).execute();
  const cut = states.filter(({ state, reason }) => state === 'unknown' && reason === 'CUT_OFF').length;
  assert.ok(cut >= 2, `${cut} were cut off`);
  assert.equal(states.filter(({ state }) => state === 'accepted').length, newsrooms - cut, 'all others were accepted');
  const reached = mail.mails.flatMap(({ to }) => to);
  assert.equal(new Set(reached).size, reached.length, 'no newsroom got it twice');
});
