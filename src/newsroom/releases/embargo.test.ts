import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, draft, formOf, openNewsroom, publish, revisionOf } from '../../../test/fixtures/releases.ts';

const until = (day: string, embargoTime: string) => ({
  ...{ 'embargo-day': day, 'embargo-month': '9', 'embargo-year': '2026', embargoTime },
});

test('an embargo in the past is refused where it is typed, by the preview as by saving', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  const form = { ...(await formOf(room.writer, address)), ...until('24', '09:00') };
  for (const act of ['edit', 'preview']) {
    const refused = await room.writer.post(`${address}/${act}`, form);
    assert.match(refused.body, /The embargo must end later than now/, act);
  }
  assert.equal(await revisionOf(room, address), 1);
});

test('before the embargo ends no page says “Published”, the copy as HTML says when, and the address is the one told', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed, app } = room;
  await publish(room, await draft(writer, signed.id));
  const address = await draft(writer, signed.id);
  await change(writer, address, until('30', '09:00'));
  const revision = await revisionOf(room, address);
  await writer.post(`${address}/submit`, { revision });
  await partner.post(`${address}/approve`, { revision });
  const asked = (await writer.get(`${address}/publish`)).body;
  const told = /Its address will be \S*(\/news\/[a-z0-9-]*)\./.exec(asked)?.[1] ?? '';
  assert.match(told, /-2$/, 'another release has the shorter one');
  assert.equal((await writer.post(`${address}/publish`, { revision })).statusCode, 303);
  const page = (await writer.get(address)).body;
  assert.match(page, /govuk-tag--blue">Will be public at [^<]*30 September 2026/);
  assert.doesNotMatch(page, /As it was published|>Published</);
  assert.match(page, /&lt;p&gt;&lt;strong&gt;EMBARGO: not for publication before/);
  assert.match((await writer.get('/staff/newsroom')).body, /Will be public at/);
  assert.equal((await app.inject(told)).statusCode, 404);
  await room.moveTo('2026-09-30T10:00:00Z');
  const shown = (await app.inject(told)).body;
  assert.match(shown, /<article[^>]*>\s*<p[^>]*>In an emergency call[\s\S]*<h1/, 'the emergency number comes first');
  const { release } = JSON.parse((await app.inject(`${told}/figures.json`)).body);
  assert.ok(release.changed >= release.published, `${release.changed} ${release.published}`);
});

test('after a withdrawal the page lists what cannot be called back', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  assert.equal((await publish(room, address)).startsWith('/news/'), true);
  assert.doesNotMatch((await room.writer.get(address)).body, /cannot call back/);
  const revision = await revisionOf(room, address);
  const gone = await room.writer.post(`${address}/withdraw`, { revision, why: 'A person could be recognised' });
  assert.equal(gone.statusCode, 303);
  const page = (await room.writer.get(address)).body;
  assert.match(page, /What the withdrawal cannot call back[\s\S]*Feed readers keep the text/);
});
