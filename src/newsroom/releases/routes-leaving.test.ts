import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft, openNewsroom, taking } from '../../../test/fixtures/releases.ts';

test('a file above the ceiling is refused in a sentence, written down as a refusal, and nothing of it leaves', async (t) => {
  const room = await openNewsroom(t, { environment: { SAFELIGHT_EXPORT_CEILING: 'OFFICIAL' } });
  const address = await draft(room.writer, room.signed.id);
  const answer = await room.writer.post(`${address}/export`, taking);
  assert.equal(answer.statusCode, 403);
  assert.match(answer.body, /This may not leave Safelight/);
  assert.match(answer.body, /Read (it|them) here, or ask your data-protection lead/);
  assert.equal(answer.headers['content-disposition'], undefined);
  assert.doesNotMatch(answer.body, /Eight business addresses/);
  await room.app.refusals.settled();
  const rows = await room.db.selectFrom('accessLog').select(['kind', 'event', 'subject']).execute();
  const subject = address.split('/').at(-1);
  assert.deepEqual(
    rows.filter(({ kind }) => kind === 'refusal'),
    [{ kind: 'refusal', event: 'export refused', subject }],
  );
  assert.ok(!rows.some(({ event }) => event === 'release exported'), 'what was refused is not told as a look');
});
