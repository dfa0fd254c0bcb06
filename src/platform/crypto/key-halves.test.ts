import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findPointer, seal, UnitKeys, unseal } from './crypto.ts';
import { KeyDestroyed, KeyHalves } from './key-halves.ts';

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-halves-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'halves');
}
const all = (folder: string): Buffer =>
  Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

test('a key in halves opens with both, for its own record, in every process that has the folder', (t) => {
  const folder = aFolder(t);
  const unit = UnitKeys.generate();
  const keys = unit.withHalvesIn(folder);
  const { key, wrapped } = keys.newRecordKey('one');
  const sealed = seal(key, 'persons/one', 'Ira Invented');
  const other = unit.withHalvesIn(folder);
  assert.equal(unseal(other.unwrap(wrapped, 'one'), 'persons/one', sealed).toString(), 'Ira Invented');
  assert.throws(() => other.unwrap(wrapped, 'two'));
  assert.throws(() => unit.unwrap(wrapped, 'one'), /does not have the folder/);
  assert.throws(
    () => UnitKeys.generate().withHalvesIn(folder).unwrap(wrapped, 'one'),
    'the folder alone opens nothing',
  );
  // What the database holds, without the half outside: the unit's key finds no key in it.
  assert.throws(() => unseal(unit.unwrap(wrapped.subarray(13), 'one'), 'persons/one', sealed));
});

test('a half that is destroyed is overwritten where it lay, at once for who holds the file open, and its neighbours stay', (t) => {
  const folder = aFolder(t);
  const unit = UnitKeys.generate();
  const [keys, other] = [unit.withHalvesIn(folder), unit.withHalvesIn(folder)];
  const records = Array.from({ length: 200 }, (_, at) => ({
    id: `record ${at}`,
    ...keys.newRecordKey(`record ${at}`),
  }));
  for (const { id, key, wrapped } of records) assert.deepEqual(other.unwrap(wrapped, id), key);
  const gone = records.filter((_, at) => at % 3 === 0);
  const halves = gone.map(({ wrapped }) => Buffer.from(other.halves?.read(findPointer(wrapped) as Buffer) ?? ''));
  keys.halves?.destroy(gone.map(({ wrapped }) => findPointer(wrapped) as Buffer));
  keys.halves?.destroy(gone.map(({ wrapped }) => findPointer(wrapped) as Buffer));
  for (const [at, { id, key, wrapped }] of records.entries())
    if (at % 3 === 0) assert.throws(() => other.unwrap(wrapped, id), KeyDestroyed);
    else assert.deepEqual(other.unwrap(wrapped, id), key);
  const lying = all(folder);
  for (const half of halves) assert.equal(lying.includes(half), false);
});

test('handles more files than are kept open at once, and distinguishes a truncated file from a missing folder', (t) => {
  const folder = aFolder(t);
  const writers = Array.from({ length: 90 }, () => new KeyHalves(folder));
  const taken = writers.map((halves) => halves.take());
  const reader = new KeyHalves(folder);
  for (let round = 0; round < 2; round += 1)
    for (const { pointer, half } of taken) assert.deepEqual(reader.read(pointer), half);
  reader.destroy(taken.map(({ pointer }) => pointer));
  assert.ok(taken.every(({ pointer }) => writers[0]?.isDestroyed(pointer)));
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0);
  const last = new KeyHalves(folder).take();
  const [name = ''] = readdirSync(folder).filter((one) => one.startsWith(last.pointer.subarray(0, 8).toString('hex')));
  truncateSync(join(folder, name), 32);
  assert.throws(() => new KeyHalves(folder).read(last.pointer), /cut short/);
  assert.throws(() => new KeyHalves(join(folder, 'elsewhere')).read(last.pointer), /not in the folder/);
});

test('none is given out twice, and what was sealed before keys had halves still opens', (t) => {
  const folder = aFolder(t);
  const unit = UnitKeys.generate();
  const before = unit.newRecordKey('old');
  const keys = unit.withHalvesIn(folder);
  assert.deepEqual(keys.unwrap(before.wrapped, 'old'), before.key);
  assert.equal(findPointer(before.wrapped), undefined);
  const pointers = Array.from({ length: 300 }, () => findPointer(keys.newRecordKey('x').wrapped)?.toString('hex'));
  assert.equal(new Set(pointers).size, 300);
});
