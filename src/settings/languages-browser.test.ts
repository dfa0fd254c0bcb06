import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looks, openForBrowser, shoot } from '../../test/fixtures/browser-pages.ts';
import { findPageProblems, measureOverflow, phone } from '../../test/harness/browser.ts';
import { openSettings } from './examples.ts';

test('an administrator hides a language on a phone without script, and a colleague approves it at night', async (t) => {
  const { base, pageOf, people } = await openForBrowser(t, (environment) => openSettings(t, environment));
  const [[, small], [, wide]] = looks;
  const page = await pageOf(people.ada, small);
  await page.goto(`${base}/staff/settings`);
  await page.getByRole('link', { name: 'Languages', exact: true }).click();
  assert.equal(await measureOverflow(page), 0);
  await shoot(page, 'form');
  assert.equal(await page.getByRole('checkbox').count(), 11);
  await page.getByLabel('Polski (Polish)').uncheck();
  await page.getByRole('button', { name: 'Save as a proposal' }).click();
  await page.getByText('Saved as a proposal.').waitFor();
  assert.equal(await measureOverflow(page), 0);
  await shoot(page, 'version');
  const second = await pageOf(people.sol, wide);
  await second.goto(`${base}/staff/settings/languages`);
  assert.deepEqual(await findPageProblems(second), []);
  await shoot(second, 'form-night');
  const scripted = await pageOf(people.ada, phone);
  await scripted.goto(`${base}/staff/settings/languages`);
  assert.deepEqual(await findPageProblems(scripted), []);
  await second.goto(page.url());
  await second.getByRole('button', { name: 'Approve or refuse' }).click();
  await second.getByLabel('Approve', { exact: true }).check();
  await second.getByRole('button', { name: 'Save your decision' }).click();
  await second.getByText('Approved', { exact: true }).first().waitFor();

  for (const [name, reader] of [
    ['phone', await pageOf(people.pat, small)],
    ['night', await pageOf(people.pat, wide)],
  ] as const) {
    await reader.goto(`${base}/help?language=pl`);
    assert.equal(await reader.locator('html').getAttribute('lang'), 'en');
    assert.equal(await reader.locator('.sl-languages a[hreflang]').count(), 11);
    assert.ok(await reader.locator('footer [lang="pl"]').isVisible());
    if (name === 'night') assert.deepEqual(await findPageProblems(reader), []);
    assert.equal(await measureOverflow(reader), 0);
    await shoot(reader, `help-${name}`);
    await reader.goto(`${base}/information`);
    assert.equal(await reader.locator('#door button').count(), 11);
  }
});
