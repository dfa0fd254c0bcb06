import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { desktop, findPageProblems, openBrowser, phone } from '../../../test/harness/browser.ts';
import { freePort } from '../../../test/harness/ports.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { seedNrmReferral } from '../../safeguarding/nrm-drafts/examples.ts';
import { addPerson } from '../../safeguarding/people/examples.ts';

/** Set this to save screenshots of the pages. */
const pictures = process.env.PICTURES_IN;

test('a person asks for a correction: proved, opened and answered; and the count of concerns, on both window sizes', async (t) => {
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const application = await openApplication(t, { today: '2026-11-26', environment: { SAFELIGHT_ORIGIN: base } });
  const { safeguardingDb, keys, clock } = application;
  const council = await application.agency('council', { name: 'Lea Vale County Council' });
  const caseworker = await application.member(council, ['partner caseworker'], 'Cas Worker');
  const protection = await application.member(council, ['data-protection lead'], 'Dora Lead');
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  await seedNrmReferral(safeguardingDb, keys, person, clock.now());
  await application.app.listen({ port, host: 'localhost' });
  const browser = await openBrowser(t);
  const faults: string[] = [];
  for (const [look, options] of [
    ['desk', { ...desktop, colorScheme: 'dark' as const }],
    ['phone', phone],
  ] as const) {
    const as = async (member: typeof protection): Promise<Page> => {
      const { token } = await application.signIn(member);
      const context = await browser.newContext(options);
      await context.addCookies([{ name: sessionCookie, value: token, url: `${base}/staff` }]);
      return context.newPage();
    };
    const looked = async (page: Page, name: string): Promise<void> => {
      if (pictures) await page.screenshot({ path: `${pictures}/${look}-${name}.png`, fullPage: true });
      faults.push(...(await findPageProblems(page)));
    };
    const lead = await as(protection);
    await lead.goto(`${base}/staff/oversight/safeguarding/requests/new`);
    await looked(lead, 'open');
    await lead.getByLabel('Yes', { exact: true }).check();
    await lead.getByLabel('To have data corrected').check();
    await lead.getByLabel('The person', { exact: true }).check();
    await lead.getByLabel('An identity document was seen').check();
    await lead.getByLabel('In person').check();
    await lead.getByLabel('Reference of your agency').fill(`SAR ${look}`);
    await lead.getByLabel('Which records are about the person?').fill(person.id);
    await lead.getByRole('button', { name: 'Open the request' }).click();
    await lead.getByText('repeats no content of the record').first().waitFor();
    await looked(lead, 'preview');
    const keeper = await as(caseworker);
    await keeper.goto(`${base}/staff/safeguarding/people/${person.id}/correct`);
    await keeper.getByLabel('the person asked for it').check();
    await looked(keeper, 'correct');
    await keeper.getByRole('button', { name: 'Save the correction' }).click();
    await keeper.locator('.sl-identity', { hasText: 'Olga' }).waitFor();
    await lead.getByRole('button', { name: 'Make the answer' }).click();
    await lead.getByText('Select the outcome').first().waitFor();
    await looked(lead, 'outcome-missing');
    await keeper.goto(`${base}/staff/safeguarding/nrm-referrals/counts`);
    await looked(keeper, 'counted');
    await keeper.getByRole('button', { name: 'Take it along' }).click();
    await looked(keeper, 'take');
  }
  assert.deepEqual(faults, []);
});
