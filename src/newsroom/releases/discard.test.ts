import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';

test('a draft that never was public is discarded, and one that was is withdrawn', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner } = room;
  const address = await draft(writer, room.signed.id);
  assert.match((await writer.get(address)).body, />\s*Discard\s*</);
  assert.match((await writer.get(`${address}/withdraw`)).body, /Discard this draft/);
  assert.match((await writer.post(`${address}/withdraw`, { why: '' })).body, /Enter why the draft is discarded/);
  assert.equal((await writer.post(`${address}/withdraw`, { why: 'Written twice' })).statusCode, 303);
  const gone = (await writer.get(address)).body;
  assert.match(gone, /Discarded at[\s\S]*Written twice/);
  assert.doesNotMatch(gone, /Withdrawn/);
  assert.match((await writer.get('/staff/newsroom')).body, />Discarded</);

  const second = await draft(writer, room.signed.id);
  const status = async () => /role="status">([^<]*)</.exec((await writer.get(second)).body)?.[1] ?? '';
  assert.match(await status(), /The draft was made from the signed return/);
  await writer.post(`${second}/submit`, { revision: 1 });
  const submitted = (await writer.get(second)).body;
  assert.match(submitted, /role="status">The release was submitted for approval/);
  assert.doesNotMatch(submitted, /send-back/, 'a writer edits the text');
  assert.match((await partner.get(second)).body, /send-back/);
  await partner.post(`${second}/send-back`, { revision: 1, note: 'Say where' });
  await publish(room, second);
  assert.match(await status(), /The release was published/);
  assert.match((await writer.post(`${second}/withdraw`, { why: '' })).body, /Enter why it is withdrawn/);
  await writer.post(`${second}/withdraw`, { why: 'A wrong number' });
  assert.match((await writer.get(second)).body, /Withdrawn at/);
});
