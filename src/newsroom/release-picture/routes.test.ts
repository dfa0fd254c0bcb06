import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import exifr from 'exifr';
import type { Visitor } from '../../../test/fixtures/application.ts';
import { exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import {
  change,
  decoded,
  draft,
  idOf,
  type Newsroom,
  openNewsroom,
  publish,
  revisionOf,
} from '../../../test/fixtures/releases.ts';
import { beginReading, setContext } from '../../platform/database/database.ts';
import { getRelease } from '../releases/store.ts';
import { mostDots, readJpegSize } from './picture.ts';

const plain = (body: string): string => decoded(body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
const camera = { make: 'Inventaphone', place: [51.9, 0.2], at: '2026:09:18 10:35:03' } as const;
const photograph = async () => withParts(await plainJpeg(2_400, 1_600), exifOf({ ...camera, place: [51.9, 0.2] }));
const words = {
  alternative: 'Officers talk with a nurse beside a marked van',
  caption: 'Officers and nurses before a visit',
  credit: 'Lea Vale Constabulary',
  people: 'nobody',
  record: '',
  unseen: ['plates', 'doors', 'signs'],
  by: 'Inspector Vale',
  'on-day': '23',
  'on-month': '9',
  'on-year': '2026',
};

type Typed = Record<string, string | readonly string[]>;

async function send(room: Newsroom, who: Visitor, address: string, more: Typed = {}, content?: Buffer) {
  const base = String(await revisionOf(room, address));
  const file = content && { name: 'IMG_7.jpg', content };
  return who.upload(`${address}/picture`, { base, ...words, ...more }, file);
}
const pictures = ({ db }: Newsroom) => db.selectFrom('releasePictures').select(['id', 'content']).execute();

test('a press officer adds a picture: a clean, smaller copy with its clearance, which nobody offers from a visit', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, stranger, config } = room;
  const address = await draft(writer, room.signed.id);
  const form = (await writer.get(`${address}/picture`)).body;
  assert.match(plain(form), /Never publish a picture of a person who may be a victim/);
  assert.doesNotMatch(form, /<img/);
  const content = await photograph();
  const nothing = { alternative: '', credit: '', unseen: ['plates'], people: 'agreed', by: '', 'on-year': '2027' };
  const refused = plain((await send(room, writer, address, nothing, content)).body);
  for (const said of [
    'Enter what the picture shows',
    'Enter who took the picture',
    'Check for each of the three',
    'Enter who cleared the picture',
    'The day must not be in the future',
    'Choose the file again',
  ])
    assert.ok(refused.includes(said), said);
  assert.match(
    plain((await send(room, writer, address, { people: 'agreed' }, content)).body),
    /consent or the charge is recorded/,
  );
  assert.match(plain((await send(room, writer, address)).body), /Select a picture/);
  assert.match(
    plain((await send(room, writer, address, {}, Buffer.from('%PDF-1.7 no picture'))).body),
    /no JPEG or PNG/,
  );
  assert.deepEqual(await pictures(room), []);

  const added = await send(room, writer, address, {}, content);
  assert.equal(added.headers.location, `${address}#picture`, plain(added.body));
  assert.deepEqual(await readdir(join(config.filesFolder, 'waiting')), [], 'as it came it is gone');
  const [kept] = await pictures(room);
  assert.ok(kept && !kept.content.includes('Inventaphone'));
  assert.equal(await exifr.parse(kept.content).catch(() => undefined), undefined, 'no place, time or camera');
  const { width, height } = readJpegSize(kept.content);
  assert.deepEqual([width, height], [1_200, 800], 'made smaller for the public site');
  assert.ok(width * height <= mostDots);

  const page = (await writer.get(address)).body;
  assert.match(plain(page), /Picture: Lea Vale Constabulary .*Cleared by Inspector Vale, 23 September 2026/);
  const src = decoded(/<img src="([^"]+picture\.jpg[^"]*)"/.exec(page)?.[1] ?? '');
  const shown = await partner.get(src);
  assert.equal(shown.headers['content-type'], 'image/jpeg');
  assert.match(String(shown.headers['content-security-policy']), /^sandbox/);
  assert.ok(shown.rawPayload.equals(kept.content));
  for (const path of ['/picture', '/picture.jpg', '/picture/remove'])
    assert.equal((await stranger.get(`${address}${path}`)).statusCode, 404, path);
});

test('the words of a picture are read like the text, and a change of it asks for a new approval', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, db } = room;
  const address = await draft(writer, room.signed.id);
  await send(room, writer, address, { alternative: 'Some 48 people in a room' }, await plainJpeg());
  assert.match(plain((await writer.get(address)).body), /Alternative text of the picture: 48/);
  assert.match(
    plain((await writer.post(`${address}/submit`, { revision: await revisionOf(room, address) })).body),
    /Some words must be corrected first/,
  );
  await send(room, writer, address);
  assert.equal((await pictures(room)).length, 1, 'other words keep the picture');
  const revision = await revisionOf(room, address);
  assert.equal((await writer.post(`${address}/submit`, { revision })).statusCode, 303);
  const asked = (await partner.get(`${address}/approve`)).body;
  assert.match(plain(asked), /Clearance of the picture .*Nobody can be recognised .*Cleared/);
  assert.match(asked, /<img src="[^"]+picture\.jpg/);
  const without = await partner.post(`${address}/approve`, { revision });
  assert.match(plain(without.body), /Confirm the clearance of the picture/);
  assert.equal((await partner.post(`${address}/approve`, { revision, cleared: ['yes'] })).statusCode, 303);
  assert.match(plain((await writer.get(address)).body), /The clearance of the picture was confirmed/);

  const [before] = await pictures(room);
  const stale = await send(room, writer, address, { base: '1' }, await plainJpeg());
  assert.match(plain(stale.body), /Somebody changed this release/);
  await send(room, writer, address, {}, await plainJpeg(80, 60));
  assert.equal((await getRelease(db, idOf(address))).state, 'draft');
  const [after] = await pictures(room);
  assert.notEqual(after?.id, before?.id, 'the picture before is gone');
  const next = await revisionOf(room, address);
  assert.equal((await writer.post(`${address}/submit`, { revision: next })).statusCode, 303);
  assert.match(
    plain((await partner.get(`${address}/approve`)).body),
    /Changes since revision .*Picture .*Officers talk/,
  );
  await writer.post(`${address}/picture/remove`, { revision: next });
  const bare = await getRelease(db, idOf(address));
  assert.deepEqual([bare.state, bare.picture, await pictures(room)], ['draft', null, []]);
});

test('the picture is out with the release on its page, in feeds and for machines, and gone with a correction or withdrawal', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, app, config, db } = room;
  const address = await draft(writer, room.signed.id);
  await send(room, writer, address, {}, await plainJpeg(90, 60));
  const news = await publish(room, address);
  const url = `${config.origin}${news}/photo.jpg?v=1`;
  const get = async (path: string) => app.inject(path);
  const page = (await get(news)).body;
  assert.ok(page.includes(`<meta property="og:image" content="${url}">`));
  assert.ok(page.includes(`<meta property="og:image:alt" content="${words.alternative}">`));
  assert.ok(page.includes(`<img src="${news}/photo.jpg?v=1" width="90" height="60" alt="${words.alternative}">`));
  assert.match(plain(page), /Officers and nurses before a visit\. Picture: Lea Vale Constabulary/);
  const { image } = JSON.parse(/ld\+json">([^<]+)</.exec(page)?.[1] ?? '');
  assert.deepEqual([image['@type'], image.url, image.creditText], ['ImageObject', url, words.credit]);
  const [kept] = await pictures(room);
  const photo = await get(`${news}/photo.jpg?v=1`);
  assert.equal(photo.headers['content-type'], 'image/jpeg');
  assert.equal(photo.headers['cross-origin-resource-policy'], 'cross-origin');
  assert.ok(photo.rawPayload.equals(kept?.content ?? Buffer.of()));
  const escaped = url.replaceAll('?', '\\?');
  assert.match((await get('/news/feed.rss')).body, new RegExp(`<enclosure[^>]*url="${escaped}"`));
  assert.match((await get('/news/feed.rss')).body, new RegExp(`length="${kept?.content.length}"`));
  assert.match((await get('/news/feed.atom')).body, new RegExp(`rel="enclosure"[^>]*href="${escaped}"`));
  assert.equal(JSON.parse((await get('/news/feed.json')).body).items[0].image, url);
  for (const one of [page, (await get(`${news}.md`)).body, (await get('/news/feed.json')).body])
    assert.doesNotMatch(one, /Inspector Vale/, 'the clearance stays in the newsroom');

  assert.equal((await writer.post(`${address}/correct`, { note: 'The picture was changed.' })).statusCode, 303);
  await send(room, writer, address, {}, await plainJpeg(120, 60));
  assert.equal((await pictures(room)).length, 2, 'the public one stays until the correction is published');
  assert.ok((await get(`${news}/photo.jpg`)).rawPayload.equals(kept?.content ?? Buffer.of()));
  await writer.post(`${address}/give-up`, { revision: await revisionOf(room, address) });
  assert.deepEqual(
    (await pictures(room)).map(({ id }) => id),
    [kept?.id],
    'given up: the public one alone is kept',
  );

  assert.equal((await writer.post(`${address}/correct`, { note: 'The picture was taken out.' })).statusCode, 303);
  await writer.post(`${address}/picture/remove`, { revision: await revisionOf(room, address) });
  await change(writer, address, {});
  await publish(room, address);
  assert.deepEqual(await pictures(room), []);
  assert.equal((await get(`${news}/photo.jpg?v=1`)).statusCode, 404, 'the bytes are not served any more');
  assert.ok(!(await get(news)).body.includes('photo.jpg'));
  assert.match((await get(news)).body, /og:image" content="[^"]+\/image\.png\?v=2/);

  await writer.post(`${address}/correct`, { note: 'Another picture.' });
  await send(room, writer, address, {}, await plainJpeg(90, 60));
  await publish(room, address);
  assert.equal((await get(`${news}/photo.jpg`)).statusCode, 200);
  await partner.post(`${address}/withdraw`, { why: 'Somebody can be recognised' });
  assert.equal((await get(`${news}/photo.jpg`)).statusCode, 410);
  assert.deepEqual(await db.selectFrom('releasePictures').selectAll().execute(), [], 'nothing is left to serve');
  assert.match(plain((await writer.get(address)).body), /The picture is not kept any more/);
});

test('everybody sees a picture only while its publication is public, whatever the application asks', async (t) => {
  const room = await openNewsroom(t);
  const { writer, app } = room;
  const address = await draft(writer, room.signed.id);
  await send(room, writer, address, {}, await plainJpeg());
  await change(writer, address, {
    'embargo-day': '25',
    'embargo-month': '9',
    'embargo-year': '2026',
    embargoTime: '09:00',
  });
  const news = await publish(room, address);
  const asPublic = async () => {
    const tx = await beginReading(room.databases.for('main', 'public'));
    await setContext(tx, { now: room.clock.now() });
    const seen = await tx.selectFrom('releasePictures').select('id').execute();
    await tx.rollback().execute();
    return seen;
  };
  assert.equal((await app.inject(`${news}/photo.jpg`)).statusCode, 404, 'under embargo');
  assert.deepEqual(await asPublic(), []);
  await room.moveTo('2026-09-25T09:00:00Z');
  assert.equal((await app.inject(`${news}/photo.jpg`)).statusCode, 200);
  assert.equal((await asPublic()).length, 1);
});
