import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { application } from '../../../test/harness/application.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { openBalancer } from '../../../test/harness/balancer.ts';
import { openTestDatabases } from '../../../test/harness/database.ts';
import { testKeys } from '../../../test/harness/keys.ts';
import { type KillableServer, startKillableServer } from '../../../test/harness/killed.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { attend } from '../examples.ts';
import { lookUpValueOf, readReceipt } from '../mailbox/receipt.ts';
import { findReceiptText, readFormValues } from '../visitor.ts';

const seed = 20_261_129;
const kills = 4;
const portOf = ({ url }: KillableServer): number => Number(new URL(url).port);

type Told = { readonly receipt: string | undefined; readonly lost: boolean };

/** Tells one report as a reader does: who gets no answer sends the same page again. Lost is a report whose page led nowhere before it was sent. */
async function tell(url: string, what: string): Promise<Told> {
  let step = '';
  const send = async (form: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ ...form, step, to: '/report', way: 'post', language: 'en' });
    for (let tries = 0; tries < 40; tries += 1) {
      const answer = await fetch(url + privateEntrance, { method: 'POST', body })
        .then(async (one) => (one.status < 500 ? one.text() : undefined))
        .catch(() => undefined);
      if (answer !== undefined) {
        step = /name="step" value="([^"]+)"/.exec(answer)?.[1] ?? '';
        return answer;
      }
      await sleep(50);
    }
    throw new Error('no process answers');
  };
  const enter = async (): Promise<string> => {
    step = /name="step" value="([^"]+)"/.exec(await (await fetch(url + privateEntrance)).text())?.[1] ?? '';
    return send({ press: 'begin' });
  };
  let page = await enter();
  // A first page that a process opened before it died leads back to the entrance: nothing is written yet.
  for (let tries = 0; page.includes('id="door"') && tries < 10; tries += 1) page = await enter();
  while (!page.includes('value="send"')) {
    if (!page.includes('name="draft"')) return { receipt: undefined, lost: true };
    page = await send({ ...readFormValues(page), who: 'worried', what, press: 'next' });
  }
  return {
    receipt: findReceiptText(await send({ ...readFormValues(page), receipt: 'digits', press: 'send' })),
    lost: false,
  };
}

test('of two public processes one is killed again and again: no report that was begun is lost, and every receipt opens its report', async (t) => {
  const { addresses, superuser, beforeDropping } = await openTestDatabases(t, application);
  const db = openDatabase(superuser.main, { maxConnections: 2 });
  beforeDropping(() => db.destroy());
  const by = { id: newTimelessId(), agencyId: newTimelessId() };
  await attend(db, testKeys, 'police', by, new Date('2026-01-01T00:00:00Z'));
  const start = (): Promise<KillableServer> =>
    startKillableServer(join(import.meta.dirname, '../../../test/harness/killed-server.ts'), addresses, {
      settings: { SAFELIGHT_STEP_KEY: Buffer.alloc(32, 7).toString('base64') },
    });
  const servers = await Promise.all([start(), start()]);
  const ports = servers.map(portOf);
  const { url, server } = await openBalancer(ports);
  t.after(() => {
    server.close();
    for (const { child } of servers) child.kill('SIGKILL');
  });
  const random = chance(seed);
  const told: Told[] = [];
  let over = false;
  const telling = Array.from({ length: 6 }, async (_, teller) => {
    for (let time = 0; !over; time += 1) told.push(await tell(url, `Words of ${teller} ${time}`));
  });
  for (let kill = 0; kill < kills; kill += 1) {
    const before = told.length;
    while (told.length < before + 4) await sleep(5);
    await sleep(random() * 60);
    const victim = kill % 2;
    const { child } = servers[victim] as KillableServer;
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await start();
    servers[victim] = next;
    ports[victim] = portOf(next);
  }
  over = true;
  await Promise.all(telling);
  assert.equal(told.filter(({ lost }) => lost).length, 0, 'a report that was begun was lost');
  const reports = await db.selectFrom('reports').selectAll().execute();
  const receipts = told.flatMap(({ receipt }) => (receipt ? [receipt] : []));
  for (const digits of receipts) {
    const receipt = readReceipt(digits);
    assert.ok(receipt && reports.some(({ lookUp }) => lookUpValueOf(receipt).equals(lookUp)), digits);
  }
  // Where a process died after the report was kept and before its receipt was shown, the report has no receipt.
  assert.ok(told.length - receipts.length <= kills * 6, `${told.length - receipts.length} saw no receipt`);
  assert.ok(reports.length >= receipts.length);
  t.diagnostic(
    `seed ${seed}: ${kills} kills, ${told.length} told, ${receipts.length} receipts shown, ${reports.length} reports kept`,
  );
});
