import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { findPageProblems } from '../../../test/harness/browser.ts';
import { addOperation, addPartner, addToOperation } from '../../operations/weeks/examples.ts';

test('a lead plans a reception, a volunteer looks after people by number, and it stands down: on a phone, and at a desk by night', async (t) => {
  const { db, agency, member, base, pageOf } = await openForBrowser(t, (environment) =>
    openApplication(t, { time: '12:20', environment }),
  );
  const force = await agency('police force');
  const planner = await member(force, ['planner']);
  const advisers = await agency('sexual violence advisers', { name: 'Harbour Advisers' });
  const relief = await agency('voluntary', { name: 'Open Door' });
  const lead = await member(advisers, ['safeguarding lead'], 'Lee Lead');
  const volunteer = await member(relief, ['volunteer'], 'Vi Volunteer');
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const codeName = look === 'phone' ? 'Operation Lantern' : 'Operation Beacon';
    const operation = await addOperation(db, force, planner, { codeName });
    for (const partner of [advisers, relief]) await addPartner(db, operation, partner);
    for (const one of [lead, volunteer]) await addToOperation(db, operation, one);
    const looked = async (at: Page, name: string): Promise<void> => {
      await shoot(at, `reception-${look}-${name}`);
      faults.push(...(await findPageProblems(at)));
    };
    const hours = async (page: Page): Promise<void> => {
      for (const name of ['fromDay', 'untilDay'])
        for (const [part, value] of [
          ['day', '18'],
          ['month', '9'],
          ['year', '2026'],
        ] as const)
          await page.locator(`#${name}-${part}`).fill(value);
      await page.locator('#fromTime').fill('08:00');
      await page.locator('#untilTime').fill('20:00');
    };
    const page = await pageOf(lead, { ...options, javaScriptEnabled: true });
    await page.goto(`${base}/staff/safeguarding/reception`);
    await looked(page, '01-list');
    await page.getByRole('button', { name: 'Plan a reception' }).click();
    await page.getByLabel('Operation', { exact: true }).selectOption({ label: codeName });
    await page.getByRole('button', { name: 'Plan it' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await page.getByLabel('How many people').fill('12');
    await hours(page);
    await looked(page, '02-plan');
    await page.getByRole('button', { name: 'Plan it' }).click();
    await page.getByRole('heading', { name: 'Missing details' }).waitFor();
    await looked(page, '03-missing');
    const plan = page.url();
    await page.getByRole('button', { name: 'Add to the rota' }).click();
    await page.getByLabel('Partner').selectOption({ label: 'Open Door' });
    await page.getByLabel('First-night shelter').check();
    await page.getByLabel('Beds').fill('4');
    await page.getByLabel('For whom').selectOption('women');
    await looked(page, '04-rota');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Four beds for women').first().waitFor();
    await page.getByRole('button', { name: 'Share the numbers with planners' }).click();
    await looked(page, '05-tell');
    await page.getByRole('button', { name: 'Share these numbers' }).click();
    await page.goto(`${base}/staff/weeks/${operation.weekId}`);
    await page.getByText('beds for the first night: 4').first().waitFor();
    await looked(page, '06-week');

    const shift = await pageOf(volunteer, { ...options, javaScriptEnabled: true });
    await shift.goto(`${base}/staff`);
    await shift.getByRole('link', { name: 'Reception' }).first().click();
    await looked(shift, '07-start');
    await shift.goto(plan.replace(/\/plan$/, ''));
    assert.match(shift.url(), /\/reception$/, 'off shift she is led to where a shift is started');
    await shift.getByRole('button', { name: 'Start my shift here' }).click();
    await shift.getByRole('heading', { name: 'People at reception' }).waitFor();
    await shift.getByRole('button', { name: 'Give out the next wristband' }).click();
    await shift.getByRole('heading', { name: 'Number 1' }).waitFor();
    await shift.getByRole('button', { name: 'Add a need' }).click();
    await looked(shift, '08-need');
    await shift.getByLabel('Need', { exact: true }).selectOption('interpreter: Romanian');
    await shift.getByRole('button', { name: 'Add it' }).click();
    await shift.getByRole('button', { name: 'Met: interpreter: Romanian' }).waitFor();
    await looked(shift, '09-band');
    await shift.getByRole('link', { name: 'People at reception' }).click();
    await looked(shift, '10-board');

    await page.goto(plan.replace(/\/plan$/, ''));
    await page.getByRole('link', { name: 'Number 1' }).click();
    await page.getByRole('button', { name: 'First night' }).click();
    await page.getByLabel('Open Door, for women').check();
    await looked(page, '11-night');
    await page.getByRole('button', { name: 'Give the bed' }).click();
    await looked(page, '12-helper');
    await page.goto(`${plan.replace(/\/plan$/, '')}/stand-down`);
    await looked(page, '13-not-yet');
    await page.getByRole('link', { name: 'The people who are here' }).click();
    await page.getByRole('link', { name: 'Number 1' }).click();
    await page.getByRole('button', { name: 'Has left' }).click();
    await page.getByRole('heading', { name: 'left?' }).waitFor();
    await page.getByRole('button', { name: 'Has left' }).click();
    await page.goto(`${plan.replace(/\/plan$/, '')}/stand-down`);
    await page.getByRole('button', { name: 'Stand down' }).click();
    await page.getByRole('heading', { name: 'Debrief' }).waitFor();
    await looked(page, '14-debrief');
    await page.getByLabel('Your debrief').fill('The second interpreter came late.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The second interpreter came late.').first().waitFor();
    await looked(page, '15-said');
    await shift.context().close();
    await page.context().close();
  }
  assert.deepEqual(faults, []);
});
