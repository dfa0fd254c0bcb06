/** The words before an officer’s referral, in two languages and as a card, in a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openForBrowser, shoot } from '../../../../test/fixtures/browser-pages.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { desktop, findPageProblems, phone } from '../../../../test/harness/browser.ts';
import { query } from '../../../../test/harness/sql.ts';
import { instantAt } from '../../../platform/clock.ts';
import { addPersonMet, addVisit } from '../../examples.ts';
import { addReferralDraft } from '../examples.ts';

const looks = [
  ['phone', { ...phone, javaScriptEnabled: false }],
  ['desk', { ...desktop, colorScheme: 'dark' }],
] as const;

test('the words are shown in the language that was picked and in large type, on a phone without script and at a desk', async (t) => {
  const world = await openForBrowser(t, (environment) => aTeam(t, { environment, endsOn: '2026-11-29' }));
  const { db, keys, planned, officer, force, pageOf, base, clock } = world;
  await query(db)`update agencies set first_responder = true where id = ${force.id}`;
  const visit = await addVisit(db, planned, officer);
  const met = await addPersonMet(db, visit, officer, { language: 'Romanian' });
  const content = { consent: null, ageBasis: null };
  const { id } = await addReferralDraft(db, keys, visit, officer, { encounterId: met.id, content });
  clock.move(instantAt('2026-11-29', '09:00'));
  for (const [look, options] of looks)
    for (const [code, name] of [
      ['ar', 'Arabic'],
      ['uk', 'Ukrainian'],
    ] as const) {
      const page = await pageOf(officer, options);
      await page.goto(`${base}/staff/nrm-referrals/${id}/consent`);
      await page.getByLabel('Language of the person').selectOption({ label: name });
      await page.getByRole('button', { name: 'Show the words in this language' }).click();
      const sections = page.locator('.sl-two-languages > section');
      assert.deepEqual(await sections.evaluateAll((all) => all.map(({ lang }) => lang)), [code, 'en']);
      assert.equal(await page.locator('input[name="language"]').inputValue(), name);
      await shoot(page, `consent-${code}-${look}`);
      if (look === 'desk') assert.deepEqual(await findPageProblems(page), [], code);
      const card = await page.getByRole('link', { name: /large type/ }).getAttribute('href');
      await page.goto(`${base}${card}`);
      assert.equal(await page.locator('.sl-large-card__words').first().getAttribute('lang'), code);
      await shoot(page, `card-${code}-${look}`);
      if (look === 'desk') assert.deepEqual(await findPageProblems(page), [], `card, ${code}`);
      await page.context().close();
    }
});
