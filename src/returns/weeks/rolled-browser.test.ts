import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { coordinating } from '../../../test/fixtures/coordinated-week.ts';
import { axeViolations, desktop, findPageProblems, measureOverflow } from '../../../test/harness/browser.ts';
import { figureOf } from '../exchange/document/examples.ts';
import { inventedWeeks, toPublishedFile } from './examples.ts';

const lea = 'Lea Vale Constabulary';

test('a coordinator compares a rolled-up week with weeks before it, on a phone without script and at a desk', async (t) => {
  const world = await openForBrowser(t, (environment) => coordinating(t, { environment }));
  const { base, pageOf, person, addWeek, register, receive } = world;
  await register(lea);
  const arrests = { 'arrests.made': figureOf('arrests.made', 4), 'visits.made': figureOf('visits.made', 8) };
  const spring = await addWeek('Spring week', ['2026-03-16', '2026-03-22'], [lea]);
  const window = { from: '2026-03-16', until: '2026-03-22' };
  await receive(spring, lea, {
    operation: { id: '6f6f3c3e-9d6f-4c7e-8a3b-0c2f5d1e7a11', name: 'Operation Primrose' },
    week: { name: 'Spring', nationalOperation: null, window, localWindow: window },
    figures: arrests,
  });
  const autumn = await addWeek('Autumn week', ['2026-09-14', '2026-09-20'], [lea, 'Stort Police']);
  await receive(autumn, lea, { figures: arrests });
  const first = await pageOf(person, desktop);
  await first.goto(`${base}/staff/returns/published/import`);
  const file = { name: 'weeks.csv', mimeType: 'text/csv', buffer: Buffer.from(toPublishedFile(inventedWeeks)) };
  await first.getByLabel('CSV file').setInputFiles(file);
  await first.getByRole('button', { name: 'Check the file' }).click();
  await first.getByRole('button', { name: 'Import 5 lines' }).click();
  const faults: string[] = [];
  for (const [look, options] of [...looks, ['day', { ...desktop, colorScheme: 'light' as const }]] as const) {
    const page = await pageOf(person, options);
    const looked = async (name: string): Promise<void> => {
      await shoot(page, `rolled-${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if ('colorScheme' in options) faults.push(...(await axeViolations(page)).map((one) => JSON.stringify(one)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    await page.goto(`${base}${autumn}/totals`);
    await looked('1-totals');
    await page.getByRole('button', { name: 'Compare with weeks before' }).click();
    await looked('2-compared');
    assert.ok(await page.getByText('returns that count came from 1 of the 2 expected reporters').isVisible());
    await page.getByRole('link', { name: 'Arrests as a chart' }).click();
    await looked('3-trend');
    assert.equal(await page.getByRole('img', { name: /^Arrests\. Rolled-up weeks/ }).count(), 1);
    await page.getByRole('link', { name: 'Weeks compared' }).click();
    await page.getByRole('checkbox', { name: /^Spring week/ }).uncheck();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    assert.equal(await page.getByRole('link', { name: 'Open the totals of Spring week' }).count(), 0);
    await page.getByRole('link', { name: 'Open the totals of Autumn week' }).click();
    assert.ok(page.url().endsWith(`${autumn}/totals`));
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});
