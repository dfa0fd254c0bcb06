/** The tree of RFC 6962, written a second time: from leaf to root, and the proof that one tree is the beginning of another. */
import { hash } from 'node:crypto';

const leafBuffer = Buffer.alloc(1 + 32, 0);
const nodeBuffer = Buffer.alloc(1 + 64, 1);

export function hashLeaf(data: Buffer): Buffer {
  if (data.length !== 32) return hash('sha256', Buffer.concat([Buffer.of(0), data]), 'buffer');
  leafBuffer.set(data, 1);
  return hash('sha256', leafBuffer, 'buffer');
}

function hashNode(left: Buffer, right: Buffer): Buffer {
  nodeBuffer.set(left, 1);
  nodeBuffer.set(right, 33);
  return hash('sha256', nodeBuffer, 'buffer');
}

export type Node = { readonly level: number; readonly index: number; readonly hash: Buffer };

/** A tree that is only ever read from left to right: one hash for each of its levels is held, whatever its size. */
export class GrowingTree {
  size = 0;
  /** By level: the root of a complete subtree that waits for its right neighbour. */
  readonly #waiting: (Buffer | undefined)[] = [];

  /** Adds a leaf; returns the nodes that it completes on every eighth level. */
  add(leaf: Buffer): readonly Node[] {
    const completed: Node[] = [];
    let carried = leaf;
    let level = 0;
    for (let left = this.#waiting[level]; left; left = this.#waiting[level]) {
      this.#waiting[level] = undefined;
      carried = hashNode(left, carried);
      level += 1;
      if (level % 8 === 0) completed.push({ level, index: Math.floor(this.size / 2 ** level), hash: carried });
    }
    this.#waiting[level] = carried;
    this.size += 1;
    return completed;
  }

  root(): string {
    let root: Buffer | undefined;
    for (const part of this.#waiting) if (part) root = root ? hashNode(part, root) : part;
    return (root ?? hash('sha256', '', 'buffer')).toString('base64');
  }
}

/** Whether the proof shows that the tree of `from` leaves and root `oldRoot` is the beginning of the other (RFC 6962, 2.1.4.2). */
export function verifyConsistency(
  from: { readonly size: number; readonly root: string },
  to: { readonly size: number; readonly root: string },
  proof: readonly Buffer[],
): boolean {
  if (from.size > to.size || from.size < 1) return false;
  if (from.size === to.size) return proof.length === 0 && from.root === to.root;
  let [node, last] = [from.size - 1, to.size - 1];
  while (node % 2 === 1) [node, last] = [(node - 1) / 2, Math.floor(last / 2)];
  const steps = [...proof];
  const first = node === 0 ? Buffer.from(from.root, 'base64') : steps.shift();
  if (!first) return false;
  let [old, whole] = [first, first];
  for (const step of steps) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = hashNode(step, old);
      whole = hashNode(step, whole);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      whole = hashNode(whole, step);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && old.toString('base64') === from.root && whole.toString('base64') === to.root;
}
