import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { application } from '../../../test/harness/application.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { openTestDatabases } from '../../../test/harness/database.ts';
import { testKeys } from '../../../test/harness/keys.ts';
import { startKillableServer } from '../../../test/harness/killed.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { attend } from '../examples.ts';
import { lookUpValueOf, readReceipt } from '../mailbox/receipt.ts';
import { allKeyPairs, openPartContent, openReportKey } from '../sealing/sealed-report.ts';
import { unwrapByReceipt } from '../sealing/sealing.ts';
import { findReceiptText, readFormValues } from '../visitor.ts';

const seed = 20_261_125;
const kills = 6;

const startServer = (addresses: unknown) =>
  startKillableServer(join(import.meta.dirname, '../../../test/harness/killed-server.ts'), addresses);

/** Tells one report over the wire; the receipt, where the page that shows it came whole. */
async function tell(url: string, what: string): Promise<string | undefined> {
  let step = '';
  const send = async (form: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ ...form, step, to: '/report', way: 'post', language: 'en' });
    const page = await (await fetch(url + privateEntrance, { method: 'POST', body })).text();
    step = /name="step" value="([^"]+)"/.exec(page)?.[1] ?? '';
    return page;
  };
  try {
    step = /name="step" value="([^"]+)"/.exec(await (await fetch(url + privateEntrance)).text())?.[1] ?? '';
    let page = await send({ press: 'begin' });
    while (!page.includes('value="send"'))
      page = await send({ ...readFormValues(page), who: 'worried', what, press: 'next' });
    return findReceiptText(await send({ ...readFormValues(page), receipt: 'digits', press: 'send' }));
  } catch {
    return undefined; // The answer never came whole: nobody saw a receipt.
  }
}

test('every receipt that was shown opens its report, whenever the server is killed', async (t) => {
  const { addresses, superuser, beforeDropping } = await openTestDatabases(t, application);
  const db = openDatabase(superuser.main, { maxConnections: 2 });
  beforeDropping(() => db.destroy());
  const by = { id: newTimelessId(), agencyId: newTimelessId() };
  await attend(db, testKeys, 'police', by, new Date('2026-01-01T00:00:00Z'));
  const random = chance(seed);
  const shown = new Map<string, string>();
  for (let kill = 0; kill < kills; kill += 1) {
    const { url, child } = await startServer(addresses);
    let over = false;
    const telling = Array.from({ length: 6 }, async (_, teller) => {
      for (let time = 0; !over; time += 1) {
        const what = `Words of ${kill} ${teller} ${time}`;
        const receipt = await tell(url, what);
        if (receipt) shown.set(receipt, what);
      }
    });
    const enough = shown.size + 1 + Math.floor(random() * 8);
    const patience = performance.now() + 20_000;
    while (shown.size < enough && performance.now() < patience) await sleep(1);
    await sleep(random() * 40);
    child.kill('SIGKILL');
    await once(child, 'exit');
    over = true;
    await Promise.all(telling);
  }

  const pairs = allKeyPairs(testKeys, 'police');
  const reports = await db.selectFrom('reports').selectAll().execute();
  for (const [digits, what] of shown) {
    const receipt = readReceipt(digits);
    assert.ok(receipt, digits);
    const report = reports.find(({ lookUp }) => lookUpValueOf(receipt).equals(lookUp));
    assert.ok(report, 'a receipt that was shown opens something');
    const key = unwrapByReceipt(receipt, report.id, report.receiptKey);
    assert.ok(key.equals(openReportKey(pairs, report.id, report.sealedKey)));
    const part = await db
      .selectFrom('reportParts')
      .selectAll()
      .where('reportId', '=', report.id)
      .executeTakeFirstOrThrow();
    assert.equal(openPartContent(key, 'police', part as never).what, what);
  }
  assert.ok(shown.size >= kills, `${shown.size} receipts were shown`);
  const { rows } = await sql<{ reports: number; parts: number; logged: number }>`
    select (select count(*) from reports) as reports, (select count(*) from report_parts where kind = 'told') as parts,
           (select count(*) from access_log where event = 'report.received') as logged`.execute(db);
  assert.deepEqual(rows[0], { reports: reports.length, parts: reports.length, logged: reports.length });
  t.diagnostic(`seed ${seed}: ${kills} kills, ${shown.size} receipts shown, ${reports.length} reports kept`);
});
