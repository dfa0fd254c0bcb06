/** Leaves from everywhere, in every way, in a real browser, and then tries to see again what was read: by Back, by reload, by sending again, by opening anew. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { desk, phone } from '../../testing/browser.ts';
import { enter } from '../../testing/journey.ts';

export const ways = ['click', 'key', 'button by key, no script', 'click, no script'] as const;
export type Way = (typeof ways)[number];
export const afterwards = ['Back once', 'Back twice', 'Back to the start', 'reload', 'Back and reload', 'reopen'] as const;
export type Afterwards = (typeof afterwards)[number];

export type Leaving = {
  readonly way: Way;
  readonly afterwards: Afterwards;
  readonly language: string;
  /** Pages that are read one after another before leaving. */
  readonly read: readonly string[];
};

/** The ordinary page elsewhere, on this machine. */
export async function openElsewhere(): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const server = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!DOCTYPE html><html lang="en"><title>Weather</title><h1>Rain later</h1></html>'),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** What was seen that should not have been; empty where leaving held. */
export async function leaveAndLook(
  browser: Browser,
  base: string,
  elsewhere: string,
  { way, afterwards: then, language, read }: Leaving,
): Promise<string[]> {
  const javaScriptEnabled = !way.endsWith('no script');
  const context = await browser.newContext({ ...(way.startsWith('click') ? phone : desk), javaScriptEnabled });
  context.setDefaultTimeout(10_000);
  try {
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    const door = await wordsAtTheDoor(page, base);
    await enter(page, base, '/', language);
    const seen = new Set(await lines(page));
    for (const to of read) {
      await goTo(page, to);
      for (const line of await lines(page)) seen.add(line);
    }
    for (const word of door) seen.delete(word);
    if (seen.size < 5) return [`nothing was read: ${[...seen].join(' | ')}`];
    await leave(page, way);
    await page.waitForURL(elsewhere);
    const faults = await namesInHistory(network, base, elsewhere);
    const looked = await lookAgain(context, page, network, base, then);
    for (const text of looked) {
      for (const line of seen) if (text.includes(line)) faults.push(`seen again: ${line}`);
    }
    const { cookies, origins } = await context.storageState();
    if (cookies.length > 0) faults.push(`${cookies.length} cookies kept`);
    if (origins.length > 0) faults.push('something stored');
    return faults.map((fault) => `${way}, ${then}, ${language}, ${read.join(' ')}: ${fault}`);
  } finally {
    await context.close();
  }
}

/** The lines of a page that are words: what a reader of it would know again. */
async function lines(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return text.split('\n').flatMap((line) => (line.trim().length >= 4 ? [line.trim()] : []));
}

async function wordsAtTheDoor(page: Page, base: string): Promise<string[]> {
  await page.goto(base);
  return [...(await lines(page)), 'Information', '999'];
}

async function goTo(page: Page, to: string): Promise<void> {
  const before = await page.locator('#go input[name="step"]').getAttribute('value');
  await page.locator(`button[form="go"][value="${to}"]`).first().click();
  await page.locator(`#go input[name="step"]:not([value="${before}"])`).waitFor({ state: 'attached' });
}

async function leave(page: Page, way: Way): Promise<void> {
  if (way === 'key') for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape').catch(() => {});
  else if (way === 'button by key, no script') {
    await page.keyboard.press('Tab'); // The way past the menu,
    await page.keyboard.press('Tab'); // and the way out.
    await page.keyboard.press('Enter');
  } else await page.locator('#exit').click();
}

type Entries = { readonly currentIndex: number; readonly entries: readonly { id: number; url: string; title: string }[] };
const historyOf = (network: CDPSession): Promise<Entries> => network.send('Page.getNavigationHistory');

/** Whoever looks at the list of pages behind the Back button reads one address and one title. */
async function namesInHistory(network: CDPSession, base: string, elsewhere: string): Promise<string[]> {
  const { entries } = await historyOf(network);
  return entries.flatMap(({ url, title }) => {
    const known = url === 'about:blank' || url === elsewhere || url === `${base}/`;
    const bare = title === '' || title === 'Information' || title === 'Weather' || url.endsWith(title);
    return known && bare ? [] : [`the history says ${url} “${title}”`];
  });
}

/** The texts that stood on the screen on the way. */
async function lookAgain(
  context: BrowserContext,
  page: Page,
  network: CDPSession,
  base: string,
  then: Afterwards,
): Promise<string[]> {
  const texts: string[] = [];
  const look = async (): Promise<void> => {
    texts.push(await page.evaluate('document.documentElement.innerText').then(String, () => ''), await page.title());
  };
  const back = async (): Promise<boolean> => {
    const { currentIndex, entries } = await historyOf(network);
    const entry = entries[currentIndex - 1];
    if (!entry || entry.url === 'about:blank') return false;
    await page.goBack({ waitUntil: 'load', timeout: 3_000 }).catch(() => {}); // The browser’s own page has no load.
    await look();
    return true;
  };
  const reload = async (): Promise<void> => {
    await page.reload({ timeout: 3_000 }).catch(() => {});
    await look();
  };
  if (then === 'reload') await reload();
  else if (then === 'reopen') {
    await page.close();
    const anew = await context.newPage();
    await anew.goto(base);
    texts.push(await anew.locator('body').innerText(), await anew.title());
  } else {
    const most = then === 'Back once' || then === 'Back and reload' ? 1 : then === 'Back twice' ? 2 : Infinity;
    for (let pressed = 0; pressed < most && (await back()); pressed += 1) if (then === 'Back and reload') await reload();
  }
  return texts;
}
