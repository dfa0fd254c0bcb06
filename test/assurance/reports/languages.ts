/** The whole way in every language, in a real browser: tell, with danger, a point on the map and a diary; keep the receipt; come back, write more, leave. Buttons are pressed by what they send, so that one walk fits all tongues. */

import type { Browser, Page } from 'playwright-core';
import { enterJourney } from '../../../src/public/private-journey/visitor.ts';
import { chooseReceipt, movedOn } from '../../fixtures/report-browser.ts';
import { inLanes, type Row } from '../../harness/assurance.ts';
import { ignoreResubmitPage, phone } from '../../harness/browser.ts';
import { type Look, looks, pageFaults, type Tongue } from '../public/private-journey/pages.ts';

export type Place = {
  readonly browser: Browser;
  readonly base: string;
  /** Where exit leads. */
  readonly elsewhere: string;
};

/** Text that occurs nowhere else: searched for where it must not be. */
const told = { what: 'Zwölf Säcke Kürbis', seen: 'Nächtlicher Kürbiswagen', more: 'Noch ein Kürbis' };

const press = (page: Page, value: string): Promise<void> =>
  movedOn(page, () => page.locator(`main button[name="press"][value="${value}"]`).first().click());
const question = async (page: Page): Promise<string> =>
  (await page.locator('main input[name="question"]').first().getAttribute('value')) ?? '';
const choose = (page: Page, field: string, value: string): Promise<void> =>
  page.locator(`input[name="${field}"][value="${value}"]`).check();

type Looking = (page: Page, where: string) => Promise<void>;

async function onMap(page: Page, look: Looking): Promise<void> {
  await press(page, 'map');
  await page.locator('input.sl-map').waitFor();
  await look(page, 'map');
  for (let closer = 0; closer < 3; closer += 1)
    await movedOn(page, () => page.locator('input.sl-map').click({ position: { x: 170, y: 200 } }));
  await look(page, 'map, close');
  await press(page, 'use');
  if (!/^-?\d+\.\d+,-?\d+\.\d+$/.test((await page.locator('input[name="point"]').getAttribute('value')) ?? ''))
    throw new Error('the point was lost');
}

async function inDiary(page: Page, look: Looking): Promise<void> {
  for (const time of ['1', '2']) {
    await page.locator('#seen').fill(`${told.seen} ${time}`);
    await page.locator('#seenwhen').fill('Montag');
    await press(page, 'add');
  }
  await press(page, 'remove-1');
  await press(page, 'change-0');
  if ((await page.locator('#seen').inputValue()) !== `${told.seen} 1`) throw new Error('what was seen was lost');
  await look(page, 'diary');
}

/** Every question, answered as somebody would to whom it happens. */
async function answer(page: Page, step: string, look: Looking): Promise<void> {
  if (step === 'who') await choose(page, 'who', 'me');
  if (step === 'reader') await choose(page, 'reader', 'support');
  if (step === 'now') await choose(page, 'now', 'yes');
  if (step === 'danger' && (await page.locator('main a[href="tel:999"]').count()) === 0) throw new Error('no 999');
  if (step === 'what') await page.locator('#what').fill(told.what);
  if (step === 'where') await onMap(page, look);
  if (step === 'sightings') await inDiary(page, look);
  if (step === 'reach') await choose(page, 'reach', 'yes');
}

async function tell(page: Page, look: Looking): Promise<string> {
  await press(page, 'begin');
  for (let pages = 0; ; pages += 1) {
    const step = await question(page);
    await look(page, step);
    if (step === 'check') break;
    if (pages > 30) throw new Error(`it leads nowhere from ${step}`);
    await answer(page, step, look);
    await press(page, 'next');
  }
  const summary = await page.locator('main').innerText();
  if (!summary.includes(told.what) || !summary.includes(told.seen)) throw new Error('the check page lost an answer');
  await chooseReceipt(page);
  await press(page, 'send');
  await page.locator('.sl-receipt').waitFor();
  await look(page, 'sent');
  const lines = page.locator('.sl-receipt li');
  return (await lines.count()) > 0 ? (await lines.allInnerTexts()).join('\n') : page.locator('.sl-receipt').innerText();
}

async function comeBack(page: Page, { base }: Place, code: string, receipt: string, look: Looking): Promise<void> {
  await enterJourney(page, base, '/report/return', code);
  await look(page, 'come back');
  await press(page, 'begin');
  await look(page, 'asking');
  await page.locator('#list').fill(receipt);
  await press(page, 'open');
  await page.locator('#words').waitFor();
  await look(page, 'mailbox');
  if ((await page.locator('body').innerText()).includes('Kürbis')) throw new Error('the mailbox shows the report');
  await page.locator('#words').fill(told.more);
  await press(page, 'add');
  await page.locator('main [role="status"]').waitFor();
}

/** Faults found on the way, each with where. */
export async function walkWhole(place: Place, tongue: Tongue, { name, text, ...options }: Look): Promise<string[]> {
  const { browser, base, elsewhere } = place;
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  const faults: string[] = [];
  const own = [new URL(base).host, new URL(elsewhere).host];
  try {
    const page = await context.newPage();
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && !own.includes(url.host)) faults.push(`asks ${request.url()}`);
    });
    const look: Looking = async (shown, where) => {
      await shown.mouse.move(0, 0); // Elements under the pointer have other colours, which are not measured here.
      if (text) await shown.evaluate(`document.documentElement.style.fontSize = '${text}'`);
      const found = await pageFaults(shown, tongue, options.javaScriptEnabled !== false);
      faults.push(...found.map((fault) => `${where}: ${fault}`));
    };
    await enterJourney(page, base, '/report', tongue.code);
    await look(page, 'tell');
    await press(page, 'more');
    await look(page, 'add more');
    await press(page, 'back');
    await comeBack(page, place, tongue.code, await tell(page, look), look);
    await page.locator('#exit').click();
    await page.waitForURL(elsewhere);
    const { cookies, origins } = await context.storageState();
    if (cookies.length > 0 || origins.length > 0) faults.push('keeps cookies or storage');
  } catch (error) {
    faults.push(String(error).split('\n')[0] ?? '');
  } finally {
    await context.close();
  }
  return faults.map((fault) => `${tongue.code}, ${name}: ${fault}`);
}

/** Danger comes between with the number, and is left at once, on a phone with large text. */
export async function leaveDanger({ browser, base, elsewhere }: Place, tongue: Tongue): Promise<string[]> {
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  context.setDefaultTimeout(20_000);
  const faults: string[] = [];
  try {
    const page = await context.newPage();
    await enterJourney(page, base, '/report', tongue.code);
    await press(page, 'begin');
    await choose(page, 'who', 'worried');
    await press(page, 'next');
    await choose(page, 'now', 'yes');
    await press(page, 'next');
    if ((await question(page)) !== 'danger') faults.push('danger does not come between');
    const first = await page.locator('main a, main button').first().getAttribute('href');
    if (first !== 'tel:999') faults.push(`first in danger stands ${first}`);
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    faults.push(...(await pageFaults(page, tongue, false)));
    await page.locator('#exit').click();
    await page.waitForURL(elsewhere);
    await page.goBack().catch(ignoreResubmitPage);
    if ((await page.locator('main a[href="tel:999"]').count()) > 0 && (await page.locator('#door').count()) === 0)
      faults.push('Back shows it again');
  } catch (error) {
    faults.push(String(error).split('\n')[0] ?? '');
  } finally {
    await context.close();
  }
  return faults.map((fault) => `${tongue.code}, danger: ${fault}`);
}

/** In the short form, two languages that the seed chooses and one that runs from right to left, each in one look. */
export async function assureTongues(
  place: Place,
  tongues: readonly Tongue[],
  { seed, quick }: { readonly seed: number; readonly quick: boolean },
): Promise<readonly Row[]> {
  const few = [
    tongues[seed % tongues.length],
    tongues[(seed + 5) % tongues.length],
    tongues.find(({ direction }) => direction === 'rtl'),
  ];
  const chosen = quick ? few.flatMap((one) => one ?? []) : tongues;
  const faults: string[] = [];
  const dangers: string[] = [];
  let walks = 0;
  await inLanes(2, chosen.entries(), async ([at, tongue]) => {
    for (const look of quick ? [looks[at % looks.length]] : looks) {
      if (look) faults.push(...(await walkWhole(place, tongue, look)));
      walks += 1;
    }
  });
  await inLanes(2, chosen, async (tongue) => {
    dangers.push(...(await leaveDanger(place, tongue)));
  });
  const shown = (list: readonly string[]): string => (list.length === 0 ? '' : `: ${list.slice(0, 6).join('; ')}`);
  return [
    {
      what: `tell, with danger, map and diary, keep a receipt, come back, write more, leave, language × look (${looks.map(({ name }) => name).join('; ')}): every page sound, 0 cookies, 0 storage, 0 requests elsewhere`,
      figure: `${walks} walks in ${chosen.length} languages, ${faults.length} faults${shown(faults)}`,
      passed: faults.length === 0 && walks > 0,
    },
    {
      what: 'danger comes between with 999 first and is left at once, script off, 360 px, text at 200 %, each of these languages: the way out at most 15 % of the screen',
      figure: `${chosen.length} languages, ${dangers.length} faults${shown(dangers)}`,
      passed: dangers.length === 0 && chosen.length > 0,
    },
  ];
}
