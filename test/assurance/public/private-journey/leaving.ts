/** Leaves from every page, in every way, in a real browser. Then tries to see the pages again: by Back, by reload, by resubmitting, by reopening. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { privateEntrance } from '../../../../src/platform/addresses.ts';
import { enterJourney } from '../../../../src/public/private-journey/visitor.ts';
import { desktop, ignoreResubmitPage, phone } from '../../../harness/browser.ts';

export const ways = ['click', 'key', 'button by key, no script', 'click, no script'] as const;
export type Way = (typeof ways)[number];
export const afterwards = [
  'Back once',
  'Back twice',
  'Back to the start',
  'Back and reload, to the start',
  'reload',
  'reopen',
  'send all again',
] as const;
export type Afterwards = (typeof afterwards)[number];

export type Leaving = {
  readonly way: Way;
  readonly afterwards: Afterwards;
  readonly language: string;
  /** Pages that are read one after another before leaving. */
  readonly read: readonly string[];
  /** Whether a report is begun after that, and left unfinished. */
  readonly telling: boolean;
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
  { way, afterwards: then, language, read, telling }: Leaving,
): Promise<string[]> {
  const javaScriptEnabled = !way.endsWith('no script');
  const context = await browser.newContext({ ...(way.startsWith('click') ? phone : desktop), javaScriptEnabled });
  context.setDefaultTimeout(10_000);
  try {
    const page = await context.newPage();
    const sent: string[] = [];
    page.on('request', (request) => {
      const form = request.isNavigationRequest() ? request.postData() : null;
      if (form) sent.push(form);
    });
    const door = await wordsAtTheDoor(page, base);
    await enterJourney(page, base, undefined, language);
    const seen = new Set(await lines(page));
    for (const to of read) {
      await goTo(page, to);
      for (const line of await lines(page)) seen.add(line);
    }
    if (telling) for (const line of await tellSomething(page)) seen.add(line);
    for (const word of door) seen.delete(word);
    if (seen.size < 5) return [`nothing was read: ${[...seen].join(' | ')}`];
    await leave(page, way);
    await page.waitForURL(elsewhere);
    const faults = await namesInHistory(page, base, elsewhere);
    const looked = then === 'send all again' ? await sendAgain(context, base, sent) : await lookAgain(page, base, then);
    if (looked.length === 0) faults.push('nothing was looked at');
    for (const text of looked) {
      for (const line of seen) if (text.includes(line)) faults.push(`seen again: ${line}`);
    }
    const { cookies, origins } = await context.storageState();
    if (cookies.length > 0) faults.push(`${cookies.length} cookies kept`);
    if (origins.length > 0) faults.push('something stored');
    return faults.map(
      (fault) => `${way}, ${then}, ${language}, ${read.join(' ')}${telling ? ' /report' : ''}: ${fault}`,
    );
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
  await page.goto(base + privateEntrance);
  return [...(await lines(page)), 'Information', '999'];
}

async function goTo(page: Page, to: string): Promise<void> {
  const before = await page.locator('#go input[name="step"]').getAttribute('value');
  await page.locator(`button[form="go"][value="${to}"]`).first().click();
  await page.locator(`#go input[name="step"]:not([value="${before}"])`).waitFor({ state: 'attached' });
}

/** Text that occurs nowhere else. */
const told = 'Zwölf Säcke Kürbis';

/** As far as the question after what happens; gives the lines that were shown, and what was typed. */
async function tellSomething(page: Page): Promise<string[]> {
  const shown: string[] = [told];
  await goTo(page, '/report');
  for (const press of ['begin', 'who', 'now', 'what']) {
    if (press === 'who') await page.locator('input[name="who"][value="worried"]').check();
    if (press === 'now') await page.locator('input[name="now"][value="no"]').check();
    if (press === 'what') await page.locator('#what').fill(told);
    shown.push(...(await lines(page)));
    const before = await page.locator('#go input[name="step"]').getAttribute('value');
    await page
      .locator(`main button[name="press"][value="${press === 'begin' ? 'begin' : 'next'}"]`)
      .first()
      .click();
    await page.locator(`#go input[name="step"]:not([value="${before}"])`).waitFor({ state: 'attached' });
  }
  return [...shown, ...(await lines(page))];
}

async function leave(page: Page, way: Way): Promise<void> {
  if (way === 'key') for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape').catch(() => {});
  else if (way === 'button by key, no script') {
    await page.keyboard.press('Tab'); // The way past the menu,
    await page.keyboard.press('Tab'); // and the way out.
    await page.keyboard.press('Enter');
  } else await page.locator('#exit').click();
}

type Entries = { readonly currentIndex: number; readonly entries: readonly { url: string; title: string }[] };

/** Opens a DevTools session each time: the browser's resubmit page detaches an earlier one. */
export async function historyOf(page: Page, triesLeft = 20): Promise<Entries> {
  const network = await page.context().newCDPSession(page);
  try {
    const { currentIndex, entries } = await network.send('Page.getNavigationHistory');
    return { currentIndex, entries };
  } catch (error) {
    // While one page gives way to another neither is the active one.
    if (triesLeft === 0 || !/Not attached to an active page/.test(String(error))) throw error;
    await page.waitForTimeout(100);
    return await historyOf(page, triesLeft - 1);
  } finally {
    await network.detach().catch(() => {});
  }
}

/** A reader of the list behind the Back button sees one address and one title. */
async function namesInHistory(page: Page, base: string, elsewhere: string): Promise<string[]> {
  const { entries } = await historyOf(page);
  return entries.flatMap(({ url, title }) => {
    const known = url === 'about:blank' || url === elsewhere || url === base + privateEntrance;
    const bare = title === '' || title === 'Information' || title === 'Weather';
    return known && bare ? [] : [`the history says ${url} “${title}”`];
  });
}

/** The text on the screen once the browser has arrived there. */
async function standing(page: Page, at: (index: number) => boolean): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const arrived = await historyOf(page).then(
      ({ currentIndex }) => at(currentIndex),
      () => false,
    );
    const seen =
      arrived && (await page.evaluate('[document.readyState, document.documentElement.innerText]').catch(() => {}));
    if (Array.isArray(seen) && seen[0] === 'complete') return `${await page.title()}\n${seen[1]}`;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the browser did not arrive');
}

/** As a browser does that kept the forms: not every one says whether it would. */
async function sendAgain(context: BrowserContext, base: string, sent: readonly string[]): Promise<string[]> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const texts: string[] = [];
  for (const data of sent)
    texts.push(await (await context.request.post(base + privateEntrance, { data, headers })).text());
  return texts;
}

const mostBack: Partial<Record<Afterwards, number>> = { 'Back once': 1, 'Back twice': 2 };

/** The texts that stood on the screen on the way. */
export async function lookAgain(
  page: Page,
  base: string,
  then: Exclude<Afterwards, 'send all again'>,
): Promise<string[]> {
  if (then === 'reopen') {
    const reopened = await page.context().newPage();
    await page.close();
    await reopened.goto(base + privateEntrance);
    return [await standing(reopened, () => true)];
  }
  const texts: string[] = [];
  const reload = async (): Promise<void> => {
    await page.reload({ timeout: 5_000 });
    texts.push(await standing(page, () => true));
  };
  if (then === 'reload') await reload();
  for (let pressed = 0; then !== 'reload' && pressed < (mostBack[then] ?? Infinity); pressed += 1) {
    const { currentIndex, entries } = await historyOf(page);
    if (entries[currentIndex - 1]?.url === 'about:blank') break;
    await page.goBack({ timeout: 5_000 }).catch(ignoreResubmitPage);
    texts.push(await standing(page, (index) => index === currentIndex - 1));
    if (then === 'Back and reload, to the start') await reload();
  }
  return texts;
}
