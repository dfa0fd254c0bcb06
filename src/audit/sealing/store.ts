/** What sealing reads and writes: rows that are settled, the right edge of the tree, a checkpoint. */
import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { readCheckpoint } from './checkpoint.ts';
import { erasureEvent, type LeafRow, leafColumns } from './leaf.ts';
import { Edge, peaksOf, type Subtree } from './tree.ts';
import { rootOf } from './tree-store.ts';

/** A row's place in the order of the log. */
export type RowPosition = { readonly xid: string; readonly id: string };
export type SealedState = { readonly size: number; readonly root: Buffer | undefined; readonly last: RowPosition };

const logStart: RowPosition = { xid: '0', id: '0' };

/** The end of the tree: its last checkpoint, and the row of its last leaf. */
export async function getSealedState(tx: Reader<AnyTables>): Promise<SealedState> {
  const { rows } = await sql<RowPosition & { note: string }>`
    select c.note, l.xid::text as xid, l.id::text as id
    from (select size, note from log_checkpoints order by size desc limit 1) c
    left join log_leaves l on l.index = c.size - 1`.execute(tx);
  const [row] = rows;
  if (!row) return { size: 0, root: undefined, last: logStart };
  const checkpoint = readCheckpoint(row.note);
  if (!checkpoint || row.xid === null) throw new Error('the last checkpoint of the log is not what was written');
  return { size: checkpoint.size, root: checkpoint.root, last: { xid: row.xid, id: row.id } };
}

const columns = sql.raw(leafColumns.map((name) => `${name}::text`).join(', '));

/** Rows after a place that no transaction under way can still come before, oldest first. */
export async function listSettledRows(
  tx: Writer<AnyTables>,
  { xid, id }: RowPosition,
  most: number,
): Promise<LeafRow[]> {
  await sql`select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true)`.execute(tx);
  const { rows } = await sql<{ row: string[] }>`
    select json_build_array(${columns}) as row from access_log
    where (xid, id) > (${xid}::xid8, ${id}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, id limit ${most}`.execute(tx);
  return rows.map(({ row }) => row);
}

/** The right edge as the kept nodes and the last leaves give it; the checkpoint must agree. */
export async function loadEdge(tx: Reader<AnyTables>, size: number): Promise<Edge> {
  const peaks: Buffer[] = [];
  for (const peak of peaksOf([0, size])) peaks.push(await rootOf(tx, peak));
  return new Edge(size, peaks);
}

export type SealedBatch = {
  readonly first: number;
  readonly rows: readonly LeafRow[];
  readonly commitments: Buffer;
  readonly openings: Buffer;
  readonly nodes: readonly (readonly [Subtree, Buffer])[];
  readonly size: number;
  readonly note: string;
  readonly keys: readonly string[];
};

/** Leaves, kept nodes and checkpoint of one batch. */
export async function saveSealedBatch(tx: Writer<AnyTables>, sealed: SealedBatch): Promise<void> {
  const xids = sealed.rows.map(([xid]) => xid);
  const ids = sealed.rows.map(([, id]) => id);
  await sql`
    insert into log_leaves (index, xid, id, commitment, opening)
    select ${sealed.first}::bigint + n - 1, xid, id,
           substring(${sealed.commitments}::bytea from (n::int - 1) * 32 + 1 for 32),
           substring(${sealed.openings}::bytea from (n::int - 1) * 32 + 1 for 32)
    from unnest(${xids}::xid8[], ${ids}::bigint[]) with ordinality as t(xid, id, n)`.execute(tx);
  if (sealed.nodes.length > 0) {
    await tx
      .insertInto('log_nodes')
      .values(sealed.nodes.map(([{ level, index }, hash]) => ({ level, index, hash })))
      .execute();
  }
  await tx.insertInto('log_checkpoints').values({ size: sealed.size, note: sealed.note }).execute();
  await tx
    .insertInto('log_keys')
    .values(sealed.keys.map((key) => ({ key })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const [eventColumn, kindColumn, fieldsColumn] = (['event', 'kind', 'fields'] as const).map((name) =>
  leafColumns.indexOf(name),
) as [number, number, number];

/** Destroys what the erasures among these rows, sealed from leaf `first` on, name. It can be seen by now that it was done. One that names nothing before itself destroys nothing, and holds up nothing either. */
export async function destroyErasedLeaves(
  tx: Writer<AnyTables>,
  rows: readonly LeafRow[],
  first: number,
): Promise<void> {
  for (const [place, row] of rows.entries())
    if (row[eventColumn] === erasureEvent && row[kindColumn] === 'erasure' && namesEarlierLeaf(row, first + place))
      await sql`select ctx.destroy_erased(${row[0]}::xid8, ${row[1]}::bigint)`.execute(tx);
}

const namesEarlierLeaf = (row: LeafRow, index: number): boolean =>
  (row[fieldsColumn] ?? '').split(/[{},]/).some((field) => /^[0-9]{1,17}$/.test(field) && Number(field) < index);
