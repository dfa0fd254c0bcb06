import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import fastify from 'fastify';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openBareApplication } from '../../../test/harness/application.ts';
import { Databases } from '../database/database.ts';
import { longestWait, openReadiness, probeRoutes, watchFiles } from './probe-routes.ts';

const privateOrigin = 'https://information.example';

test('both probes answer one word on both sites, without a cookie, a session or a kept answer', async (t) => {
  for (const site of ['public', 'staff', 'all']) {
    const { app, countQueries } = await openBareApplication(t, { environment: { SAFELIGHT_DOOR: site } });
    await app.ready();
    countQueries();
    for (const [url, word] of [
      ['/livez', 'alive\n'],
      ['/readyz', 'ready\n'],
    ] as const) {
      const { statusCode, body, headers } = await app.inject({ url, headers: { cookie: 'safelight=nobody' } });
      assert.deepEqual([statusCode, body], [200, word], `${site} ${url}`);
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers['set-cookie'], undefined);
      assert.match(String(headers['content-type']), /^text\/plain/);
      assert.doesNotMatch(JSON.stringify(headers), /safelight/i);
    }
    assert.equal(countQueries(), 1, 'the process answers without the database; readiness asks once');
  }
});

test('a process that is about to end says so to both probes, and still answers, for the last time on each connection', async (t) => {
  const { app } = await openBareApplication(t, { environment: { SAFELIGHT_DOOR: 'all' } });
  await app.ready();
  assert.equal((await app.inject('/signs')).headers.connection, 'keep-alive');
  app.ending.begun = true;
  for (const url of ['/livez', '/readyz']) {
    const { statusCode, body, headers } = await app.inject(url);
    assert.deepEqual([statusCode, body, headers.connection], [503, 'ending\n', 'close'], url);
  }
  for (const url of ['/signs', '/staff/sign-in']) {
    const { statusCode, headers } = await app.inject(url);
    assert.deepEqual([statusCode, headers.connection], [200, 'close'], url);
  }
});

test('a live site that is closed to the public is ready, because it serves the emergency number', async (t) => {
  const { app, db } = await openBareApplication(t, { environment: { SAFELIGHT_MODE: 'live' } });
  await db.deleteFrom('publicSiteOpenBeforeSettings').execute();
  assert.equal((await app.inject('/help')).statusCode, 503);
  assert.equal((await app.inject('/readyz')).statusCode, 200);
});

test('the private host has neither probe: it answers as for any address that nobody has', async (t) => {
  const { app } = await openApplication(t, { environment: { SAFELIGHT_PRIVATE_ORIGIN: privateOrigin } });
  const ask = (url: string) => app.inject({ url, headers: { host: 'information.example' } });
  const nobodys = await ask('/nothing-here');
  for (const url of ['/livez', '/readyz', '/LIVEZ', '/readyz?x=1']) {
    const { statusCode, body } = await ask(url);
    assert.deepEqual([statusCode, body], [404, nobodys.body], url);
    assert.doesNotMatch(body, /safelight/i);
  }
});

/** A database that takes connections in and never says anything. */
async function hangingDatabase(t: TestContext): Promise<Databases> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  const databases = new Databases({
    main: { public: `postgres://public:secret@127.0.0.1:${port}/safelight` },
    safeguarding: {},
  });
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await databases.close();
  });
  return databases;
}

test('a database that hangs is said to be away in time, and however many ask, it is asked once', async (t) => {
  const databases = await hangingDatabase(t);
  let now = 0;
  const isReady = openReadiness(databases, () => now);
  const from = performance.now();
  const asked = Array.from({ length: 50 }, () => isReady());
  assert.equal(new Set(asked).size, 1);
  assert.deepEqual(new Set(await Promise.all(asked)), new Set([false]));
  assert.ok(performance.now() - from < longestWait * 2, 'the answer does not wait for the database');
  now = 10_000;
  assert.notEqual(isReady(), asked[0], 'later it is asked again');
});

test('a database that refuses connections is away, and nothing is thrown', async (t) => {
  const databases = new Databases({
    main: { staff: 'postgres://staff:secret@127.0.0.1:1/safelight' },
    safeguarding: {},
  });
  t.after(() => databases.close());
  assert.equal(await openReadiness(databases)(), false);
});

test('a process that has lost its store of files goes on serving and says so; nobody waits for the store', async () => {
  let [now, state, asked] = [0, 'fine', 0];
  const answers = watchFiles(
    async () => {
      asked += 1;
      return { state };
    },
    () => now,
  );
  assert.equal(answers(), true);
  state = 'away';
  now = 9_999;
  assert.deepEqual([answers(), asked], [true, 1]);
  now = 10_000;
  answers();
  await Promise.resolve();
  assert.deepEqual([answers(), asked], [false, 2]);
  const app = fastify();
  await probeRoutes(app, { ending: { begun: false }, isReady: async () => true, filesAnswer: answers });
  const { statusCode, body } = await app.inject('/readyz');
  assert.deepEqual([statusCode, body], [200, 'ready-without-files\n']);
  await app.close();
});
