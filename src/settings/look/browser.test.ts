import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import {
  axeViolations,
  desktop,
  findPageProblems,
  measureOverflow,
  openBrowser,
  phone,
} from '../../../test/harness/browser.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';
import { openSettings } from '../examples.ts';
import { drawnLogo } from './examples.ts';

/** Just dark enough: 4.50:1 with the page. */
const colour = '#857300';
const bar = 'rgb(133, 115, 0)';

async function decide(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Approve or refuse' }).click();
  await page.getByLabel('Approve', { exact: true }).check();
  await page.getByRole('button', { name: 'Save your decision' }).click();
  await page.getByText('Approved', { exact: true }).first().waitFor();
}

test('an administrator uploads a logo and sets a colour, a colleague approves both, and the named site shows them', async (t) => {
  const application = await openForBrowser(t, (environment) => openSettings(t, environment, { today: '2026-11-25' }));
  const { base, pageOf, people } = application;
  const [[, small], [, wide]] = looks;
  const page = await pageOf(people.ada, small);
  await page.goto(`${base}/staff/settings`);
  await page.getByRole('link', { name: 'Logo', exact: true }).click();
  const choose = (name: string, text: string) =>
    page.getByLabel('The file').setInputFiles({ name, mimeType: 'image/svg+xml', buffer: Buffer.from(text) });
  await choose('logo.svg', drawnLogo.replace('</svg>', '<script>alert(1)</script></svg>'));
  await page.getByRole('button', { name: 'Save as a proposal' }).click();
  await page.getByText('The SVG contains “script”, which a logo cannot have').first().waitFor();
  await shoot(page, 'staff-refused');
  await choose('logo.svg', drawnLogo);
  await page.getByLabel('Text alternative').fill('A white tick on blue');
  await page.getByRole('button', { name: 'Save as a proposal' }).click();
  await page.getByRole('img', { name: 'Proposed' }).waitFor();
  await shoot(page, 'staff-logo');
  const second = await pageOf(people.sol, wide);
  await second.goto(page.url());
  assert.deepEqual(await findPageProblems(second), []);
  await decide(second);

  await page.goto(`${base}/staff/settings/colour`);
  await page.getByLabel('Main colour').fill('#f47738');
  await page.getByRole('button', { name: 'Save as a proposal' }).click();
  await page
    .getByText(/The contrast of this colour with the page is 2\.\d\d:1\. Text needs 4\.5:1 or more/)
    .first()
    .waitFor();
  await page.getByLabel('Main colour').fill(colour);
  await page.getByRole('button', { name: 'Save as a proposal' }).click();
  await second.goto(page.url());
  await shoot(second, 'staff-colour');
  assert.deepEqual(await findPageProblems(second), []);
  await decide(second);
  await second.goto(`${base}/staff/settings`);
  await shoot(second, 'staff-settings');
  assert.deepEqual(await findPageProblems(second), []);
  const browser = await openBrowser(t);
  await lookAtSite(browser, base);
  await checkFirstView(browser, base);
  await checkCards(browser, base);
});

const days: readonly (readonly [string, BrowserContextOptions])[] = [
  ['phone-day', { ...phone, colorScheme: 'light' }],
  ['phone-night', { ...phone, colorScheme: 'dark' }],
  ['desk-day', { ...desktop, colorScheme: 'light' }],
  ['desk-night', { ...desktop, colorScheme: 'dark' }],
];

const paths = ['/', '/help', '/report', '/signs', '/signs/check', '/signs/print', '/signs/poster', '/news', '/about'];

async function lookAtSite(browser: Browser, base: string): Promise<void> {
  for (const [name, options] of days) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    for (const path of [...paths, '/privacy', '/contact', '/accessibility', '/signs/places', '/no-such-page']) {
      await page.goto(base + path);
      const logo = page.locator('header img');
      await logo.evaluate((one) => (one as unknown as { decode: () => Promise<void> }).decode());
      assert.equal(await logo.getAttribute('alt'), 'A white tick on blue');
      assert.equal(await page.locator('header').evaluate(backgroundOf), bar, `${name} ${path}`);
      // Colours do not depend on the width.
      if (name.startsWith('phone')) assert.deepEqual(await axeViolations(page), [], `${name} ${path}`);
      assert.equal(await measureOverflow(page), 0, `${name} ${path}`);
      await shoot(page, `${name}${path.replaceAll('/', '-')}`);
    }
    assert.deepEqual(
      complaints.filter((text) => !text.includes('status of 404')),
      [],
      name,
    );
    await page.goto(`${base}/help?language=ar`);
    await shoot(page, `${name}-arabic`);
    assert.equal(await measureOverflow(page), 0);
    for (const path of ['/start', '/signs', '/signs/poster', '/report']) {
      await enterJourney(page, base, path);
      await page.waitForLoadState('load');
      assert.equal(await page.locator('img').count(), 0, `${name}: the private journey shows no logo at ${path}`);
      assert.notEqual(await page.locator('header').evaluate(backgroundOf), bar);
      await shoot(page, `${name}-private${path.replaceAll('/', '-')}`);
    }
    await context.close();
  }
}

const backgroundOf = (element: unknown): string =>
  (globalThis as unknown as { getComputedStyle: (one: unknown) => { backgroundColor: string } }).getComputedStyle(
    element,
  ).backgroundColor;

/** What one request may weigh with its head. */
const mostBytes = 14_000;

/** One request brings the whole page: the logo comes after it, and its page does without. */
async function checkFirstView(browser: Browser, base: string): Promise<void> {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.route('**/logo', (route) => route.abort());
  for (const path of paths) {
    asked.length = 0;
    const sizes = await (await page.goto(base + path))?.request().sizes();
    const bytes = (sizes?.responseBodySize ?? 0) + (sizes?.responseHeadersSize ?? 0);
    assert.ok(bytes > 1_000 && bytes <= mostBytes, `${path}: ${bytes} bytes`);
    assert.deepEqual(
      [...new Set(asked.filter((url) => !url.startsWith('data:')))],
      [base + path, `${base}/logo`],
      path,
    );
    assert.ok(await page.getByRole('heading', { level: 1 }).isVisible(), path);
    assert.ok(await page.getByRole('link', { name: 'Lea Vale Partnership' }).isVisible(), path);
    assert.equal(await measureOverflow(page), 0, path);
  }
  assert.deepEqual(await context.cookies(), []);
  await context.close();
}

/** A card has little room: the logo does not push its words out. */
async function checkCards(browser: Browser, base: string): Promise<void> {
  const page = await browser.newPage(desktop);
  for (const language of ['en', 'ar', 'pl', 'ti', 'vi']) {
    await page.goto(`${base}/signs/card?language=${language}`);
    await page.emulateMedia({ media: 'print' });
    await shoot(page, `card-${language}`);
    const cut = await page
      .locator('.sl-card')
      .evaluateAll(
        (cards) =>
          (cards as unknown as { scrollHeight: number; clientHeight: number }[]).filter(
            ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight,
          ).length,
      );
    assert.equal(cut, 0, `${language}: no card is fuller than its size`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.ok((pdf.match(/\/Type \/Page\b/g)?.length ?? 0) <= 2, language);
    await page.emulateMedia({ media: null });
  }
}
