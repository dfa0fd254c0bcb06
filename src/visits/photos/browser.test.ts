import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { looks, openForBrowser, shoot } from '../../../test/fixtures/browser-pages.ts';
import { plainJpeg } from '../../../test/fixtures/files.ts';
import { arrival, aTeam } from '../../../test/fixtures/visit.ts';
import { findPageProblems, measureOverflow, measurePicture } from '../../../test/harness/browser.ts';

test('a planner adds a site plan and a team a photo of a room, on a phone without script and at a desk by night with it', async (t) => {
  const application = await openForBrowser(t, (environment) => aTeam(t, { environment }));
  const { signIn, planner, officer, premises, planned, base, pageOf } = application;
  await (await signIn(officer)).post(`/staff/visits/${planned.id}/arrive`, arrival([officer]));
  const faults: string[] = [];
  for (const [look, options] of looks) {
    const looked = async (page: Page, name: string): Promise<void> => {
      await shoot(page, `files-${look}-${name}`);
      if (look === 'desk') faults.push(...(await findPageProblems(page)));
      if ((await measureOverflow(page)) > 0) faults.push(`${page.url()} sticks out`);
    };
    const image = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await plainJpeg(1_600, 1_200) };
    const plans = await pageOf(planner, options);
    await plans.goto(`${base}/staff/premises/${premises.id}`);
    await plans.getByRole('link', { name: 'Add a file' }).click();
    await looked(plans, '0-add');
    await plans.getByLabel('Title').fill(`Ground floor, ${look}`);
    await plans.getByLabel('Site plan').check();
    await plans.getByLabel('The file').setInputFiles(image);
    await plans.getByRole('button', { name: 'Add the file' }).click();
    await plans.getByRole('link', { name: `Ground floor, ${look}` }).waitFor();
    await looked(plans, '1-premises');
    await plans.getByRole('link', { name: `Ground floor, ${look}` }).click();
    await plans.getByRole('heading', { name: `Ground floor, ${look}` }).waitFor();
    await looked(plans, '2-file');
    await plans.getByRole('button', { name: 'Remove the file' }).click();
    await looked(plans, '3-remove');

    const team = await pageOf(officer, options);
    await team.goto(`${base}/staff/visits/${planned.id}`);
    await looked(team, '4-visit');
    await team.getByRole('button', { name: 'Add a photo of a room or object' }).click();
    await looked(team, '5-photo');
    await team.getByLabel('What does it show?').fill(`Mattresses, ${look}`);
    await team.getByLabel('Room').fill('Back room');
    await team.getByLabel('The photo').setInputFiles(image);
    await team.getByRole('button', { name: 'Add the photo' }).click();
    await team.getByRole('link', { name: `Mattresses, ${look}` }).click();
    const picture = team.getByRole('img', { name: `Mattresses, ${look}` });
    assert.ok((await measurePicture(picture))[0] > 100, look);
    await looked(team, '6-shown');
    for (const page of [plans, team]) await page.context().close();
  }
  assert.deepEqual(faults, []);
});
