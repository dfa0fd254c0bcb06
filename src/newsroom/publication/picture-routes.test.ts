import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { addPublished } from '../releases/examples.ts';

const title = 'Eight "addresses" <visited> & more';

test('a release says its own picture to other sites, which shows its title, points and day and nothing else of it', async (t) => {
  const room = await openNewsroom(t);
  const by = { agency: room.force, member: room.analyst, from: room.signed };
  const dated = new Date('2026-09-10T09:00:00Z');
  const own = await addPublished(room.db, by, { title, dated });
  const page = (await room.app.inject(`/news/${own}`)).body;
  const address = `${room.config.origin}/news/${own}`;
  for (const said of [
    '<meta property="og:type" content="article">',
    `<meta property="og:url" content="${address}">`,
    `<meta property="og:image" content="${address}/image.png?v=1">`,
    '<meta property="og:title" content="Eight &quot;addresses&quot; &lt;visited&gt; &amp; more">',
  ])
    assert.equal(page.split(said).length, 2, said);
  assert.match(page, /property="og:description" content="Officers and nurses/);
  assert.match(page, /<a class="govuk-link" href="[^"]+\/image\.png\?v=1">Picture for editors/);

  const picture = await room.app.inject(`/news/${own}/image.png?v=1`);
  assert.equal(picture.headers['content-type'], 'image/png');
  assert.equal(picture.headers['cross-origin-resource-policy'], 'cross-origin');
  assert.deepEqual([picture.rawPayload.readUInt32BE(16), picture.rawPayload.readUInt32BE(20)], [1_200, 630]);
  const others = {
    title,
    dated,
    area: 'Leashire',
    description: 'Another description of what was done.',
    body: 'Another text.',
    issuedBy: 'Another force',
  };
  const alike = await addPublished(room.db, by, others);
  const next = await addPublished(room.db, by, { ...others, dated: new Date('2026-09-11T09:00:00Z') });
  const other = await addPublished(room.db, by, { ...others, title: 'Nine addresses' });
  const points = await addPublished(room.db, by, { ...others, keyPoints: ['Another point'] });
  room.clock.move(new Date(room.clock.now().getTime() + 2_000));
  const drawn = async (slug: string) => (await room.app.inject(`/news/${slug}/image.png`)).rawPayload;
  assert.ok((await drawn(alike)).equals(picture.rawPayload), 'nothing else of a release is in its picture');
  assert.ok(!(await drawn(next)).equals(picture.rawPayload));
  assert.ok(!(await drawn(other)).equals(picture.rawPayload));
  assert.ok(!(await drawn(points)).equals(picture.rawPayload));
});

test('nothing is drawn of a release that is under embargo, withdrawn or of others', async (t) => {
  const room = await openNewsroom(t);
  const by = { agency: room.force, member: room.analyst, from: room.signed };
  const later = await addPublished(room.db, by, { title: 'Not yet', embargoUntil: new Date('2030-01-01T00:00:00Z') });
  const importedFrom = { url: 'https://elsewhere.example/x', publishedOn: '2019-09-25' };
  const others = await addPublished(room.db, by, { title: 'By others', issuedBy: null, importedFrom });
  for (const slug of [later, others, 'no-such-release'])
    assert.equal((await room.app.inject(`/news/${slug}/image.png`)).statusCode, 404, slug);
  assert.match((await room.app.inject(`/news/${others}`)).body, /"og:image" content="[^"]*[^/]\/image\.png"/);
  const address = await draft(room.writer, room.signed.id);
  const news = await publish(room, address);
  assert.equal((await room.app.inject(`${news}/image.png`)).statusCode, 200);
  await room.partner.post(`${address}/withdraw`, { why: 'An error' });
  const gone = await room.app.inject(`${news}/image.png`);
  assert.equal(gone.statusCode, 410);
  assert.match(String(gone.headers['content-type']), /text\/html/);
});
