import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatherEnglish } from '../../src/platform/rendering/gathered-english.ts';
import { findGaps } from '../../src/public/languages/language.ts';
import { languageOf, languages, source } from '../../src/public/languages/load.ts';
import { attend } from '../../src/reports/examples.ts';
import { modelStatements } from '../../src/reports/index.ts';
import { dbOf, openAttended } from '../fixtures/attended-reports.ts';
import { axeViolations, measureOverflow, openBrowser, phone } from '../harness/browser.ts';

const br = { 'accept-encoding': 'br' };
const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/&[#\w]+;/g, ' ');
const wordsIn = (html: string, code: string): number =>
  [...new Intl.Segmenter(code, { granularity: 'word' }).segment(plain(html))].filter(
    ({ isWordLike, segment }) => isWordLike && /\p{L}/u.test(segment),
  ).length;

/** The main part as it is seen before anything is opened, without names and numbers that are set apart. */
function seenPart(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  return main.replace(/<details[\s\S]*?<\/details>/g, ' ').replace(/<bdi>[\s\S]*?<\/bdi>/g, ' ');
}
const englishIn = (html: string): number =>
  [...html.matchAll(/<(\w+)[^>]* lang="en"[^>]*>([\s\S]*?)<\/\1>/g)].reduce(
    (sum, [, , text = '']) => sum + wordsIn(text, 'en'),
    0,
  );

test('Help and Report weigh at most 14,000 bytes, and at most a tenth of their words is English, in every whole language', async (t) => {
  const application = await openAttended(t);
  const { app, keys, agencies, clock } = application;
  for (const line of ['police', 'help'] as const) {
    const lead = await application.member(agencies[line], ['data-protection lead'], 'Lin Lead');
    await attend(dbOf(application, line), keys, line, lead, clock.now(), modelStatements[line]);
  }
  const whole = languages.filter(
    (language) => language !== source && findGaps(languageOf(language.code), source).missing.length === 0,
  );
  assert.ok(whole.length >= 10, whole.map(({ code }) => code).join());
  for (const { code } of whole)
    for (const url of ['/help', '/help?who=me', '/report']) {
      const { body } = await app.inject(`${url}${url.includes('?') ? '&' : '?'}language=${code}`);
      const seen = seenPart(body);
      const [english, all] = [englishIn(seen), wordsIn(seen, code)];
      const packed = await app.inject({ url: `${url}${url.includes('?') ? '&' : '?'}language=${code}`, headers: br });
      assert.ok(packed.rawPayload.length <= 14_000, `${code} ${url}: ${packed.rawPayload.length} bytes`);
      assert.ok(all > 100, `${code} ${url} has ${all} words`);
      assert.ok(english / all <= 0.1, `${code} ${url}: ${english} of ${all} words are English`);
    }
});

test('named pages are clean by axe on a phone, from right to left and in other scripts too', async (t) => {
  const { app } = await openAttended(t);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const page = await (await (await openBrowser(t)).newContext(phone)).newPage();
  for (const code of ['ar', 'ti', 'zh'])
    for (const url of ['/', '/help', '/report', '/signs', '/signs/poster', '/privacy']) {
      await page.goto(`${base}${url}?language=${code}`);
      assert.deepEqual(await axeViolations(page), [], `${code} ${url}`);
      assert.equal(await measureOverflow(page), 0, `${code} ${url}`);
    }
});

test('the longest words of Help wrap on a phone whose text is twice as large', async (t) => {
  const { app } = await openAttended(t);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const page = await (await (await openBrowser(t)).newContext(phone)).newPage();
  for (const code of ['cy', 'pt', 'uk']) {
    await page.goto(`${base}/help?language=${code}`);
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    assert.equal(await measureOverflow(page), 0, code);
  }
});

test('English of grave sentences is gathered at the end of the page, each once, and stays beside them on paper', () => {
  const span = (text: string) => ` <span class="sl-beside" lang="en" dir="ltr">${text}</span>`;
  const page = (content: string) => `<header>a${span('Exit now')}</header><main id="main">${content}</main>`;
  const gathered = gatherEnglish(
    page(`<p>uno${span('Call <b>999</b>.')}</p><p>due${span('Call <b>999</b>.')}</p>`),
    'En',
  );
  assert.match(gathered, /<header>a <span class="sl-beside"/, 'a button keeps its English');
  assert.match(gathered, /<p>uno<\/p><p>due<\/p><details[\s\S]*lang="en" dir="ltr"><p>Call <b>999<\/b>\.<\/p><\/div>/);
  assert.equal(gathered.match(/Call <b>/g)?.length, 1);
  const paper = page(`<div class="sl-paper">uno${span('One')}</div>`);
  assert.equal(gatherEnglish(paper, 'En'), paper);
  assert.equal(gatherEnglish(page('nothing'), 'En'), page('nothing'));
  const left = gatherEnglish(page(`<p>uno${span('One')}</p>`), undefined);
  assert.match(left, /<p>uno<\/p><\/main>/, 'on the named site the English page is one press away');
});
