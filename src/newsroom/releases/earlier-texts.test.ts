import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { type Act, actsShownTo, mayReadRevision } from './release.ts';

/** Each page has keys of its own for its forms. */
const withoutKeys = (page: string): string =>
  page.replace(/name="_csrf" value="[^"]*"/g, '').replace(/revisions\/\d+/g, '');

test('another agency reads nothing of texts before the one that was submitted to it', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, partner } = room;
  const address = await draft(writer, room.signed.id);
  const secret = 'Linh Tran, 32, of Kingfisher Close was taken to safety.';
  await change(writer, address, { body: `${secret} Teams made {eight visits}.` });
  const out = { typed: 'Linh Tran', sentence: secret, wording: 'without the sentence' };
  const named = await writer.post(`${address}/link-figure`, out);
  const typed = named.statusCode === 303 ? out.typed : '32';
  if (named.statusCode !== 303)
    assert.equal((await writer.post(`${address}/link-figure`, { ...out, typed })).statusCode, 303);
  await change(writer, address, { body: 'Teams made {eight visits}.', keyPoints: '' });
  assert.equal((await writer.post(`${address}/submit`, { revision: 4 })).statusCode, 303);

  const own = (await colleague.get(address)).body;
  assert.match(own, new RegExp(`Took out the sentence with “${typed}`), 'the agency that wrote it reads its own steps');
  assert.match(own, /revisions\/2"/);
  assert.match((await colleague.get(`${address}/revisions/2`)).body, /Kingfisher/);

  const other = (await partner.get(address)).body;
  assert.match(other, /Submitted/);
  assert.doesNotMatch(other, /Linh|Kingfisher|Took out|revisions\//);
  const absent = await partner.get(`${address}/revisions/77`);
  for (const revision of [1, 2, 3]) {
    const hidden = await partner.get(`${address}/revisions/${revision}`);
    assert.equal(hidden.statusCode, 404);
    assert.equal(withoutKeys(hidden.body), withoutKeys(absent.body));
  }
  assert.equal((await partner.get(`${address}/revisions/4`)).statusCode, 200, 'the text as it is');

  await partner.post(`${address}/send-back`, { revision: 4, note: 'Say where' });
  await change(writer, address, { description: 'Near Kingfisher Close.' });
  await change(writer, address, { description: 'In the county.' });
  assert.equal((await partner.get(`${address}/revisions/4`)).statusCode, 200, 'it was submitted');
  assert.equal((await partner.get(`${address}/revisions/5`)).statusCode, 404, 'it was not');
  const news = await publish(room, address);
  assert.match(news, /^\/news\//);
});

test('a step of writing quotes no words to another agency', () => {
  const [force, council] = ['force', 'council'];
  const at = new Date(0);
  const act = (kind: Act['act'], revision: number, note: string | null = null, agencyId = force): Act => ({
    ...{ act: kind, revision, note, agencyId, memberId: 'somebody', at },
  });
  const acts = [
    act('drafted', 1),
    act('edited', 2, 'Took out the sentence with “Linh Tran”'),
    act('edited', 3, 'Took safer words for “32”'),
    act('submitted', 3),
    act('edited', 4, 'Justified “Kingfisher”', council),
    act('edited', 5, 'Changed “Kingfisher” by hand'),
    act('submitted', 5),
  ];
  const notesFor = (agencyId: string) =>
    actsShownTo({ agencyId: force }, acts, { memberId: 'x', agencyId }).map(({ note }) => note);
  assert.deepEqual(notesFor(council), ['Took safer words', null, 'Justified “Kingfisher”', null, null]);
  assert.equal(notesFor(force).length, acts.length);
  const readable = (revision: number) =>
    mayReadRevision({ agencyId: force }, acts, { memberId: 'x', agencyId: council }, revision);
  assert.deepEqual([1, 2, 3, 4, 5].map(readable), [false, false, true, true, true]);
});
