import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { openDemonstration } from '../../../test/fixtures/demonstration.ts';
import { axeViolations, findPageProblems, measureOverflow } from '../../../test/harness/browser.ts';
import { inventedWeeks, toPublishedFile } from './examples.ts';

test('an analyst imports published results and compares weeks, on a phone without script and at a desk by night', async (t) => {
  const world = await openForBrowser(t, () => openDemonstration(t));
  const { base, pageOf } = world;
  const { member } = await world.as('analyst');
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `weeks-${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if (options.colorScheme) faults.push(...(await axeViolations(page)).map((one) => JSON.stringify(one)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    const page = await pageOf(member, options);
    await page.goto(`${base}/staff/returns`);
    await page.getByRole('link', { name: 'Compare weeks' }).click();
    await looked(page, '1-compared');
    await page.getByRole('link', { name: 'Arrests as a chart' }).click();
    await looked(page, '2-trend');
    assert.ok((await page.getByRole('img', { name: /^Arrests\. Own returns/ }).count()) === 1);
    await page.getByRole('link', { name: 'Weeks compared' }).click();
    await page.getByRole('button', { name: 'Published results' }).click();
    await looked(page, '3-published');
    await page.getByRole('link', { name: 'European week, a year before' }).first().click();
    await looked(page, '4-week');
    await page.goto(`${base}/staff/returns/published/import`);
    await looked(page, '5-import');
    const lines = [
      ...inventedWeeks.map((line) => ({ ...line, source_url: `${line.source_url}/${look}` })),
      { ...inventedWeeks[3], week_id: 'XX-BAD', arrests_total: '12-15', source_url: `https://x.example/${look}` },
    ];
    const buffer = Buffer.from(toPublishedFile(lines));
    await page.getByLabel('CSV file').setInputFiles({ name: 'weeks.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('Five lines are good. One line needs correction.').waitFor();
    await looked(page, '6-check');
    await page.getByLabel('Import only the good lines').check();
    await page.getByRole('button', { name: 'Import 5 lines' }).click();
    await page.getByText('Five lines were imported.').waitFor();
    await page.goto(`${base}/staff/returns/weeks/export`);
    await looked(page, '7-export');
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});
