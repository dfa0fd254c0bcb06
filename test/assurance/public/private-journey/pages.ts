/** Looks at every page of the journey in every language: what axe says, what it weighs, what it leaves behind, and whether the way out is always under the thumb. */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { privateEntrance } from '../../../../src/platform/addresses.ts';
import { aimEntrance, enterJourney } from '../../../../src/public/private-journey/visitor.ts';
import { axeViolations, desktop, findFocusProblems, measureOverflow, phone } from '../../../harness/browser.ts';

export type Look = BrowserContextOptions & { readonly name: string; readonly text?: '200%' };

export const looks: readonly Look[] = [
  { name: 'phone by day, script off', ...phone, colorScheme: 'light', javaScriptEnabled: false },
  { name: 'phone by night', ...phone, colorScheme: 'dark' },
  { name: 'desk', ...desktop, colorScheme: 'light' },
  { name: 'phone, text at 200 %', ...phone, text: '200%' },
  { name: '400 %', viewport: { width: 320, height: 256 } },
];

/** The most that the first view of a page may weigh with its headers, and that the way out may take of the screen. */
const [mostBytes, mostOfScreen] = [14_000, 0.15];

export type Tongue = { readonly code: string; readonly direction: 'ltr' | 'rtl' };

/** Faults of these pages, each with where it was found. */
export async function lookAtPages(
  browser: Browser,
  base: string,
  tongue: Tongue,
  pages: readonly string[],
  { name, text, ...options }: Look,
): Promise<string[]> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const faults: string[] = [];
  try {
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(`${base}/`) && !request.url().startsWith('data:'))
        faults.push(`asks ${request.url()}`);
    });
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text());
    });
    for (const to of pages) {
      await enterJourney(page, base, to, tongue.code);
      // Set through the object model, which the policy for styles allows.
      if (text) await page.evaluate(`document.documentElement.style.fontSize = '${text}'`);
      const found = await pageFaults(page, tongue, options.javaScriptEnabled !== false);
      faults.push(...found.map((fault) => `${to}: ${fault}`));
    }
    const { cookies, origins } = await context.storageState();
    if (cookies.length > 0 || origins.length > 0) faults.push('keeps cookies or storage');
  } finally {
    await context.close();
  }
  return faults.map((fault) => `${tongue.code}, ${name}: ${fault}`);
}

/** What is wrong with the page on the screen: its language, its way out, its width, and what axe says where script runs. */
export async function pageFaults(page: Page, tongue: Tongue, withScript: boolean): Promise<string[]> {
  // A page of the journey comes in place of another, and its style sheet after it.
  await page.waitForLoadState('load');
  const found = [
    ...(await languageFaults(page, tongue)),
    ...(await wayOutFaults(page)),
    ...(withScript ? await soundness(page) : []),
  ];
  const over = await measureOverflow(page);
  return over > 0 ? [...found, `sticks out by ${over} px`] : found;
}

const soundness = async (page: Page): Promise<string[]> => [
  ...(await axeViolations(page)).map(({ rule, where }) => `${rule} at ${where.join(' | ')}`),
  ...(await findFocusProblems(page)),
];

async function languageFaults(page: Page, { code, direction }: Tongue): Promise<string[]> {
  const [lang, dir, title] = (await page.evaluate(
    '[document.documentElement.lang, getComputedStyle(document.documentElement).direction, document.title]',
  )) as string[];
  return [
    ...(lang === code ? [] : [`says lang ${lang}`]),
    ...(dir === direction ? [] : [`runs ${dir}`]),
    ...(title === 'Information' ? [] : [`is called ${title}`]),
  ];
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
const covers = (one: Box, other: Box): boolean =>
  other.x >= one.x &&
  other.y >= one.y &&
  other.x + other.width <= one.x + one.width &&
  other.y + other.height <= one.y + one.height;

/** At the top, in the middle and at the end of the page; the second stop by keyboard; over nothing that has the focus. */
async function wayOutFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const button = page.locator('#exit');
  const boxOf = async (): Promise<Box> => (await button.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
  for (const offset of ['0', 'document.body.scrollHeight / 2', 'document.body.scrollHeight']) {
    await page.evaluate(`scrollTo(0, ${offset})`);
    const box = await boxOf();
    const inView = box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
    const share = (box.width * box.height) / (size.width * size.height);
    if (!inView || box.height < 24) faults.push(`the way out is not in view at ${offset}`);
    if (share > mostOfScreen) faults.push(`the way out takes ${(share * 100).toFixed(0)} % of the screen`);
  }
  // From the top: a question that came in place of another has the focus at its heading.
  await page.evaluate('scrollTo(0, 0); document.body.tabIndex = -1; document.body.focus();');
  await page.evaluate('document.body.removeAttribute("tabindex")');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  if ((await page.evaluate('document.activeElement.id')) !== 'exit') faults.push('the way out is not the second stop');
  for (const stop of await page.locator('main a[href], main button, main input, main summary').all()) {
    if (!(await stop.isVisible())) continue;
    await stop.focus();
    const box = await stop.boundingBox();
    if (box && covers(await boxOf(), box)) faults.push(`the way out covers ${await stop.innerText()}`);
  }
  return faults;
}

export type Weight = { readonly bytes: number; readonly requests: number };
export type Weights = {
  readonly door: Weight;
  /** The answer after the entrance alone, */
  readonly answer: number;
  /** and with the style sheet and the script that it loads the first time. */
  readonly page: Weight;
};

/** Over the wire, with an empty cache. */
export async function weigh(browser: Browser, base: string, to: string, language: string): Promise<Weights> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    const asked = new Map<string, { readonly document: boolean; bytes: number }>();
    network.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
      if (!request.url.startsWith('data:')) asked.set(requestId, { document: type === 'Document', bytes: 0 });
    });
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const one = asked.get(requestId);
      if (one) one.bytes = encodedDataLength;
    });
    const weightOf = (all: readonly { readonly bytes: number }[]): Weight => ({
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
      requests: all.length,
    });
    await page.goto(base + privateEntrance, { waitUntil: 'networkidle' });
    await aimEntrance(page, to);
    const door = weightOf([...asked.values()]);
    asked.clear();
    await page.locator(`#door button[value="${language}"]`).click();
    await page.locator('#exit').waitFor();
    await page.waitForLoadState('networkidle');
    const all = [...asked.values()];
    return { door, answer: weightOf(all.filter(({ document }) => document)).bytes, page: weightOf(all) };
  } finally {
    await context.close();
  }
}

/** The form of a report also asks for what seals it in the browser, which comes once. */
export function tooHeavy({ door, answer, page }: Weights, to: string): string | undefined {
  if (door.bytes > mostBytes || door.requests !== 1)
    return `the door is ${door.bytes} bytes in ${door.requests} requests`;
  return answer > 0 && answer <= mostBytes && page.requests <= (to === '/report' ? 5 : 3)
    ? undefined
    : `the answer is ${answer} bytes, in ${page.requests} requests`;
}
