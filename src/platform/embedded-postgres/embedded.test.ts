import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findHolder, folderHash } from './data-lock.ts';
import { openEmbedded } from './embedded.ts';

const isRoot = process.getuid?.() === 0;

/** For what does not depend on it, the disk is not waited for. */
const quick = { fsync: false, tell: () => {} } as const;

function newFolder(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'safelight-embedded-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every process of PostgreSQL works in its data folder, whatever it calls itself. */
const serversOn = (data: string): number[] =>
  readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === data ? [Number(name)] : [];
    } catch {
      return [];
    }
  });

const postmasterOf = (data: string): number =>
  Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);

async function secondsUntilGone(data: string): Promise<number> {
  const from = Date.now();
  while (serversOn(data).length > 0) {
    assert.ok(Date.now() - from < 10_000, `still running after 10 seconds: ${serversOn(data)}`);
    await sleep(10);
  }
  return (Date.now() - from) / 1_000;
}

type Trial = { readonly process: ChildProcess; readonly lines: string[]; heard: (text: string) => Promise<string> };

function startTrial(t: TestContext, folder: string, work = 'wait', path = process.env.PATH): Trial {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded-trial.ts'), folder, work], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PATH: path },
  });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const heard = async (text: string) => {
    for (let tries = 0; tries < 3_000; tries++) {
      const found = lines.find((line) => line.startsWith(text));
      if (found) return found;
      await sleep(10);
    }
    throw new Error(`never heard ${text} in ${lines.slice(0, 5)}`);
  };
  return { process: child, lines, heard };
}

async function ask<Row extends pg.QueryResultRow>(address: string | undefined, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('a new folder becomes two databases of one owner, with checksums, scram and no port', async (t) => {
  const folder = newFolder(t);
  const embedded = await openEmbedded(folder);
  t.after(embedded.stop);

  for (const [address, name] of [
    [embedded.addresses.main.owner, 'safelight'],
    [embedded.addresses.safeguarding.owner, 'safelight_safeguarding'],
  ]) {
    const [row] = await ask<Record<string, unknown>>(
      address,
      `select current_database() as name, current_user as who, pg_get_userbyid(datdba) as owner, datlocale, datlocprovider,
         current_setting('data_checksums') as checksums, current_setting('listen_addresses') as ports,
         current_setting('fsync') as fsync, (select rolsuper from pg_roles where rolname = current_user) as super
       from pg_database where datname = current_database()`,
    );
    assert.deepEqual(row, {
      name,
      who: 'safelight_owner',
      owner: 'safelight_owner',
      datlocale: 'C.UTF-8',
      datlocprovider: 'b',
      checksums: 'on',
      ports: '',
      fsync: 'on',
      super: false,
    });
  }
  const rules = await ask<{ auth_method: string }>(
    embedded.superuserAddress(),
    'select auth_method from pg_hba_file_rules',
  );
  assert.deepEqual([...new Set(rules.map((rule) => rule.auth_method))], ['scram-sha-256']);
  assert.equal(statSync(join(folder, 'roles.json')).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, 'run')).mode & 0o777, 0o700);
  const wrong = embedded.addresses.main.owner?.replace(/:[^:@]+@/, ':wrong@');
  await assert.rejects(ask(wrong, 'select 1'), /password authentication failed/);
});

test('stopping is the same once or three times; what was written is there at the next start', async (t) => {
  const folder = newFolder(t);
  const first = await openEmbedded(folder);
  await ask(first.addresses.main.owner, 'create table kept as select 7 as number');
  await Promise.all([first.stop(), first.stop()]);
  await first.stop();
  assert.deepEqual(serversOn(join(folder, 'postgres')), []);
  assert.equal(await findHolder(folder), undefined);

  const second = await openEmbedded(folder);
  t.after(second.stop);
  assert.deepEqual(await ask(second.addresses.main.owner, 'select number from kept'), [{ number: 7 }]);
  assert.deepEqual(second.passwords, first.passwords);
});

test('both databases begin empty where the start says so', async (t) => {
  const folder = newFolder(t);
  const first = await openEmbedded(folder, quick);
  const addresses = [first.addresses.main.owner, first.addresses.safeguarding.owner];
  for (const address of addresses) await ask(address, 'create table kept as select 7 as number');
  await first.stop();

  const second = await openEmbedded(folder, { ...quick, beginsEmpty: () => true });
  t.after(second.stop);
  for (const address of addresses)
    assert.deepEqual(await ask(address, "select to_regclass('kept') as kept"), [{ kept: null }]);
  assert.deepEqual(second.passwords, first.passwords);
});

test('a second start on the same folder is refused with the number of the first', async (t) => {
  const folder = newFolder(t);
  const first = startTrial(t, folder);
  await first.heard('open');
  const second = startTrial(t, folder);
  const [code] = await once(second.process, 'exit');
  assert.equal(code, 3);
  assert.match(second.lines[0] ?? '', new RegExp(`^refused Another Safelight \\(process ${first.process.pid}\\) has `));
  first.process.kill('SIGTERM');
  await once(first.process, 'exit');
  assert.deepEqual(serversOn(join(folder, 'postgres')), []);
});

test('after kill -9 nothing of ours runs within ten seconds, and every answered row is there', async (t) => {
  const folder = newFolder(t);
  const data = join(folder, 'postgres');
  let answered = 0;
  for (const seconds of [0.4, 0.9, 0.15]) {
    const trial = startTrial(t, folder, 'write');
    await trial.heard(String(answered + 1));
    await sleep(seconds * 1_000);
    trial.process.kill('SIGKILL');
    await once(trial.process, 'close');
    const took = await secondsUntilGone(data);
    answered = Number(trial.lines.at(-1));
    t.diagnostic(`killed after ${answered} answered rows; PostgreSQL had ended ${took} s later`);
    const embedded = await openEmbedded(folder);
    const [row] = await ask<{ rows: number; most: number }>(
      embedded.addresses.main.owner,
      'select count(*)::int as rows, max(number) as most from answered',
    );
    await embedded.stop();
    assert.ok(row && row.most >= answered, `answered ${answered}, kept ${row?.most}`);
    assert.equal(row.rows, row.most, 'no gap');
    answered = row.most;
  }
});

test('a start during a stop of another process waits for it', async (t) => {
  const folder = newFolder(t);
  const data = join(folder, 'postgres');
  const first = startTrial(t, folder);
  await first.heard('open');
  const old = postmasterOf(data);
  process.kill(old, 'SIGSTOP'); // So that stopping takes as long as we like.
  first.process.kill('SIGTERM');
  await first.heard('stopping');
  const second = startTrial(t, folder);
  await second.heard('told Another Safelight');
  await sleep(300);
  assert.ok(!second.lines.includes('open'));
  process.kill(old, 'SIGCONT');
  await second.heard('open');
  assert.notEqual(postmasterOf(data), old);
  second.process.kill('SIGTERM');
  await once(second.process, 'exit');
});

test('a server that outlived its Safelight is stopped, not taken over', async (t) => {
  const folder = newFolder(t);
  const data = join(folder, 'postgres');
  const first = startTrial(t, folder, 'write');
  await first.heard('5');
  const orphan = postmasterOf(data);
  process.kill(orphan, 'SIGSTOP'); // Deaf to the kernel's word that its parent has died.
  first.process.kill('SIGKILL');
  await once(first.process, 'close');
  const second = startTrial(t, folder);
  assert.match(await second.heard('told '), new RegExp(`earlier run \\(process ${orphan}\\) is still up`));
  process.kill(orphan, 'SIGCONT');
  await second.heard('open');
  assert.notEqual(postmasterOf(data), orphan);
  assert.ok(!serversOn(data).includes(orphan));
  second.process.kill('SIGTERM');
  await once(second.process, 'exit');
});

test('a pid file whose number now belongs to another program does not stop a start', async (t) => {
  const folder = newFolder(t);
  await (await openEmbedded(folder, quick)).stop();
  const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
  t.after(() => bystander.kill('SIGKILL'));
  writeFileSync(join(folder, 'postgres/postmaster.pid'), `${bystander.pid}\n${join(folder, 'postgres')}\n`);
  const embedded = await openEmbedded(folder, quick);
  await embedded.stop();
  assert.equal(bystander.exitCode, null);
});

/** A PATH on which only these programs can be found. */
function pathWith(t: TestContext, ...programs: string[]): string {
  const folder = newFolder(t);
  chmodSync(folder, 0o755);
  for (const program of programs) {
    const found = (process.env.PATH ?? '')
      .split(delimiter)
      .map((place) => join(place, program))
      .find(existsSync);
    if (found) symlinkSync(found, join(folder, program));
  }
  return folder;
}

test('without setpriv a watcher of ours ends the server after kill -9', async (t) => {
  const folder = newFolder(t);
  const trial = startTrial(t, folder, 'write', pathWith(t, 'unshare', 'sh', 'true'));
  await trial.heard('20');
  trial.process.kill('SIGKILL');
  await secondsUntilGone(join(folder, 'postgres'));
});

for (const filled of [false, true]) {
  test(`root without user namespaces keeps ${filled ? 'earlier' : 'new'} data apart, says so, and loses nothing`, async (t) => {
    const folder = newFolder(t);
    const moved = `/var/tmp/safelight-${folderHash(folder)}`;
    t.after(() => rmSync(moved, { recursive: true, force: true }));
    if (filled) {
      const before = await openEmbedded(folder, quick);
      await ask(before.addresses.main.owner, 'create table answered as select 100 as number');
      await before.stop();
    }
    const trial = startTrial(t, folder, 'write', pathWith(t, 'setpriv', 'sh', 'true'));
    await trial.heard(filled ? '120' : '20');
    assert.equal(existsSync(moved), isRoot, 'others than root need no other place');
    const data = join(isRoot ? moved : folder, 'postgres');
    if (isRoot) {
      assert.match(trial.lines[0] ?? '', /PostgreSQL refuses to run as root/);
      assert.notEqual(statSync(data).uid, 0);
      assert.equal(statSync(moved).mode & 0o777, 0o755);
    }
    trial.process.kill('SIGKILL');
    await secondsUntilGone(data);

    const after = await openEmbedded(folder, quick);
    t.after(after.stop);
    const [row] = await ask<{ most: number }>(after.addresses.main.owner, 'select max(number) as most from answered');
    assert.ok(row && row.most >= (filled ? 120 : 20));
  });
}

test('a folder with a path too long for a socket, with spaces and signs, opens all the same', async (t) => {
  const folder = join(newFolder(t), `Ünser Ordner & "mehr", ${'lang '.repeat(20)}`);
  const embedded = await openEmbedded(folder, quick);
  const run = join(tmpdir(), `safelight-${folderHash(folder)}`);
  t.after(() => rmSync(run, { recursive: true }));
  assert.equal((await ask(embedded.addresses.main.owner, 'select 1')).length, 1);
  assert.equal(statSync(run).mode & 0o777, 0o700);
  assert.ok(!existsSync(join(folder, 'run')));
  await embedded.stop();
});

test('a half-made data folder, left by a start that was killed, is made again', async (t) => {
  const folder = newFolder(t);
  mkdirSync(join(folder, 'postgres.half'));
  writeFileSync(join(folder, 'postgres.half/PG_VERSION'), '17\n');
  const embedded = await openEmbedded(folder, quick);
  await embedded.stop();
  assert.ok(!existsSync(join(folder, 'postgres.half')));
});

test('data of another major version, lost passwords and a broken server are one sentence each', async (t) => {
  const folder = newFolder(t);
  await (await openEmbedded(folder, quick)).stop();
  const refusal = (means: RegExp) =>
    assert.rejects(
      openEmbedded(folder, quick),
      (error: Error) => means.test(error.message) && !error.message.includes('\n'),
    );

  writeFileSync(join(folder, 'postgres/PG_VERSION'), '16\n');
  await refusal(/made by PostgreSQL 16, and this Safelight carries PostgreSQL 17/);
  writeFileSync(join(folder, 'postgres/PG_VERSION'), '17\n');

  const control = readFileSync(join(folder, 'postgres/global/pg_control'));
  writeFileSync(join(folder, 'postgres/global/pg_control'), 'torn');
  await refusal(/PostgreSQL did not start: .* Its log is .*postgres\.log\.$/);
  writeFileSync(join(folder, 'postgres/global/pg_control'), control);

  rmSync(join(folder, 'roles.json'));
  await refusal(/The passwords in .*roles\.json are missing/);
  assert.equal(await findHolder(folder), undefined);
});

test('no login can tell from PostgreSQL’s statistics when the other database is written to', async (t) => {
  const embedded = await openEmbedded(newFolder(t), quick);
  t.after(embedded.stop);
  const { main, safeguarding } = embedded.addresses;
  for (const address of [main.owner, safeguarding.owner])
    for (const figure of [
      'tup_inserted from pg_stat_database',
      'wal_records from pg_stat_wal',
      'pg_stat_get_db_tuples_inserted(oid) from pg_database',
    ])
      await assert.rejects(ask(address, `select ${figure}`), /permission denied/, figure);
});

test('reports a server that ends by itself', async (t) => {
  const folder = newFolder(t);
  const lost = Promise.withResolvers<string>();
  const embedded = await openEmbedded(folder, { ...quick, lost: lost.resolve });
  process.kill(postmasterOf(join(folder, 'postgres')), 'SIGKILL');
  assert.match(await lost.promise, /PostgreSQL ended by itself/);
  await embedded.stop();
  const again = await openEmbedded(folder, quick);
  await again.stop();
});

test('what a failed statement held does not go into the log', async (t) => {
  const folder = newFolder(t);
  const embedded = await openEmbedded(folder, quick);
  await assert.rejects(ask(embedded.addresses.main.owner, `select 'Maria said this'::integer`), /Maria said this/);
  await embedded.stop();
  assert.ok(!readFileSync(join(folder, 'postgres.log'), 'utf8').includes('Maria'));
});
