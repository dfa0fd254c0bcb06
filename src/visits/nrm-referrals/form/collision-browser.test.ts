/** An answer that was changed in two tabs, in a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openForBrowser, shoot } from '../../../../test/fixtures/browser-pages.ts';
import { aTeam } from '../../../../test/fixtures/visit.ts';
import { desktop, findPageProblems, phone } from '../../../../test/harness/browser.ts';
import { query } from '../../../../test/harness/sql.ts';
import { addPersonMet, addVisit } from '../../examples.ts';
import { addReferralDraft } from '../examples.ts';

for (const [look, options] of [
  ['phone without script', { ...phone, javaScriptEnabled: false }],
  ['desk at night', { ...desktop, colorScheme: 'dark' }],
] as const)
  test(`the second of two tabs shows both answers and saves after a second press: ${look}`, async (t) => {
    const { pageOf, base, db, keys, planned, officer, force } = await openForBrowser(t, (environment) =>
      aTeam(t, { environment, time: '14:30' }),
    );
    await query(db)`update agencies set first_responder = true where id = ${force.id}`;
    const visit = await addVisit(db, planned, officer);
    const met = await addPersonMet(db, visit, officer);
    const { id } = await addReferralDraft(db, keys, visit, officer, { encounterId: met.id });
    const form = `${base}/staff/nrm-referrals/${id}/form`;
    const one = await pageOf(officer, options);
    await one.goto(form);
    const other = await one.context().newPage();
    await other.goto(form);
    for (const [tab, words] of [
      [one, 'A shared room'],
      [other, 'A cellar'],
    ] as const) {
      await tab.fill('[name=living-conditions]', words);
      await tab.getByRole('button', { name: 'Save so far' }).nth(2).click();
    }
    await other.getByText('What is there now').first().waitFor();
    assert.equal(await other.inputValue('[name=living-conditions]'), 'A cellar');
    if (look === 'desk at night') assert.deepEqual(await findPageProblems(other), []);
    await shoot(other, `collision-${look}`.replaceAll(' ', '-'));
    await other.getByRole('button', { name: 'Save and go on' }).click();
    await other.waitForURL((url) => !url.pathname.endsWith('/form'));
    await one.goto(form);
    assert.equal(await one.locator('[name=living-conditions]').count(), 0, 'it is answered');
    await one.getByText('known already').click();
    assert.ok(await one.getByText('A cellar').isVisible());
  });
