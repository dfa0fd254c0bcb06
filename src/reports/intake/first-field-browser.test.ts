import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { openBrowser } from '../../../test/harness/browser.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';

const phone = { width: 360, height: 780 };
const bottomOf = (selector: string): string =>
  `document.querySelector('${selector}').getBoundingClientRect().bottom + scrollY`;
const twoScreens = 2 * phone.height;

test('on a phone, “Start” and the first box to write in stand within two screens, in English and in translation', async (t) => {
  const { app } = await openAttended(t);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const browser = await openBrowser(t);
  const tops: Record<string, number> = {};
  for (const code of ['en', 'es', 'uk', 'ar']) {
    const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: phone })).newPage();
    await enterJourney(page, base, '/report', code);
    tops[code] = await page.evaluate(bottomOf('main textarea'));
    await page.context().close();
  }
  const named = await (await browser.newContext({ javaScriptEnabled: false, viewport: phone })).newPage();
  await named.goto(`${base}/report`);
  tops.named = await named.evaluate(bottomOf('main button[value="short"]'));
  assert.deepEqual(
    Object.entries(tops).filter(([, top]) => top > twoScreens),
    [],
  );
});
