import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { request as ask, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { keyPair, putFile, why } from '../../../test/fixtures/report-originals.ts';
import { application } from '../../../test/harness/application.ts';
import { openTestDatabases } from '../../../test/harness/database.ts';
import { testKeys } from '../../../test/harness/keys.ts';
import { startKillableServer } from '../../../test/harness/killed.ts';
import { addAgency, addMember, openSession } from '../../identity/agencies/index.ts';
import { stoppedClock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { newId, newTimelessId } from '../../vocabulary/ids.ts';
import { addReport, attend } from '../examples.ts';

const marker = 'Kiln Row 44';

async function bears(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path)).includes(marker)) found.push(path);
  }
  return found;
}

test('a client that hangs up, or a server killed during an export, leaves no plaintext, and the row is kept', async (t) => {
  const { addresses, superuser, beforeDropping } = await openTestDatabases(t, application);
  const db = openDatabase(superuser.main, { maxConnections: 2 });
  beforeDropping(() => db.destroy());
  const root = await mkdtemp(join(tmpdir(), 'safelight-taken-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const [filesFolder, temporary] = [join(root, 'files'), await mkdtemp(join(root, 'temporary-'))];
  const now = new Date();
  const agencyId = newId<'agency'>();
  const names = { name: 'Some force', officialName: 'Some force in full' };
  await addAgency(db, { id: agencyId, ...names, kind: 'police force', side: 'enforcement', firstResponder: false });
  const member = { id: newId<'member'>(), agencyId, name: 'Tam Triage', title: 'Officer', endedAt: null };
  await addMember(db, { ...member, roles: ['triage'] }, { email: 'tam@example.org', passwordHash: 'none' });
  await attend(db, testKeys, 'police', member, new Date(now.getTime() - 3_600_000));
  const told = await addReport(db, testKeys, 'police', agencyId, now);
  const content = Buffer.from(`${marker}: six men sleep above the shop\n`.repeat(500_000));
  const store = { config: { filesFolder }, keys: testKeys, clock: stoppedClock(now), db, safeguardingDb: db };
  const id = await putFile(store, 'police', told.id, { content, name: 'diary.txt' });
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    const opening = newTimelessId();
    const until = new Date(now.getTime() + 4 * 3_600_000);
    await sql`insert into source_identity_requests (id, report_id, file_id, agency_id, asked_by, purpose, reason, asked_at, until)
      values (${opening}, ${told.id}, ${id}, ${agencyId}, ${member.id}, 'forensic examination', 'An invented reason of a sentence', ${now}, ${until})`.execute(
      tx,
    );
    await sql`insert into source_identity_decisions (id, granted, reasons, decided_by, decided_at)
      values (${opening}, true, 'An invented reason of a sentence', ${newId()}, ${now})`.execute(tx);
  });
  const token = await openSession(db, member.id, now, { method: 'password', sharedWorkstation: false });
  const { recipient, open } = await keyPair();

  const settings = { SAFELIGHT_DOOR: 'staff', SAFELIGHT_MODE: 'demonstration', SAFELIGHT_FILES: filesFolder };
  const { url, child } = await startKillableServer(
    join(import.meta.dirname, '../../../test/harness/killed-server.ts'),
    addresses,
    {
      settings,
      temporary,
    },
  );
  const first = await fetch(`${url}/staff`, { headers: { cookie: `${sessionCookie}=${token}` } });
  const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(await first.text()) ?? assert.fail('no form');
  const cookie = [
    `${sessionCookie}=${token}`,
    ...first.headers.getSetCookie().map((one) => one.slice(0, one.indexOf(';'))),
  ].join('; ');
  /** As much of it as has come when somebody stops reading. */
  const begin = async () => {
    const body = new URLSearchParams({ ...why, recipient, _csrf: csrf }).toString();
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const sent = ask(`${url}/staff/report-files/${id}/export`, { method: 'POST', headers }).end(body);
    sent.on('error', () => {});
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const pieces: Buffer[] = [];
    answer.on('error', () => {});
    answer.on('data', (piece: Buffer) => {
      pieces.push(piece);
      answer.pause();
    });
    await once(answer, 'data');
    return { answer, sent, pieces };
  };
  const taken = async (): Promise<number> => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from access_log where event = 'file.exported' and subject = ${id}`.execute(db);
    return rows[0]?.n ?? 0;
  };
  const opened = async (): Promise<string[]> => {
    const names = await readdir(`/proc/${child.pid}/fd`).catch(() => []);
    const paths = await Promise.all(names.map((one) => readlink(`/proc/${child.pid}/fd/${one}`).catch(() => '')));
    return paths.filter((path) => path.includes(id));
  };

  const left = await begin();
  assert.equal(left.answer.statusCode, 200);
  assert.equal(await taken(), 1, 'written down before its first piece');
  if (process.platform === 'linux') assert.equal((await opened()).length, 1, 'it is being read');
  left.sent.destroy();
  for (let tries = 0; tries < 100 && (await opened()).length > 0; tries += 1) await sleep(20);
  assert.deepEqual(await opened(), [], 'nothing is read for somebody who has gone');

  const half = await begin();
  assert.equal(await taken(), 2);
  assert.deepEqual(await bears(root), [], 'while it leaves');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.deepEqual(await bears(root), [], 'after it was killed');
  const came = Buffer.concat(half.pieces);
  assert.ok(came.length > 0 && came.length < content.length);
  assert.equal(came.includes(marker), false);
  await assert.rejects(open(came), 'half a file opens for nobody');
});
