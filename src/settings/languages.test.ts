import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { privateEntrance } from '../platform/addresses.ts';
import { publicLanguages } from '../public/languages/index.ts';
import { startJourney } from '../public/private-journey/visitor.ts';
import { openSettings, versionIn } from './examples.ts';

const codes = publicLanguages.all.map(({ code }) => code);
const without = (...hidden: readonly string[]) => ({ languages: codes.filter((code) => !hidden.includes(code)) });
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const languageOf = (html: string): string | undefined => /<html lang="([a-z]+)"/.exec(html)?.[1];
const entranceCodes = (html: string): string[] =>
  [...html.matchAll(/name="choose" value="([a-z]+)"/g)].map(([, code = '']) => code);

async function open(...given: Parameters<typeof openSettings>) {
  const settings = await openSettings(...given);
  const { ada, sol } = settings;
  const propose = async (answers: Record<string, unknown>): Promise<string> => {
    const saved = await ada.post('/staff/settings/languages', answers);
    assert.equal(saved.statusCode, 303);
    return String(saved.headers.location);
  };
  return {
    ...settings,
    propose,
    hide: async (...hidden: readonly string[]): Promise<string> => {
      const version = await propose(without(...hidden));
      assert.equal((await sol.post(`${version}/decide`, { decision: 'approve' })).statusCode, 303);
      return version;
    },
  };
}

const choose = async (app: FastifyInstance, code: string) => {
  const step = /name="step" value="([^"]+)"/.exec((await app.inject(privateEntrance)).body)?.[1] ?? '';
  return app.inject({
    method: 'POST',
    url: privateEntrance,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams({ step, to: '/start', choose: code }).toString(),
  });
};

test('the page has a tick for each language, its reviews, and says what hiding means', async (t) => {
  const { ada, dee, pat } = await openSettings(t);
  const { body } = await ada.get('/staff/settings/languages');
  const others = codes.length - 1;
  assert.equal(body.match(/type="checkbox"/g)?.length, others);
  assert.equal(body.match(/\schecked/g)?.length, others, 'all are offered where nobody chose');
  const words = plain(body);
  assert.match(words, /Polski \(Polish\) A speaker has reviewed \d+ of \d{3} sentences/);
  assert.match(words, /English is always offered/);
  assert.match(words, /People who read it alone get English\. An unreviewed translation often helps more than none\./);
  assert.match(plain((await ada.get('/staff/settings')).body), /Languages Optional All languages/);
  for (const who of [dee, pat]) assert.equal((await who.get('/staff/settings/languages')).statusCode, 403);
});

test('a second person approves what is offered, nobody their own, and the history keeps each version', async (t) => {
  const { app, ada, sol, dee, propose, auditTrail } = await open(t);
  assert.match((await ada.post('/staff/settings/languages', without())).body, /You changed nothing/);
  const version = await propose(without('pl', 'ti'));
  assert.match((await ada.post(`${version}/decide`, { decision: 'approve' })).body, /You proposed this version/);
  assert.equal(languageOf((await app.inject('/help?language=pl')).body), 'pl', 'the public sees no proposal');
  const compared = plain((await sol.get(version)).body);
  assert.match(compared, /Polski \(Polish\) Offered Hidden: its readers get English Changed/);
  assert.match(compared, /English Offered Offered No/);
  assert.equal((await sol.post(`${version}/decide`, { decision: 'approve' })).statusCode, 303);
  assert.equal(languageOf((await app.inject('/help?language=pl')).body), 'en');
  assert.match(plain((await ada.get('/staff/settings')).body), /Languages Done Approved/);

  const all = await propose(without());
  assert.match(plain((await dee.get(all)).body), /Polski \(Polish\) Hidden: its readers get English Offered Changed/);
  await dee.post(`${all}/decide`, { decision: 'approve' });
  assert.equal(languageOf((await app.inject('/help?language=pl')).body), 'pl');
  assert.equal((await dee.get('/staff/settings/history')).body.match(/>Languages</g)?.length, 2);
  assert.deepEqual(
    (await auditTrail({ looks: false })).filter((event) => event.startsWith('public setting')),
    ['public setting.proposed', 'public setting.approved', 'public setting.proposed', 'public setting.approved'],
  );
});

test('a language that is not there is refused, and nothing ticked leaves English', async (t) => {
  const { app, ada, dee, propose } = await open(t);
  assert.equal((await ada.post('/staff/settings/languages', { languages: ['xx'] })).statusCode, 422);
  const version = await propose({ base: '0' });
  await dee.post(`${version}/decide`, { decision: 'approve' });
  const { body } = await app.inject({ url: '/help?language=cy', headers: { 'accept-language': 'cy, pl' } });
  assert.equal(languageOf(body), 'en');
  assert.doesNotMatch(body, /hreflang=|<summary lang="en">Languages/, 'there is nothing to choose');
  assert.deepEqual(entranceCodes((await app.inject(privateEntrance)).body), ['en']);
});

test('a hidden language is nowhere to be chosen, and who asks for it gets English', async (t) => {
  const { app, hide } = await open(t);
  const read = (url: string, accepted = '') => app.inject({ url, headers: { 'accept-language': accepted } });
  const before = (await read('/')).body;
  assert.match(before, /hreflang="pl"/);
  assert.ok(entranceCodes((await read(privateEntrance)).body).includes('pl'));
  await hide('pl');
  for (const url of ['/', '/help', '/signs', '/signs/print', '/report', '/about', '/news']) {
    for (const [address, accepted] of [
      [`${url}?language=pl`, ''],
      [url, 'pl-PL, pl;q=0.9'],
    ] as const) {
      const { statusCode, body } = await read(address, accepted);
      assert.equal(statusCode, 200, address);
      assert.equal(languageOf(body), 'en', address);
      assert.doesNotMatch(body, /language=pl|hreflang="pl"/, address);
      assert.match(body, /<p class="govuk-body-s" lang="pl" dir="ltr">[^<]*<a href="tel:999">/, address);
    }
    assert.doesNotMatch(
      (await read(`${url}?language=cy`)).body,
      /lang="pl"/,
      `${url}: the sentence is for English pages`,
    );
    assert.match((await read(url)).body, url === '/news' ? /lang="en"/ : /hreflang="cy"/, url);
  }
  assert.equal(languageOf((await read('/help', 'pl, uk;q=0.5')).body), 'uk', 'the next language of the browser');
  assert.equal(languageOf((await read('/no-such-page?language=pl')).body), 'en');
  assert.doesNotMatch((await read('/sitemap.xml')).body, /language=|hreflang/);
  const pdf = (code: string) => read(`/signs/print/sheet.pdf?language=${code}`);
  const [hidden, english] = [await pdf('pl'), await pdf('en')];
  assert.equal(hidden.statusCode, 200);
  assert.ok(hidden.rawPayload.equals(english.rawPayload));
  const kept = codes.filter((code) => code !== 'pl');
  assert.deepEqual(entranceCodes((await read(privateEntrance)).body), kept);
  for (const encoding of ['br', 'gzip']) {
    const packed = await app.inject({ url: privateEntrance, headers: { 'accept-encoding': encoding } });
    assert.equal(packed.headers['content-encoding'], encoding);
  }
});

test('a private journey that began before the change ends in its language; a new one is in English', async (t) => {
  const { app, hide } = await open(t);
  const walker = await startJourney(app, 'pl');
  assert.equal(languageOf((await walker.go('/report')).body), 'pl');
  await hide('pl');
  const next = await walker.go('/help');
  assert.equal(next.statusCode, 200);
  assert.equal(languageOf(next.body), 'pl');
  const chosen = await choose(app, 'pl');
  assert.equal(chosen.statusCode, 200);
  assert.equal(languageOf(chosen.body), 'en');
  assert.match(chosen.body, /lang="pl" dir="ltr">[^<]*<a href="tel:999">/);
  assert.equal(languageOf((await choose(app, 'ar')).body), 'ar');
});

test('the host of the private entrance offers the same languages', async (t) => {
  const { app, hide } = await open(t, { SAFELIGHT_PRIVATE_ORIGIN: 'https://information.example' });
  const read = (url: string) => app.inject({ url, headers: { host: 'information.example', 'accept-language': 'pl' } });
  assert.ok(entranceCodes((await read('/')).body).includes('pl'));
  await hide('pl');
  assert.ok(!entranceCodes((await read('/')).body).includes('pl'));
  assert.equal(languageOf((await read('/no-such-page')).body), 'en');
});

test('a process that approved nothing offers the approved languages within a minute', async (t) => {
  const { app, propose, sol, db, clock } = await open(t);
  const id = versionIn(await propose(without('pl')));
  assert.equal(languageOf((await app.inject('/help?language=pl')).body), 'pl');
  await sql`insert into public_setting_decisions (id, approved, decided_by, decided_at)
    values (${id}, true, ${sol.member.id}, ${clock.now()})`.execute(db);
  clock.move(new Date(clock.now().getTime() + 30_000));
  assert.equal(languageOf((await app.inject('/help?language=pl')).body), 'en');
  assert.ok(!entranceCodes((await app.inject(privateEntrance)).body).includes('pl'));
});

test('before a live site is open its page is in the offered languages, and says 999 in the hidden ones', async (t) => {
  const { app, ada, db, hide } = await open(t, { SAFELIGHT_MODE: 'live' }, { today: '2026-11-24' });
  await sql`delete from public_site_open_before_settings`.execute(db);
  assert.doesNotMatch(plain((await ada.get('/staff/settings')).body), /Languages: set and approved/);
  await hide('pl');
  const { statusCode, body } = await app.inject('/?language=pl');
  assert.equal(statusCode, 503);
  assert.equal(languageOf(body), 'en');
  assert.match(body, /lang="pl" dir="ltr">[^<]*<a href="tel:999">/);
  assert.equal(languageOf((await app.inject('/?language=cy')).body), 'cy');
});
