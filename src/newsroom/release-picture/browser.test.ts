import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { plainJpeg } from '../../../test/fixtures/files.ts';
import { draft, openNewsroom } from '../../../test/fixtures/releases.ts';
import { findPageProblems, measureOverflow, measurePicture } from '../../../test/harness/browser.ts';

const alternative = 'Officers talk with a nurse beside a van';

test('a press officer adds a picture, another agency confirms its clearance, and the public sees it', async (t) => {
  const room = await openForBrowser(t, (environment) => openNewsroom(t, { environment }));
  const { base, pageOf, writer, partner: approver } = room;
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `picture-${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    const address = await draft(writer, room.signed.id);
    const press = await pageOf(writer.member, options);
    await press.goto(`${base}${address}`);
    await press.getByRole('link', { name: 'Add a picture' }).click();
    await press.getByRole('button', { name: 'Add the picture' }).click();
    await press.getByRole('link', { name: 'Select who can be recognised' }).waitFor();
    await looked(press, '1-errors');
    await press.getByLabel('Alternative text').fill(alternative);
    await press.getByLabel('Caption (optional)').fill('Before a visit');
    await press.getByLabel('Who took it?').fill('Lea Vale Constabulary');
    await press.getByLabel('Nobody', { exact: true }).check();
    for (const unseen of ['No number plate', 'No front, door', 'No street sign'])
      await press.getByLabel(unseen).check();
    await press.getByLabel('Who cleared it?').fill('Inspector Vale, Lea Vale Constabulary');
    await press.getByLabel('Day').fill('23');
    await press.getByLabel('Month').fill('9');
    await press.getByLabel('Year').fill('2026');
    const buffer = await plainJpeg(1_200, 800);
    await press.getByLabel('The picture').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer });
    await press.getByRole('button', { name: 'Add the picture' }).click();
    await press.getByRole('link', { name: 'Change the picture' }).waitFor();
    await looked(press, '2-release');
    await press.getByRole('button', { name: 'Submit for approval' }).click();

    const partner = await pageOf(approver.member, options);
    await partner.goto(`${base}${address}/approve`);
    const seen = partner.getByRole('img', { name: 'The picture of this release' });
    assert.ok((await measurePicture(seen))[0] > 1_000, look);
    await partner.getByRole('button', { name: 'Approve' }).click();
    await partner.getByRole('link', { name: 'Confirm the clearance of the picture' }).waitFor();
    await looked(partner, '3-approve');
    await partner.getByLabel('I looked at the picture at full size').check();
    await partner.getByRole('button', { name: 'Approve' }).click();

    await press.goto(`${base}${address}/publish`);
    await press.getByRole('button', { name: 'Publish' }).click();
    await press.getByRole('link', { name: 'Public page', exact: true }).click();
    await press.getByRole('img', { name: alternative }).waitFor();
    await press.getByText('Before a visit. Picture: Lea Vale Constabulary').waitFor();
    await looked(press, '4-public');
    for (const page of [press, partner]) await page.context().close();
  }
  assert.deepEqual(faults, []);
});
