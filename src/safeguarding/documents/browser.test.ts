import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openApplication } from '../../../test/fixtures/application.ts';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { plainJpeg } from '../../../test/fixtures/files.ts';
import { agrees, consentTo } from '../../../test/fixtures/walk-in.ts';
import { findPageProblems, measureOverflow } from '../../../test/harness/browser.ts';
import { addPerson } from '../people/examples.ts';

test('a worker adds and chooses a document and a partner opens it, on a phone without script and at a desk by night with it', async (t) => {
  const application = await openForBrowser(t, (environment) => openApplication(t, { environment }));
  const { safeguardingDb, keys, clock, base, pageOf } = application;
  const council = await application.agency('council', { name: 'Lea Vale County Council' });
  const nurses = await application.agency('health', { name: 'Lea Nurses' });
  const caseworker = await application.member(council, ['partner caseworker'], 'Cas Worker');
  const nurse = await application.member(nurses, ['partner caseworker'], 'Nia Nurse');
  const person = await addPerson(safeguardingDb, keys, caseworker, clock.now());
  const her = await application.signIn(caseworker);
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const called = look === 'phone' ? 'Letter of the clinic' : 'X-ray of the wrist';
    const consent = consentTo(nurses.id);
    await agrees(her, person.id, { ...consent, items: [...consent.items, 'papers about health'] });
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `${look}-${name}`);
      // axe needs script, so the run with script checks this page.
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    const page = await pageOf(caseworker, options);
    await page.goto(`${base}/staff/safeguarding/people/${person.id}`);
    await looked(page, '0-record');
    await page.getByRole('link', { name: 'Documents', exact: true }).click();
    await page.getByRole('button', { name: 'Add a document' }).click();
    await looked(page, '1-add');
    const file = { name: 'IMG_0417.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') };
    await page.getByLabel('What is it?').fill(called);
    await page.getByLabel('Documents about health').check();
    await page.getByLabel('The file').setInputFiles(file);
    await page.getByRole('button', { name: 'Add the document' }).click();
    await page.getByText('The file was not kept').first().waitFor();
    await looked(page, '2-refused');
    await page.getByLabel('The file').setInputFiles({ ...file, buffer: await plainJpeg(640, 480) });
    await page.getByRole('button', { name: 'Add the document' }).click();
    await page.getByRole('link', { name: called }).first().waitFor();
    await looked(page, '3-papers');

    await page.goto(`${base}/staff/safeguarding/people/${person.id}/refer?consent=${consent.id}`);
    await page.getByLabel('Health', { exact: true }).check();
    await page.getByLabel(called).check();
    await looked(page, '4-refer');
    await page.getByRole('button', { name: 'Preview the referral' }).click();
    await page.getByRole('heading', { name: 'Documents they can open' }).waitFor();
    await looked(page, '5-preview');
    await page.getByRole('button', { name: 'Send to Lea Nurses' }).click();
    await page.waitForURL(/referrals.*done=sent/);

    const theirs = await pageOf(nurse, options);
    await theirs.goto(`${base}/staff/safeguarding/referrals`);
    await theirs.getByRole('table').getByRole('link').first().click();
    await looked(theirs, '6-referral');
    const [paper] = await Promise.all([theirs.getByRole('link', { name: called }).getAttribute('href')]);
    await theirs.goto(`${base}${paper}`);
    await theirs.getByRole('heading', { name: called }).waitFor();
    await looked(theirs, '7-paper');
    const copy = await theirs.goto(`${base}${paper}/copy?part=1`);
    assert.equal(copy?.headers()['content-type'], 'image/jpeg');
    await her.post(`/staff/safeguarding/consents/${consent.id}/withdraw`, { how: 'the person themself' });
    assert.equal((await theirs.goto(`${base}${paper}/copy?part=1`))?.status(), 404);
    await page.context().close();
    await theirs.context().close();
  }
  assert.deepEqual(faults, []);
});
