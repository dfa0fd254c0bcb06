import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { movedOn } from '../../../test/fixtures/report-browser.ts';
import { walkShortReport } from '../../../test/fixtures/short-report.ts';
import { axeViolations, measureOverflow, openBrowser, phone } from '../../../test/harness/browser.ts';
import { languages } from '../../public/languages/index.ts';
import { enterJourney } from '../../public/private-journey/visitor.ts';

/** Whether each line of the list shows its item before its quantity, in the direction in which the page is read. */
const itemsFirst = (page: Page): Promise<readonly boolean[]> =>
  page.evaluate(`[...document.querySelectorAll('.sl-receipt li')].map((line) => {
    const text = line.firstChild;
    const leftOf = (pattern) => {
      const range = document.createRange();
      const start = text.data.search(pattern);
      range.setStart(text, start);
      range.setEnd(text, start + 1);
      return range.getBoundingClientRect().left;
    };
    const quantityRight = leftOf(/\\d/) > leftOf(/\\p{L}/u);
    return getComputedStyle(line).direction === 'rtl' ? !quantityRight : quantityRight;
  })`);

for (const javaScriptEnabled of [false, true])
  test(`with script ${javaScriptEnabled ? 'on' : 'off'}, at 360 px: the list is shown in the direction of its language and opens the mailbox`, async (t) => {
    const { app } = await openAttended(t);
    const base = await app.listen({ port: 0, host: '127.0.0.1' });
    const browser = await openBrowser(t);
    const press = (page: Page, value: string) =>
      movedOn(page, () => page.locator(`main button[name="press"][value="${value}"]`).first().click());
    for (const { code, direction } of languages.filter(({ code }) =>
      ['ar', 'pt', 'ti', 'uk', 'vi', 'zh'].includes(code),
    )) {
      const context = await browser.newContext({ ...phone, javaScriptEnabled });
      const page = await context.newPage();
      await walkShortReport(page, base, 'private journey', 'support', 'reply', { code, receipt: 'words' });
      const list = await page.locator('.sl-receipt li').allInnerTexts();
      assert.equal(list.length, 8, code);
      assert.equal(await page.locator('html').getAttribute('dir'), direction === 'rtl' ? 'rtl' : null);
      assert.deepEqual(new Set(await itemsFirst(page)), new Set([code !== 'pt']), `${code}: ${list.join(', ')}`);
      const indent = await page.evaluate(`getComputedStyle(document.querySelector('.sl-receipt')).paddingInlineStart`);
      assert.equal(indent, '0px', code);
      assert.equal(await measureOverflow(page), 0, code);
      if (javaScriptEnabled) assert.deepEqual(await axeViolations(page), [], code);
      await enterJourney(page, base, '/report/return', code);
      await press(page, 'begin');
      await page.locator('#list').fill(list.join('\n'));
      await press(page, 'open');
      assert.equal(await page.locator('#words').count(), 1, `${code}: ${list.join(', ')}`);
      await context.close();
    }
  });
