/** Seals the log: rows that are settled become leaves, in their order, under a signed checkpoint. Runs in the leader alone, batch by batch. */
import { randomBytes } from 'node:crypto';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import type { LogKey } from '../log/keys.ts';
import { signedCheckpoint } from './checkpoint.ts';
import { commitment, openingBytes } from './leaf.ts';
import { destroyErasedLeaves, getSealedState, listSettledRows, loadEdge, saveSealedBatch } from './store.ts';
import { Edge, leafHash, type Subtree } from './tree.ts';

export const maxBatchRows = 4_000;

/** The edge after the last batch, so that the next need not be read for it; checked against the checkpoint all the same. */
export type SealingMemory = { edge?: Edge | undefined };

/** Seals one batch in the transaction given; returns how many rows it was. Refuses to go on from a tree that is not what was signed. */
export async function sealBatch(
  tx: Writer<AnyTables>,
  { origin, key, publicKeys }: LogKey,
  now: Date,
  remembered: SealingMemory = {},
  most = maxBatchRows,
): Promise<number> {
  const { size: first, root, last } = await getSealedState(tx);
  const rows = await listSettledRows(tx, last, most);
  if (rows.length === 0) return 0;
  const held = remembered.edge;
  remembered.edge = undefined; // A batch that fails half-way leaves nothing to go on from.
  const edge =
    held?.size === first && hasRoot(held, root) ? held : first === 0 ? new Edge() : await loadEdge(tx, first);
  if (first > 0 && !hasRoot(edge, root)) throw new Error('the tree of the log is not what its checkpoint says');

  const openings = randomBytes(rows.length * openingBytes);
  const commitments = Buffer.allocUnsafe(rows.length * 32);
  const nodes: [Subtree, Buffer][] = [];
  for (const [index, row] of rows.entries()) {
    const data = commitment(openings.subarray(index * openingBytes, (index + 1) * openingBytes), row);
    data.copy(commitments, index * 32);
    edge.append(leafHash(data), (subtree, hash) => nodes.push([subtree, hash]));
  }
  const note = signedCheckpoint(origin, key, edge.size, edge.root, now);
  await saveSealedBatch(tx, { first, rows, commitments, openings, nodes, size: edge.size, note, keys: publicKeys });
  await destroyErasedLeaves(tx, rows, first);
  remembered.edge = edge;
  return rows.length;
}

const hasRoot = (edge: Edge, root: Buffer | undefined): boolean => root !== undefined && edge.root.equals(root);

/** As the leader does it again and again: says whether more may wait. */
export function createSealer(key: LogKey): (tx: Writer<AnyTables>, now: Date) => Promise<boolean> {
  const remembered: SealingMemory = {};
  return async (tx, now) => (await sealBatch(tx, key, now, remembered)) === maxBatchRows;
}
