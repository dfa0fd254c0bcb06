import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import {
  addHandover,
  backUp,
  type Installation,
  openInstallation,
  sealedHandovers,
  withSuperuser,
} from '../../../../test/fixtures/backup.ts';
import {
  askClock,
  makeBackupLogin,
  receive,
  receiverOptions,
  restoreUntil,
  waitUntilReceived,
} from '../../../../test/fixtures/backup-log.ts';
import { UnitKeys, unseal } from '../../crypto/crypto.ts';
import { databaseNames, openEmbedded, removeMovedData } from '../../embedded-postgres/embedded.ts';
import { withConnection } from '../cluster-facts.ts';
import { backupConnectionName } from '../connection-name.ts';
import { listBackups } from '../store.ts';
import { checkLog, coverSpan, findPoints, listSpans, planLogPrune, removeFromLog } from './log-store.ts';
import { parseLsn } from './lsn.ts';
import { endLog } from './receive.ts';

const erased = '00000000-0000-4000-8000-00000000dead';

let home: Installation;
let folder: string;
let receiver: ReturnType<typeof receive>;
let taken: Awaited<ReturnType<typeof backUp>>;
before(async () => {
  home = await openInstallation();
  folder = join(home.root, 'backups');
  await withSuperuser(home, 'main', (client) => client.query('create table noted (word text)'));
  await makeBackupLogin(home);
  receiver = receive(home);
  await waitUntilReceived(home, new Date(0));
  taken = await backUp(home);
});
after(async () => {
  await receiver.stop();
  await home.close();
});

const note = (word: string) =>
  withSuperuser(home, 'main', (client) => client.query('insert into noted values ($1)', [word]));

const switchSegment = () => withSuperuser(home, 'main', (client) => client.query('select pg_switch_wal()'));

const readWords = (address: string): Promise<readonly string[]> =>
  withConnection(address, async (client) =>
    (await client.query<{ word: string }>('select word from noted order by word')).rows.map(({ word }) => word),
  );

/** Starts what was restored, asks it, and removes it. */
async function ask<Value>(
  to: string,
  question: (address: (database: string) => string) => Promise<Value>,
): Promise<Value> {
  const again = await openEmbedded(to, { fsync: false, tell: () => {} });
  try {
    return await question(again.superuserAddress);
  } finally {
    await again.stop();
    removeMovedData(to);
    rmSync(to, { recursive: true });
  }
}

test('a moment is restored with what was saved before it and nothing later, and an erased record does not open', async () => {
  await withSuperuser(home, 'safeguarding', (client) => addHandover(client, home.keys, erased));
  await note('before');
  const point = await askClock(home);
  await withSuperuser(home, 'safeguarding', async (client) => {
    const { rows } = await client.query('delete from handovers where id = $1 returning wrapped_key', [erased]);
    home.keys.halves?.destroy([rows[0].wrapped_key.subarray(1, 13)]);
  });
  await withSuperuser(home, 'main', (client) => client.query("update noted set word = 'mistake'"));
  const destroyed = await askClock(home);
  await waitUntilReceived(home, destroyed, 'backups', ({ keys }) => (keys ?? '') > destroyed.toISOString());

  const to = join(home.root, 'restored');
  const { checked, keysGood } = await restoreUntil(home, taken.path, to, point);
  assert.deepEqual(checked?.faults, []);
  assert.match(checked?.says.join('\n') ?? '', /main database: 12 sealed entries[\s\S]*(19|20) opened/);
  assert.ok((keysGood ?? '') > destroyed.toISOString());
  await ask(to, async (address) => {
    assert.deepEqual(await readWords(address(databaseNames.main)), ['before']);
    const keys = UnitKeys.fromFile(join(to, 'keys.json')).withHalvesIn(join(to, 'key-halves'));
    const { rows } = await withConnection(address(databaseNames.safeguarding), (client) =>
      client.query('select id, sealed_words, wrapped_key from handovers'),
    );
    assert.equal(rows.length, sealedHandovers + 1, 'the row came back');
    for (const { id, wrapped_key, sealed_words } of rows) {
      const open = () => unseal(keys.unwrap(wrapped_key, id), `handovers/sealed_words/${id}`, sealed_words);
      if (id === erased) assert.throws(open, /destroyed/);
      else assert.match(open().toString(), /^The kettle/);
    }
  });
});

test('a receiver that was stopped goes on without a gap, and everything received is restored', async () => {
  await receiver.stop();
  await note('while stopped');
  receiver = receive(home);
  await switchSegment();
  await note('last');
  await waitUntilReceived(home, await askClock(home));
  assert.deepEqual(receiver.told, []);
  assert.equal(listSpans(folder).length, 1);
  const to = join(home.root, 'restored');
  await restoreUntil(home, taken.path, to, 'last');
  const words = await ask(to, (address) => readWords(address(databaseNames.main)));
  assert.deepEqual(words, ['last', 'mistake', 'while stopped']);
});

test('the log is private, and holds no word that can be read', async () => {
  await note('a word in the clear');
  await waitUntilReceived(home, await askClock(home));
  const [span] = listSpans(folder);
  for (const piece of span?.pieces ?? [])
    assert.ok(!readFileSync(piece).includes('a word in the clear') && !readFileSync(piece).includes('noted'));
});

test('a second receiver of the same log is refused', async () => {
  await assert.rejects(receive(home).ended, /receives this log already\.$/);
  const { rows } = await withSuperuser(home, 'main', (client) =>
    client.query('select flush_lsn, sync_priority from pg_stat_replication'),
  );
  assert.deepEqual(rows, [{ flush_lsn: null, sync_priority: 0 }], 'no commit takes it for a replica');
  const login = new pg.Client({ connectionString: home.embedded.addresses.main.public });
  await login.connect();
  const seen = await login.query('select application_name as name from pg_stat_replication');
  await login.end();
  assert.deepEqual(seen.rows, [{ name: backupConnectionName }], 'every login can tell it from a replica');
});

test('a moment outside the log, and a piece that is missing, cut or changed, are named, and nothing is restored', async () => {
  await switchSegment();
  await note('much later');
  const point = await askClock(home);
  await waitUntilReceived(home, point);
  const to = join(home.root, 'never');
  const refuse = async (until: Date | 'last', message: RegExp) => {
    await assert.rejects(restoreUntil(home, taken.path, to, until), message);
    assert.ok(!existsSync(to));
  };
  await refuse(new Date(Date.parse(taken.manifest.ended) - 1_000), /This backup ended at .*, after the moment/);
  await refuse(new Date('2099-01-01T00:00:00Z'), /The log of the main server reaches until 20/);
  const end = parseLsn(taken.manifest.clusters[0]?.endLsn ?? '');
  const [span] = listSpans(folder);
  assert.ok(span);
  const needed = coverSpan(span, end)?.scans.find(({ start }) => start > end)?.path ?? '';
  const whole = readFileSync(needed);
  renameSync(needed, `${needed}.away`);
  await refuse('last', /The piece [\da-f]{16}\.wal of the log is missing/);
  assert.ok('fault' in (findPoints(folder, taken.manifest) ?? {}));
  renameSync(`${needed}.away`, needed);
  truncateSync(needed, whole.length - 1);
  await refuse('last', /The piece [\da-f]{16}\.wal of the log was changed or cut short/);
  // The last byte of the log in it: a tag of 16 bytes follows.
  writeFileSync(needed, whole.with(whole.length - 17, (whole.at(-17) ?? 0) ^ 1));
  for (const until of [point, 'last'] as const)
    await refuse(until, /The piece [\da-f]{16}\.wal of the log was changed or cut short/);
  assert.match(checkLog(folder, taken.manifest)?.message ?? '', /changed or cut short/);
  writeFileSync(needed, whole);
  assert.equal(checkLog(folder, taken.manifest), undefined);
  const points = findPoints(folder, taken.manifest);
  assert.ok(points && 'until' in points && points.until >= point);
});

test('prune takes pieces that no kept backup needs, and the next backup is restored without them', async () => {
  const next = await backUp(home);
  await note('after the second backup');
  const point = await askClock(home);
  await waitUntilReceived(home, point);
  const kept = listBackups(folder).filter(({ path }) => path === next.path);
  const pieces = planLogPrune(folder, kept);
  const withFirst = planLogPrune(folder, listBackups(folder));
  assert.ok(pieces.length >= withFirst.length + 2, 'the first backup needs more');
  for (const path of pieces) await removeFromLog(path);
  assert.ok(pieces.every((path) => !existsSync(path)));
  assert.ok('fault' in (findPoints(folder, taken.manifest) ?? {}), 'of the first backup alone no moment is left');
  const to = join(home.root, 'restored');
  await restoreUntil(home, next.path, to, point);
  const words = await ask(to, (address) => readWords(address(databaseNames.main)));
  assert.ok(words.includes('after the second backup'));
});

test('a server that did not keep the log gets a new one after a gap, which is said', async () => {
  await receiver.stop();
  await withSuperuser(home, 'main', (client) =>
    client.query('select pg_drop_replication_slot(slot_name) from pg_replication_slots'),
  );
  receiver = receive(home);
  await waitUntilReceived(home, await askClock(home));
  assert.match(receiver.told.join('\n'), /cannot be continued[\s\S]*There is a gap[\s\S]*Take a backup now/);
  assert.equal(listSpans(folder).length, 2);
  const [newest] = listBackups(folder);
  const points = newest?.manifest && findPoints(folder, newest.manifest);
  assert.ok(points && 'until' in points, 'moments before the gap can still be restored');
});

test('ending lets the server forget', async () => {
  await receiver.stop();
  const { addresses } = receiverOptions(home);
  assert.equal(await endLog(addresses, folder), 1);
  const { rows } = await withSuperuser(home, 'main', (client) => client.query('select from pg_replication_slots'));
  assert.equal(rows.length, 0);
});

test('a database that stops sends the rest first, and the receiver says that it ended', async () => {
  const last = receive(home);
  await waitUntilReceived(home, await askClock(home));
  const from = performance.now();
  await home.embedded.stop();
  assert.ok(performance.now() - from < 10_000);
  await assert.rejects(last.ended, /could not be received any longer: .* \S+/);
});
