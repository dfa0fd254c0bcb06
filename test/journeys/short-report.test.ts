import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { languages } from '../../src/public/languages/index.ts';
import { startJourney } from '../../src/public/private-journey/visitor.ts';
import { attend } from '../../src/reports/examples.ts';
import { modelStatements } from '../../src/reports/index.ts';
import { findReceiptText, readFormValues } from '../../src/reports/visitor.ts';
import { dbOf, openAttended, opened } from '../fixtures/attended-reports.ts';
import { measurePage, sentence, walkShortReport } from '../fixtures/short-report.ts';
import { axeViolations, measureOverflow, openBrowser, phone } from '../harness/browser.ts';

async function openPhone(t: TestContext, javaScriptEnabled: boolean) {
  const application = await openAttended(t);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const context = await (await openBrowser(t)).newContext({ ...phone, javaScriptEnabled });
  return { application, base, context, page: await context.newPage() };
}

for (const from of ['named site', 'private journey'] as const)
  for (const javaScriptEnabled of [true, false])
    test(`a short report takes at most 3 pages and 6 presses, from the ${from}, script ${javaScriptEnabled ? 'on' : 'off'}`, async (t) => {
      const { application, base, context, page } = await openPhone(t, javaScriptEnabled);
      const addresses = new Set<string>();
      page.on('request', (request) => addresses.add(new URL(request.url()).pathname));
      const { pages, presses } = await walkShortReport(page, base, from, 'police');
      assert.ok(pages.length <= 3, pages.join(', '));
      assert.ok(presses <= 6, `${presses} presses`);
      assert.equal((await opened(application, 'police'))[0]?.told.what, sentence);
      assert.equal(await page.title(), 'Information');
      assert.ok(await page.locator('#exit').isVisible());
      const { cookies, origins } = await context.storageState();
      assert.deepEqual([cookies, origins], [[], []]);
      const visited = [...addresses].filter((path) => !path.startsWith('/assets/'));
      assert.deepEqual(visited, from === 'named site' ? ['/report', '/information'] : ['/information']);
    });

for (const [from, most] of [
  ['named site', 3],
  ['private journey', 2],
] as const)
  for (const adds of [false, true])
    test(`a short report with a reply takes ${most} pages and at most 6 presses from the ${from}, one more where something is added: ${adds}`, async (t) => {
      const { application, base, page } = await openPhone(t, !adds);
      const { pages, presses } = await walkShortReport(page, base, from, 'support', 'reply', { adds });
      assert.equal(pages.length, most + Number(adds), pages.join(', '));
      assert.ok(presses <= 6, `${presses} presses`);
      const [sent] = await opened(application, 'help');
      assert.equal(sent?.told.what, sentence);
      assert.equal(sent?.report.answerable, true);
      assert.ok(await page.locator('.sl-receipt').isVisible());
    });

/** In the words that a partnership states about its lines, which the language files translate. */
async function stateLines(application: Awaited<ReturnType<typeof openAttended>>): Promise<void> {
  for (const line of ['police', 'help'] as const) {
    const lead = await application.member(application.agencies[line], ['data-protection lead'], 'Lin Lead');
    await attend(dbOf(application, line), application.keys, line, lead, application.clock.now(), modelStatements[line]);
  }
}

test('both pages and the receipt weigh at most 14,000 bytes and are at most a tenth English, in every language', async (t) => {
  const application = await openAttended(t);
  await stateLines(application);
  for (const { code } of languages) {
    const walker = await startJourney(application.app, code);
    await walker.go('/report');
    for (const question of ['short', 'more']) {
      const { body } = walker.shown();
      assert.equal(readFormValues(body).question, question, code);
      const { bytes, english } = measurePage(body, code);
      assert.ok(bytes <= 14_000, `${code} ${question}: ${bytes} bytes`);
      if (code !== 'en') assert.ok(english <= 0.1, `${code} ${question}: ${english} is English`);
      if (question === 'short')
        await walker.post('/report', { ...readFormValues(body), what: sentence, press: 'more' });
    }
    await walker.post('/report', { ...readFormValues(walker.shown().body), receipt: 'words', press: 'send support' });
    const { body } = walker.shown();
    assert.equal(findReceiptText(body).split('\n').length, 8, code);
    const { bytes, english } = measurePage(body, code);
    assert.ok(bytes <= 14_000, `${code} receipt: ${bytes} bytes`);
    if (code !== 'en') assert.ok(english <= 0.1, `${code} receipt: ${english} is English`);
  }
});

test('both pages are clean by axe and nothing sticks out at 320 px, from right to left too', async (t) => {
  const application = await openAttended(t);
  await stateLines(application);
  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const look = async (page: Page, name: string): Promise<void> => {
    assert.deepEqual(await axeViolations(page), [], name);
    assert.equal(await measureOverflow(page), 0, name);
  };
  for (const code of ['en', 'ar', 'vi']) {
    const page = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
    await walkShortReport(page, base, 'private journey', 'support', 'reply', { code, look, adds: true });
  }
});
