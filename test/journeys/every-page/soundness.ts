/** Every page in a browser: what axe finds, what the focus loses, and what sticks out sideways. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { sessionCookie } from '../../../src/platform/http/sites.ts';
import { enterJourney, listInternalPages } from '../../../src/public/private-journey/visitor.ts';
import type { DemonstrationApplication } from '../../fixtures/demonstration.ts';
import type { MemberCrawl } from '../../fixtures/member-crawl.ts';
import {
  axeViolations,
  countOverflowingCards,
  desktop,
  findDuplicateIds,
  findFocusProblems,
  measureOverflow,
  narrowest,
  openBrowser,
  rulesOfLooks,
} from '../../harness/browser.ts';
import type { CrawlResult } from '../../harness/crawl.ts';
import type { PublicCrawl } from './links.ts';

type Wanted = {
  readonly shape: string;
  readonly url: string;
  readonly token: string | undefined;
  /** Reached through the private entrance, also where the named site has the page too. */
  readonly inside: boolean;
};

/** At 320 CSS pixels, which is 400 % of 1280: by night there, by day at a desk. What a wide window alone shows is the same menu on every page of a visitor. */
const desk: BrowserContextOptions = { ...desktop, colorScheme: 'light', javaScriptEnabled: true };
const looks: readonly BrowserContextOptions[] = [{ ...narrowest, colorScheme: 'dark', javaScriptEnabled: true }, desk];

export async function assertSound(
  t: TestContext,
  { app }: DemonstrationApplication,
  crawls: readonly MemberCrawl[],
  { site, journey }: PublicCrawl,
): Promise<void> {
  const wanted = oneOfEachShape([
    { crawled: site },
    { crawled: journey, indoors: listInternalPages(app) },
    ...crawls.map((crawled) => ({ crawled, token: crawled.visitor.token })),
  ]);
  wanted.push({ shape: 'nothing', url: '/no/such/page', token: undefined, inside: false });
  assert.ok(wanted.length > 90, `${wanted.length} pages`);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const faults: string[] = [];
  for (const look of looks) {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (/Content Security Policy|Content-Security-Policy/.test(message.text()))
        faults.push(`${page.url()}: ${message.text()}`);
    });
    const visitors = new Set<string>();
    for (const { shape, url, token, inside } of wanted) {
      const visitor = `${token} ${inside}`;
      const rules = look === desk && visitors.has(visitor) ? rulesOfLooks : undefined;
      visitors.add(visitor);
      await context.clearCookies();
      if (token) await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
      if (inside) await enterJourney(page, base, url);
      else await page.goto(base + url);
      faults.push(...(await faultsOf(page, rules)).map((fault) => `${shape} (${look.colorScheme}): ${fault}`));
    }
    await context.close();
  }
  assert.deepEqual(faults, []);
}

function oneOfEachShape(
  from: readonly { readonly crawled: CrawlResult; readonly token?: string; readonly indoors?: readonly string[] }[],
): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const { crawled, token, indoors = [] } of from)
    for (const [shape, url] of crawled.pages) {
      const inside = indoors.includes(shape);
      const key = `${inside ? 'inside ' : ''}${shape}`;
      if (!wanted.has(key)) wanted.set(key, { shape: key, url, token, inside });
    }
  return [...wanted.values()];
}

async function faultsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  const found = (await axeViolations(page, rules)).map(({ rule, where }) => `${rule} at ${where.join(' | ')}`);
  found.push(...(await findFocusProblems(page)));
  found.push(...(await findDuplicateIds(page)).map((id) => `the id ${id} stands twice`));
  if ((await countOverflowingCards(page)) > 0) found.push('the cards of a table run on beyond their edge');
  const over = await measureOverflow(page);
  return over > 0 ? [...found, `sticks out by ${over} px`] : found;
}
