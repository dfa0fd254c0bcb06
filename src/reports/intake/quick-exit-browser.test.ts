import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { movedOn } from '../../../test/fixtures/report-browser.ts';
import { openBrowser } from '../../../test/harness/browser.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';

const sizes = [
  [360, 780],
  [360, 640],
  [360, 560],
  [1_280, 900],
] as const;

/** What of the page can be pressed in the row of the way out, at any offset; and, at the end of the page, what cannot be brought out from under it. */
const pressedByMistake = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const exit = document.querySelector('#exit').getBoundingClientRect();
    const found = new Set();
    const share = (exit.width * exit.height) / (innerWidth * innerHeight);
    if (share > 0.15) found.add('the way out takes ' + share);
    const longest = document.documentElement.scrollHeight - innerHeight;
    for (let offset = 0; offset <= longest + 39; offset += 40) {
      scrollTo(0, offset);
      for (let x = 4; x < innerWidth; x += 12)
        for (let y = exit.top + 1; y < exit.bottom; y += 8) {
          const thing = document.elementFromPoint(x, y)?.closest('a, button, input, label, summary, textarea');
          if (thing && thing.id !== 'exit') found.add('beside it: ' + thing.outerHTML.slice(0, 80));
        }
    }
    scrollTo(0, longest + 100);
    for (const thing of document.querySelectorAll('main button, main input, main textarea, main summary, footer a, footer summary')) {
      const { bottom, height } = thing.getBoundingClientRect();
      if (height > 0 && bottom > exit.top) found.add('under it at the end: ' + thing.outerHTML.slice(0, 80));
    }
    scrollTo(0, 0);
    return [...found];
  })()`);

for (const code of ['en', 'ar'])
  test(`on no page of telling does the way out lie over what is pressed, at any offset, on any screen, however large the letters: ${code}`, async (t) => {
    const { app } = await openAttended(t);
    const base = await app.listen({ port: 0, host: '127.0.0.1' });
    const page = await (await (await openBrowser(t)).newContext({ javaScriptEnabled: false })).newPage();
    const press = (value: string) => movedOn(page, () => page.locator(`main button[value="${value}"]`).first().click());
    await enterJourney(page, base, '/report', code);
    await press('begin');
    const faults: string[] = [];
    for (let pages = 0; pages < 20; pages += 1) {
      const step = await page.locator('main input[name="question"]').first().getAttribute('value');
      for (const [width, height] of sizes)
        for (const letters of ['100%', '200%']) {
          await page.setViewportSize({ width, height });
          await page.evaluate(`document.documentElement.style.fontSize = '${letters}'`);
          const found = await pressedByMistake(page);
          faults.push(...found.map((one) => `${step}, ${width}x${height}, ${letters}: ${one}`));
        }
      await page.evaluate(`document.documentElement.style.fontSize = ''`);
      if (step === 'check') break;
      if (step === 'reach') await page.locator('input[name="reach"][value="yes"]').check();
      await press('next');
    }
    assert.deepEqual(faults, []);
  });
