import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openDemonstration } from '../../test/fixtures/demonstration.ts';
import {
  axeViolations,
  countOverflowingCards,
  desktop,
  findFocusProblems,
  measureOverflow,
  narrowest,
  openBrowser,
} from '../../test/harness/browser.ts';
import { crawl, type Get } from '../../test/harness/crawl.ts';
import { sessionCookie } from '../platform/http/sites.ts';
import { enterJourney, listInternalPages, requestInternally } from '../public/private-journey/visitor.ts';
import { members } from './data/agencies-and-members.ts';

type Wanted = { readonly shape: string; readonly url: string; readonly token: string | undefined };

/** At 320 CSS pixels, which is 400 % of 1280: by night there, by day at a desk. */
const looks: readonly BrowserContextOptions[] = [
  { ...narrowest, colorScheme: 'dark', javaScriptEnabled: true },
  { ...desktop, colorScheme: 'light', javaScriptEnabled: true },
];

test('every page is sound to axe and legible by keyboard, and none sticks out sideways', async (t) => {
  const application = await openDemonstration(t);
  const wanted = new Map<string, Wanted>();
  const gather = async (get: Get, from: string, token?: string) => {
    const { pages } = await crawl(get, from);
    for (const [shape, url] of pages) if (!wanted.has(shape)) wanted.set(shape, { shape, url, token });
  };
  await gather((url) => application.app.inject(url), '/');
  const indoors = new Set(listInternalPages(application.app));
  await gather((url) => requestInternally(application.app, url), '/start');
  wanted.set('nothing', { shape: 'nothing', url: '/no/such/page', token: undefined });
  for (const { key } of members) {
    const visitor = await application.as(key);
    await gather(visitor.get, '/staff', visitor.token);
  }
  assert.ok(wanted.size > 90, `${wanted.size} pages`);

  const base = await application.app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const faults: string[] = [];
  for (const look of looks) {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy|Content-Security-Policy/.test(message.text()))
        faults.push(`${page.url()}: ${message.text()}`);
    });
    for (const { shape, url, token } of wanted.values()) {
      await context.clearCookies();
      if (token) await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
      if (indoors.has(shape)) await enterJourney(page, base, url);
      else await page.goto(base + url);
      faults.push(...(await faultsOf(page)).map((fault) => `${shape} (${look.colorScheme}): ${fault}`));
    }
    await context.close();
  }
  assert.deepEqual(faults, []);
});

async function faultsOf(page: Page): Promise<string[]> {
  const found = (await axeViolations(page)).map(({ rule, where }) => `${rule} at ${where.join(' | ')}`);
  found.push(...(await findFocusProblems(page)));
  if ((await countOverflowingCards(page)) > 0) found.push('the cards of a table run on beyond their edge');
  const over = await measureOverflow(page);
  return over > 0 ? [...found, `sticks out by ${over} px`] : found;
}
