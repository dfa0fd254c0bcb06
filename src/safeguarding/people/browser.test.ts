import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { findPageProblems } from '../../../test/harness/browser.ts';
import { addPerson } from './examples.ts';

test('a person is searched for and a record opened, on a phone without script and at a desk by night with it', async (t) => {
  const application = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { safeguardingDb, keys, clock, base, pageOf } = application;
  const council = await application.agency('council', { name: 'Lea Vale County Council' });
  const caseworker = await application.member(council, ['partner caseworker'], 'Cas Worker');
  await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const called = look === 'phone' ? 'Xhafer Krasniqi' : 'Selam Tesfay';
    const page = await pageOf(caseworker, options);
    // Axe needs script, so the page without script is checked only by the other steps.
    const looked = async (name: string): Promise<void> => {
      await shoot(page, `${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
    };
    await page.goto(`${base}/staff`);
    await page.getByRole('link', { name: 'More', exact: true }).click();
    await page.getByRole('link', { name: 'Person search' }).click();
    await looked('1-search');
    await page.getByLabel('Name', { exact: true }).fill('Kovalenco Olha');
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.getByRole('heading', { name: 'Is it one of these people?' }).waitFor();
    await looked('2-found');
    await page.getByRole('link', { name: 'Search again' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill(called);
    await page.getByLabel('Year of birth').fill('2001');
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
    await page.getByRole('heading', { name: 'Nobody is found here that you may see' }).waitFor();
    assert.ok(!page.url().includes('Krasniqi'), 'no name stands in an address');
    await looked('3-nobody');
    await page.getByRole('button', { name: 'Open a new record' }).click();
    assert.equal(await page.getByLabel('Preferred name').inputValue(), called);
    assert.equal(await page.getByLabel('Year of birth').inputValue(), '2001');
    await page.getByLabel('Not known').first().check();
    await page.getByLabel('Appearance only').check();
    await page.getByLabel('Language', { exact: true }).fill('Albanian');
    await page.getByLabel('Needed', { exact: true }).check();
    await page.getByLabel('A woman', { exact: true }).check();
    await page.getByLabel('A call', { exact: true }).check();
    await page.getByRole('button', { name: 'Open the record' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await looked('4-problem');
    await page.getByLabel('Number, address, or through whom').fill('07700 900123');
    await page.getByLabel('Walked in').check();
    await page.getByRole('button', { name: 'Open the record' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.getByRole('heading', { name: 'Treat as a child' }).waitFor();
    await looked('5-person');
    assert.match(await page.locator('.sl-identity').innerText(), new RegExp(`${called}[\\s\\S]*treat as a child`));
    await page.getByRole('link', { name: 'Correct the record' }).click();
    await looked('6-correct');
    await page.context().close();
  }
  assert.deepEqual(faults, []);
  assert.equal((await safeguardingDb.selectFrom('persons').select('id').execute()).length, 3);
});
