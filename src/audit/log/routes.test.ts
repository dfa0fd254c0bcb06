import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { testLogKeys as keys, sealAll as seal } from '../../../test/fixtures/audit-log.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { formatPublicKey, logPublicKey } from '../sealing/checkpoint.ts';
import { createWitness, type Settings } from '../witness/folder.ts';
import { formatWitnessKey } from '../witness/signing.ts';
import { type SendRequest, watchOnce } from '../witness/watch.ts';
import { addRows } from './examples.ts';
import { generateLogKeys } from './keys.ts';

type Watched = TestApplication & {
  readonly folder: string;
  readonly settings: Settings;
  readonly ask: SendRequest;
  readonly watch: (ask?: SendRequest) => ReturnType<typeof watchOnce>;
};

/** An application with a sealed log, and a witness that its data-protection lead has registered. */
async function watchedApplication(t: TestContext): Promise<Watched> {
  const application = await openApplication(t);
  const folder = mkdtempSync(join(tmpdir(), 'safelight-witness-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const settings = createWitness(folder, 'council.example/witness', 'http://house.example');
  const lead = await application.signIn('witness.register');
  const registered = await lead.post('/staff/log/witnesses/new', {
    key: formatWitnessKey(settings.name, settings.key),
  });
  assert.equal(registered.statusCode, 303);
  await addRows(application.databases.for('main', 'staff'), 40);
  await addRows(application.databases.for('safeguarding', 'safeguarding'), 4);
  await seal(application);
  const ask: SendRequest = async (path, { method, headers, body }) => {
    const answer = await application.app.inject({
      method: method as 'GET',
      url: path,
      headers,
      ...(body && { payload: body }),
    });
    return { status: answer.statusCode, text: answer.body };
  };
  const watch = (by = ask) => watchOnce(folder, settings, application.clock.now, by);
  return { ...application, folder, settings, ask, watch };
}

const kinds = (rounds: Awaited<ReturnType<typeof watchOnce>>) =>
  rounds.map((round) => ('why' in round ? round.why : round.kind));

test('a witness cosigns both logs, again as they grow, and the page says who watched last', async (t) => {
  const application = await watchedApplication(t);
  assert.deepEqual(kinds(await application.watch()), ['cosigned', 'cosigned']);
  await addRows(application.databases.for('main', 'staff'), 300);
  await seal(application);
  assert.deepEqual(kinds(await application.watch()), ['cosigned', 'cosigned']);
  const auditor = await application.signIn(await application.member(await application.agency(), ['auditor']));
  const details = await auditor.get('/staff/log/details');
  assert.match(details.body, /council\.example\/witness/);
  assert.match(details.body, /watching/);
  const page = await auditor.get('/staff/log');
  assert.match(page.body, new RegExp(`Log verified at ${formatMoment(application.clock.now())}`));
  assert.doesNotMatch(page.body, /is silent|council\.example\/witness/);
  const download = await auditor.get('/staff/log/checkpoints/main');
  assert.match(download.body, /^safelight\.example\/.*\/main\n\d+\n[\s\S]*— council\.example\/witness /);
  application.clock.move(new Date(application.clock.now().getTime() + 121 * 60_000));
  const later = await application.signIn(auditor.member);
  assert.match((await later.get('/staff/log')).body, /A witness is silent/);
});

test('police cannot see how long the safeguarding log is, nor that it grows', async (t) => {
  const application = await watchedApplication(t);
  await application.watch();
  const police = await application.signIn(
    await application.member(await application.agency(), ['auditor', 'data-protection lead']),
  );
  assert.equal((await police.get('/staff/log/checkpoints/safeguarding')).statusCode, 404);
  for (const path of ['/staff/log', '/staff/log/details']) {
    const page = (await police.get(path)).body;
    assert.match(page, /Only support agencies see how long this log is/);
    assert.doesNotMatch(page, /checkpoints\/safeguarding|\/safeguarding\+/);
    assert.equal(page.match(/Log verified at/g)?.length ?? 0, path === '/staff/log' ? 1 : 0, 'of their own log alone');
  }
  const support = await application.signIn(await application.member(await application.agency('council'), ['auditor']));
  assert.match((await support.get('/staff/log/checkpoints/safeguarding')).body, /\/safeguarding\n\d+\n/);
});

test('a witness is waited for from when it was registered, and is silent when it cosigns only one of the logs', async (t) => {
  const application = await watchedApplication(t);
  const member = await application.member(await application.agency('council'), ['auditor']);
  const shown = async (path = '/staff/log/details') => (await (await application.signIn(member)).get(path)).body;
  assert.match(await shown(), /waiting for its first/);
  assert.doesNotMatch(await shown(), />\s*watching/);
  assert.match(await shown('/staff/log'), /Log sealed .* and not verified by a witness yet/);
  assert.doesNotMatch(await shown('/staff/log'), /is silent/);
  await application.watch();
  assert.match(await shown(), />\s*watching/);
  const mainAlone: SendRequest = (path, init) =>
    path.includes('/safeguarding/') ? Promise.resolve({ status: 404, text: '' }) : application.ask(path, init);
  for (let hour = 1; hour <= 3; hour += 1) {
    application.clock.move(new Date(application.clock.now().getTime() + 3_600_000));
    await application.watch(mainAlone);
  }
  assert.match(await shown('/staff/log'), /A witness is silent/);
  assert.doesNotMatch(await shown(), />\s*watching/);
});

test('without a witness the page says that nobody watches, and everybody else finds no page', async (t) => {
  const application = await openApplication(t);
  const lead = await application.signIn('witness.register');
  assert.match((await lead.get('/staff/log')).body, /No witness watches this log/);
  assert.equal((await lead.get('/staff/log/checkpoints/main')).statusCode, 404);
  for (const role of ['planner', 'field', 'administrator', 'press'] as const) {
    const other = await application.signIn(await application.member(await application.agency(), [role]));
    for (const path of ['/staff/log', '/staff/log/details'])
      assert.equal((await other.get(path)).statusCode, 403, `${role} at ${path}`);
  }
});

test('what is typed wrongly comes back with what to do, and a key is registered once', async (t) => {
  const { signIn, settings } = await watchedApplication(t);
  const lead = await signIn('witness.register');
  const line = formatWitnessKey(settings.name, settings.key);
  const logKey = formatPublicKey(logPublicKey('a.example', generateKeyPairSync('ed25519').privateKey));
  for (const key of ['', 'council.example', logKey, line.slice(0, -3)]) {
    const answer = await lead.post('/staff/log/witnesses/new', { key });
    assert.equal(answer.statusCode, 422, key);
    assert.match(answer.body, /Enter the (whole|public) key/);
  }
  const again = await lead.post('/staff/log/witnesses/new', { key: line });
  assert.equal(again.statusCode, 422);
  assert.match(again.body, /registered already/);
});

test('only its own agency ends a witness, and then it is known no more', async (t) => {
  const application = await watchedApplication(t);
  const { id, agencyId } = await application.db.selectFrom('logWitnesses').selectAll().executeTakeFirstOrThrow();
  const stranger = await application.signIn('witness.end');
  assert.equal((await stranger.post(`/staff/log/witnesses/${id}/end`)).statusCode, 404);
  const own = await application.signIn('witness.end', { id: agencyId } as never);
  assert.equal((await own.get(`/staff/log/witnesses/${id}/end`)).statusCode, 200);
  assert.equal((await own.post(`/staff/log/witnesses/${id}/end`)).statusCode, 303);
  assert.match(kinds(await application.watch())[0] ?? '', /This request was refused/);
});

test('a request that is not signed, signed by another, of another time or for another page is refused', async (t) => {
  const { ask, settings, watch, clock } = await watchedApplication(t);
  const path = '/staff/log/witness/main/checkpoint';
  const good: Record<string, string> = {};
  await watch(async (asked, init) => {
    if (asked === path) good.authorization = init.headers.authorization ?? '';
    return ask(asked, init);
  });
  const get = async (headers: Record<string, string>, at = path) => (await ask(at, { method: 'GET', headers })).status;
  assert.equal(await get(good), 200);
  assert.equal(await get({}), 401);
  assert.equal(await get({ authorization: 'Basic eDp5' }), 401);
  assert.equal(await get({ authorization: (good.authorization ?? '').replace(settings.name, 'other.example') }), 401);
  assert.equal(await get(good, '/staff/log/witness/safeguarding/checkpoint'), 401);
  assert.equal(await get(good, '/staff/log/witness/main/keys'), 401);
  clock.move(new Date(clock.now().getTime() + 6 * 60_000));
  assert.equal(await get(good), 401);
});

test('a browser’s session is no use where witnesses ask, and their routes need no form token', async (t) => {
  const { signIn } = await watchedApplication(t);
  const lead = await signIn('witness.register');
  assert.equal((await lead.get('/staff/log/witness/main/checkpoint')).statusCode, 401);
  assert.equal((await lead.post('/staff/log/witness/main/cosignatures')).statusCode, 401);
});

test('a cosignature that the witness did not make, or of no checkpoint of ours, is not taken', async (t) => {
  const { ask, watch, db } = await watchedApplication(t);
  let posted = '';
  const spoiled =
    (spoil: (body: string) => string): SendRequest =>
    (path, init) => {
      if (init.method !== 'POST') return ask(path, init);
      posted = spoil(init.body ?? '');
      return ask(path, { ...init, body: posted });
    };
  const [main = ''] = kinds(await watch(spoiled((body) => body.replace(/\n\d+\n/, '\n1\n'))));
  assert.match(main, /This request was refused/, 'what was sent is part of what is signed');
  assert.equal((await db.selectFrom('logCosignatures').selectAll().execute()).length, 0);
});

/** What the witness sees instead, from an application tampered with by the holder of the log's key. */
const cases: Readonly<
  Record<string, { readonly tamper: (application: Watched) => Promise<void>; readonly says: RegExp }>
> = {
  'a log that was rolled back': {
    tamper: async (application) => rewind(application, 40),
    says: /fewer rows than it did before/,
  },
  'a fork of the same length': {
    tamper: async (application) => {
      await rewind(application, 0);
      await seal(application);
      const { rows } = await sql<{ size: number }>`select max(size) as size from log_checkpoints`.execute(
        application.db,
      );
      assert.ok((rows[0]?.size ?? 0) >= 60);
    },
    says: /rows that were seen before were changed|the same number of rows as before, and other rows/,
  },
  'a log that was emptied': {
    tamper: async (application) => rewind(application, 0),
    says: /fewer rows than it did before/,
  },
  'another key': {
    tamper: async (application) => {
      await rewind(application, 0);
      const other = generateLogKeys();
      await seal(application, {
        main: { ...other.main, origin: keys.main.origin },
        safeguarding: keys.safeguarding,
      });
    },
    says: /not signed by the log’s key/,
  },
};

async function rewind({ db }: TestApplication, size: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ['log_leaves', 'log_nodes'])
      await sql`delete from ${sql.id(table)} where index >= ${size}`.execute(tx);
    await sql`delete from log_cosignatures where size > ${size}`.execute(tx);
    await sql`delete from log_checkpoints where size > ${size}`.execute(tx);
  });
}

for (const [what, { tamper, says }] of Object.entries(cases)) {
  test(`a witness refuses ${what}, keeps it as evidence, and cosigns nothing`, async (t) => {
    const application = await watchedApplication(t);
    await addRows(application.databases.for('main', 'staff'), 20);
    await seal(application);
    await application.watch();
    const before = await application.db.selectFrom('logCosignatures').selectAll().execute();
    await tamper(application);
    const [main = ''] = kinds(await application.watch());
    assert.match(main, says);
    const files = readdirSync(join(application.folder, 'refused'));
    assert.equal(files.length, 1);
    const kept = JSON.parse(readFileSync(join(application.folder, 'refused', files[0] ?? ''), 'utf8'));
    assert.match(kept.why, says);
    assert.match(kept.before, /^safelight\.example/);
    const after = await application.db.selectFrom('logCosignatures').selectAll().execute();
    assert.ok(after.length <= before.length);
    assert.match(kinds(await application.watch())[0] ?? '', says, 'and refuses it again');
  });
}

test('a stale checkpoint that is played back to the witness is refused', async (t) => {
  const application = await watchedApplication(t);
  let stale = '';
  await application.watch(async (path, init) => {
    const answer = await application.ask(path, init);
    if (path.endsWith('main/checkpoint')) stale = answer.text;
    return answer;
  });
  await addRows(application.databases.for('main', 'staff'), 20);
  await seal(application);
  await application.watch();
  const [main] = kinds(
    await application.watch(async (path, init) =>
      path.endsWith('main/checkpoint') ? { status: 200, text: stale } : application.ask(path, init),
    ),
  );
  assert.match(main ?? '', /fewer rows/);
});
