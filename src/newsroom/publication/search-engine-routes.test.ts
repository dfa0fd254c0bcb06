import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openNewsroom } from '../../../test/fixtures/releases.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { addPublished } from '../releases/examples.ts';
import { robotsFile, sitemapFile } from './search-engine-routes.ts';

const namedPages = [
  ...['/', '/help', '/report', '/signs', '/signs/alone', '/signs/control', '/signs/kinds'],
  ...[
    '/signs/card',
    '/signs/check',
    '/signs/leaflet',
    '/signs/places',
    '/signs/poster',
    '/signs/print',
    '/signs/sheet',
  ],
  ...['/about', '/privacy', '/accessibility', '/contact'],
];
const locations = (xml: string): string[] => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, at = '']) => at);

test('the sitemap lists our releases and the named public pages, and no page of the private journey', async (t) => {
  const { app, db, force, analyst, signed, config } = await openNewsroom(t);
  const by = { agency: force, member: analyst, from: signed };
  const own = await addPublished(db, by, { title: 'Ours' });
  await addPublished(db, by, { title: 'Under embargo', embargoUntil: new Date('2030-01-01T00:00:00Z') });
  const importedFrom = { url: 'https://elsewhere.example/x', publishedOn: '2019-09-25' };
  await addPublished(db, by, { title: 'By others', issuedBy: null, importedFrom });
  const { body, headers } = await app.inject('/sitemap.xml');
  assert.match(String(headers['content-type']), /application\/xml/);
  const paths = locations(body).map((at) => at.replace(config.origin, ''));
  assert.deepEqual(paths.sort(), [...namedPages, '/news', `/news/${own}`].sort());
  const internal = app.offered
    .filter(({ method, indoors, named, action }) => method === 'GET' && ((indoors && !named) || action !== 'anyone'))
    .map(({ url }) => url);
  assert.ok(internal.includes('/leaving') && internal.includes('/report/return'));
  for (const path of paths) {
    assert.ok(!internal.includes(path) && path !== privateEntrance, path);
    assert.equal((await app.inject(path)).statusCode, 200, path);
  }
  assert.match(body, /<lastmod>2026-09-18T09:00:00\.000Z<\/lastmod>/);
});

test('robots.txt names the sitemap and no page of the private journey; a demonstration asks to be left out', async (t) => {
  const { app, config } = await openNewsroom(t);
  const { body, headers, cookies } = await app.inject('/robots.txt');
  assert.match(String(headers['content-type']), /text\/plain/);
  assert.equal(body, robotsFile(config.origin, config.mode));
  assert.deepEqual(cookies, []);
  assert.equal(
    robotsFile('https://safelight.example', 'live'),
    'User-agent: *\nDisallow: /staff\n\nSitemap: https://safelight.example/sitemap.xml\n',
  );
  assert.equal(robotsFile('https://safelight.example', 'demonstration'), 'User-agent: *\nDisallow: /\n');
});

test('a sitemap escapes what it lists', () => {
  const xml = sitemapFile('https://safelight.example', ['/a?b=1&c=2'], []);
  assert.deepEqual(locations(xml), ['https://safelight.example/a?b=1&amp;c=2']);
});
