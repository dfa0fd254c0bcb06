import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { findPageProblems } from '../../../test/harness/browser.ts';
import { addPerson } from '../people/examples.ts';

test('a nurse starts clocks, adds an action, hands it over and acknowledges a handover: on a phone, and at a desk by night', async (t) => {
  const application = await openForBrowser(t, (environment) => openApplication(t, { time: '12:20', environment }));
  const { safeguardingDb, keys, clock, base, pageOf } = application;
  const trust = await application.agency('health', { name: 'Lea Vale Community Health' });
  const nurse = await application.member(trust, ['partner caseworker'], 'Nia Nurse');
  const night = await application.member(trust, ['safeguarding lead'], 'Noor Night');
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const person = await addPerson(safeguardingDb, keys, nurse, clock.now());
    const page = await pageOf(nurse, { ...options, javaScriptEnabled: true });
    const looked = async (at: Page, name: string): Promise<void> => {
      await shoot(at, `tasks-${look}-${name}`);
      faults.push(...(await findPageProblems(at)));
    };
    await page.goto(`${base}/staff/safeguarding/people/${person.id}`);
    await page.getByRole('link', { name: 'See all actions' }).click();
    await looked(page, '01-none');
    await page.getByRole('button', { name: 'Start health clocks' }).click();
    await looked(page, '02-health');
    await page.getByLabel('HIV prophylaxis after an exposure').check();
    await page.getByLabel('Emergency contraception').check();
    await page.locator('#day-day').fill('17');
    await page.locator('#time').fill('22:00');
    await page.getByRole('button', { name: 'Start them' }).click();
    await page.getByRole('button', { name: 'Add an action' }).click();
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await looked(page, '03-problem');
    await page.getByLabel('Action').fill('Ring the ward about tomorrow’s appointment');
    await page.getByLabel('By the next working day').check();
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('button', { name: 'Add a check that help arrived' }).click();
    await looked(page, '04-offered');
    await page.getByLabel('Help offered, and the agency that offered it').fill('A place in the women’s house');
    await page.getByRole('button', { name: 'Ask after 28 and 90 days' }).click();
    await looked(page, '05-of-person');
    await page.goto(`${base}/staff/safeguarding/actions`);
    await looked(page, '06-all');
    await page.getByRole('link', { name: 'Ring the ward' }).first().click();
    await page.getByRole('button', { name: 'Take it' }).click();
    await looked(page, '07-task');
    await page.goto(`${base}/staff/safeguarding/handovers/new`);
    await page.getByLabel('Notes for the next shift').fill('The ward rings back before six.');
    // The own action stands first; one without an owner can be handed over too.
    await page
      .getByLabel(/Ring the ward/)
      .first()
      .check();
    await looked(page, '08-handover');
    await page.getByRole('button', { name: 'Hand over' }).click();
    await page.getByRole('heading', { name: 'Handover of Officer Nia Nurse' }).waitFor();

    const next = await pageOf(night, { ...options, javaScriptEnabled: true });
    await next.goto(`${base}/staff`);
    await looked(next, '09-home');
    await next.getByRole('link', { name: 'Read a handover' }).click();
    await looked(next, '10-handovers');
    await next.locator('tr', { hasText: 'Not read yet' }).getByRole('link').click();
    await next.getByRole('button', { name: 'I have read this' }).click();
    await next.getByText(/Noor Night, in the hour/).waitFor();
    await looked(next, '11-read');
    await next.goto(`${base}/staff/safeguarding/deadlines`);
    await looked(next, '12-clocks');
    await next.getByRole('button', { name: 'Record a comparison' }).click();
    await looked(next, '13-compare');
    await next.goto(`${base}/staff/safeguarding/actions/arrived`);
    await looked(next, '14-arrived');
    await next.context().close();
    await page.context().close();
    // Each run starts without handovers.
    for (const one of await safeguardingDb.selectFrom('handovers').select('id').execute())
      await safeguardingDb
        .insertInto('handoverReadings')
        .values({ handoverId: one.id, memberId: night.id, readAt: new Date('2026-09-18T11:00:00Z') })
        .onConflict((on) => on.columns(['handoverId', 'memberId']).doNothing())
        .execute();
  }
  assert.deepEqual(faults, []);
});
