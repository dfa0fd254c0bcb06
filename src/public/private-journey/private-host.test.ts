import assert from 'node:assert/strict';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { unpackedPdf } from '../../../test/fixtures/pdf.ts';
import { handOverToStaff } from '../../platform/http/both-sites.ts';
import { inventedPartnership } from '../../platform/partnership.ts';
import { renderQrCode } from '../../platform/rendering/qr-code.ts';
import { languages } from '../languages/index.ts';

const named = 'https://named.example';
const privateOrigin = 'https://information.example';
const host = 'information.example';
const environment = { SAFELIGHT_ORIGIN: named, SAFELIGHT_PRIVATE_ORIGIN: privateOrigin };
const typed = { 'content-type': 'application/x-www-form-urlencoded' };

const open = (t: TestContext, more = {}) => openAttended(t, { environment: { ...environment, ...more } });

/** Everything by which somebody could tell whose the private host is. */
const telling = [inventedPartnership.name, inventedPartnership.shortName, 'named.example', 'Safelight', 'safelight'];
/** A report says which agencies read it, and their names can have a part of the partnership's. */
const tellingOnReport = telling.filter((word) => word !== inventedPartnership.shortName);
function assertNeutral(
  answer: { readonly headers: object; readonly body: string },
  what: string,
  words: readonly string[] = telling,
): void {
  const said = JSON.stringify(answer.headers) + answer.body;
  for (const word of words) assert.ok(!said.includes(word), `${what} says ${word}`);
  assert.ok(!('set-cookie' in answer.headers) && !('location' in answer.headers), what);
  const headers = answer.headers as Readonly<Record<string, string>>;
  assert.equal(headers['referrer-policy'], 'no-referrer', what);
  assert.equal(headers['x-robots-tag'], 'noindex', what);
  assert.doesNotMatch(headers['strict-transport-security'] ?? '', /includeSubDomains/i, what);
  assert.match(headers['content-security-policy'] ?? '', /default-src 'none'.*form-action 'self'/, what);
}

test('every page of the named site, the staff site and every file is absent on the private host, and says nothing of whose it is', async (t) => {
  const { app } = await open(t);
  const addresses = new Set(app.offered.map(({ url }) => url.replace(/:\w+/g, 'x')));
  assert.ok(addresses.has('/news/feed.atom') && addresses.has('/staff/sign-in') && addresses.has('/logo'));
  let absent = 0;
  for (const url of [...addresses, '/no-such', '/%2e%2e/staff', '//', '/favicon.ico', '/.well-known/security.txt']) {
    if (url === '/' || url === '/robots.txt' || /^\/information[.,]?$/i.test(url)) continue;
    if (/\/assets\/.*\/(public\.css|leave\.js|seal\.js|work\.js)$/.test(url)) continue;
    const answer = await app.inject({ url, headers: { host } });
    assert.equal(answer.statusCode, 404, url);
    assert.match(answer.body, /<title>Information<\/title>/, url);
    assert.match(answer.body, /<a class="govuk-link" href="\/">/, url);
    assertNeutral(answer, url);
    absent += 1;
  }
  assert.ok(absent > 300, `${absent}`);
  for (const url of ['/report', '/signs', '/staff/sign-in', '/staff', '/no-such']) {
    const sent = await app.inject({ method: 'POST', url, headers: { host, ...typed }, payload: 'a=b' });
    assert.equal(sent.statusCode, 404, url);
    assertNeutral(sent, url);
  }
});

test('an error on the private host is in the language of its reader and names nobody', async (t) => {
  const { app } = await open(t);
  const polish = await app.inject({ url: '/help', headers: { host, 'accept-language': 'pl' } });
  assert.match(polish.body, /<html lang="pl"[\s\S]*<title>Information<[\s\S]*Przejdź do pierwszej strony/);
  const long = await app.inject({
    method: 'POST',
    url: '/',
    headers: { host, 'content-type': 'text/xml' },
    payload: '<a/>',
  });
  assert.ok(long.statusCode >= 400);
  assertNeutral(long, 'a form that cannot be read');
});

test('the private host has the entrance at its first page, its four files, and a robots.txt that names no site', async (t) => {
  const { app } = await open(t);
  for (const url of ['/', '/?from=poster', '/information', '/Information.']) {
    const entrance = await app.inject({ url, headers: { host } });
    assert.equal(entrance.statusCode, 200, url);
    assert.match(entrance.body, /<title>Information<\/title>[\s\S]*<form id="door" method="post" action="\/">/, url);
    assert.equal(entrance.headers['cache-control'], 'no-store');
    assertNeutral(entrance, url);
  }
  const robots = await app.inject({ url: '/robots.txt', headers: { host } });
  assert.equal(robots.body, 'User-agent: *\nDisallow: /\n');
  assertNeutral(robots, 'robots.txt');
  assert.match((await app.inject('/robots.txt')).body, /^User-agent/);
  const files = app.offered.flatMap(({ url, method }) => (method === 'GET' && url.startsWith('/assets/') ? [url] : []));
  for (const url of files) {
    const { statusCode } = await app.inject({ url, headers: { host } });
    assert.equal(statusCode, /\/(public\.css|leave\.js|seal\.js|work\.js)$/.test(url) ? 200 : 404, url);
    assert.equal((await app.inject(url)).statusCode, 200, url);
  }
});

test('the named host answers as before, and the printed path goes on there without leading away', async (t) => {
  const { app } = await open(t);
  const before = await openAttended(t, { environment: { SAFELIGHT_ORIGIN: named } });
  for (const at of ['named.example', '127.0.0.1:3000', 'evil.example']) {
    for (const url of ['/', '/help', '/news', '/staff/sign-in', '/sitemap.xml', '/robots.txt', '/no-such'])
      assert.equal(
        (await app.inject({ url, headers: { host: at } })).statusCode,
        (await before.app.inject({ url, headers: { host: at } })).statusCode,
        `${at}${url}`,
      );
    const entrance = await app.inject({ url: '/information', headers: { host: at } });
    assert.equal(entrance.statusCode, 200);
    assert.match(entrance.body, /<form id="door" method="post" action="\/information">/);
    assert.doesNotMatch(
      JSON.stringify(entrance.headers) + entrance.body,
      /information\.example/,
      'it does not name the private host',
    );
  }
  for (const url of ['/sitemap.xml', '/robots.txt', '/news/feed.atom', '/.well-known/security.txt'])
    assert.doesNotMatch((await app.inject(url)).body, /information\.example/, url);
});

test('named pages lead to the private host by “Read this privately” alone, and say what stays in the history', async (t) => {
  const { app } = await open(t);
  for (const [url, language, words] of [
    ['/', 'en', 'It opens at information.example, under the title “Information”'],
    ['/help', 'en', 'That address, and the pages that you saw before, stay in the browser’s history.'],
    ['/signs', 'pl', 'Otwiera się pod adresem information.example'],
    ['/about', 'en', 'It opens at information.example'],
    ['/privacy', 'en', 'It opens at information.example'],
  ] as const) {
    const { body, headers } = await app.inject({ url, headers: { 'accept-language': language } });
    assert.ok(body.includes(words), `${url}: ${words}`);
    const links = body.match(/<a[^>]*information\.example[^>]*>/g) ?? [];
    assert.ok(links.length >= 2, url);
    for (const link of links)
      assert.equal(link, `<a class="govuk-link" href="${privateOrigin}/" rel="noreferrer nofollow">`, url);
    assert.doesNotMatch(body, /prefetch|prerender|preconnect|speculationrules/i, url);
    assert.equal(headers['x-dns-prefetch-control'], 'off');
    assert.equal(headers['referrer-policy'], 'no-referrer');
  }
});

test('pages of the named site stay below 14,000 bytes in every language with the longer sentence', async (t) => {
  const { app } = await open(t, { SAFELIGHT_PRIVATE_ORIGIN: 'https://information-and-advice.example' });
  for (const { code } of languages)
    for (const url of ['/', '/help', '/report']) {
      const answer = await app.inject({ url: `${url}?language=${code}`, headers: { 'accept-encoding': 'br' } });
      const { length } = answer.rawPayload;
      assert.ok(length > 1_000 && length <= 14_000, `${code} ${url}: ${length}`);
    }
});

test('a step of the journey is answered on the host that it is sent to, and only a form of that host is taken', async (t) => {
  const { app } = await open(t);
  const stepOf = async (at: string): Promise<string> =>
    /name="step" value="([^"]+)"/.exec(
      (await app.inject({ url: at === host ? '/' : '/information', headers: { host: at } })).body,
    )?.[1] ?? '';
  const send = async (at: string, headers: Record<string, string>) => {
    const payload = new URLSearchParams({ step: await stepOf(at), to: '/help', language: 'en' }).toString();
    return app.inject({
      method: 'POST',
      url: at === host ? '/' : '/information',
      headers: { host: at, ...typed, ...headers },
      payload,
    });
  };
  const [own, other] = ['Get help or report', '<form id="door"'];
  for (const [at, headers, shown] of [
    [host, { 'sec-fetch-site': 'same-origin', origin: 'null' }, own],
    [host, { origin: privateOrigin }, own],
    [host, {}, own],
    [host, { origin: named }, other],
    [host, { 'sec-fetch-site': 'same-site', origin: named }, other],
    [host, { 'sec-fetch-site': 'cross-site', origin: 'null' }, other],
    [host, { origin: named, 'x-forwarded-host': 'named.example' }, other],
    ['named.example', { origin: named }, own],
    ['named.example', { origin: privateOrigin }, other],
    ['named.example', { 'sec-fetch-site': 'same-site', origin: privateOrigin }, other],
  ] as const) {
    const answer = await send(at, headers);
    assert.ok(answer.body.includes(shown), `${at} ${JSON.stringify(headers)}`);
    const entrance = at === host ? '/' : '/information';
    for (const [, action] of answer.body.matchAll(/<form[^>]* action="([^"]*)"/g)) assert.equal(action, entrance);
    if (at === host) assertNeutral(answer, JSON.stringify(headers));
  }
});

test('no page of the private host leads to an address that does not exist there', async (t) => {
  const { app } = await open(t);
  let shown = await app.inject({ url: '/', headers: { host } });
  const seen: string[] = [];
  for (const to of [
    '/start',
    '/help',
    '/help?who=me',
    '/signs',
    '/signs/poster',
    '/signs/sheet',
    '/leaving',
    '/report',
    '/report/return',
  ]) {
    const step = /name="step" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
    const payload = new URLSearchParams({ step, to, language: 'en' }).toString();
    shown = await app.inject({
      method: 'POST',
      url: '/',
      headers: { host, ...typed, 'sec-fetch-site': 'same-origin' },
      payload,
    });
    assert.equal(shown.statusCode, 200, to);
    assert.doesNotMatch(shown.body, /<form id="door"/, to);
    assertNeutral(shown, to, to === '/report' ? tellingOnReport : telling);
    seen.push(...[...shown.body.matchAll(/\s(?:href|src)="(\/[^"]*)"/g)].map(([, link = '']) => link));
  }
  for (const url of new Set(seen)) assert.equal((await app.inject({ url, headers: { host } })).statusCode, 200, url);
  assert.ok(seen.length > 8);
});

test('the papers lead to the private host, by their picture and by the address in print', async (t) => {
  const { app } = await open(t);
  const says =
    'This picture opens the private entrance, information.example. Choose a language there to see who can help.';
  const picture = await renderQrCode(privateOrigin, says);
  for (const url of ['/signs/poster', '/signs/card', '/signs/leaflet', '/signs/sheet']) {
    const { body } = await app.inject(url);
    assert.ok(body.includes('information.example') && !body.includes('information.example/information'), url);
    assert.doesNotMatch(body, /named\.example\/information/, url);
    assert.equal(body.includes(picture), url === '/signs/poster' || url === '/signs/card', url);
  }
  const pdf = unpackedPdf((await app.inject('/signs/print/poster-a4.pdf')).rawPayload);
  assert.match(pdf, /\/Alt \(This picture opens the private entrance, information\.example/);
});

test('while the site is closed, the private host says so without a name', async (t) => {
  const { app, db } = await open(t, { SAFELIGHT_MODE: 'live' });
  await sql`delete from public_site_open_before_settings`.execute(db);
  const answer = await app.inject({ url: '/', headers: { host } });
  assert.equal(answer.statusCode, 503);
  assert.match(answer.body, /<title>Information<\/title>[\s\S]*not open yet/);
  assertNeutral(answer, 'closed');
});

test('over a wire the host counts that the request asks for, spelled in any way', async (t) => {
  const { app } = await open(t);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { readonly port: number };
  for (const [path, headers, status, isNeutral] of [
    ['/', { host: 'Information.EXAMPLE.:443' }, 200, true],
    ['/help', { host: 'information.example:8080' }, 404, true],
    ['https://information.example/help', { host: 'named.example' }, 404, true],
    ['/help', { host: 'named.example', 'x-forwarded-host': 'information.example' }, 200, false],
    ['/help', { host: 'information.example', 'x-forwarded-host': 'named.example' }, 404, true],
    ['/%68elp', { host: 'information.example' }, 404, true],
    ['/information/../help', { host: 'information.example' }, 404, true],
    [`/${'x'.repeat(400)}`, { host: 'information.example' }, 404, true],
    ['/news/%ff', { host: 'information.example' }, 404, true],
  ] as const) {
    const said = await getOverWire(port, path, headers);
    assert.ok(said.startsWith(`${status} `), `${path} ${JSON.stringify(headers)}: ${said.slice(0, 30)}`);
    assert.equal(!telling.some((word) => said.includes(word)), isNeutral, `${path} ${JSON.stringify(headers)}`);
  }
});

test('processes that serve one site each keep to the same rule, and so do both behind one port', async (t) => {
  const [publicSite, staffSite] = [
    await open(t, { SAFELIGHT_DOOR: 'public' }),
    await open(t, { SAFELIGHT_DOOR: 'staff' }),
  ];
  for (const { app } of [publicSite, staffSite])
    for (const url of ['/staff', '/staff/sign-in', '/help', '/assets/0/staff.js']) {
      const answer = await app.inject({ url, headers: { host } });
      assert.equal(answer.statusCode, 404, url);
      assertNeutral(answer, url);
    }
  assert.equal((await publicSite.app.inject({ url: '/', headers: { host } })).statusCode, 200);
  const lost = await staffSite.app.inject({ url: '/', headers: { host } });
  assert.equal(lost.statusCode, 404);
  assertNeutral(lost, 'a balancer that leads to the wrong process');
  assert.equal(
    (await staffSite.app.inject({ url: '/staff/sign-in', headers: { host: 'named.example' } })).statusCode,
    200,
  );

  await staffSite.app.ready();
  handOverToStaff(publicSite.app, Promise.resolve(staffSite.app));
  await publicSite.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = publicSite.app.server.address() as { readonly port: number };
  for (const [path, at, status] of [
    ['/', host, 200],
    ['/staff/sign-in', host, 404],
    ['/%73taff/sign-in', host, 404],
    ['/staff/sign-in', 'named.example', 200],
  ] as const) {
    const said = await getOverWire(port, path, { host: at });
    assert.ok(said.startsWith(`${status} `), `${at}${path}: ${said.slice(0, 30)}`);
    if (at === host) for (const word of telling) assert.ok(!said.includes(word), `${path} says ${word}`);
  }
});

/** As a client writes it: `inject` would take a host out of the address. */
const getOverWire = (port: number, path: string, headers: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((done, fail) => {
    request({ port, host: '127.0.0.1', path, headers }, (answer) => {
      text(answer).then((body) => done(`${answer.statusCode} ${body}`), fail);
    })
      .on('error', fail)
      .end();
  });
