/** A replica of an embedded database on this machine, which can stop replaying or fall silent. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../../../../src/platform/backup/cluster-facts.ts';
import { type Embedded, getServerPaths } from '../../../../src/platform/embedded-postgres/embedded.ts';
import { chooseLaunchSettings } from '../../../../src/platform/embedded-postgres/postgres-binaries.ts';
import { startPostmaster } from '../../../../src/platform/embedded-postgres/postmaster.ts';

export type Replica = {
  /** Takes the log and replays none of it. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** `data`: the folder of the primary; `folder`: an empty place for the replica. */
export async function openReplica(embedded: Embedded, data: string, folder: string): Promise<Replica> {
  mkdirSync(folder, { mode: 0o700 });
  const primary = getServerPaths(
    data,
    chooseLaunchSettings(data, () => {}),
    true,
  );
  const place = getServerPaths(
    folder,
    chooseLaunchSettings(folder, () => {}),
    true,
  );
  const address = new URL(embedded.superuserAddress());
  await withConnection(address.href, async (client) => {
    await client.query("select pg_backup_start('replica', true)");
    const copied = spawnSync('cp', ['-a', primary.data, place.data], { encoding: 'utf8' });
    if (copied.status !== 0) throw new Error(`the replica was not copied: ${copied.stderr}`);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop()');
    writeFileSync(join(place.data, 'backup_label'), rows[0]?.labelfile ?? '');
  });
  rmSync(join(place.data, 'postmaster.pid'));
  writeFileSync(join(place.data, 'standby.signal'), '');
  const from = `host=${primary.run} user=${address.username} password=${address.password}`;
  appendFileSync(join(place.data, 'postgresql.auto.conf'), `primary_conninfo = '${from}'\n`);
  for (const name of ['backup_label', 'standby.signal'])
    spawnSync('chown', ['--reference', join(place.data, 'PG_VERSION'), join(place.data, name)]);
  const postmaster = await startPostmaster(place);
  const own = new URL(address);
  own.searchParams.set('host', place.run);
  const ask = (statement: string) => withConnection(own.href, (client) => client.query(statement));
  return {
    pause: async () => void (await ask('select pg_wal_replay_pause()')),
    resume: async () => void (await ask('select pg_wal_replay_resume()')),
    stop: postmaster.stop,
  };
}
