import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft, idOf, openNewsroom, revisionOf } from '../../../test/fixtures/releases.ts';
import { setContext } from '../../platform/database/database.ts';
import { signedReturn } from '../drafting/examples.ts';

test('figures that were signed before the last day has passed are not published', async (t) => {
  const underWay = { ...signedReturn, signedAt: new Date('2026-09-18T10:00:00Z') };
  const room = await openNewsroom(t, { counted: underWay });
  const address = await draft(room.writer, room.signed.id);
  const page = await room.writer.get(address);
  assert.match(page.body, /One thing must be corrected first[\s\S]*What to correct[\s\S]*The operation is not over/);
  assert.match(page.body, /The last day of the operation is 18 September 2026, .* from 19 September 2026/);
  assert.doesNotMatch(page.body, /Submit for approval/);
  const refused = await room.writer.post(`${address}/submit`, { revision: await revisionOf(room, address) });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /signed before the operation was over/);

  await assert.rejects(
    room.db.transaction().execute(async (tx) => {
      await setContext(tx, { now: room.clock.now() });
      const published = { state: 'published', publishedRevision: 1 };
      await tx.updateTable('releases').set(published).where('id', '=', idOf(address)).execute();
    }),
    /signed after the last day/,
    'nor does the database take it',
  );
});
