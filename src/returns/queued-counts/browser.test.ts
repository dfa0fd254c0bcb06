import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { openStage, soundRecords } from '../../../test/fixtures/recorded-operation.ts';
import { axeViolations, measureOverflow } from '../../../test/harness/browser.ts';
import { holdCounts } from './examples.ts';

test('an analyst presses once, waits without script, and is shown the return', async (t) => {
  const world = await openForBrowser(t, async (environment) => {
    const application = await openApplication(t, { today: '2026-09-21', environment });
    const stage = await openStage(application);
    const operation = await stage.operation();
    await stage.record(operation, soundRecords(5));
    return { ...application, operation, analyst: await application.member(stage.force, ['analyst']) };
  });
  const { base, analyst, operation, pageOf, safeguardingDb } = world;
  const of = `${base}/staff/returns/operations/${operation.id}`;
  for (const [name, options] of looks) {
    const page = await pageOf(analyst, options);
    const { letGo } = await holdCounts(safeguardingDb);
    await page.goto(`${of}/count`);
    await page.getByRole('button', { name: 'Count now' }).click();
    assert.equal(await page.locator('h1').innerText(), 'The figures are being counted');
    await shoot(page, `counting-${name}`);
    assert.equal(await measureOverflow(page), 0, name);
    if (options.colorScheme) assert.deepEqual(await axeViolations(page), [], name);
    await letGo();
    await page.waitForURL(/\/staff\/returns\/[0-9a-f-]{36}$/);
    assert.match(await page.locator('h1').innerText(), /Return 1/);
    await shoot(page, `counted-${name}`);
  }
});
