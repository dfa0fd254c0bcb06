/** A mark that a server keeps of a backup, so that the next one may rest on it: a replication slot that reserves nothing. A server that was restored, set back or taken over by another lacks it. */
import type pg from 'pg';

const prefix = 'safelight_base_';
/** More than one folder may be in use. Each takes one of max_replication_slots. */
const mostKept = 3;

/** The name begins with the time, so that their order is that of the backups. */
const markerName = (backup: string): string =>
  `${prefix}${backup
    .replace(/^safelight-/, '')
    .replaceAll('-', '_')
    .toLowerCase()}`;

async function listMarkers(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select slot_name as name from pg_replication_slots where starts_with(slot_name, $1) order by 1',
    [prefix],
  );
  return rows.map(({ name }) => name);
}

/** Whether the server goes on from this backup. */
export const isMarked = async (client: pg.Client, backup: string): Promise<boolean> =>
  (await listMarkers(client)).includes(markerName(backup));

/** Marks a server whose backup is whole, and removes all but its newest marks. */
export async function markBackup(client: pg.Client, replication: pg.Client, backup: string): Promise<void> {
  await replication.query(`CREATE_REPLICATION_SLOT ${markerName(backup)} PHYSICAL`);
  // Another backup that ends now may remove the same ones.
  for (const name of (await listMarkers(client)).slice(0, -mostKept))
    await replication.query(`DROP_REPLICATION_SLOT ${name}`).catch(() => {});
}
