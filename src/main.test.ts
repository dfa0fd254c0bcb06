import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { attributesOf, openCollector } from '../test/harness/collector.ts';
import { freePort } from '../test/harness/ports.ts';
import { buildAddress } from './platform/embedded-postgres/embedded.ts';
import { superuser } from './platform/embedded-postgres/postmaster.ts';

function newFolder(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'safelight-main-')));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

async function start(
  t: TestContext,
  folder: string,
  mode: 'live' | 'demonstration',
  more: Readonly<Record<string, string>> = {},
) {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      SAFELIGHT_DATA: folder,
      SAFELIGHT_MODE: mode,
      SAFELIGHT_LOG: 'silent',
      PORT: `${await freePort()}`,
      ...more,
    },
  });
  t.after(() => server.kill('SIGKILL'));
  const open = Promise.withResolvers<void>();
  open.promise.catch(() => {}); // Heard where it is waited for.
  const said = { out: '', error: '' };
  server.stderr.on('data', (chunk) => {
    said.error += chunk;
  });
  server.stdout.on('data', (chunk) => {
    said.out += chunk;
    if (said.out.includes('Safelight is open')) open.resolve();
  });
  const ended = once(server, 'exit');
  ended.then(() => open.reject(new Error(`it ended before it was open: ${said.error}`)));
  return { server, said, open: open.promise, ended };
}

test('serves metrics where the settings ask for them, and ends with an error when its database ends, so that the service manager restarts it', async (t) => {
  const folder = newFolder(t);
  const port = await freePort();
  const { said, open, ended } = await start(t, folder, 'live', { SAFELIGHT_METRICS: `${port}` });
  await open;
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  assert.match(metrics, /^safelight_build_info\{version="\d+\.\d+\.\d+"\} 1$/m);
  assert.match(metrics, /^safelight_finding\{rule="main_database"\} 0$/m);

  process.kill(Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  const [code] = await ended;
  assert.equal(code, 1, said.error);
  assert.match(said.error, /^PostgreSQL ended by itself\..* Safelight ends with it: start it again\.$/m);
});

test('sends spans of staff pages alone to the collector that is set, the last of them when it is told to end', async (t) => {
  const collector = await openCollector(t);
  const port = `${await freePort()}`;
  const { server, said, open, ended } = await start(t, newFolder(t), 'live', {
    PORT: port,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.address,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20only-for-tests',
    OTEL_SERVICE_NAME: 'safelight-test',
  });
  await open;
  for (const path of ['/', '/help', '/information', '/livez', '/staff/sign-in', '/staff/safeguarding'])
    await (await fetch(`http://localhost:${port}${path}`, { redirect: 'manual' })).text();
  server.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null], said.error);
  const roots = collector.spans().filter(({ parentSpanId }) => !parentSpanId);
  assert.deepEqual(
    roots.map(({ name }) => name),
    ['GET /staff/sign-in'],
  );
  assert.deepEqual(
    collector.resources().map((resource) => resource['service.name']),
    ['safelight-test'],
  );
  assert.ok(Object.hasOwn(attributesOf(roots[0] ?? { attributes: [] }), 'http.route'));
  assert.match(collector.text(), /"authorization":"Bearer only-for-tests"/);
  assert.doesNotMatch(collector.text(), /localhost|undici|node-fetch/);
});

/** The number of operations in the database that runs on this folder; undefined before its tables are there. */
async function countOperations(folder: string): Promise<number | undefined> {
  const passwords = join(folder, 'roles.json');
  if (!existsSync(passwords)) return undefined;
  const { [superuser]: password = '' } = JSON.parse(readFileSync(passwords, 'utf8')) as Record<string, string>;
  const client = new pg.Client({
    connectionString: buildAddress(join(folder, 'run'), superuser, password, 'safelight'),
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ count: string }>('select count(*) from operations');
    return Number(rows[0]?.count);
  } catch {
    return undefined;
  } finally {
    await client.end();
  }
}

test('a start that was killed while it made the demonstration is made up for by the next', async (t) => {
  const folder = newFolder(t);
  const first = await start(t, folder, 'demonstration');
  while (!(await countOperations(folder))) {
    assert.equal(first.server.exitCode, null, first.said.error);
    assert.doesNotMatch(first.said.out, /Safelight is open/);
    await sleep(50);
  }
  first.server.kill('SIGKILL');
  await first.ended;
  assert.ok(existsSync(join(folder, 'demonstration-unfinished')));

  const second = await start(t, folder, 'demonstration');
  await second.open;
  assert.match(second.said.out, /^The last start ended before the demonstration was complete\. Making it again/);
  assert.equal(await countOperations(folder), 4, 'each once');
  assert.ok(!existsSync(join(folder, 'demonstration-unfinished')));
  second.server.kill('SIGTERM');
  assert.deepEqual(await second.ended, [0, null]);
});
