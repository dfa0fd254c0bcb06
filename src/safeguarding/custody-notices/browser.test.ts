import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { carryAcross, custody, home, minutesPass, openSides } from '../../../test/fixtures/custody-notices.ts';
import { findPageProblems } from '../../../test/harness/browser.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';

test('an adviser sends a notice, a custodian accepts it and passes it on, and an officer who looks for it finds nothing', async (t) => {
  const world = await openForBrowser(t, (environment) => openSides(t, { environment }));
  const { people, person, base, pageOf } = world;
  const faults: string[] = [];
  for (const [look, options] of looks) {
    // axe needs script, so the run with script checks this page.
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
    };
    const adviser = await pageOf(people.adviser, options);
    await adviser.goto(`${base}/staff/safeguarding/people/${person.id}`);
    await adviser.getByRole('link', { name: 'Send a custody safeguarding notice' }).click();
    await adviser.getByRole('button', { name: 'Continue to the consent words' }).click();
    await adviser.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await looked(adviser, '1-choice');
    await adviser.getByLabel('Lea Vale Constabulary').check();
    await adviser.getByLabel('There is a threat to the person’s life.').check();
    await adviser.getByLabel('Custody reference').fill('WD/1234/26');
    await adviser.getByLabel('Language of the person').selectOption('other');
    await adviser.getByRole('button', { name: 'Continue to the consent words' }).click();
    await adviser.getByRole('heading', { name: 'Show or read these words to the person' }).waitFor();
    await looked(adviser, '2-words');
    await adviser.getByLabel('The worker speaks the language').check();
    await adviser.getByLabel('Yes, to these words').check();
    await adviser.getByRole('button', { name: 'Go on' }).click();
    await adviser.getByRole('heading', { name: 'There is a threat to the person’s life.' }).waitFor();
    const sent = adviser.url();
    await carryAcross(world);
    await minutesPass(world, 15);
    await adviser.reload();
    await adviser.getByRole('heading', { name: 'Not acknowledged for 15 minutes' }).waitFor();
    await looked(adviser, '3-rings-on');
    await adviser.goto(`${base}${home}`);
    await looked(adviser, '4-sent');

    const custodian = await pageOf(people.custodian, options);
    await custodian.goto(`${base}/staff`);
    await custodian.getByRole('link', { name: 'More', exact: true }).click();
    await custodian.getByRole('link', { name: 'Custody safeguarding notices' }).click();
    await looked(custodian, '5-notices');
    await custodian.getByRole('button', { name: 'Urgent page' }).click();
    await custodian.getByRole('heading', { name: 'Urgent notice: acknowledge it' }).waitFor();
    await looked(custodian, '6-rings');
    await custodian.getByRole('button', { name: 'Take this on' }).click();
    await custodian.getByText('WD/1234/26').waitFor();
    await looked(custodian, '7-notice');
    const heard = custodian.url();
    await custodian.getByRole('button', { name: 'Say that it is passed on' }).click();
    await custodian.getByLabel('Told the custody officer').check();
    await looked(custodian, '8-pass');
    await custodian.getByRole('button', { name: 'Record the action' }).click();
    await custodian.getByText('Told the custody officer').waitFor();
    await custodian.goto(`${base}${custody}/on-call`);
    await looked(custodian, '9-on-call');

    const officer = await pageOf(people.officer, options);
    const refusedAt = async (url: string): Promise<string> => {
      const answer = await officer.goto(url);
      assert.ok([403, 404].includes(answer?.status() ?? 0), `${url} ${answer?.status()}`);
      const words = await officer.locator('main').innerText();
      assert.doesNotMatch(words, /WD\/1234|threat|Olga|custodian|notice/i, url);
      return words;
    };
    for (const [there, nowhere] of [
      [sent, `${base}${home}/${newTimelessId()}`],
      [heard, `${base}${custody}/${newTimelessId()}`],
      [`${base}${home}`, `${base}/staff/safeguarding/information-requests`],
      [`${base}${custody}`, `${base}${custody}/urgent`],
      [`${base}/staff/safeguarding/people/${person.id}`, `${base}/staff/safeguarding/people/${newTimelessId()}`],
    ] as const)
      assert.equal(await refusedAt(there), await refusedAt(nowhere), there);
    await looked(officer, '10-refused');
    await officer.goto(`${base}/staff/more`);
    await officer.getByRole('link', { name: 'Victim information requests' }).click();
    await officer.getByRole('heading', { name: 'Victim information requests' }).waitFor();
    await looked(officer, '11-requests');
    await officer.getByRole('button', { name: 'Ask' }).click();
    await officer.getByRole('button', { name: 'Ask' }).click();
    await officer.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await looked(officer, '12-ask');
    for (const page of [adviser, custodian, officer]) await page.context().close();
  }
  assert.deepEqual(faults, []);
});

test('a child’s notice: requested, approved by a lead and sent, on a phone without script and at a desk', async (t) => {
  const { people, person, base, pageOf } = await openForBrowser(t, (environment) =>
    openSides(t, { environment }, { age: 'under 18', yearOfBirth: null }),
  );
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
    };
    const adviser = await pageOf(people.adviser, options);
    await adviser.goto(`${base}${home}/of/${person.id}`);
    await adviser.getByLabel('Lea Vale Constabulary').check();
    await adviser.getByLabel('There is a threat to the person’s life.').check();
    await adviser.getByLabel('Custody reference').fill('WD/1234/26');
    await adviser.getByLabel('Language of the person').selectOption('other');
    await adviser.getByRole('button', { name: 'Continue to the consent words' }).click();
    await adviser.getByText('Ines Lead (safeguarding lead)').waitFor();
    await adviser.getByLabel('The worker speaks the language').check();
    await adviser.getByLabel('Why it is best for the child').fill('She is to be charged tomorrow, and wants it known.');
    await looked(adviser, 'child-1-words');
    await adviser.getByRole('button', { name: 'Ask for approval' }).click();
    await adviser.getByRole('heading', { name: 'Sharing without consent: waits for approval' }).waitFor();
    await looked(adviser, 'child-2-waits');
    const asked = adviser.url();
    await adviser.goto(`${base}/staff`);
    await adviser.getByRole('link', { name: 'Your disclosure to be approved' }).waitFor();
    await looked(adviser, 'child-3-first-page');

    const lead = await pageOf(people.lead, options);
    await lead.goto(`${base}/staff`);
    await looked(lead, 'child-4-lead-first-page');
    await lead.goto(asked);
    await lead.getByText('WD/1234/26').waitFor();
    await looked(lead, 'child-5-lead-reads');
    await lead.getByRole('button', { name: 'Approve or refuse it' }).click();
    await lead.getByLabel('Approve: your colleague can send it now').check();
    await looked(lead, 'child-6-lead-answers');
    await lead.getByRole('button', { name: 'Save the answer' }).click();
    await lead.getByText('Approved by a second person', { exact: true }).first().waitFor();
    await lead.goto(`${base}${home}/of/${person.id}`);
    await lead.getByLabel('Lea Vale Constabulary').check();
    await lead.getByLabel('There is a threat to the person’s life.').check();
    await lead.getByLabel('Custody reference').fill('WD/1234/26');
    await lead.getByLabel('Language of the person').selectOption('other');
    await lead.getByRole('button', { name: 'Continue to the consent words' }).click();
    await looked(lead, 'child-7-lead-words');

    await adviser.goto(asked);
    await adviser.getByRole('button', { name: 'Preview and send' }).click();
    await looked(adviser, 'child-8-send');
    await adviser.getByRole('button', { name: 'Send to custody' }).click();
    await adviser.getByText('On its way').first().waitFor();
    await adviser.goto(asked);
    await adviser.getByRole('button', { name: 'What was sent' }).waitFor();
    await looked(adviser, 'child-9-sent');
    for (const page of [adviser, lead]) await page.context().close();
  }
  assert.deepEqual(faults, []);
});
