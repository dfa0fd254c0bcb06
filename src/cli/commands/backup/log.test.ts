import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Installation, openInstallation, withSuperuser } from '../../../../test/fixtures/backup.ts';
import { askClock, waitUntilReceived } from '../../../../test/fixtures/backup-log.ts';
import { typed } from '../../../../test/fixtures/terminal.ts';
import { removeMovedData } from '../../../platform/embedded-postgres/embedded.ts';

let home: Installation;
const kept = { SAFELIGHT_DATA: process.env.SAFELIGHT_DATA, SAFELIGHT_MODE: process.env.SAFELIGHT_MODE };
before(async () => {
  home = await openInstallation();
  Object.assign(process.env, { SAFELIGHT_DATA: home.data, SAFELIGHT_MODE: 'demonstration' });
});
after(async () => {
  for (const [name, value] of Object.entries(kept))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  await home.close();
});

test('says in one line what is missing, and what is no moment', async () => {
  const folder = home.root;
  const restore = ['restore', '--from', '.', '--to', 'r', '--identity', 'identity', '--without-keys', '--until'];
  for (const [words, message] of [
    [['log'], /--to FOLDER/],
    [['log', '--to', 'b'], /--halves FOLDER, apart from the backups/],
    [['log', '--to', 'b', '--halves', 'h'], /--recipient and an age public key/],
    [[...restore, '2026-12-01'], /is not a moment with its time zone. Write it like 2026-12-01T14:03:00Z/],
    [[...restore, '2026-12-01T14:03:00'], /time zone/],
    [[...restore, '2026-02-30T14:03:00Z'], /time zone/],
    [[...restore, '2026-12-01T25:03:00Z'], /time zone/],
    [[...restore, 'yesterday'], /time zone/],
  ] as const) {
    const { code, told } = await typed(['backup', ...words], { folder });
    assert.equal(code, 2, words.join(' '));
    assert.match(told.join('\n'), message);
  }
  const none = await typed(['backup', ...restore, '2026-12-01T14:03:00+01:00'], { folder });
  assert.equal(none.code, 1);
  assert.match(none.told.join('\n'), /No whole backup in .* ended before this moment/);
});

test('the log is received, listed, restored until a moment before a mistake, pruned and ended', async () => {
  const at = { folder: home.root };
  const places = ['--to', 'backups', '--halves', 'halves'];
  const stopping = new AbortController();
  const words = ['backup', 'log', ...places, '--recipient', ` ${home.recipient} ${home.recipient}`];
  const receiving = typed(words, { ...at, stopped: stopping.signal });
  await waitUntilReceived(home, new Date(0));
  const first = await typed(['backup', 'list', '--from', 'backups'], at);
  assert.equal(first.said.at(-1), '0 whole backups, 0 broken, failed or unfinished');
  assert.equal((await typed(['backup', 'create', ...places, '--recipient', home.recipient], at)).code, 0);
  const point = await askClock(home);
  await withSuperuser(home, 'safeguarding', async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query('delete from handovers');
  });
  // Started again, it notes at once until when everything is in.
  stopping.abort();
  const { code, said, told } = await receiving;
  assert.equal(code, 0);
  assert.match(said.at(-1) ?? '', /^Stopped\. Everything that was received is on the disk\.$/);
  assert.match(told.join('\n'), /A new log of the main server begins\. Take a backup now/);
  const again = new AbortController();
  const more = typed(words, { ...at, stopped: again.signal });
  await waitUntilReceived(home, point);
  again.abort();
  assert.equal((await more).code, 0);

  const listed = await typed(['backup', 'list', '--from', 'backups'], at);
  assert.match(listed.said.join('\n'), /any moment from 20\S+Z to 20\S+Z can be restored with --until/);
  const until = ['--until', point.toISOString()];
  const restored = await typed(
    ['backup', 'restore', '--from', 'backups', '--identity', 'identity', '--halves', 'halves', '--to', 'r', ...until],
    at,
  );
  assert.deepEqual([restored.code, restored.told], [0, []]);
  assert.match(restored.said.join('\n'), /hold what was saved before 20\S+Z[\s\S]*safeguarding database: 20 opened/);
  assert.match(restored.said.join('\n'), /cp -an OLD\/\. NEW\//);
  removeMovedData(join(home.root, 'r'));

  const prune = ['backup', 'prune', '--from', 'backups', '--keep', '1'];
  assert.match((await typed(prune, at)).said.join('\n'), /would remove {2}\d+ pieces? of the log/);
  assert.match((await typed([...prune, '--yes'], at)).said.join('\n'), /removed {2}\d+ pieces? of the log/);
  assert.equal((await typed(['backup', 'list', '--from', 'backups'], at)).code, 0);
  const ended = await typed(['backup', 'log', '--to', 'backups', '--end'], at);
  assert.match(ended.said.join('\n'), /^1 server no longer keeps the log for this folder/);
  assert.ok(existsSync(join(home.root, 'backups')));
});
