import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { openSealing } from '../sealing/sealing.ts';
import { DraftMemory } from './draft-memory.ts';
import { Drafts } from './drafts.ts';

const now = new Date('2026-09-18T12:00:00Z');
const endsAt = new Date('2026-09-18T15:00:00Z');
const someDraft = () => ({ hash: randomBytes(32), sealed: Buffer.allocUnsafe(2_100), endsAt });

test('a draft in memory holds its own bytes and no slab around them', () => {
  const memory = new DraftMemory();
  const draft = someDraft();
  assert.ok(draft.sealed.buffer.byteLength > 4_200, 'Node cut it out of a slab');
  memory.keep(null, draft);
  const kept = memory.find(draft.hash, now);
  assert.deepEqual(kept, draft.sealed);
  assert.equal(kept?.buffer.byteLength, 2_100);
});

test('the size of drafts includes more than their bytes, and stays under the cap', () => {
  const memory = new DraftMemory(100_000);
  const first = someDraft();
  memory.keep(null, first);
  assert.ok(memory.bytes >= 2_600);
  for (let number = 0; number < 1_000; number += 1) memory.keep(null, someDraft());
  assert.ok(memory.bytes <= 100_000);
  assert.equal(memory.find(first.hash, now), undefined);
});

const returning = (receipt: string) => ({ kind: 'returning', receipt, partId: 'invented' }) as never;

test('the database keeps so many drafts: the oldest go, and a flood of new ones ends none that was answered', async (t) => {
  await openSealing();
  const { databases, db } = await openApplication(t);
  const drafts = new Drafts(databases.for('main', 'public'), { rows: 10, bytes: 1_000_000 });
  const another = () => new Drafts(databases.for('main', 'public'), { rows: 10, bytes: 1_000_000 });
  const began = await drafts.keep(undefined, returning('a'), now);
  const answered = await drafts.keep(began, returning('b'), now);
  for (let number = 0; number < 40; number += 1) await drafts.keep(undefined, returning('flood'), now);
  const rows = await db.selectFrom('reportDrafts').selectAll().execute();
  assert.equal(rows.length, 6, 'half of ten are new ones, and one was answered');
  assert.ok(await another().find(answered ?? '', now), 'who answered something goes on');
  const newest = await drafts.keep(undefined, returning('c'), now);
  assert.ok(await another().find(newest ?? '', now), 'nobody is turned away');
});

test('the database keeps so many bytes of drafts', async (t) => {
  await openSealing();
  const { databases, db } = await openApplication(t);
  const drafts = new Drafts(databases.for('main', 'public'), { rows: 1_000, bytes: 50_000 });
  for (let number = 0; number < 20; number += 1) await drafts.keep(undefined, returning('x'.repeat(10_000)), now);
  const rows = await db.selectFrom('reportDrafts').select('sealed').execute();
  const bytes = rows.reduce((sum, { sealed }) => sum + (sealed as Buffer).length, 0);
  assert.ok(bytes <= 50_000 && bytes > 20_000, `${bytes}`);
});
