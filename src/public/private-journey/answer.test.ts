import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import { testKeys } from '../../../test/harness/keys.ts';
import { instantAt, stoppedClock } from '../../platform/clock.ts';
import { findJourneyRequest, internalOnly, stepMark } from '../../platform/http/private-request.ts';
import { type App, fromMemory, fromStore } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { openViews } from '../../platform/rendering/views.ts';
import { publicLanguages } from '../languages/shell.ts';
import { journeyRoutes } from './routes.ts';
import { startJourney } from './visitor.ts';

type Told = {
  readonly url: string;
  readonly body: unknown;
  readonly language: string | undefined;
  readonly ip: string;
};

/** The journey with an area of one page behind it, which records the requests it gets. */
async function openHall(t: TestContext) {
  const app = Fastify();
  t.after(() => app.close());
  await app.register(formbody);
  const told: Told[] = [];
  let away = true;
  const leaving = new Set(['/report/leave']);
  const shellIn = (language: string) => ({
    ...publicLanguages.shellOf(language),
    indoors: true,
    neutral: true,
    stepMark,
  });
  await journeyRoutes(
    app as unknown as App,
    {
      keys: testKeys,
      requestServices: { timing: { notFound: 1, padded: 1 } },
      clock: stoppedClock(instantAt('2026-09-18', '12:00')),
      views: openViews(),
      publicShell: { publicCss: '' },
      publicHeaders: {},
      getShell: shellIn,
      languages: publicLanguages.all,
      siteSettings: { offeredLanguages: publicLanguages.all },
      exitTo: 'https://elsewhere.example/',
      exitAddresses: leaving,
      beginJourney: { step: () => '' },
      uploads: new Map([['/report', { open: async () => Promise.reject(new Error('Query read timeout')) }]]),
    } as unknown as AreaParts,
  );
  const page = (words: string) =>
    `<html><p>${words}</p><form method="post" action="/report"><input name="answer"></form><input type="hidden" name="step" value="${stepMark}"></html>`;
  app.addHook('preHandler', async (request) => {
    const { url, body, ip } = request;
    if (findJourneyRequest())
      told.push({ url, body: { ...(body as object | undefined) }, language: findJourneyRequest()?.language, ip });
  });
  app.get('/report', internalOnly(fromMemory), async (_request, reply) =>
    reply.type('text/html').send(page('a question')),
  );
  app.post('/report', internalOnly(fromStore), async (request, reply) => {
    const { answer } = request.body as { answer: string };
    if (answer === '') return reply.code(422).type('text/html').send(page('say something'));
    if (answer === 'kept?') {
      if (away) return reply.code(503).type('text/html').send('away');
      return reply.type('text/html').send(page('kept'));
    }
    if (answer === 'onward') return reply.redirect('/report', 303);
    if (answer === 'news') return reply.redirect('/news', 303);
    return reply.type('text/plain').send('a file');
  });
  app.post('/report/leave', internalOnly(fromMemory), async () => '');
  return { app, told, comeBack: () => (away = false) };
}

test('a form reaches its area as it was sent, with the language and the network, and the answer comes back', async (t) => {
  const { app, told } = await openHall(t);
  const walker = await startJourney(app, 'ar');
  await walker.go('/report');
  const refused = await walker.post('/report', { answer: '' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /say something/);
  assert.deepEqual(told.at(-1), { url: '/report', body: { answer: '' }, language: 'ar', ip: '127.0.0.1' });
  const file = await walker.post('/report', { answer: 'a file' });
  assert.equal(file.headers['content-type'], 'text/plain');
  assert.equal(file.headers['cache-control'], 'no-store');
});

test('an internal redirect is followed on the server; an outside one is left to the browser', async (t) => {
  const { app, told } = await openHall(t);
  const walker = await startJourney(app);
  await walker.go('/report');
  const followed = await walker.post('/report', { answer: 'onward' });
  assert.equal(followed.statusCode, 200);
  assert.match(followed.body, /a question/);
  assert.deepEqual(
    told.map(({ url }) => url),
    ['/report', '/report', '/report'],
  );
  const out = await walker.post('/report', { answer: 'news' });
  assert.equal(out.statusCode, 303);
  assert.equal(out.headers.location, '/news');
});

test('what could not be kept is given back, to be sent again as it was, and goes on from there', async (t) => {
  const { app, told, comeBack } = await openHall(t);
  const walker = await startJourney(app, 'ar');
  await walker.go('/report');
  const typed = { answer: 'kept?', draft: 'her token', words: 'a "b" <c>\nd & \'e\'' };
  const refused = await walker.post('/report', typed);
  assert.equal(refused.statusCode, 503);
  assert.match(refused.body, /أرسل مرة أخرى/);
  assert.match(refused.body, /<title>Information<\/title>/);
  assert.match(refused.body, /name="draft" value="her token" form="go"/, 'who leaves from here ends it too');
  const form = /<form method="post" action="\/information" novalidate>[\s\S]*?<\/form>/.exec(refused.body)?.[0] ?? '';
  for (const text of ['value="kept?"', 'value="her token"', 'value="a &quot;b&quot; &lt;c&gt;\nd &amp; &#39;e&#39;"'])
    assert.ok(form.includes(text), text);
  comeBack();
  const kept = await walker.post('/report', typed);
  assert.equal(kept.statusCode, 200);
  assert.match(kept.body, /kept/);
  assert.deepEqual(told.at(-1)?.body, typed);
});

test('of a form with files the words come back where the database does not answer as the files come', async (t) => {
  const { app, told } = await openHall(t);
  const walker = await startJourney(app);
  await walker.go('/report');
  const asked = told.length;
  const away = await walker.postFiles('/report', { answer: 'kept?', words: 'typed' }, [new File(['words'], 'a.txt')]);
  assert.equal(away.statusCode, 503);
  assert.match(away.body, /name="words" value="typed"/);
  assert.equal(told.length, asked, 'the room, which would take it without its files, is not asked');
});

test('a form that searches becomes a query; several answers to one question stay several', async (t) => {
  const { app, told } = await openHall(t);
  const walker = await startJourney(app);
  const step = /name="step" value="([^"]+)"/.exec(walker.shown().body)?.[1] ?? '';
  await walker.again(`step=${step}&to=%2Freport%3Fa%3D1&b=2&b=3&language=pl`);
  assert.equal(told.at(-1)?.url, '/report?a=1&b=2&b=3');
});

test('leaving sends along what must be destroyed, and the area gets it', async (t) => {
  const { app, told } = await openHall(t);
  const walker = await startJourney(app);
  await walker.go('/report');
  const gone = await walker.post('/exit', { draft: 'secret token' });
  assert.equal(gone.headers.refresh, '0;url=https://elsewhere.example/');
  for (let turns = 0; turns < 100 && told.at(-1)?.url !== '/report/leave'; turns += 1)
    await new Promise((done) => setImmediate(done));
  assert.deepEqual(told.at(-1)?.body, { draft: 'secret token' });
});
