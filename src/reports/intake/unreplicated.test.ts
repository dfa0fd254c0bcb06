import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openAttended, opened } from '../../../test/fixtures/attended-reports.ts';
import type { Db } from '../../platform/database/database.ts';
import { openReportForm, readFormValues, sendForm } from '../visitor.ts';

/** New connections wait for a replica, or no longer; the test server's replica never comes. */
async function setReplica(store: Db, waits: boolean): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(store);
  await sql`alter database ${sql.id(rows[0]?.name ?? '')} set synchronous_commit = ${sql.raw(waits ? 'on' : 'local')}`.execute(
    store,
  );
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename <> current_user`.execute(store);
}

/** As an operator would who sees it hang, unless it is answered without a wait. */
async function cancelWait(store: Db, answering: Promise<unknown>): Promise<void> {
  let answered = false;
  void answering.finally(() => {
    answered = true;
  });
  while (!answered) {
    const { rows } = await sql<{ n: number }>`
      select count(pg_cancel_backend(pid))::int as n from pg_stat_activity
      where datname = current_database() and wait_event = 'SyncRep'`.execute(store);
    if (rows[0]?.n) return;
  }
}

test('a report that is sent again shows its receipt only when a replica has it', async (t) => {
  const application = await openAttended(t);
  const { app, safeguardingDb } = application;
  const page = (await openReportForm(app)).page().body;
  const form = { ...readFormValues(page), what: 'Six men sleep above the shop', press: 'send support' };
  await setReplica(safeguardingDb, true);
  for (const time of ['sent', 'sent again']) {
    const answering = sendForm(app, '/report', form);
    await cancelWait(safeguardingDb, answering);
    const { statusCode, body } = await answering;
    assert.equal(statusCode, 503, time);
    assert.doesNotMatch(body, /We have it/, time);
  }
  await setReplica(safeguardingDb, false);
  assert.match((await sendForm(app, '/report', form)).body, /We have it/);
  assert.equal((await opened(application, 'help')).length, 1);
});
