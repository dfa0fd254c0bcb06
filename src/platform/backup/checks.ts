/** What a restored database is asked: the rows that were counted when it was taken, and sealed records that must open. */
import pg from 'pg';
import type { StoreName } from '../access-policy/access.ts';
import { type UnitKeys, unseal } from '../crypto/crypto.ts';
import { KeyDestroyed } from '../crypto/key-halves.ts';
import { countRows } from './cluster-facts.ts';
import { BackupFault, takeAnother } from './fault.ts';
import type { Counts } from './manifest.ts';

/** Reads the access log of a database and says what is wrong in it, in sentences. */
export type VerifyLog = (address: string) => Promise<{ readonly leaves: number; readonly findings: readonly string[] }>;

/** While a backup is taken rows may be added or removed: what is restored lies between the two counts. */
export async function checkCounts(client: pg.Client, store: StoreName, counts: Counts): Promise<BackupFault[]> {
  const found = await countRows(client, store);
  return Object.entries(counts).flatMap(([name, { begun, ended }]) => {
    const many = found[name];
    const [least, most] = [Math.min(begun, ended), Math.max(begun, ended)];
    if (many !== undefined && many >= least && many <= most) return [];
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    return [
      new BackupFault(
        `The table ${name} of the ${store} database has ${many ?? 'no'} rows. When the backup was taken it had ${wanted}.`,
        takeAnother,
      ),
    ];
  });
}

type SealedColumn = { readonly table: string; readonly column: string };

/** Tables whose sealed columns are bound to more than table, column and id. */
const otherwiseBound = ['case_meetings'];

/** Every column with sealed values whose key is in the same row. */
export async function listSealedColumns(client: pg.Client): Promise<readonly SealedColumn[]> {
  const { rows } = await client.query<SealedColumn>(
    `select table_name as table, column_name as column from information_schema.columns c
     where table_schema = 'public' and column_name like 'sealed\\_%' and data_type = 'bytea'
       and table_name not like '%\\_versions' and table_name <> all ($1)
       and (select count(*) from information_schema.columns k where k.table_schema = 'public'
            and k.table_name = c.table_name and k.column_name in ('id', 'wrapped_key')) = 2 order by 1, 2`,
    [otherwiseBound],
  );
  return rows;
}

export type SealedTrial = { readonly opened: number; readonly erased: number; readonly faults: readonly BackupFault[] };

/** Opens so many sealed values, taken by chance from every table that has some. */
export async function openSealed(client: pg.Client, keys: UnitKeys, wanted: number): Promise<SealedTrial> {
  const columns = await listSealedColumns(client);
  const each = Math.max(1, Math.ceil(wanted / Math.max(1, columns.length)));
  const found = { opened: 0, erased: 0 };
  const reasons = new Map<string, number>();
  const seen = new Set<string>();
  for (const round of [each, wanted])
    for (const { table, column } of columns) {
      const left = wanted - found.opened;
      if (left <= 0 || (round === wanted && reasons.size > 0)) break;
      for (const row of await pick(client, { table, column }, round === wanted ? wanted : Math.min(round, left))) {
        const context = `${table}/${column}/${row.id}`;
        if (found.opened >= wanted) break;
        if (seen.has(context)) continue;
        seen.add(context);
        const outcome = tryToOpen(keys, context, row);
        if (outcome === 'opened' || outcome === 'erased') found[outcome] += 1;
        else reasons.set(outcome, (reasons.get(outcome) ?? 0) + 1);
      }
    }
  const faults = [...reasons].map(
    ([reason, many]) =>
      new BackupFault(
        `${many} sealed ${many === 1 ? 'record does' : 'records do'} not open: ${reason}.`,
        'Give the newest copy of the keys, made with this backup or later. If you did, the keys and the backup do not belong together.',
      ),
  );
  return { ...found, faults };
}

type SealedRow = { readonly id: string; readonly wrapped: Buffer; readonly sealed: Buffer };

async function pick(client: pg.Client, { table, column }: SealedColumn, many: number): Promise<readonly SealedRow[]> {
  const [from, value] = [pg.escapeIdentifier(table), pg.escapeIdentifier(column)];
  const { rows } = await client.query<SealedRow>(
    `select id, wrapped_key as wrapped, ${value} as sealed from ${from}
     where ${value} is not null and wrapped_key is not null order by random() limit $1`,
    [many],
  );
  return rows;
}

/** What it says is never looked at. */
function tryToOpen(keys: UnitKeys, context: string, { id, wrapped, sealed }: SealedRow): string {
  try {
    unseal(keys.unwrap(wrapped, id), context, sealed);
    return 'opened';
  } catch (error) {
    if (error instanceof KeyDestroyed) return 'erased';
    const { message } = error as Error;
    return /half of a key|unit key/.test(message) ? message : 'the key does not fit';
  }
}
