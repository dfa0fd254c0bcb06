import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { countNow, signNow } from '../../../test/fixtures/counted-return.ts';
import { openStage, soundRecords } from '../../../test/fixtures/recorded-operation.ts';
import { axeViolations, measureOverflow } from '../../../test/harness/browser.ts';

test('a commander reads what they countersign on a phone and on a desk, sends it back, and countersigns it', async (t) => {
  const world = await openForBrowser(t, async (environment) => {
    const application = await openApplication(t, { today: '2026-09-21', environment });
    const stage = await openStage(application);
    const operation = await stage.operation();
    await stage.record(operation, soundRecords(5, ['signing', 'final']));
    const analyst = await application.signIn('return.count', stage.force);
    const address = await countNow(analyst, operation.id);
    await signNow(analyst, address, 'final');
    const commander = await application.member(stage.force, ['commander']);
    return { ...application, analyst, address, commander };
  });
  const { base, address, commander, analyst, pageOf } = world;
  for (const [name, options] of looks) {
    const page = await pageOf(commander, options);
    await page.goto(`${base}/staff`);
    await page.getByRole('link', { name: /Countersign a final return/ }).click();
    assert.equal(new URL(page.url()).pathname, `${address}/countersign`);
    await shoot(page, `countersign-${name}`);
    assert.equal(await measureOverflow(page), 0, name);
    if (options.colorScheme) assert.deepEqual(await axeViolations(page), [], name);
    if (name === 'phone') {
      await page.getByLabel(/What has to be corrected/).fill('One visit is missing');
      await page.getByRole('button', { name: 'Send back to the analyst' }).click();
      assert.ok(await page.getByText('Sent back by the second person').isVisible());
      assert.equal((await signNow(analyst, address, 'final')).statusCode, 303);
      continue;
    }
    await page.getByRole('button', { name: 'Countersign as final' }).click();
    await shoot(page, `countersigned-${name}`);
    assert.match(await page.locator('h1').innerText(), /final/);
    assert.ok(await page.getByText('Countersigned', { exact: true }).isVisible());
  }
});
