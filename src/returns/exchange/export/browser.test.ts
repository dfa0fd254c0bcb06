import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { looks, openForBrowser, shoot } from '../../../../test/fixtures/browser-pages.ts';
import { coordinating } from '../../../../test/fixtures/coordinated-week.ts';
import { axeViolations, desktop, findPageProblems, measureOverflow } from '../../../../test/harness/browser.ts';
import { figureOf } from '../document/examples.ts';

const lea = 'Lea Vale Constabulary';

test('a coordinator exports the rolled-up week, on a phone without script and at a desk by day and night', async (t) => {
  const world = await openForBrowser(t, (environment) => coordinating(t, { environment }));
  const { base, pageOf, person, addWeek, register, receive } = world;
  const at = await addWeek('Autumn week', ['2026-09-14', '2026-09-20'], [lea, 'Stort Police']);
  await register(lea);
  await receive(at, lea, { figures: { 'visits.made': figureOf('visits.made', 8) } });
  for (const [look, options] of [...looks, ['day', { ...desktop, colorScheme: 'light' as const }]] as const) {
    const page = await pageOf(person, { ...options, acceptDownloads: true });
    for (const [what, to] of [
      ['week', at],
      ['totals', `${at}/totals`],
    ] as const) {
      await page.goto(`${base}${to}`);
      await shoot(page, `week-export-${what}-${look}`);
      assert.equal(await measureOverflow(page), 0, `${what} ${look}`);
    }
    await page.getByRole('button', { name: 'Export the week' }).click();
    await page.getByRole('radio', { name: /CSV/ }).check();
    await page.getByRole('button', { name: 'Make the file' }).click();
    assert.ok(await page.getByText('Select why you are exporting it').first().isVisible());
    await shoot(page, `week-export-asked-${look}`);
    assert.equal(await measureOverflow(page), 0, look);
    if (look === 'desk') assert.deepEqual(await findPageProblems(page), []);
    if ('colorScheme' in options) assert.deepEqual(await axeViolations(page), [], look);
    await page.getByRole('radio', { name: 'for a meeting, or our own file' }).check();
    await page.getByLabel('Who is it for, or what is the reference?').fill('Reference 7');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Make the file' }).click();
    const file = await downloading;
    assert.match(file.suggestedFilename(), /^week-of-returns-autumn-week-.*official-sensitive-operational\.csv$/);
    assert.match(await readFile(await file.path(), 'utf8'), /"visits\.made","8",8,"exact"/);
    await page.context().close();
  }
});
