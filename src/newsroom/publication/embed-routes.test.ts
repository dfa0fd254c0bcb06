import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draft, openNewsroom, publish } from '../../../test/fixtures/releases.ts';
import { inventedPartnership } from '../../platform/partnership.ts';
import { addPublished } from '../releases/examples.ts';
import { oEmbedAnswer, slugAt } from './embed.ts';

async function openCards(t: Parameters<typeof openNewsroom>[0]) {
  const room = await openNewsroom(t);
  const by = { agency: room.force, member: room.analyst, from: room.signed };
  const title = 'Eight "addresses" <visited> & more';
  const own = await addPublished(room.db, by, { title });
  const importedFrom = { url: 'https://elsewhere.example/x', publishedOn: '2019-09-25' };
  const others = await addPublished(room.db, by, { title: 'By others', issuedBy: null, importedFrom });
  await addPublished(room.db, by, { title: 'Not yet', embargoUntil: new Date('2030-01-01T00:00:00Z') });
  const oEmbed = (url: string, more = '') =>
    room.app.inject(`/oembed?url=${encodeURIComponent(url.startsWith('/') ? room.config.origin + url : url)}${more}`);
  return { ...room, title, own: `/news/${own}`, others: `/news/${others}`, oEmbed };
}

test('the card may be framed by other sites, and it alone', async (t) => {
  const { app, own } = await openCards(t);
  const { statusCode, headers, body, cookies } = await app.inject(`${own}/card`);
  assert.equal(statusCode, 200);
  assert.match(String(headers['content-security-policy']), /frame-ancestors \*/);
  assert.match(String(headers['content-security-policy']), /default-src 'none'.*form-action 'none'/);
  assert.equal(headers['x-frame-options'], undefined);
  assert.equal(headers['access-control-allow-origin'], '*');
  assert.deepEqual(cookies, []);
  assert.doesNotMatch(body, /<script|<form|<img/);
  for (const [, attributes = ''] of body.matchAll(/<a class([^>]*)>/g))
    assert.match(attributes, /target="_blank" rel="noopener"/);
  const rest = [
    '/',
    '/news',
    own,
    `${own}.md`,
    '/news/feed.atom',
    '/robots.txt',
    '/sitemap.xml',
    '/signs/card',
    '/none',
  ];
  for (const url of [...rest, '/staff/sign-in', `${own}/figures.csv`, '/oembed']) {
    const other = (await app.inject(url)).headers;
    assert.match(String(other['content-security-policy']), /frame-ancestors 'none'/, url);
    assert.ok(other['x-frame-options'], url);
  }
});

test('the card shows title, day and key points as they are on the page, and answers HEAD and 304', async (t) => {
  const { app, own } = await openCards(t);
  const url = `${own}/card`;
  const { body, headers } = await app.inject(url);
  assert.match(
    body,
    /Eight &quot;addresses&quot; &lt;visited&gt; &amp; more<\/a>[\s\S]*18 September 2026[\s\S]*<li>Safeguarding advice was given/,
  );
  const head = await app.inject({ method: 'HEAD', url });
  assert.deepEqual(
    [head.statusCode, head.body, head.headers['content-length']],
    [200, '', String(Buffer.byteLength(body))],
  );
  const again = await app.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
  assert.deepEqual([again.statusCode, again.body], [304, '']);
});

test('a withdrawn release leaves a card that says so, and is not described any more', async (t) => {
  const room = await openCards(t);
  const address = await draft(room.writer, room.signed.id);
  const news = await publish(room, address);
  assert.equal((await room.oEmbed(news)).statusCode, 200);
  await room.partner.post(`${address}/withdraw`, { why: 'Wrong' });
  const { statusCode, body, headers } = await room.app.inject(`${news}/card`);
  assert.equal(statusCode, 410);
  assert.match(body, /This release was withdrawn/);
  assert.doesNotMatch(body, /Hertfordshire|address/);
  assert.match(String(headers['content-security-policy']), /frame-ancestors \*/);
  assert.equal((await room.oEmbed(news)).statusCode, 404);
});

test('oEmbed describes our releases, and nothing else', async (t) => {
  const { own, others, oEmbed, app, config, title } = await openCards(t);
  const { statusCode, headers, body, cookies } = await oEmbed(own, '&maxwidth=320&format=json');
  assert.equal(statusCode, 200);
  assert.match(String(headers['content-type']), /application\/json/);
  assert.equal(headers['access-control-allow-origin'], '*');
  assert.deepEqual(cookies, []);
  const answer = JSON.parse(body);
  assert.equal(answer.provider_name, inventedPartnership.name);
  assert.deepEqual(
    [answer.version, answer.type, answer.title, answer.author_name, answer.width, answer.height],
    ['1.0', 'rich', title, 'Lea Vale Constabulary', 320, 560],
  );
  assert.ok(
    answer.html.startsWith(`<iframe src="${config.origin}${own}/card" width="320" height="560" title="Eight &quot;`),
  );
  assert.doesNotMatch(answer.html, /<visited>|<script/);
  const page = (await app.inject(own)).body;
  const discovery = /type="application\/json\+oembed"[^>]*href="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  assert.equal((await app.inject(String(discovery).replace(config.origin, ''))).statusCode, 200);
  for (const wrong of [
    others,
    '/news',
    '/news/not-yet',
    '/news/no-such-release',
    '/help',
    `https://elsewhere.example${own}`,
  ])
    assert.equal((await oEmbed(wrong)).statusCode, 404, wrong);
  assert.equal((await app.inject('/oembed')).statusCode, 400);
  assert.equal((await oEmbed(own, '&format=xml')).statusCode, 501);
  assert.equal((await app.inject(`${others}/card`)).statusCode, 404);
  assert.equal((await app.inject('/news/not-yet/card')).statusCode, 404);
  assert.doesNotMatch((await app.inject(others)).body, /oembed|iframe/);
});

test('an address names a release only at our own origin', () => {
  const origin = 'https://safelight.example';
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['https://safelight.example/news/eight-visited', 'eight-visited'],
    ['https://safelight.example/news/eight-visited/', 'eight-visited'],
    ['https://safelight.example/news/eight-visited?utm=1#figures', 'eight-visited'],
    ['http://safelight.example/news/eight-visited', undefined],
    ['https://safelight.example.evil.example/news/eight-visited', undefined],
    ['https://a:b@safelight.example/news/eight-visited', undefined],
    ['https://safelight.example/news/../help', undefined],
    ['javascript:alert(1)', undefined],
    ['nothing', undefined],
  ];
  for (const [address, slug] of cases) assert.equal(slugAt(address, origin), slug, address);
});

test('a frame is never larger than the room for it', () => {
  const release = { slug: 'a-release', title: 'A release', issuedBy: null };
  for (const [maxwidth, maxheight, width, height] of [
    [undefined, undefined, 600, 560],
    [100, 50, 100, 50],
    [2_000, 2_000, 600, 560],
  ] as const) {
    const answer = oEmbedAnswer(release, { maxwidth, maxheight }, 'https://safelight.example', 'A site') as Record<
      string,
      unknown
    >;
    assert.deepEqual([answer.width, answer.height, answer.author_name], [width, height, undefined]);
  }
});
