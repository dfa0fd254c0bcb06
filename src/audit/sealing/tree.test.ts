import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { verifyConsistency } from '../verify/merkle.ts';
import { consistencyRanges, Edge, hashPeaks, leafHash, nodeHash, peaksOf, type Range } from './tree.ts';

const leaves = Array.from({ length: 70 }, (_, index) => leafHash(Buffer.from(`row ${index}`)));

/** As RFC 6962 defines it, by recursion. */
function plainRoot([begin, end]: Range): Buffer {
  if (end === begin) return createHash('sha256').digest();
  if (end - begin === 1) return leaves[begin] as Buffer;
  let half = 1;
  while (half * 2 < end - begin) half *= 2;
  return nodeHash(plainRoot([begin, begin + half]), plainRoot([begin + half, end]));
}

const treeOf = (size: number): Edge => {
  const edge = new Edge();
  for (const leaf of leaves.slice(0, size)) edge.append(leaf);
  return edge;
};

test('the root is that of the definition, at every size', () => {
  for (let size = 0; size <= leaves.length; size += 1) assert.deepEqual(treeOf(size).root, plainRoot([0, size]));
});

test('the root of no leaf and of one empty leaf are the well-known ones', () => {
  assert.equal(new Edge().root.toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(
    leafHash(Buffer.alloc(0)).toString('hex'),
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
});

test('a tree goes on from its right edge alone', () => {
  for (let size = 0; size <= leaves.length; size += 1) {
    const peaks = peaksOf([0, size]).map(({ level, index }) =>
      plainRoot([index * 2 ** level, (index + 1) * 2 ** level]),
    );
    const edge = new Edge(size, peaks);
    assert.deepEqual(edge.root, plainRoot([0, size]));
    for (const leaf of leaves.slice(size)) edge.append(leaf);
    assert.deepEqual(edge.root, plainRoot([0, leaves.length]));
  }
});

test('every tree is proved to be the beginning of every later one, and of no other', () => {
  const at = (size: number) => ({ size, root: plainRoot([0, size]).toString('base64') });
  for (let to = 1; to <= leaves.length; to += 1) {
    for (let from = 1; from <= to; from += 1) {
      const proof = consistencyRanges(from, to).map(plainRoot);
      assert.ok(verifyConsistency(at(from), at(to), proof), `${from} of ${to}`);
      const other = { size: from, root: leafHash(Buffer.from('another')).toString('base64') };
      assert.ok(!verifyConsistency(other, at(to), proof), `another ${from} of ${to}`);
      assert.ok(!verifyConsistency(at(from), { size: to, root: other.root }, proof));
      if (proof.length > 0) assert.ok(!verifyConsistency(at(from), at(to), proof.slice(1)));
      assert.ok(!verifyConsistency(at(from), at(to), [...proof, leaves[0] as Buffer]));
    }
  }
});

test('reports only every eighth level, each subtree once, when it is complete', () => {
  const told: string[] = [];
  const edge = new Edge();
  for (let count = 0; count < 1_000; count += 1)
    edge.append(leaves[0] as Buffer, ({ level, index }) => told.push(`${level}/${index} after ${edge.size + 1}`));
  assert.deepEqual(told, ['8/0 after 256', '8/1 after 512', '8/2 after 768']);
});

test('hashes side by side come together as one node of the definition', () => {
  const parts = peaksOf([0, 7]).map(({ level, index }) => plainRoot([index * 2 ** level, (index + 1) * 2 ** level]));
  assert.deepEqual(hashPeaks(parts), plainRoot([0, 7]));
});
