/** Every page in a browser: what axe finds, what the focus loses, and what sticks out sideways. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { sessionCookie } from '../../../src/platform/http/sites.ts';
import { enter, pagesIndoors } from '../../../src/public/private-journey/visitor.ts';
import type { DemonstrationHouse } from '../../fixtures/demonstration.ts';
import type { MemberCrawl } from '../../fixtures/member-crawl.ts';
import { axeViolations, desk, lostInFocus, narrowest, openBrowser, runsOn, sticksOut } from '../../harness/browser.ts';
import type { Crawled } from '../../harness/crawl.ts';
import type { PublicCrawl } from './links.ts';

type Wanted = { readonly shape: string; readonly url: string; readonly token: string | undefined };

/** At 320 CSS pixels, which is 400 % of 1280: by night there, by day at a desk. */
const looks: readonly BrowserContextOptions[] = [
  { ...narrowest, colorScheme: 'dark', javaScriptEnabled: true },
  { ...desk, colorScheme: 'light', javaScriptEnabled: true },
];

export async function assertSound(
  t: TestContext,
  { app }: DemonstrationHouse,
  crawls: readonly MemberCrawl[],
  { site, journey }: PublicCrawl,
): Promise<void> {
  const wanted = oneOfEachShape([
    { crawled: site },
    { crawled: journey },
    ...crawls.map((crawled) => ({ crawled, token: crawled.visitor.token })),
  ]);
  wanted.push({ shape: 'nothing', url: '/no/such/page', token: undefined });
  assert.ok(wanted.length > 90, `${wanted.length} pages`);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const indoors = new Set(pagesIndoors(app));
  const browser = await openBrowser(t);
  const faults: string[] = [];
  for (const look of looks) {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy|Content-Security-Policy/.test(message.text()))
        faults.push(`${page.url()}: ${message.text()}`);
    });
    for (const { shape, url, token } of wanted) {
      await context.clearCookies();
      if (token) await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
      if (indoors.has(shape)) await enter(page, base, url);
      else await page.goto(base + url);
      faults.push(...(await faultsOf(page)).map((fault) => `${shape} (${look.colorScheme}): ${fault}`));
    }
    await context.close();
  }
  assert.deepEqual(faults, []);
}

function oneOfEachShape(from: readonly { readonly crawled: Crawled; readonly token?: string }[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { crawled, token } of from)
    for (const [shape, url] of crawled.pages) if (!wanted.has(shape)) wanted.set(shape, { shape, url, token });
  return [...wanted.values()];
}

async function faultsOf(page: Page): Promise<string[]> {
  const found = (await axeViolations(page)).map(({ rule, where }) => `${rule} at ${where.join(' | ')}`);
  found.push(...(await lostInFocus(page)));
  if ((await runsOn(page)) > 0) found.push('the cards of a table run on beyond their edge');
  const over = await sticksOut(page);
  return over > 0 ? [...found, `sticks out by ${over} px`] : found;
}
