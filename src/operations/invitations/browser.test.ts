import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { invited } from '../../../test/fixtures/invited.ts';
import { measureOverflow } from '../../../test/harness/browser.ts';

test('a partner reads, declines and accepts on a phone without script and on a desk, and nothing sticks out', async (t) => {
  const world = await openForBrowser(t, (environment) => invited(t, 'demonstration', {}, environment));
  const { base, pageOf, boss, lead, of, db, member, force } = world;
  const keeper = await member(force, ['administrator'], 'Kit Keeper');
  for (const [look, options] of looks) {
    await db
      .updateTable('partnerInvitations')
      .set({ answer: null, reason: null, answeredBy: null, answeredAt: null })
      .execute();
    const page = await pageOf(boss, options);
    const fits = async (name: string, on = page) => {
      await shoot(on, `${look}-${name}`);
      assert.ok((await measureOverflow(on)) <= 0, `${look} ${name} is wider than the screen`);
    };
    await page.goto(`${base}/staff`);
    await fits('1-home');
    await page.getByRole('link', { name: /Answer an invitation/ }).click();
    await fits('2-invitation');
    await page.getByRole('button', { name: 'Decline' }).click();
    await fits('3-decline');
    await page.getByLabel('Why your agency cannot take part').fill('No nurses are free in that week');
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByText('Declined by').waitFor();
    const planner = await pageOf(lead, options);
    await planner.goto(`${base}${of}`);
    await fits('4-overview', planner);
    await planner.goto(`${base}${of}/people`);
    await fits('5-partners', planner);
    await planner.getByRole('link', { name: 'declined' }).click();
    await planner.getByRole('button', { name: 'Record an answer by telephone' }).click();
    await fits('5a-telephone', planner);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByText('Accepted by').waitFor();
    await fits('6-accepted');
    const admin = await pageOf(keeper, options);
    await admin.goto(`${base}/staff/agreements`);
    await fits('7-agreements', admin);
    await admin.getByRole('link', { name: 'ISA/12' }).click();
    await fits('8-agreement', admin);
    await admin.getByRole('button', { name: 'Change this agreement' }).click();
    await fits('9-change-agreement', admin);
  }
});
