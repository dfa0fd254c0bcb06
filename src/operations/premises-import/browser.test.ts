import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { findPageProblems, measureOverflow } from '../../../test/harness/browser.ts';
import { addOperation, addPremises, letIn } from '../plan/examples.ts';

const lines = (look: string) => [
  '\uFEFFName of the premises;Kind of business;Address;Town;Somebody lives or sleeps there;Priority;Reason for the visit',
  `Blue Door ${look};Nail bar;14 Mill Lane ${look};Watford;no;high;"Locked; nobody leaves"`,
  `Red Gate ${look};Nail salon;2 High Street;Watford;perhaps;high;Windows painted over`,
  `Green Hut ${look};Car wash;9 Station Road ${look};Watford;yes;low;People sleep in a van`,
];

test('a planner adds premises from a file, on a phone without script and at a desk by night with it', async (t) => {
  const application = await openForBrowser(t, (environment) =>
    openApplication(t, { environment, today: '2026-09-10' }),
  );
  const { db, agency, member, base, pageOf } = application;
  const force = await agency('police force', { name: 'Lea Vale Constabulary' });
  const planner = await member(force, ['planner'], 'Asha Planner');
  const [operation, other] = [await addOperation(db, force, planner), await addOperation(db, force, planner)];
  await letIn(db, operation, planner);
  await letIn(db, other, planner);
  for (const [look] of looks)
    await addPremises(db, other, { name: 'Old Hut', address: `9 Station Road ${look}`, town: 'Watford' });
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `import-${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    const page = await pageOf(planner, options);
    await page.goto(`${base}/staff/operations/${operation.id}/premises`);
    await looked(page, '0-list');
    await page.getByRole('button', { name: 'Add premises from a file' }).click();
    await looked(page, '1-upload');
    const file = { name: 'premises.csv', mimeType: 'text/csv' };
    await page.getByLabel('CSV file').setInputFiles({ ...file, buffer: Buffer.from('Name\nBlue Door') });
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('These columns are not known').first().waitFor();
    await looked(page, '2-refused');
    await page.getByLabel('CSV file').setInputFiles({ ...file, buffer: Buffer.from(lines(look).join('\r\n')) });
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('Two lines are good. One line needs correction.').waitFor();
    await looked(page, '3-check');
    assert.equal(await page.getByRole('link', { name: 'Old Hut' }).count(), 1);
    await page.getByRole('button', { name: 'Import 2 premises' }).click();
    await page.getByText('Tick this if you want to import only the good lines').first().waitFor();
    await looked(page, '4-tick');
    await page.getByLabel('Import only the good lines').check();
    await page.getByRole('button', { name: 'Import 2 premises' }).click();
    await page.getByRole('link', { name: `Blue Door ${look}` }).waitFor();
    await looked(page, '5-imported');
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});
