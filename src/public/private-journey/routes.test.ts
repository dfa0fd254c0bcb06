import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { openApplication } from '../../../test/fixtures/application.ts';
import { privateEntrance } from '../../platform/addresses.ts';
import { languages } from '../languages/load.ts';
import { listInternalPages, requestInternally, startJourney } from './visitor.ts';

const titleOf = (html: string): string | undefined => /<title>(.*)<\/title>/.exec(html)?.[1];
/** Pages of the journey that the named site does not have. */
const listJourneyOnly = (app: FastifyInstance): string[] => {
  const named = new Set(app.offered.filter((one) => one.named).map(({ url }) => url));
  return listInternalPages(app).filter((url) => !named.has(url));
};
const isDoor = (html: string): boolean => html.includes('<form id="door"');

test('from outside, each address that only the journey has shows the same entrance, and keeps its target', async (t) => {
  const { app } = await openApplication(t);
  const pages = listJourneyOnly(app);
  assert.ok(pages.length >= 3, pages.join());
  for (const url of [privateEntrance, ...pages, '/leaving?a=1&b=no']) {
    const answer = await app.inject(url);
    assert.equal(answer.statusCode, 200, url);
    assert.ok(isDoor(answer.body), url);
    assert.equal(titleOf(answer.body), 'Information');
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['set-cookie'], undefined);
    const to = /name="to" value="([^"]*)"/.exec(answer.body)?.[1];
    assert.equal(to, url === privateEntrance ? '/start' : url.replace('&', '&amp;'));
    const words = answer.body.replace(/<style>.*<\/style>/s, '').replace(`value="${to}"`, '');
    assert.doesNotMatch(words, /exploit|traffick|police|signs|abuse|danger/i, 'the door says nothing');
  }
  const odd = await app.inject('/leaving?x="><script>alert(1)</script>');
  assert.doesNotMatch(odd.body, /alert/);
});

test('what is posted to a page from outside does not reach it', async (t) => {
  const { app } = await openApplication(t);
  for (const url of listJourneyOnly(app)) {
    const answer = await app.inject({ method: 'POST', url, payload: '' });
    assert.ok(answer.statusCode === 404 || isDoor(answer.body), url);
  }
});

test('inside, every page has the one title, the exit, the language, and no link of ours', async (t) => {
  const { app } = await openApplication(t);
  for (const { code, direction } of languages) {
    const walker = await startJourney(app, code);
    for (const to of ['/start', '/signs', '/help', '/leaving', '/help?who=me']) {
      const { body, statusCode, headers } = await walker.go(to);
      assert.equal(statusCode, 200);
      assert.equal(titleOf(body), 'Information');
      assert.match(body, new RegExp(`<html lang="${code}"${direction === 'rtl' ? ' dir="rtl"' : ' class'}`));
      assert.match(body, /id="exit" form="go" name="to" value="\/exit"/);
      assert.doesNotMatch(body, /<a [^>]*href="\/(?!news|assets|signs\/(?:sheet|poster|card)")/, to);
      assert.doesNotMatch(body, new RegExp(`\uE000|<form[^>]*action="(?!${privateEntrance}")`), to);
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers['set-cookie'], undefined);
    }
  }
});

test('the language is the one that was chosen, never the browser’s', async (t) => {
  const { app } = await openApplication(t);
  const asked = {
    method: 'POST',
    url: privateEntrance,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  } as const;
  const step = /name="step" value="([^"]+)"/.exec((await app.inject(privateEntrance)).body)?.[1] ?? '';
  const answer = await app.inject({
    ...asked,
    headers: { ...asked.headers, 'accept-language': 'pl' },
    payload: new URLSearchParams({ step, to: '/start', choose: 'cy', language: 'pl' }).toString(),
  });
  assert.match(answer.body, /<html lang="cy"/);
  assert.match(
    (await requestInternally(app, { url: '/start', headers: { 'accept-language': 'pl' } })).body,
    /<html lang="en"/,
  );
});

test('a form that is repeated, made up, from elsewhere or without a target shows the entrance', async (t) => {
  const application = await openApplication(t);
  const { app, clock } = application;
  const walker = await startJourney(app);
  await walker.go('/start');
  await walker.go('/signs');
  clock.move(new Date(clock.now().getTime() + 121_000));
  for (const sent of walker.sent) assert.ok(isDoor((await walker.again(sent)).body), sent);
  const fresh = await startJourney(app);
  const step = /name="step" value="([^"]+)"/.exec(fresh.shown().body)?.[1] ?? '';
  for (const payload of ['', 'to=/signs', `to=/signs&step=${step.slice(2)}`, `to=/staff/sign-in&step=${step}`])
    assert.ok(isDoor((await walker.again(payload)).body), payload);
  const foreign = await app.inject({
    method: 'POST',
    url: privateEntrance,
    payload: `to=/signs&step=${step}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
  });
  assert.ok(isDoor(foreign.body));
  assert.match((await walker.again(`to=/signs&step=${step}`)).body, /<h1/, 'a step that nobody took still leads in');
});

test('exit is answered at once, elsewhere, and ends the journey: nothing that was sent is shown again', async (t) => {
  const { app } = await openApplication(t, { environment: { SAFELIGHT_EXIT_TO: 'http://127.0.0.1:9/weather' } });
  const walker = await startJourney(app, 'pl');
  await walker.go('/start');
  await walker.go('/help?who=me');
  const gone = await walker.go('/exit');
  assert.equal(gone.statusCode, 200);
  assert.equal(gone.headers.refresh, '0;url=http://127.0.0.1:9/weather');
  assert.equal(gone.headers['cache-control'], 'no-store');
  assert.equal(titleOf(gone.body), 'Information');
  assert.ok(gone.body.length < 2_000);
  for (const sent of walker.sent.slice(0, -1)) assert.ok(isDoor((await walker.again(sent)).body), sent);
  const again = await walker.again(walker.sent.at(-1) ?? '');
  assert.equal(again.headers.refresh, gone.headers.refresh, 'exit itself sent again leaves again');
});

test('no body, however strange, gets more than the entrance or a refusal under the one title', async (t) => {
  const { app } = await openApplication(t);
  const names = fc.constantFrom('step', 'to', 'way', 'language', 'choose', '__proto__', 'constructor', 'to[]', '');
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '/signs',
      '/exit',
      '/',
      '//signs',
      '/signs/../staff',
      '/help?x=%zz',
      '\uE000step\uE000',
      'post',
      'pl',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, texts), { maxLength: 8 }), async (fields) => {
      const payload = new URLSearchParams(fields).toString();
      const { body, statusCode } = await app.inject({
        method: 'POST',
        url: privateEntrance,
        payload,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      assert.equal(statusCode, 200, payload);
      assert.ok(isDoor(body) || body.length < 2_000, payload);
    }),
    { numRuns: 500, seed: 9 },
  );
  for (const [payload, type] of [
    ['x='.padEnd(4_000_000, 'x'), 'application/x-www-form-urlencoded'],
    ['{}', 'application/json'],
  ] as const) {
    const refused = await app.inject({
      method: 'POST',
      url: privateEntrance,
      payload,
      headers: { 'content-type': type },
    });
    assert.ok(refused.statusCode >= 400 && refused.statusCode < 500, `${refused.statusCode}`);
    assert.equal(titleOf(refused.body), 'Information');
  }
});

test('a page is packed as a browser asks', async (t) => {
  const { app } = await openApplication(t);
  for (const [accepted, packing, unpack] of [
    ['gzip, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ] as const) {
    const walker = await startJourney(app);
    const step = /name="step" value="([^"]+)"/.exec(walker.shown().body)?.[1] ?? '';
    const answer = await app.inject({
      method: 'POST',
      url: privateEntrance,
      payload: `to=/signs&step=${step}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': accepted },
    });
    assert.equal(answer.headers['content-encoding'], packing);
    assert.match(unpack(answer.rawPayload).toString(), /<h1[^>]*>Spot the signs/);
  }
});
