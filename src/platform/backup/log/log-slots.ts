/** Replication slots of the received log: each is named for its span, and keeps on the server what was not confirmed. */
import type pg from 'pg';
import { BackupFault } from '../fault.ts';
import { formatLsn } from './lsn.ts';

const prefix = 'safelight_log_';

const slotName = (span: string): string => `${prefix}${span}`;

type Slot = { readonly span: string; readonly restart: string | null };

/** `restart` is null where the server has given up keeping the log. */
export async function readSlots(client: pg.Client): Promise<readonly Slot[]> {
  const { rows } = await client.query<{ name: string; restart: string | null }>(
    `select slot_name as name, case wal_status when 'lost' then null else restart_lsn::text end as restart
     from pg_replication_slots where slot_type = 'physical' and starts_with(slot_name, $1) order by 1`,
    [prefix],
  );
  return rows.map(({ name, ...slot }) => ({ span: name.slice(prefix.length), ...slot }));
}

/** Spans whose log a backup that begins now will find unbroken. */
export const readLogSpans = async (client: pg.Client): Promise<string[]> =>
  (await readSlots(client)).filter(({ restart }) => restart !== null).map(({ span }) => span);

/** Makes a slot on a replication connection. The server keeps its log from the last checkpoint on. */
export async function makeSlot(replication: pg.Client, span: string): Promise<void> {
  try {
    await replication.query(`CREATE_REPLICATION_SLOT ${slotName(span)} PHYSICAL RESERVE_WAL`);
  } catch (error) {
    throw new BackupFault(
      `The server keeps no log for a reader: ${(error as Error).message}.`,
      'Set max_replication_slots above the number of slots that are in use, and start again.',
    );
  }
}

/** Lets the server forget what is on the disk. The stream itself does not, or it would count as a replica. */
export async function confirm(client: pg.Client, span: string, lsn: bigint): Promise<void> {
  await client.query('select pg_replication_slot_advance($1, $2)', [slotName(span), formatLsn(lsn)]);
}

/** Until this connection ends no other one receives this span. */
export async function reserveSpan(client: pg.Client, span: string): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    BigInt(`0x${span}`).toString(),
  ]);
  if (rows[0]?.mine) return;
  throw new BackupFault(
    'Somebody receives this log already.',
    'End the other safelight backup log. If it died a moment ago, start again in a minute.',
  );
}

/** Lets the server forget the log of a span. */
export async function dropSlot(replication: pg.Client, span: string): Promise<void> {
  try {
    await replication.query(`DROP_REPLICATION_SLOT ${slotName(span)}`);
  } catch (error) {
    throw new BackupFault(
      `The server still sends this log to somebody: ${(error as Error).message}.`,
      'End the other safelight backup log first.',
    );
  }
}
