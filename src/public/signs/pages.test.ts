import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { lookAgain } from '../../../test/assurance/public/private-journey/leaving.ts';
import { openApplication } from '../../../test/fixtures/application.ts';
import {
  axeViolations,
  desktop,
  findFocusProblems,
  measureOverflow,
  openBrowser,
  phone,
} from '../../../test/harness/browser.ts';
import { enterJourney } from '../private-journey/visitor.ts';

/** What one request may weigh with its head, cold. */
const mostBytes = 14_000;
/** Four times as large on a desk is this small to the page. */
const zoomed: BrowserContextOptions = { viewport: { width: 320, height: 256 } };
const today = { today: '2026-11-25', time: '15:00' };

/** From the first step to the answer, by the names that a reader sees. */
async function walk(page: Page, base: string, [reader, kind]: readonly [string, string], ticks: readonly string[]) {
  await enterJourney(page, base, '/signs/check');
  await page.getByLabel(reader).check();
  await page.getByLabel(kind).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  for (const tick of ticks) await page.getByLabel(tick).check();
  await showAnswer(page);
}

async function showAnswer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show what to do now' }).click();
  await page.getByRole('heading', { name: 'What to do now' }).waitFor();
}

const readers = [
  ['I am worried about someone', 'Selling sex, or being made to'],
  ['I work with people', 'Someone under 18'],
  ['It may be happening to me', 'Something else, or I do not know'],
] as const;

const paper = ['/signs/sheet', '/signs/poster', '/signs/leaflet', '/signs/card', '/signs/print', '/signs'] as const;

test('what is made for paper is one light request, and each step of the self-check weighs little, with script off', async (t) => {
  const { app } = await openApplication(t, today);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  for (const path of paper) {
    asked.length = 0;
    const sizes = await (await page.goto(base + path))?.request().sizes();
    const bytes = (sizes?.responseBodySize ?? 0) + (sizes?.responseHeadersSize ?? 0);
    t.diagnostic(`${path}: ${bytes} bytes`);
    assert.ok(bytes > 1_000 && bytes <= mostBytes, `${path}: ${bytes} bytes`);
    assert.deepEqual(
      asked.filter((url) => !url.startsWith('data:')),
      [base + path],
    );
  }
  const weights: number[] = [];
  page.on('requestfinished', async (request) => {
    if (request.method() !== 'POST') return;
    const sizes = await request.sizes();
    weights.push(sizes.responseBodySize + sizes.responseHeadersSize);
  });
  for (const asker of readers) {
    await walk(page, base, asker, []);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Show what to do now' }).waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await showAnswer(page);
  }
  t.diagnostic(`steps: ${weights.join(', ')} bytes`);
  assert.ok(weights.length >= 12 && weights.every((bytes) => bytes <= mostBytes), weights.join(', '));
  assert.deepEqual(await context.cookies(), []);
});

test('with script off, no ticked sign appears in an address, and Back restores no tick', async (t) => {
  const { app } = await openApplication(t, today);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const urls: string[] = [];
  for (const asker of readers) {
    const page = await context.newPage();
    page.on('request', (request) => urls.push(request.url()));
    page.on('framenavigated', (frame) => urls.push(frame.url()));
    await walk(page, base, asker, asker[0].startsWith('It may') ? ['You are afraid'] : ['Someone seems afraid']);
    assert.ok(await page.getByRole('heading', { name: 'What to do now' }).isVisible());
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Show what to do now' }).waitFor();
    assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 1, 'the page’s own button keeps it');
    await page.getByRole('button', { name: 'Show what to do now' }).click();
    // The browser may ask whether to send again; that is its own neutral page.
    const seen = await lookAgain(page, base, 'Back to the start');
    assert.ok(seen.length > 3, 'it went back');
    for (const text of seen)
      assert.doesNotMatch(text, /What to do now|seems afraid|are afraid/, 'the browser’s shows nothing of it');
  }
  const paths = new Set(urls.filter((url) => url.startsWith(base)).map((url) => url.slice(base.length)));
  for (const path of paths) assert.match(path, /^\/(signs|information|assets\/\S+)?$/, path);
  assert.deepEqual(await context.cookies(), []);
});

test('axe, width, zoom, night and keyboard: every page and every step', async (t) => {
  const { app } = await openApplication(t, today);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  // Colours and structure do not depend on the width: axe reads the phone by day and by night.
  const looks = [
    { options: phone, axe: true },
    { options: { ...phone, colorScheme: 'dark' as const }, axe: true },
    ...[zoomed, desktop].map((options) => ({ options, axe: false })),
  ];
  for (const { options, axe } of looks) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const look = async (what: string) => {
      await page.waitForLoadState('load');
      if (axe) assert.deepEqual(await axeViolations(page), [], what);
      assert.equal(await measureOverflow(page), 0, what);
      assert.deepEqual(await findFocusProblems(page), [], what);
    };
    for (const path of paper) {
      await page.goto(base + path);
      await look(path);
    }
    for (const path of [
      '/help',
      '/signs',
      '/signs/places',
      '/signs/check',
      '/signs/control',
      '/signs/kinds',
      '/signs/alone',
    ]) {
      await enterJourney(page, base, path);
      await look(path);
    }
    for (const asker of readers) {
      await walk(page, base, asker, []);
      await look(`${asker} answered on nothing`);
      await page.getByRole('button', { name: 'Back' }).click();
      await page.getByRole('button', { name: 'Show what to do now' }).waitFor();
      await look(`${asker} asked`);
      // One by one, as above, takes the browser a minute in all.
      await page.getByRole('checkbox').evaluateAll((boxes) => {
        for (const box of boxes as unknown as { checked: boolean }[]) box.checked = true;
      });
      await showAnswer(page);
      await look(`${asker} answered on everything`);
    }
    await context.close();
  }
});

test('the self-check is walked by keyboard alone', async (t) => {
  const { app } = await openApplication(t, today);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const page = await (await openBrowser(t)).newPage(phone);
  await enterJourney(page, base, '/signs/check');
  const tabTo = async (name: RegExp) => {
    for (let count = 0; count < 60; count++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: {
            activeElement: { id: string; textContent: string };
            querySelector: (selector: string) => { textContent: string } | null;
          };
        };
        const { id, textContent } = document.activeElement;
        return (id && document.querySelector(`label[for="${id}"]`)?.textContent) || textContent;
      });
      if (name.test(focused ?? '')) return;
    }
    assert.fail(`Tab never comes to ${name}`);
  };
  await tabTo(/worried about someone/);
  await tabTo(/Something else/);
  await page.keyboard.press('ArrowUp');
  await tabTo(/Go on/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What did you notice?' }).waitFor();
  await tabTo(/seems afraid/);
  await page.keyboard.press('Space');
  await tabTo(/Show what to do now/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What to do now' }).waitFor();
  assert.ok(await page.getByRole('heading', { name: 'What you ticked, and what else it may be' }).isVisible());
});

/** The languages whose words take most room, one for each kind of letters. */
const longest = ['en', 'ar', 'pl', 'ti', 'vi'] as const;
/** How many sides each paper may take in any language. */
const sides = { poster: 1, card: 2, leaflet: 3, sheet: 3 } as const;

test('every paper is A4, black on white also when the screen is dark, and in letters of 11 points or more', async (t) => {
  const { app } = await openApplication(t, today);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const page = await (await openBrowser(t)).newPage({ ...desktop, colorScheme: 'dark' });
  for (const [name, most] of Object.entries(sides))
    for (const language of longest) {
      await page.goto(`${base}/signs/${name}?language=${language}`);
      const what = `${name} ${language}`;
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
      assert.ok(pages > 0 && pages <= most, `${what} prints on ${pages} sides`);
      assert.match(pdf, /\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/, `${what} is A4`);
      await page.emulateMedia({ media: 'print' });
      const { colour, behind, smallest, cut } = await page.locator('.sl-paper').evaluate(readPaper);
      assert.deepEqual([colour, behind], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], what);
      assert.ok(smallest >= 11, `${what}: ${smallest} pt`);
      assert.deepEqual(cut, [], `${what}: no card is fuller than its size`);
      assert.equal(await page.locator('.sl-translation').isVisible(), false, `${what}: nothing pushes the paper down`);
      assert.equal(await page.getByRole('navigation').count(), 0, 'on paper there is nothing to press');
      await page.emulateMedia({ media: null });
    }
});

type Element = {
  readonly textContent: string;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  readonly querySelectorAll: (selector: string) => Iterable<Element>;
};

/** Runs in the browser. */
function readPaper(paper: unknown) {
  const { getComputedStyle, document } = globalThis as unknown as {
    getComputedStyle: (thing: unknown) => { color: string; backgroundColor: string; fontSize: string };
    document: { body: unknown };
  };
  const pointsOf = (thing: Element): number =>
    Math.round(Number.parseFloat(getComputedStyle(thing).fontSize) * 7.5) / 10;
  return {
    colour: getComputedStyle(paper).color,
    behind: getComputedStyle(document.body).backgroundColor,
    smallest: Math.min(...[...(paper as Element).querySelectorAll('h1, h2, p, li, span, strong, bdi')].map(pointsOf)),
    cut: [...(paper as Element).querySelectorAll('.sl-card')]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
      .map(({ textContent }) => textContent),
  };
}
