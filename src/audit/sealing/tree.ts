/** The tree over the log (RFC 6962: SHA-256, 0x00 before a leaf, 0x01 before a node), as it grows at its right edge. Pure. */
import { hash } from 'node:crypto';

/** A complete subtree: 2^level leaves, of which the first is number index × 2^level. */
export type Subtree = { readonly level: number; readonly index: number };
/** The leaves from `begin` until before `end`, which are under one node of a tree. */
export type Range = readonly [begin: number, end: number];

const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

export function leafHash(data: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(1 + data.length);
  bytes[0] = 0;
  data.copy(bytes, 1);
  return sha256(bytes);
}

const nodeBuffer = Buffer.alloc(65);
nodeBuffer[0] = 1;

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(nodeBuffer, 1);
  right.copy(nodeBuffer, 33);
  return sha256(nodeBuffer);
}

export const emptyRoot: Buffer = sha256(Buffer.alloc(0));

/** The node above a row of adjacent hashes; the left subtree is complete. */
export const hashPeaks = (peaks: readonly Buffer[]): Buffer =>
  peaks.length === 0 ? emptyRoot : peaks.reduceRight((right, left) => nodeHash(left, right));

/** Only every eighth level is stored. The levels between are computed again from at most 256 hashes. */
export const storedLevelInterval = 8;

/** The right edge of a tree: the roots of its complete subtrees, largest first. That is all it takes to go on. */
export class Edge {
  #size: number;
  readonly #peaks: Buffer[];

  constructor(size = 0, peaks: readonly Buffer[] = []) {
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#size;
  }

  get root(): Buffer {
    return hashPeaks(this.#peaks);
  }

  /** Adds one leaf; reports each subtree on a stored level that it completes. */
  append(leaf: Buffer, completed: (subtree: Subtree, root: Buffer) => void = () => {}): void {
    let top = leaf;
    let level = 0;
    for (let at = this.#size; at % 2 === 1; at = (at - 1) / 2) {
      top = nodeHash(this.#peaks.pop() as Buffer, top);
      level += 1;
      if (level % storedLevelInterval === 0) completed({ level, index: (at - 1) / 2 }, top);
    }
    this.#peaks.push(top);
    this.#size += 1;
  }
}

/** The complete subtrees that cover a range under one node, from the left, largest first. */
export function peaksOf([begin, end]: Range): Subtree[] {
  const peaks: Subtree[] = [];
  for (let from = begin; from < end; ) {
    let level = 0;
    while (from % 2 ** (level + 1) === 0 && from + 2 ** (level + 1) <= end) level += 1;
    peaks.push({ level, index: from / 2 ** level });
    from += 2 ** level;
  }
  return peaks;
}

/** Where a node over so many leaves divides: the largest power of two below. */
function halfOf(count: number): number {
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
}

/** The ranges whose hashes prove that a tree of `from` leaves is the beginning of a tree of `to`, in the order of RFC 6962. */
export function consistencyRanges(from: number, to: number): Range[] {
  const down = (begin: number, end: number, known: boolean): Range[] => {
    if (from === end) return known ? [] : [[begin, end]];
    const middle = begin + halfOf(end - begin);
    if (from <= middle) return [...down(begin, middle, known), [middle, end]];
    return [...down(middle, end, false), [begin, middle]];
  };
  if (!(from > 0 && from <= to)) throw new RangeError('no such trees');
  return from === to ? [] : down(0, to, true);
}
