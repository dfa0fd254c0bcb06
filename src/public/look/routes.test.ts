import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { pictureSize } from '../../platform/look/share-picture.ts';
import { listInternalPages, requestInternally } from '../private-journey/visitor.ts';

const today = { today: '2026-11-25', time: '15:00' };
/** What a page says to other sites, by name. */
const openGraphIn = (html: string): Readonly<Record<string, string>> => {
  const head = html.slice(0, html.indexOf('</head>'));
  const found = [...head.matchAll(/<meta (?:name="description" )?property="(og:[\w:]+)" content="([^"]*)"/g)];
  const named = Object.fromEntries(found.map(([, name = '', content = '']) => [name, content]));
  assert.equal(Object.keys(named).length, found.length, 'nothing is said twice');
  return named;
};

test('each named page says its title, kind, address and picture to other sites, and what it has of a description', async (t) => {
  const { app, config } = await openApplication(t, today);
  for (const [url, description] of [
    ['/', /Signs that someone may be controlled/],
    ['/help', /Who can help now/],
    ['/signs', /Signs that someone may be controlled/],
    ['/signs/check', /Signs that someone may be controlled/],
    ['/signs/print', /\w/],
    ['/report', /You do not need to be sure/],
    ['/signs/poster', /for a wall/],
    ['/signs/card', /Ten cards/],
    ['/signs/leaflet', /to fold once/],
    ['/signs/sheet', /what the law asks/],
    ['/about', /Who runs this site/],
    ['/news', /weeks of action/],
  ] as const) {
    const said = openGraphIn((await app.inject(url)).body);
    assert.equal(said['og:type'], 'website', url);
    assert.equal(said['og:url'], config.origin + url);
    assert.equal(said['og:image'], `${config.origin}/image.png`, url);
    assert.equal(said['og:site_name'], 'Lea Vale Partnership', url);
    assert.ok(said['og:title'], url);
    assert.match(said['og:description'] ?? '', description, url);
  }
  const polish = openGraphIn((await app.inject('/help?language=pl')).body);
  assert.equal(polish['og:url'], `${config.origin}/help`);
  assert.notEqual(polish['og:description'], openGraphIn((await app.inject('/help')).body)['og:description']);
});

test('no page of the private journey, and no page that is missing, says anything to other sites', async (t) => {
  const { app } = await openApplication(t, today);
  const pages = listInternalPages(app).filter((url) => !url.includes(':'));
  assert.ok(pages.length > 8, pages.join());
  for (const url of pages) assert.doesNotMatch((await requestInternally(app, url)).body, /og:|image\.png/, url);
  for (const url of ['/information', '/no-such-page'])
    assert.doesNotMatch((await app.inject(url)).body, /property="og:|image\.png/, url);
});

test('the picture of the site is a PNG of the usual size, made once, that pages of others may show', async (t) => {
  const { app } = await openApplication(t, today);
  const { statusCode, headers, rawPayload } = await app.inject('/image.png');
  assert.equal(statusCode, 200);
  assert.equal(headers['content-type'], 'image/png');
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
  assert.equal(headers['set-cookie'], undefined);
  assert.equal(rawPayload.toString('latin1', 1, 4), 'PNG');
  assert.deepEqual([rawPayload.readUInt32BE(16), rawPayload.readUInt32BE(20)], [pictureSize.width, pictureSize.height]);
  assert.ok(rawPayload.length > 10_000 && rawPayload.length < 600_000, `${rawPayload.length} bytes`);
  const before = performance.now();
  assert.ok((await app.inject('/image.png')).rawPayload.equals(rawPayload));
  assert.ok(performance.now() - before < 200, 'the second reader waits for nothing');
  assert.doesNotMatch((await app.inject('/sitemap.xml')).body, /image\.png|\/logo/);
});

test('a live site that nobody has named has no picture', async (t) => {
  const { app } = await openApplication(t, { ...today, environment: { SAFELIGHT_MODE: 'live' } });
  assert.equal((await app.inject('/image.png')).statusCode, 404);
  assert.equal(openGraphIn((await app.inject('/')).body)['og:image'], undefined);
});
