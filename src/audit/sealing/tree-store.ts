/** Hashes of the tree, from the kept nodes and the leaves: what proofs are made of. */
import { sql } from 'kysely';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { Edge, hashPeaks, leafHash, peaksOf, type Range, type Subtree, storedLevelInterval } from './tree.ts';

/** The root of a complete subtree: at most 256 hashes are read for it. */
export async function rootOf(db: Reader<AnyTables>, { level, index }: Subtree): Promise<Buffer> {
  const kept = level - (level % storedLevelInterval);
  const count = 2 ** (level - kept);
  const first = index * count;
  const hashes = kept === 0 ? await listLeafHashes(db, first, count) : await listNodeHashes(db, kept, first, count);
  if (hashes.length !== count) throw new Error(`the tree of the log has a hole at level ${level}, number ${index}`);
  const edge = new Edge();
  for (const hash of hashes) edge.append(hash);
  return edge.root;
}

/** The hash over any range that one node of a tree covers. */
export async function rootOfRange(db: Reader<AnyTables>, range: Range): Promise<Buffer> {
  const peaks: Buffer[] = [];
  for (const peak of peaksOf(range)) peaks.push(await rootOf(db, peak));
  return hashPeaks(peaks);
}

async function listLeafHashes(db: Reader<AnyTables>, first: number, count: number): Promise<Buffer[]> {
  const { rows } = await sql<{ commitment: Buffer }>`
    select commitment from log_leaves where index between ${first} and ${first + count - 1} order by index`.execute(db);
  return rows.map(({ commitment }) => leafHash(commitment));
}

async function listNodeHashes(db: Reader<AnyTables>, level: number, first: number, count: number): Promise<Buffer[]> {
  const { rows } = await sql<{ hash: Buffer }>`
    select hash from log_nodes where level = ${level} and index between ${first} and ${first + count - 1}
    order by index`.execute(db);
  return rows.map(({ hash }) => hash);
}
