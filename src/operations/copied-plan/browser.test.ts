import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { lastYear } from '../../../test/fixtures/last-year.ts';

test('an operation is copied on a phone without script and on a desk by night, and nothing sticks out', async (t) => {
  const world = await openForBrowser(t, (environment) => lastYear(t, environment));
  await world.member(world.force, ['field'], 'New Officer');
  const { base, pageOf, people, week, lantern, partnerForm } = world;
  for (const [look, options] of looks) {
    const page = await pageOf(people.asha, options);
    const fits = async (name: string) => {
      await shoot(page, `${look}-${name}`);
      const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      assert.ok(Number(wider) <= 0, `${look} ${name} is wider than the screen`);
    };
    const follow = (to: Locator) => Promise.all([page.waitForEvent('load'), to.click()]);
    await page.goto(`${base}/staff/operations/${lantern.id}`);
    await fits('1-overview');
    await follow(page.getByRole('link', { name: 'Copy' }));
    await fits('2-new-operation');
    await page.getByLabel('Code name').fill(`Beacon ${look}`);
    await page.getByLabel('Briefing times').check({ force: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/people$/);
    await fits('3-people');
    assert.match(await page.locator('main').innerText(), /no longer has an account: [^\n]*Gone Officer/);
    await follow(page.getByRole('link', { name: 'Premises and powers' }));
    await follow(page.getByRole('link', { name: 'Copy earlier premises' }));
    await fits('4-premises');
    await page.goto(`${base}/staff/weeks/${week.id}`);
    await follow(page.getByText('Copy this week'));
    await fits('5-week');
    await page.goto(`${base}${partnerForm}`);
    await follow(page.getByRole('button', { name: 'Save as the default too' }));
    await page.goto(`${base}/staff/partner-defaults`);
    await fits('6-defaults');
    await follow(page.getByRole('link', { name: /^Change/ }).first());
    await fits('7-default');
    await page.goto(`${base}/staff/operations/${lantern.id}/partners/new`);
    await fits('8-new-partner');
    await page.goto(`${base}/staff/operations/${lantern.id}/people/new`);
    await fits('9-people-and-team');
  }
});
