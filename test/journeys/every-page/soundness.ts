/** Every page in a browser: what axe finds, what the focus loses, and what sticks out sideways. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { sessionCookie } from '../../../src/platform/http/sites.ts';
import { enterJourney } from '../../../src/public/private-journey/visitor.ts';
import { type DemonstrationApplication, openDemonstration } from '../../fixtures/demonstration.ts';
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
import { findRest, findShapes, type ShapeOfPage } from './shapes.ts';

/** At 320 CSS pixels, which is 400 % of 1280: by night there, by day at a desk. What a wide window alone shows is the same menu on every page of a visitor. */
const looks = {
  'narrow at night': { ...narrowest, colorScheme: 'dark', javaScriptEnabled: true },
  'at a desk': { ...desktop, colorScheme: 'light', javaScriptEnabled: true },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;

type Look = keyof typeof looks;

/** A test file looks at the pages of one part of so many, so that files can run side by side. */
type Part = { readonly part: number; readonly of: number };

/** Refuses what axe finds, what the focus loses and what sticks out on one part of the pages that a few members find. */
export async function assertSound(t: TestContext, look: Look, { part, of }: Part): Promise<void> {
  const application = await openDemonstration(t);
  const shapes = await findShapes(application);
  assert.ok(shapes.length > 350, `${shapes.length} pages`);
  t.diagnostic(`${shapes.length} shapes of page`);
  const ours = shapes.filter((_shape, index) => index % of === part - 1);
  assert.deepEqual(await findFaults(t, application, ours, look), []);
}

/** The same for the few pages that the crawl of all members alone finds, in each kind of window. */
export async function assertRestSound(
  t: TestContext,
  application: DemonstrationApplication,
  crawls: readonly MemberCrawl[],
): Promise<void> {
  const found = await findShapes(await openDemonstration(t));
  const rest = findRest(crawls, found);
  t.diagnostic(`${rest.length} further shapes of page, as ${rest.map(({ shape }) => shape).join(', ')}`);
  for (const look of Object.keys(looks) as Look[]) assert.deepEqual(await findFaults(t, application, rest, look), []);
}

async function findFaults(
  t: TestContext,
  { app }: DemonstrationApplication,
  shapes: readonly ShapeOfPage[],
  look: Look,
): Promise<string[]> {
  const base = app.server.listening ? baseOf(app) : await app.listen({ port: 0, host: '127.0.0.1' });
  const context = await (await openBrowser(t)).newContext(looks[look]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/.test(message.text()))
      faults.push(`${page.url()}: ${message.text()}`);
  });
  const visitors = new Set<string>();
  const frames = new Set<string>();
  for (const { shape, url, token, inside } of shapes) {
    const visitor = `${token} ${inside}`;
    const rules = look === 'at a desk' && visitors.has(visitor) ? rulesOfLooks : undefined;
    visitors.add(visitor);
    await context.clearCookies();
    if (token) await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
    if (inside) await enterJourney(page, base, url);
    else await page.goto(base + url);
    const frame = await readFrame(page);
    const without = frames.has(frame) ? partsOfFrame : [];
    frames.add(frame);
    faults.push(...(await faultsOf(page, rules, without)).map((fault) => `${shape} (${look}): ${fault}`));
  }
  await context.close();
  return faults;
}

const baseOf = (app: FastifyInstance): string => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

/** The frame of every staff page holds half of its elements. Where a page before had the very same frame, axe has seen it in this window. */
const partsOfFrame = ['.sl-masthead', '.sl-demonstration', '.sl-nav', '.sl-footer'];

/** The frame as HTML, without the tokens of its forms, which differ each time. */
const readFrame = (page: Page): Promise<string> =>
  page.evaluate((parts) => {
    const { document } = globalThis as unknown as {
      document: { querySelectorAll: (selector: string) => Iterable<{ readonly outerHTML: string }> };
    };
    const html = [...document.querySelectorAll(parts.join())].map(({ outerHTML }) => outerHTML).join('');
    return html.replaceAll(/ name="_csrf" value="[^"]*"/g, '');
  }, partsOfFrame);

async function faultsOf(
  page: Page,
  rules: readonly string[] | undefined,
  without: readonly string[],
): Promise<string[]> {
  const found = (await axeViolations(page, rules, without)).map(({ rule, where }) => `${rule} at ${where.join(' | ')}`);
  found.push(...(await findFocusProblems(page)));
  found.push(...(await findDuplicateIds(page)).map((id) => `the id ${id} stands twice`));
  if ((await countOverflowingCards(page)) > 0) found.push('the cards of a table run on beyond their edge');
  const over = await measureOverflow(page);
  return over > 0 ? [...found, `sticks out by ${over} px`] : found;
}
