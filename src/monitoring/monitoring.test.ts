import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type TestApplication } from '../../test/fixtures/application.ts';
import { application as databaseDefinition } from '../../test/harness/application.ts';
import { stoppedClock, systemClock } from '../platform/clock.ts';
import { Databases } from '../platform/database/database.ts';
import { leaderLockId } from '../platform/jobs/outbox.ts';
import { Metrics, metricHelp } from '../platform/metrics/metrics.ts';
import { serveMetrics } from '../platform/metrics/serve.ts';
import { newId } from '../vocabulary/ids.ts';
import { gaugesOf } from './gauges.ts';
import { Monitor } from './monitor.ts';
import { judgeAll } from './rules.ts';

const minutes = (at: Date, count: number): Date => new Date(at.getTime() + count * 60_000);

const monitorOf = ({ config, databases, clock }: Pick<TestApplication, 'config' | 'databases' | 'clock'>): Monitor =>
  new Monitor({ config, databases, clock, loadDefinition: async () => databaseDefinition });

/** The rules that ask for a cure now. */
const illIn = async (monitor: Monitor): Promise<string[]> =>
  judgeAll(await monitor.measure()).flatMap(({ name, cure }) => (cure ? [name] : []));

const addEvent = (db: TestApplication['db'], at: Date, tries = 0) =>
  db.insertInto('outbox').values({ id: newId(), event: 'nobody listens', at, tries, details: '{}' }).execute();

test('an administrator reads what is healthy and what to do, on a page that holds no figure of people', async (t) => {
  const application = await openApplication(t);
  const administrator = await application.signIn('system health.read');
  const { statusCode, body } = await administrator.get('/staff/system-health');
  assert.equal(statusCode, 200);
  assert.match(body, /No process does the background work\.[\s\S]*DATABASE_URL_LEADER/);
  assert.match(body, /The main database answers and takes changes \(PostgreSQL 17\.\d+\)/);
  assert.match(body, /Its tables, functions and rights are those of this version \(01\d\d-/);
  assert.match(body, /Nobody said where backups lie\. Set SAFELIGHT_BACKUPS/);
  assert.match(body, /There is no replica: the data are on one machine/);
  assert.match((await administrator.get('/staff/more')).body, /href="\/staff\/system-health"/);
});

test('an event that waits, one that was given up and a log without a seal are found; a leader is seen by its lock', async (t) => {
  const application = await openApplication(t);
  const { db, clock } = application;
  const monitor = monitorOf(application);
  assert.deepEqual(await illIn(monitor), ['background_work']);
  await addEvent(db, minutes(clock.now(), -5));
  await db
    .insertInto('accessLog')
    .values({
      at: minutes(clock.now(), -5),
      event: 'tried',
      kind: 'refusal',
      action: 'home.read',
      purpose: 'operation',
      requestId: newId(),
    })
    .execute();
  assert.deepEqual(await illIn(monitor), ['background_work', 'main_outbox', 'main_seal']);
  await db.connection().execute(async (held) => {
    await sql`select pg_advisory_lock(${sql.lit(leaderLockId)})`.execute(held);
    assert.deepEqual(await illIn(monitor), ['main_outbox', 'main_seal']);
    await sql`select pg_advisory_unlock_all()`.execute(held);
  });
  await sql`update outbox set tries = 10`.execute(db);
  const given = judgeAll(await monitor.measure()).find(({ name }) => name === 'main_outbox');
  assert.match(given?.says ?? '', /tried ten times/);
});

test('queues of the safeguarding database are read once an hour, so that no minute can be told', async (t) => {
  const application = await openApplication(t, { time: '12:10' });
  const { safeguardingDb, clock } = application;
  const monitor = monitorOf(application);
  const gauges = async (): Promise<string> => JSON.stringify(await gaugesOf(monitor)());
  const before = await gauges();
  await addEvent(safeguardingDb, minutes(clock.now(), -400));
  clock.move(minutes(clock.now(), 20));
  assert.equal(await gauges(), before);
  assert.ok(!(await illIn(monitor)).includes('safeguarding_outbox'));
  clock.move(minutes(clock.now(), 30));
  assert.ok((await illIn(monitor)).includes('safeguarding_outbox'));
});

test('a database that hangs is away in time, and the others are judged all the same', async (t) => {
  const { config, databases } = await openApplication(t);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  const hanging = new Databases({
    main: { leader: `postgres://leader:secret@127.0.0.1:${port}/safelight` },
    safeguarding: {},
  });
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await hanging.close();
  });
  assert.ok(databases.pools().length > 0);
  const from = performance.now();
  const findings = judgeAll(
    await monitorOf({ config, databases: hanging, clock: stoppedClock(systemClock.now()) }).measure(),
  );
  assert.ok(performance.now() - from < 4_000);
  assert.match(findings.find(({ name }) => name === 'main_database')?.cure ?? '', /Check that its server runs/);
  assert.equal(
    findings.find(({ name }) => name === 'safeguarding_database'),
    undefined,
  );
  assert.ok(findings.some(({ name }) => name === 'pool'));
});

function backupsFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-backups-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('the age of the last backup and of the last drill comes from the folder of the backups', async (t) => {
  const { measureBackups } = await import('./backups.ts');
  const folder = backupsFolder(t);
  const now = new Date('2026-09-18T12:00:00Z');
  const add = (name: string, drill?: object): void => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'manifest.json'), '{}');
    if (drill) writeFileSync(join(folder, name, 'last-drill.json'), JSON.stringify(drill));
  };
  const well = {
    lastDrillFailed: false,
    newestFailed: false,
    newestBaseless: false,
    drillOpenedNone: false,
    logSeconds: undefined,
  };
  const none = { ...well, backupSeconds: undefined, drillSeconds: undefined };
  assert.equal(await measureBackups(join(folder, 'nowhere'), now), 'unreadable');
  assert.deepEqual(await measureBackups(folder, now), none);
  add('safelight-20260918T110000Z-aaaaaa.unfinished');
  add('another-folder');
  mkdirSync(join(folder, 'safelight-20260918T113000Z-dddddd'));
  assert.deepEqual(await measureBackups(folder, now), none, 'what is not finished is no backup');
  add('safelight-20260917T120000Z-bbbbbb', { at: '2026-09-17T13:00:00.000Z', passed: true, restored: true });
  add('safelight-20260918T100000Z-cccccc', { at: '2026-09-18T10:30:00.000Z', passed: true, restored: false });
  assert.deepEqual(await measureBackups(folder, now), {
    ...well,
    backupSeconds: 2 * 3_600,
    drillSeconds: 23 * 3_600,
  });
  writeFileSync(
    join(folder, 'safelight-20260918T100000Z-cccccc/last-drill.json'),
    '{"at":"2026-09-18T10:30:00.000Z","passed":false,"restored":false}',
  );
  assert.deepEqual(await measureBackups(folder, now), {
    ...well,
    backupSeconds: 2 * 3_600,
    drillSeconds: 23 * 3_600,
    lastDrillFailed: true,
    newestFailed: true,
  });
});

test('an incremental backup counts only with every backup on which it rests', async (t) => {
  const { measureBackups } = await import('./backups.ts');
  const folder = backupsFolder(t);
  const [full, first, second] = ['16', '17', '18'].map((day) => `safelight-202609${day}T110000Z-aaaaaa`) as [
    string,
    string,
    string,
  ];
  const add = (name: string, base?: string): void => {
    mkdirSync(join(folder, name));
    const manifest = { id: `id of ${name}`, ...(base && { base: { name: base, id: `id of ${base}` } }) };
    writeFileSync(join(folder, name, 'manifest.json'), JSON.stringify(manifest));
  };
  const measure = async () => {
    const measured = await measureBackups(folder, new Date('2026-09-18T12:00:00Z'));
    assert.ok(typeof measured === 'object');
    return [measured.backupSeconds, measured.newestBaseless, measured.newestFailed];
  };
  add(full);
  add(first, full);
  add(second, first);
  assert.deepEqual(await measure(), [3_600, false, false]);
  const drill = { at: '2026-09-17T13:00:00.000Z', passed: false, restored: false };
  writeFileSync(join(folder, full, 'last-drill.json'), JSON.stringify(drill));
  assert.deepEqual(await measure(), [3_600, false, true], 'one on which it rests failed');
  rmSync(join(folder, full, 'last-drill.json'));
  rmSync(join(folder, first), { recursive: true });
  assert.deepEqual(await measure(), [49 * 3_600, true, false], 'the full one is the last');
});

test('how far the log was received comes from its newest folder of each server, unless it was ended', async (t) => {
  const { measureBackups } = await import('./backups.ts');
  const folder = backupsFolder(t);
  const logSeconds = async () => {
    const measured = await measureBackups(folder, new Date('2026-09-18T12:00:00Z'));
    return typeof measured === 'string' ? measured : measured.logSeconds;
  };
  const add = (name: string, at: string, ended?: true): void => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'reached.json'), JSON.stringify({ at, lsn: '0/1', ended }));
  };
  assert.equal(await logSeconds(), undefined);
  add('log-main-aaaaaaaaaaaa', '2026-09-17T12:00:00Z');
  add('log-main-bbbbbbbbbbbb', '2026-09-18T11:59:50Z');
  assert.equal(await logSeconds(), 10);
  add('log-safeguarding-cccccccccccc', '2026-09-18T11:59:00Z');
  assert.equal(await logSeconds(), 60);
  add('log-safeguarding-cccccccccccc', '2026-09-18T11:59:00Z', true);
  assert.equal(await logSeconds(), 10);
});

test('metrics are served on their own address alone, and hold no secret that was typed, no id and no minute of the public', async (t) => {
  const application = await openApplication(t);
  const { app, metrics, clock, databases } = application;
  const planner = await application.signIn('operation.plan');
  const secret = 'cnryzqmetrics';
  await planner.post('/staff/weeks/new', { name: secret });
  await planner.get(`/staff/operations/${newId()}?${secret}=${secret}`);
  await planner.get(`/staff/search?words=${secret}`);
  await planner.get('/staff/safeguarding');
  await app.inject({ url: `/${secret}`, headers: { 'user-agent': secret, cookie: `safelight=${secret}` } });
  await app.inject({ method: 'POST', url: '/help', payload: { words: secret } });
  for (const url of ['/livez', '/readyz', '/metrics'])
    assert.doesNotMatch((await app.inject(`${url}?${secret}`)).body, new RegExp(secret));
  assert.equal((await app.inject('/metrics')).statusCode, 404);
  assert.equal((await planner.get('/staff/metrics')).statusCode, 404);

  const live = await metrics.render();
  assert.match(
    live,
    /safelight_http_request_duration_seconds_count\{method="GET",route="\/staff\/operations\/:id",status="4xx"\} 1/,
  );
  assert.match(live, /route="\/livez"/);
  assert.doesNotMatch(live, /route="(\/help|none|\/staff\/safeguarding)/);
  clock.move(minutes(clock.now(), 120));
  const monitor = monitorOf(application);
  const served = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
  t.after(served.close);
  const said = await (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text();
  assert.match(said, /by_hour_seconds_count\{method="POST",route="\/help",status="\dxx"\} 1/);
  assert.equal((await fetch(`http://127.0.0.1:${served.port}/`)).status, 404);

  const whole = new Metrics({ version: '0.1.0', clock, databases, read: gaugesOf(monitor), lostSpans: () => 3 });
  t.after(() => whole.close());
  const text = `${said}${await whole.render()}`;
  assert.doesNotMatch(text, new RegExp(`${secret}|[\\da-f]{8}-[\\da-f]{4}|example\\.org|127\\.0\\.0\\.1`, 'i'));
  for (const name of Object.keys(metricHelp)) assert.ok(text.includes(`# TYPE ${name} `), name);
  assert.match(text, /^safelight_trace_spans_lost_total 3$/m);
  assert.match(text, /safelight_finding\{rule="background_work"\} 1/);
  assert.match(text, /safelight_pool_connections\{role="staff",state="idle"\} \d/);
});

test('a taken address of the metrics stops the start with a sentence', async (t) => {
  const { metrics } = await openApplication(t);
  const first = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
  t.after(first.close);
  await assert.rejects(
    serveMetrics(metrics, { host: '127.0.0.1', port: first.port }),
    /SAFELIGHT_METRICS cannot be opened \(EADDRINUSE\)/,
  );
});
