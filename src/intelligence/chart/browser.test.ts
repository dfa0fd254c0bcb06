import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import { openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { desktop, findPageProblems, phone } from '../../../test/harness/browser.ts';
import { addExampleChart } from './examples.ts';

/** Addresses of the picture's nodes, in the order of the page. */
const listNodes = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.sl-links svg[role=group] a')
    .evaluateAll((all) =>
      all.map((one) => (one as unknown as { getAttribute(name: string): string }).getAttribute('href')),
    );

/** From one link of the page on, what each press of Tab reaches, so many times. */
async function pressTab(page: Page, times: number): Promise<readonly string[]> {
  const reached: string[] = [];
  for (let press = 0; press < times; press += 1) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(() => {
        const { document } = globalThis as unknown as {
          document: { activeElement: { getAttribute(name: string): string | null } };
        };
        return document.activeElement.getAttribute('href') ?? '';
      }),
    );
  }
  return reached;
}

test('each of 200 nodes is reached by Tab and is in a table, axe finds nothing, and the picture scrolls in its own box', async (t) => {
  const { db, keys, readers, base, pageOf } = await openForBrowser(t, (environment) =>
    openAttended(t, { environment }),
  );
  const entry = await addExampleChart(db, keys, readers.police, { items: 30, others: 8 });
  for (const [look, options] of [
    ['phone', phone],
    ['desk', { ...desktop, colorScheme: 'dark' }],
  ] as const) {
    const page = await pageOf(readers.police, options);
    await page.goto(`${base}/staff/intelligence/named/${entry}/chart`);
    await shoot(page, `link-chart-${look}`);
    const nodes = await listNodes(page);
    assert.equal(nodes.length, 200);
    await page.getByRole('link', { name: 'Skip to the tables' }).focus();
    const [box, ...reached] = await pressTab(page, 201);
    assert.equal(box, '', 'the box that scrolls comes first');
    assert.deepEqual(reached, nodes);
    const inTables = await page
      .locator('#tables tbody th a')
      .evaluateAll((all) =>
        all.map((one) => (one as unknown as { getAttribute(name: string): string }).getAttribute('href')),
      );
    assert.deepEqual(inTables.toSorted(), nodes.toSorted());
    assert.equal(await page.locator('.sl-links svg[role=group] a:not([id=middle]) title').count(), 199);
    const [inner, outer] = await page.locator('.sl-links .sl-scroll').evaluate((thing) => {
      const { scrollWidth, clientWidth } = thing as unknown as { scrollWidth: number; clientWidth: number };
      return [scrollWidth, clientWidth];
    });
    assert.ok((inner ?? 0) > (outer ?? 0), 'the picture is wider than its box');
    assert.deepEqual(await findPageProblems(page), []);
    await page.goto(`${base}/staff/intelligence/named/${entry}/chart#middle`);
    assert.ok(await page.locator('#middle').isVisible());
  }
});
