import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { BadConfiguration, readConfig } from '../../platform/config.ts';
import { inventedPartnership } from '../../platform/partnership.ts';
import { organisationData, partnershipPages } from './pages.ts';

const own = {
  ...inventedPartnership,
  name: 'Dale & Fell Partnership',
  area: 'Dale and Fell',
  members: ['Dale Constabulary', 'Fell Advisers'],
  press: { email: 'press@dale.example', telephone: '01632 960 001', hours: 'Monday to Friday, 9am to 5pm' },
};

function fileOf(t: { after: (end: () => void) => void }, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-partnership-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'partnership.json');
  writeFileSync(path, content);
  return path;
}

test('a partnership’s file gives the site its name, its pages, security.txt and its data for search engines', async (t) => {
  const { app } = await openApplication(t, {
    environment: {
      SAFELIGHT_PARTNERSHIP: fileOf(t, JSON.stringify(own)),
      SAFELIGHT_ORIGIN: 'https://dale.example',
    },
  });
  const home = (await app.inject('/')).body;
  assert.match(home, / - Dale &amp; Fell Partnership<\/title>/);
  assert.match(home, /<meta property="og:site_name" content="Dale &amp; Fell Partnership">/);
  const [, data = ''] = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(home) ?? [];
  const graph = JSON.parse(data)['@graph'] as { '@type': string; name: string; url: string }[];
  assert.deepEqual(
    graph.map((one) => [one['@type'], one.url]),
    [
      ['Organization', 'https://dale.example/'],
      ['GovernmentService', 'https://dale.example/report'],
    ],
  );
  assert.equal(graph[0]?.name, 'Dale & Fell Partnership');
  assert.match((await app.inject('/about')).body, /Dale Constabulary[\s\S]*Fell Advisers/);
  assert.match((await app.inject('/contact')).body, /press@dale\.example[\s\S]*01632 960 001/);
  assert.match((await app.inject('/privacy')).body, /Lea Vale Constabulary[\s\S]*Information Commissioner/);
  assert.match((await app.inject('/accessibility')).body, /Web Content Accessibility Guidelines 2\.2/);
  const security = (await app.inject('/.well-known/security.txt')).body;
  assert.match(security, /^Contact: mailto:security@lea-vale\.example\nExpires: 2027-06-30T00:00:00\.000Z\n/);
  const map = (await app.inject('/sitemap.xml')).body;
  for (const page of partnershipPages) assert.match(map, new RegExp(`https://dale\\.example/${page}<`), page);
});

test('each of these pages is in the menu below every named page, in the reader’s language, and says that it is in English', async (t) => {
  const { app } = await openApplication(t);
  const polish = (await app.inject('/privacy?language=pl')).body;
  assert.match(polish, /<html lang="pl"[\s\S]*<main[^>]* lang="en"/);
  assert.match(polish, /href="\/contact\?language=pl"/);
  for (const url of ['/', '/help', '/signs', '/report', '/news', '/signs/poster', '/no-such-page'])
    for (const page of partnershipPages) assert.match((await app.inject(url)).body, new RegExp(`href="/${page}"`), url);
});

test('a live site without its partnership’s file says what is missing, and offers no security.txt', async (t) => {
  const { app } = await openApplication(t, { environment: { SAFELIGHT_MODE: 'live' } });
  for (const page of partnershipPages)
    assert.match((await app.inject(`/${page}`)).body, /has not filled in this page yet/, page);
  assert.equal((await app.inject('/.well-known/security.txt')).statusCode, 404);
  assert.doesNotMatch((await app.inject('/')).body, /Lea Vale|ld\+json/);
});

test('a file with a mistake stops the start with its place and what it must be', (t) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['{', /is not JSON/],
    ['{}', /a mistake: name must be words/],
    [JSON.stringify({ ...own, contact: { email: 'nobody' } }), /contact\.email must be an e-mail address/],
    [JSON.stringify({ ...own, security: { ...own.security, expires: 'soon' } }), /security\.expires must be a day/],
    [JSON.stringify({ ...own, social: [{ name: 'x', url: 'http://x.example' }] }), /social\.0\.url must be an address/],
    [JSON.stringify({ ...own, colour: 'red' }), /the whole/],
    [JSON.stringify({ ...own, languages: ['Polish'] }), /languages must be "all" or a list of codes/],
  ];
  for (const [content, says] of cases)
    assert.throws(
      () => readConfig({ SAFELIGHT_PARTNERSHIP: fileOf(t, content) }),
      (error) =>
        error instanceof BadConfiguration && says.test(error.message) && /SAFELIGHT_PARTNERSHIP/.test(error.message),
      content,
    );
  assert.throws(() => readConfig({ SAFELIGHT_PARTNERSHIP: '/nowhere/at-all.json' }), /cannot be read/);
});

test('a file says which languages are offered, and one that the pages do not have stops the start', async (t) => {
  const environment = (languages: unknown) => ({
    SAFELIGHT_PARTNERSHIP: fileOf(t, JSON.stringify({ ...own, languages })),
  });
  const { app } = await openApplication(t, { environment: environment(['pl', 'cy']) });
  const { body } = await app.inject('/about?language=ar');
  assert.match(body, /<html lang="en"/);
  assert.deepEqual(
    [...body.matchAll(/rel="alternate" hreflang="(\w+)"/g)].map(([, code]) => code),
    ['en', 'cy', 'pl'],
  );
  await assert.rejects(openApplication(t, { environment: environment(['pl', 'xx']) }), /languages has xx/);
});

test('what a name says cannot end the script element', () => {
  const data = organisationData('https://x.example', { ...own, name: '</script><script>alert(1)' });
  assert.doesNotMatch(data, /[<>]/);
  assert.equal(JSON.parse(data)['@graph'][0].name, '</script><script>alert(1)');
});
