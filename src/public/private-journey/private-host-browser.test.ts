import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { historyOf, lookAgain, openElsewhere } from '../../../test/assurance/public/private-journey/leaving.ts';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { shoot } from '../../../test/fixtures/browser-pages.ts';
import { movedOn } from '../../../test/fixtures/report-browser.ts';
import { sentence, walkShortReport } from '../../../test/fixtures/short-report.ts';
import { axeViolations, desktop, measureOverflow, openBrowser, phone } from '../../../test/harness/browser.ts';
import { freePort } from '../../../test/harness/ports.ts';
import { inventedPartnership } from '../../platform/partnership.ts';
import { papers } from '../signs/pages-paper.ts';
import { aimEntrance } from './visitor.ts';

/** The named site at one host, and the private entrance at another, of one process on one port. */
async function openBoth(t: TestContext, host = 'information') {
  const elsewhere = await openElsewhere();
  t.after(elsewhere.close);
  const port = await freePort();
  const [named, hidden] = [`http://localhost:${port}`, `http://${host}.localhost:${port}`];
  const { app } = await openAttended(t, {
    environment: {
      SAFELIGHT_ORIGIN: named,
      SAFELIGHT_PRIVATE_ORIGIN: hidden,
      SAFELIGHT_EXIT_TO: elsewhere.address,
    },
  });
  await app.listen({ port, host: 'localhost' });
  return { browser: await openBrowser(t), named, hidden, elsewhere: elsewhere.address };
}

/** The page names neither the partnership nor its site. */
async function assertNamesNobody(page: Page, named: string, what: string): Promise<void> {
  const html = await page.content();
  for (const word of [inventedPartnership.name, 'Safelight', named, new URL(named).host])
    assert.ok(!html.replaceAll(`information.${new URL(named).host}`, '').includes(word), `${what} says ${word}`);
  assert.equal(await page.title(), 'Information', what);
}

const waysOut = ['click', 'Escape', 'click without script'] as const;

for (const way of waysOut)
  test(`from “Read this privately” to the private host, a report, its receipt and out by ${way}: the history has what was promised`, async (t) => {
    const { browser, named, hidden, elsewhere } = await openBoth(t);
    const script = way !== 'click without script';
    const context = await browser.newContext({
      ...(way === 'Escape' ? { ...desktop, colorScheme: 'dark' as const } : phone),
      javaScriptEnabled: script,
    });
    const page = await context.newPage();
    const asked: { readonly url: string; readonly referrer: string | undefined }[] = [];
    page.on('request', (request) => asked.push({ url: request.url(), referrer: request.headers().referer }));

    await page.goto(`${named}/help`);
    await shoot(page, `named-help-${script}`);
    assert.match(await page.locator('footer').innerText(), /It opens at information\.localhost:\d+, under the title/);
    assert.deepEqual(
      asked.filter(({ url }) => url.startsWith(hidden)),
      [],
      'nothing is fetched ahead',
    );
    await page.locator('footer').getByRole('link', { name: 'Read this privately' }).click();
    await page.locator('#door').waitFor();
    await shoot(page, `entrance-${way}`);
    assert.equal(page.url(), `${hidden}/`);
    await assertNamesNobody(page, named, 'the entrance');

    await page.locator('#door button[value="en"]').click();
    await page.locator('#exit').waitFor();
    await assertNamesNobody(page, named, 'the first page');
    assert.equal(await measureOverflow(page), 0);
    await shoot(page, `start-${way}`);
    await page.locator('button[form="go"][value="/report"]').first().click();
    await page.locator('#what').fill(sentence);
    await page.locator('main input[name="receipt"][value="words"]').check();
    await movedOn(page, () => page.locator('main button[value="send support"]').first().click());
    const receipt = await page.locator('.sl-receipt li').allInnerTexts();
    assert.equal(receipt.length, 8);
    await assertNamesNobody(page, named, 'the receipt');
    if (script) assert.deepEqual(await axeViolations(page), []);
    await shoot(page, `receipt-${way}`);

    if (way === 'Escape')
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape').catch(() => {});
    else await page.locator('#exit').click();
    await page.waitForURL(elsewhere);

    const { entries } = await historyOf(page);
    const kept = new Set(entries.filter(({ url }) => url !== 'about:blank').map(({ url }) => url));
    for (const url of kept)
      assert.ok([`${named}/help`, `${hidden}/`, elsewhere].includes(url), `the history has ${url}`);
    for (const { url, title } of entries)
      if (url.startsWith(hidden)) assert.ok(title === 'Information' || title === '', title);
    for (const { url, referrer } of asked) assert.ok(!referrer, `${url} was asked from ${referrer}`);
    for (const { url } of asked.slice(asked.findIndex((one) => one.url.startsWith(hidden))))
      assert.ok(url.startsWith(`${hidden}/`) || url === elsewhere, `the journey asked ${url}`);
    const texts = await lookAgain(page, hidden, 'Back and reload, to the start');
    assert.ok(texts.length >= 2);
    for (const text of texts)
      for (const word of [sentence, ...receipt]) assert.ok(!text.includes(word), `seen again: ${word}`);
    const { cookies, origins } = await context.storageState();
    assert.deepEqual([cookies, origins], [[], []]);

    await enterAgain(page, hidden);
    await movedOn(page, () => page.locator('main button[value="begin"]').click());
    await page.locator('#list').fill(receipt.join('\n'));
    await movedOn(page, () => page.locator('main button[value="open"]').click());
    assert.equal(await page.locator('#words').count(), 1, 'the receipt opens what was sent');
    await context.close();
  });

/** To the page for a receipt, from the address that somebody types. */
async function enterAgain(page: Page, hidden: string): Promise<void> {
  await page.goto(hidden);
  await aimEntrance(page, '/report/return');
  await page.locator('#door button[value="en"]').click();
}

test('a report from the named page, and the printed path of the named site, go on there', async (t) => {
  const { browser, named, hidden } = await openBoth(t);
  const page = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
  const { pages } = await walkShortReport(page, named, 'named site', 'police');
  assert.equal(pages.at(-1), 'receipt');
  assert.equal(page.url(), `${named}/information`);
  await page.goto(`${named}/information`);
  assert.equal(await page.locator('#door').getAttribute('action'), '/information');
  assert.ok(!(await page.content()).includes(new URL(hidden).host));
});

test('an address that does not exist on the private host shows a page that leads to its entrance, and names nobody', async (t) => {
  const { browser, named, hidden } = await openBoth(t);
  for (const [name, look] of [
    ['phone', { ...phone, javaScriptEnabled: false }],
    ['desk', { ...desktop, colorScheme: 'dark' as const }],
  ] as const) {
    const page = await (await browser.newContext(look)).newPage();
    for (const path of ['/help', '/staff/sign-in', '/news']) {
      const answer = await page.goto(hidden + path);
      assert.equal(answer?.status(), 404, path);
      await assertNamesNobody(page, named, path);
    }
    await shoot(page, `absent-${name}`);
    assert.equal(await measureOverflow(page), 0);
    if (name === 'desk') assert.deepEqual(await axeViolations(page), []);
    await page.getByRole('link', { name: 'Go to the first page' }).click();
    await page.locator('#door').waitFor();
    assert.equal(page.url(), `${hidden}/`);
  }
});

test('a long name of the private host sticks out of no page, with letters twice as large on a phone', async (t) => {
  const { browser, named, hidden } = await openBoth(t, 'informationandothermatters-of-all-kinds-for-everybody');
  const page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  const addresses = ['/', '/help', '/report', '/signs', '/signs/print', ...papers.map((paper) => `/signs/${paper}`)];
  for (const code of ['en', 'uk', 'ar'])
    for (const url of [...addresses.map((address) => `${named}${address}?language=${code}`), `${hidden}/`]) {
      await page.goto(url);
      await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
      assert.equal(await measureOverflow(page), 0, url);
    }
  await shoot(page, 'long-host');
});
